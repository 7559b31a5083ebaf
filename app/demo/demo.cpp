#include "app/demo/demo.hpp"

#include <filesystem>
#include <fstream>
#include <memory>
#include <system_error>

#include "app/demo/files.hpp"

namespace kaskad::demo {
namespace {

namespace fs = std::filesystem;

/// Range of an option and the code of its error.
struct Range {
  const char* code;
  std::int64_t value;
  std::int64_t lowest;
  std::int64_t highest;
};

Expected<WrittenFile> write_one(const DemoFile& file, const fs::path& folder) {
  const std::string path = (folder / file.name).string();
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  std::int64_t bytes = 0;
  file.write([&](std::string_view piece) {
    out.write(piece.data(), static_cast<std::streamsize>(piece.size()));
    bytes += static_cast<std::int64_t>(piece.size());
  });
  out.close();
  if (!out) return failure("file-unwritable", {{"file", path}}, path);
  return WrittenFile{file.name, bytes};
}

}  // namespace

Expected<void> check_options(const DemoOptions& options) {
  constexpr std::int64_t kMostPupilsOfSchool = 1500;
  const std::int64_t cells = std::int64_t{options.schools} * options.years;
  const Range ranges[] = {{"demo-schools", options.schools, 20, 9999},
                          {"demo-years", options.years, 2, 20},
                          {"demo-last-year", options.last_year, 1990, 2100},
                          {"demo-pupils", options.pupils, 10 * cells, kMostPupilsOfSchool * cells}};
  for (const Range& range : ranges) {
    if (range.value >= range.lowest && range.value <= range.highest) continue;
    return failure(range.code, {{"value", range.value}, {"lowest", range.lowest}, {"highest", range.highest}});
  }
  return {};
}

std::vector<DemoFile> make_region(const DemoOptions& options) {
  const auto region = std::make_shared<const Region>(build_region(options));
  std::vector<DemoFile> files = {project_file(region),  registry_file(region),  context_file(region),
                                 groups_file(region),   partners_file(region),  programmes_file(region),
                                 evidence_file(region), vpr_file(region),       oge_file(region),
                                 ege_file(region),      olympiads_file(region), summaries_file(region)};
  if (has_vpr(*region, 4)) files.push_back(vpr_primary_file(region));
  for (DemoFile& file : task_files(region)) files.push_back(std::move(file));
  return files;
}

std::string bytes_of(const DemoFile& file) {
  std::string out;
  file.write([&](std::string_view piece) { out += piece; });
  return out;
}

Expected<std::vector<WrittenFile>> write_region(const DemoOptions& options, const std::string& folder) {
  if (auto checked = check_options(options); !checked) return tl::unexpected(checked.error());
  std::error_code status;
  fs::create_directories(folder, status);
  if (status) return failure("file-unwritable", {{"file", folder}}, folder);
  std::vector<WrittenFile> written;
  for (const DemoFile& file : make_region(options)) {
    auto one = write_one(file, folder);
    if (!one) return tl::unexpected(one.error());
    written.push_back(*one);
  }
  return written;
}

}  // namespace kaskad::demo
