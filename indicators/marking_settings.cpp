#include "indicators/marking_settings.hpp"

#include <algorithm>

#include "engine/base/text.hpp"

namespace kaskad {
namespace {

template <class Value>
struct Bounded {
  const char* key;
  Value MarkingSettings::*field;
  Value lo, hi;
};
constexpr std::array<Bounded<double>, 5> kNumbers = {{{"mean_z", &MarkingSettings::mean_z, 0, 10},
                                                      {"rank_below", &MarkingSettings::rank_below, -1, 1},
                                                      {"jump_fences", &MarkingSettings::jump_fences, 0, 100},
                                                      {"spike_z", &MarkingSettings::spike_z, 0, 100},
                                                      {"spike_odds", &MarkingSettings::spike_odds, 1, 1000}}};
constexpr std::array<Bounded<std::int64_t>, 2> kCounts = {
    {{"minimum_n", &MarkingSettings::minimum_n, 2, 1'000'000},
     {"jump_schools", &MarkingSettings::jump_schools, 4, 100'000}}};
constexpr std::array<Bounded<int>, 3> kSmall = {{{"years", &MarkingSettings::years, 1, 50},
                                                 {"least_works", &MarkingSettings::least_works, 1, 1000},
                                                 {"spike_years", &MarkingSettings::spike_years, 1, 50}}};
struct OfWindow {
  const char* key;
  int stats::SpikeWindow::*field;
  int lo, hi;
};
constexpr std::array<OfWindow, 2> kWindow = {
    {{"spike_reach", &stats::SpikeWindow::reach, 3, 100}, {"spike_beside", &stats::SpikeWindow::beside, 1, 50}}};

void report_between(ConfigReader& reader, const char* key, double lo, double hi) {
  reader.report(key, "setting-between", {{"lo", lo}, {"hi", hi}});
}

template <class Value>
void read_whole(ConfigReader& reader, const char* key, Value& value, Value lo, Value hi) {
  const std::int64_t read = reader.integer(key, value);
  if (read >= lo && read <= hi)
    value = static_cast<Value>(read);
  else
    report_between(reader, key, static_cast<double>(lo), static_cast<double>(hi));
}

void read_number(ConfigReader& reader, const Bounded<double>& of, MarkingSettings& settings) {
  const double read = reader.number(of.key).value_or(settings.*of.field);
  if (read >= of.lo && read <= of.hi)
    settings.*of.field = read;
  else
    report_between(reader, of.key, of.lo, of.hi);
}

template <class Item>
std::vector<std::string> ids_of(const std::vector<Item>& items) {
  std::vector<std::string> out;
  for (const Item& item : items) out.push_back(item.id);
  return out;
}

/// Reports each id that is not known, with the nearest one.
std::vector<std::string> known_ids(ConfigReader& reader, const char* key, const std::vector<std::string>& known) {
  const std::vector<std::string> ids = reader.texts(key);
  for (const std::string& id : ids) {
    if (std::find(known.begin(), known.end(), id) == known.end())
      reader.report(key, "project-unknown-id", {{"id", id}, {"nearest", nearest(id, known).value_or("none")}});
  }
  return ids;
}

std::vector<SignKind> read_signs(ConfigReader& reader) {
  const std::vector<std::string> ids =
      known_ids(reader, "signs", std::vector<std::string>(kSignKindNames.begin(), kSignKindNames.end()));
  std::vector<SignKind> out;
  for (std::size_t k = 0; k < kSignKinds; ++k) {
    if (std::find(ids.begin(), ids.end(), kSignKindNames[k]) != ids.end()) out.push_back(static_cast<SignKind>(k));
  }
  return out;
}

}  // namespace

void read_marking(ConfigReader& reader, const Vocabulary& vocabulary, MarkingSettings& settings) {
  settings.on = reader.boolean("on", settings.on);
  if (reader.has("procedures")) settings.procedures = known_ids(reader, "procedures", ids_of(vocabulary.procedures));
  if (reader.has("subjects")) settings.subjects = known_ids(reader, "subjects", ids_of(vocabulary.subjects));
  if (reader.has("signs")) settings.signs = read_signs(reader);
  for (const Bounded<double>& of : kNumbers) read_number(reader, of, settings);
  for (const auto& [key, field, lo, hi] : kCounts) read_whole(reader, key, settings.*field, lo, hi);
  for (const auto& [key, field, lo, hi] : kSmall) read_whole(reader, key, settings.*field, lo, hi);
  for (const auto& [key, field, lo, hi] : kWindow) read_whole(reader, key, settings.spike.*field, lo, hi);
  read_whole(reader, "spike_fitted", settings.spike.least_fitted, std::int64_t{1}, std::int64_t{1'000'000});
  if (settings.spike.beside >= settings.spike.reach)
    report_between(reader, "spike_beside", 1, settings.spike.reach - 1);
}

}  // namespace kaskad
