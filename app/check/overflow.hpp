// Diagnostics of a code beyond the first 100 000 of a source: written to a scratch file as they come, so that all of
// them can be told and none is kept in memory.
#pragma once

#include <cstdint>
#include <cstdio>
#include <functional>
#include <map>
#include <string>
#include <tuple>

#include "engine/base/diagnostic.hpp"

namespace kaskad::app {

class Overflow {
 public:
  /// What is written of each; empty = they are only counted. `wanted` may be empty: all.
  using Line = std::function<std::string(const Diagnostic&)>;
  using Wanted = std::function<bool(const Diagnostic&)>;
  Overflow(Line line, Wanted wanted);
  ~Overflow();
  Overflow(const Overflow&) = delete;
  Overflow& operator=(const Overflow&) = delete;

  void take(const Diagnostic& d);

  /// By severity, code and file.
  using Counts = std::map<std::tuple<Severity, std::string, std::string>, std::int64_t>;
  const Counts& counts() const { return counts_; }
  std::int64_t n() const;
  bool has_errors() const;
  /// False when the scratch file could not hold everything.
  bool good() const { return good_; }
  /// Calls put(part) for the lines in the order in which they came.
  void read(const std::function<void(const std::string&)>& put) const;

 private:
  Line line_;
  Wanted wanted_;
  Counts counts_;
  std::FILE* file_ = nullptr;
  bool good_ = true;
};

}  // namespace kaskad::app
