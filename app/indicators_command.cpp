#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/commands.hpp"
#include "app/console.hpp"
#include "app/project/project.hpp"

namespace kaskad::app {
namespace {

std::string name_in(const Indicator& i, const std::string& language) { return in_language(i.name, language, i.id); }

void print_table(const std::vector<Indicator>& all, const Texts& texts) {
  for (const Indicator& i : all) {
    fmt::print("{:<18} {}\n{:<18} {} · {}\n", i.id, name_in(i, texts.language()), "",
               texts.get("indicator_kind." + std::string(kIndicatorKindNames[static_cast<std::size_t>(i.kind)])),
               i.formula.text());
  }
}

void print_json(const std::vector<Indicator>& all) {
  nlohmann::ordered_json root = nlohmann::ordered_json::array();
  for (const Indicator& i : all) {
    root.push_back({{"id", i.id},
                    {"name", i.name},
                    {"kind", kIndicatorKindNames[static_cast<std::size_t>(i.kind)]},
                    {"outcome", kOutcomeNames[static_cast<std::size_t>(i.outcome)]},
                    {"formula", i.formula.text()},
                    {"unit", kIndicatorUnitNames[static_cast<std::size_t>(i.unit)]},
                    {"direction", kDirectionNames[static_cast<std::size_t>(i.direction)]},
                    {"minimum_n", i.minimum_n},
                    {"source", i.source}});
  }
  fmt::print("{}\n", root.dump(1));
}

void print_markdown(const std::vector<Indicator>& all) {
  fmt::print(
      "# Indicators\n\nMade by `kaskad indicators --markdown` from `indicators/catalogue/indicators.toml`; a test "
      "holds the two together.\n\n");
  fmt::print(
      "| id | name | название | kind | outcome | formula | unit | direction | source "
      "|\n|---|---|---|---|---|---|---|---|---|\n");
  for (const Indicator& i : all) {
    fmt::print("| `{}` | {} | {} | {} | {} | `{}` | {} | {} | {} |\n", i.id, name_in(i, "en"), name_in(i, "ru"),
               kIndicatorKindNames[static_cast<std::size_t>(i.kind)],
               kOutcomeNames[static_cast<std::size_t>(i.outcome)], i.formula.text(),
               kIndicatorUnitNames[static_cast<std::size_t>(i.unit)],
               kDirectionNames[static_cast<std::size_t>(i.direction)], in_language(i.source, "en"));
  }
}

}  // namespace

int indicators(const IndicatorsOptions& options, const Resources& resources, const Texts& texts) {
  const auto catalogue = load_catalogue(resources.catalogue);
  if (!catalogue) {
    Console(texts, true).error(texts.describe(catalogue.error()));
    return kFailure;
  }
  if (options.json)
    print_json(catalogue->indicators);
  else if (options.markdown)
    print_markdown(catalogue->indicators);
  else
    print_table(catalogue->indicators, texts);
  return kDone;
}

}  // namespace kaskad::app
