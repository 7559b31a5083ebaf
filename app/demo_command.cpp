#include <fmt/format.h>

#include "app/commands.hpp"
#include "app/console.hpp"
#include "app/demo/demo.hpp"

namespace kaskad::app {

int demo(const DemoCommandOptions& options, const Texts& texts) {
  kaskad::demo::DemoOptions wanted;
  wanted.schools = options.schools;
  wanted.years = options.years;
  wanted.pupils = options.pupils;
  wanted.seed = options.seed;
  const auto written = kaskad::demo::write_region(wanted, options.folder);
  if (!written) {
    Console(texts, true).error(texts.describe(written.error()));
    return written.error().message.code == "file-unwritable" ? kFailure : kUsage;
  }
  for (const auto& file : *written) fmt::print("{}/{}\n", options.folder, file.name);
  return kDone;
}

}  // namespace kaskad::app
