// The findings as one JSON object, written as it is made: their number is not limited by memory.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "app/check/findings.hpp"
#include "app/check/return_books.hpp"

namespace kaskad::app {

/// Object of docs/check.schema.json, given to `put` in parts. `books` are those that were written, if any were asked
/// for. The overflow's lines are JSON objects, each after a comma and a line break.
void write_check_json(const Findings& findings, const std::optional<ReturnedBooks>& books, const Texts& texts,
                      const std::function<void(const std::string&)>& put);

}  // namespace kaskad::app
