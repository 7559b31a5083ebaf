// How the command line speaks to its user: the help, the checks of values, and what is wrong with what was typed.
#pragma once

#include <string>
#include <vector>

#include "engine/base/texts.hpp"

namespace CLI {
class App;
class ParseError;
class Validator;
}  // namespace CLI

namespace kaskad::app {

/// Sets the help of `root` in the language of the texts. Commands that are added afterwards take it over; `texts` must
/// outlive them.
void speak(CLI::App& root, const Texts& texts);

/// What is wrong with the typed words, what was perhaps meant, and where the help is; for a terminal.
std::string told(const CLI::ParseError& error, const CLI::App& root, const Texts& texts);

/// Checks of an option's value; the help names the range and the folder, the words of one_of stand in its own text.
CLI::Validator between(double lo, double hi, const Texts& texts);
CLI::Validator at_least(double lo, const Texts& texts);
CLI::Validator above_zero(const Texts& texts);
CLI::Validator one_of(std::vector<std::string> words, const Texts& texts);
CLI::Validator existing_folder(const Texts& texts);

}  // namespace kaskad::app
