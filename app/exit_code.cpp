#include "app/commands.hpp"

namespace kaskad::app {

int exit_code_of(const Error& error) { return error.message.code.starts_with("asked-") ? kUsage : kFailure; }

Error of_option(Error error, const std::string& option) {
  if (error.file.empty()) error.file = option;
  return error;
}

}  // namespace kaskad::app
