// A message that a reader may see, before it has a language: a code and named arguments.
// The words live in templates/texts/<language>/*.toml and are put in by Texts (texts.hpp).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace kaskad {

using Arg = std::variant<std::int64_t, double, std::string>;
using Args = std::vector<std::pair<std::string, Arg>>;

struct Message {
  std::string code;  ///< Key of the text, e.g. "unknown-school".
  Args args;

  friend bool operator==(const Message&, const Message&) = default;
};

}  // namespace kaskad
