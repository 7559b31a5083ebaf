#include <algorithm>

#include "indicators/group_proposals.hpp"

namespace kaskad {
namespace {

struct OfWhole {
  const char* key;
  int ProposalSettings::*field;
  int lo, hi;
};
constexpr std::array<OfWhole, 3> kWhole = {{{"controls", &ProposalSettings::controls, 1, 20},
                                            {"partners", &ProposalSettings::partners, 1, 20},
                                            {"most_helped", &ProposalSettings::most_helped, 1, 100}}};
struct OfNumber {
  const char* key;
  double ProposalSettings::*field;
  double lo, hi;
};
constexpr std::array<OfNumber, 2> kNumbers = {
    {{"caliper", &ProposalSettings::caliper, 0, 100}, {"strong_from", &ProposalSettings::strong_from, 0, 1}}};

std::vector<ExactField> read_exact(ConfigReader& reader) {
  const std::vector<std::string> ids = reader.texts("exact");
  std::vector<ExactField> out;
  for (const std::string& id : ids) {
    const auto found = std::find(kExactFieldNames.begin(), kExactFieldNames.end(), id);
    if (found == kExactFieldNames.end())
      reader.report("exact", "project-unknown-id", {{"id", id}, {"nearest", std::string("rural")}});
    else
      out.push_back(static_cast<ExactField>(found - kExactFieldNames.begin()));
  }
  return out;
}

}  // namespace

void read_proposals(ConfigReader& reader, ProposalSettings& settings) {
  settings.on = reader.boolean("on", settings.on);
  if (reader.has("exact")) settings.exact = read_exact(reader);
  settings.method = static_cast<PairMethod>(reader.choice("method", {kPairMethodNames.begin(), kPairMethodNames.end()},
                                                          static_cast<std::size_t>(settings.method)));
  for (const auto& [key, field, lo, hi] : kWhole) {
    const std::int64_t read = reader.integer(key, settings.*field);
    if (read >= lo && read <= hi)
      settings.*field = static_cast<int>(read);
    else
      reader.report(key, "setting-between", {{"lo", static_cast<double>(lo)}, {"hi", static_cast<double>(hi)}});
  }
  for (const auto& [key, field, lo, hi] : kNumbers) {
    const double read = reader.number(key).value_or(settings.*field);
    if (read >= lo && read <= hi)
      settings.*field = read;
    else
      reader.report(key, "setting-between", {{"lo", lo}, {"hi", hi}});
  }
}

}  // namespace kaskad
