#include "app/commands.hpp"

namespace kaskad::app {

int exit_code_of(const Error& error) { return error.message.code.starts_with("asked-") ? kUsage : kFailure; }

}  // namespace kaskad::app
