// What the user sees while it works: on a terminal a bar, otherwise one log line a stage; on stderr. Results go to
// stdout.
#pragma once

#include <chrono>
#include <cstddef>
#include <mutex>
#include <string>

#include "engine/base/diagnostic.hpp"
#include "engine/base/texts.hpp"

namespace kaskad::app {

class Console {
 public:
  Console(const Texts& texts, bool quiet);
  /// Ends the stage before, with its time, and begins another; `key` is a text key, e.g. "stage.intake".
  void stage(const std::string& key);
  /// Safe from any thread. Draws at most ten times a second, and only on a terminal.
  void progress(std::size_t done, std::size_t all);
  void finish();
  void error(const std::string& message);
  /// Diagnostics in words: the first of each code, then how many more there are.
  void tell(const Diagnostics& diagnostics, std::FILE* to);
  /// Diagnostics of the data by kind, as `kaskad check` groups them.
  void tell_kinds(const Diagnostics& diagnostics, std::FILE* to);
  /// Every one, but those that repeat: defects of templates, which no other command lists.
  void tell_all(const Diagnostics& diagnostics, std::FILE* to);

 private:
  void end_stage();
  void clear_bar();

  const Texts& texts_;
  bool quiet_;
  bool is_terminal_;
  std::string stage_;
  std::chrono::steady_clock::time_point begin_{}, drawn_{};
  bool bar_shown_ = false;
  std::mutex mutex_;
};

}  // namespace kaskad::app
