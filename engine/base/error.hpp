// expected<T, Error>: a stage cannot go on. Defective data are diagnostics, not errors (diagnostic.hpp).
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>

#include "engine/base/message.hpp"

namespace kaskad {

/// What stopped the work, where, and (in the text of its code) what to do about it.
struct Error {
  Message message;
  std::string file;  ///< Empty when no file is concerned.
};

template <class T>
using Expected = tl::expected<T, Error>;

inline tl::unexpected<Error> failure(std::string code, Args args = {}, std::string file = {}) {
  return tl::unexpected<Error>(Error{Message{std::move(code), std::move(args)}, std::move(file)});
}

}  // namespace kaskad
