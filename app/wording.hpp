// The words of diagnostics, remembered: most of a defective file's diagnostics say the same.
#pragma once

#include <string>
#include <unordered_map>

#include "engine/base/texts.hpp"

namespace kaskad::app {

struct Words {
  std::string message;
  std::string hint;  ///< May be empty.
};

/// Not shared between threads. Holds so many different words at most, then forgets them all.
class Wording {
 public:
  static constexpr std::size_t kMostKnown = 4096;

  explicit Wording(const Texts& texts) : texts_(texts) {}
  /// Holds until the next call.
  const Words& of(const Diagnostic& d);

 private:
  const Texts& texts_;
  std::unordered_map<std::string, Words> known_;
};

}  // namespace kaskad::app
