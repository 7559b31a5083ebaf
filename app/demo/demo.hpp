// A synthetic Russian region as a ready project: registry, social passports, results, groups, programmes, kaskad.toml.
// Nobody in it exists. The same options give the same bytes on any machine: whole numbers and the exactly rounded
// operations of IEEE 754 only (+ − × ÷ √ floor), random draws by counter, no locale, no clock.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/error.hpp"

namespace kaskad::demo {

struct DemoOptions {
  int schools = 60;             ///< 20 … 9999.
  int years = 5;                ///< School years, 2 … 20; the last one is `last_year`.
  std::int64_t pupils = 20000;  ///< Pupils tested in all years together; one is counted in each year anew.
  std::uint64_t seed = 1;
  int last_year = 2026;  ///< Calendar year in which the last school year ends, 1990 … 2100.
};

using Sink = std::function<void(std::string_view)>;

/// A file of the project. `write` hands its bytes over in pieces, so that large files need little memory; it may be
/// called again and hands over the same bytes.
struct DemoFile {
  std::string name;
  std::function<void(const Sink&)> write;
};

/// Errors "demo-schools", "demo-years", "demo-pupils", "demo-last-year": an option out of its range.
Expected<void> check_options(const DemoOptions& options);

/// The files of a region, kaskad.toml first. The options must have passed `check_options`.
std::vector<DemoFile> make_region(const DemoOptions& options);

std::string bytes_of(const DemoFile& file);

struct WrittenFile {
  std::string name;
  std::int64_t bytes = 0;
};

/// Checks the options and writes all files into `folder`, which is made if missing. Error "file-unwritable".
Expected<std::vector<WrittenFile>> write_region(const DemoOptions& options, const std::string& folder);

}  // namespace kaskad::demo
