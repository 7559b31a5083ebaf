#include <fmt/format.h>

#include "app/commands.hpp"
#include "app/console.hpp"
#include "app/diagnostics_json.hpp"
#include "app/load.hpp"

namespace kaskad::app {
namespace {

std::int64_t total(const std::map<std::string, std::int64_t>& counts) {
  std::int64_t sum = 0;
  for (const auto& [code, n] : counts) sum += n;
  return sum;
}

void print_ledger(const Dataset& data, const Texts& texts) {
  for (const SourceLedger& s : data.ledger) {
    fmt::print("{}\n", texts.get("check.source", {{"file", s.sheet.empty() ? s.file : s.file + " [" + s.sheet + "]"},
                                                  {"kind", texts.get("source_kind." + s.kind)},
                                                  {"read", s.read},
                                                  {"counted", s.counted},
                                                  {"rejected", total(s.rejected)},
                                                  {"left_out", total(s.left_out)}}));
  }
}

std::int64_t count_of(const Diagnostics& diagnostics, Severity severity) {
  return std::count_if(diagnostics.begin(), diagnostics.end(),
                       [&](const Diagnostic& d) { return d.severity == severity; });
}

}  // namespace

int check(const CheckOptions& options, const Resources& resources, const Texts& texts) {
  Console console(texts, true);
  const auto project = load_project(options.project, resources, console, options.json ? stderr : stdout);
  if (!project) {
    console.error(texts.describe(project.error()));
    return kFailure;
  }
  if (!*project) return kUsage;
  const Dataset data = load_dataset(**project, options.threads, console);
  if (options.json) {
    fmt::print("{}", diagnostics_json(data.diagnostics, data.ledger, texts));
  } else {
    console.tell(data.diagnostics, stdout);
    print_ledger(data, texts);
    fmt::print("{}\n", texts.get("check.total", {{"errors", count_of(data.diagnostics, Severity::error)},
                                                 {"warnings", count_of(data.diagnostics, Severity::warning)},
                                                 {"schools", static_cast<std::int64_t>(data.registry.schools.size())},
                                                 {"cells", static_cast<std::int64_t>(data.cube.size())}}));
  }
  return has_errors(data.diagnostics) ? kDefects : kDone;
}

}  // namespace kaskad::app
