// The subcommands. Each returns the exit code: 0 done, 1 data defects found, 2 usage (command line or project file), 3
// failure.
#pragma once

#include <cstdint>
#include <string>

#include "app/resources.hpp"
#include "engine/base/texts.hpp"

namespace kaskad::app {

inline constexpr int kDone = 0;
inline constexpr int kDefects = 1;
inline constexpr int kUsage = 2;
inline constexpr int kFailure = 3;

struct CheckOptions {
  std::string project;
  unsigned threads = 1;
  bool json = false;
};
int check(const CheckOptions& options, const Resources& resources, const Texts& texts);

struct RunOptions {
  std::string project;
  std::string out;
  unsigned threads = 1;
  std::string date;  ///< ISO.
  bool quiet = false;
  std::string fonts = "/usr/share/fonts/truetype/paratype";
  std::string hyphenation = "/usr/share/hyphen";
};
int run(const RunOptions& options, const Resources& resources, const Texts& texts);

struct DemoCommandOptions {
  std::string folder;
  int schools = 60;
  int years = 5;
  std::int64_t pupils = 20000;
  std::uint64_t seed = 1;
};
int demo(const DemoCommandOptions& options, const Texts& texts);

struct IndicatorsOptions {
  bool json = false;
  bool markdown = false;
};
int indicators(const IndicatorsOptions& options, const Resources& resources, const Texts& texts);

}  // namespace kaskad::app
