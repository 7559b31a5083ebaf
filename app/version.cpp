#include "app/version.hpp"

#include "engine/base/files.hpp"
#include "engine/intake/file_hash.hpp"

namespace kaskad::app {

std::string program_version() { return KASKAD_VERSION; }

std::string version_mark(const Project& project, const Dataset& data) {
  constexpr std::size_t kShownDigits = 12;
  std::string all = program_version();
  if (const auto settings = read_file(project.file)) all.append("\n").append(intake::hash_of(*settings));
  for (const SourceLedger& source : data.ledger) all.append("\n").append(source.file).append(" ").append(source.hash);
  return program_version() + " · " + intake::hash_of(all).substr(0, kShownDigits);
}

}  // namespace kaskad::app
