// What the user typed: commands and options, described in the user's language.
#pragma once

#include <string>

#include "app/commands.hpp"
#include "engine/base/texts.hpp"

namespace kaskad::app {

/// Reads the command line and runs its command; returns the exit code. `language` are the texts of --lang.
int run_command_line(int argc, char** argv, const Resources& resources, const Texts& texts);

}  // namespace kaskad::app
