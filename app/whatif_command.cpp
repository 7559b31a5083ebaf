// kaskad whatif: who would enter and who would leave the lists if a setting were another.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/commands.hpp"
#include "app/load.hpp"
#include "app/project/identify_reader.hpp"
#include "app/study.hpp"
#include "reports/content/identify_words.hpp"
#include "reports/content/labels.hpp"

namespace kaskad::app {
namespace {

using nlohmann::ordered_json;

/// The same schools by the project's settings and by the changed ones, in the last year.
struct Compared {
  const reports::Briefing& briefing;
  const Identification& before;
  const Identification& after;
  int year = 0;
  std::vector<StatusChange> changes;

  std::int64_t on_list(const Identification& found, StatusList list) const {
    std::int64_t n = 0;
    for (SchoolId s = 0; s < briefing.data.registry.schools.size(); ++s) {
      const Standing standing = standing_of(found, s, year);
      n += (list == StatusList::low ? standing.low : standing.social) == Answer::yes;
    }
    return n;
  }
  std::string reason(const StatusChange& change) const {
    return reports::change_reason(briefing, before, after, change);
  }
};

bool enters(StatusChangeKind kind) {
  return kind == StatusChangeKind::entered || kind == StatusChangeKind::first_judged;
}

std::string tier_of(const Compared& c, const Identification& found, const StatusChange& change,
                    const Standing& standing) {
  return change.list == StatusList::low ? reports::tier_name(c.briefing, found.low, standing.tier) : std::string();
}

ordered_json change_json(const Compared& c, const StatusChange& change) {
  const School& school = c.briefing.data.registry.schools[change.school];
  ordered_json out = {{"school", school.id},
                      {"name", reports::school_name(c.briefing, change.school)},
                      {"municipality", school.municipality},
                      {"change", kStatusChangeKindNames[static_cast<std::size_t>(change.kind)]}};
  const std::string from = tier_of(c, c.before, change, change.from), to = tier_of(c, c.after, change, change.to);
  if (!from.empty()) out["from"] = from;
  if (!to.empty()) out["to"] = to;
  out["reason"] = c.reason(change);
  return out;
}

ordered_json list_json(const Compared& c, StatusList list) {
  ordered_json entered = ordered_json::array(), left = ordered_json::array(), moved = ordered_json::array();
  for (const StatusChange& change : c.changes) {
    if (change.list != list) continue;
    ordered_json& where = enters(change.kind) ? entered : change.kind == StatusChangeKind::moved ? moved : left;
    where.push_back(change_json(c, change));
  }
  return {{"list", kStatusListNames[static_cast<std::size_t>(list)]},
          {"before", c.on_list(c.before, list)},
          {"after", c.on_list(c.after, list)},
          {"entered", std::move(entered)},
          {"left", std::move(left)},
          {"moved", std::move(moved)}};
}

void print_json(const Compared& c, const WhatIfOptions& options) {
  const ordered_json out = {{"year", c.year},
                            {"set", options.set},
                            {"lists", {list_json(c, StatusList::low), list_json(c, StatusList::social)}}};
  fmt::print("{}\n", out.dump(1));
}

void print_change(const Compared& c, const StatusChange& change) {
  const School& school = c.briefing.data.registry.schools[change.school];
  fmt::print("  {}  {}{}\n", school.id, reports::school_name(c.briefing, change.school),
             school.municipality.empty() ? "" : ", " + school.municipality);
  fmt::print("      {}. {}\n", reports::change_kind_text(c.briefing, change), c.reason(change));
}

void print_list(const Compared& c, StatusList list, const Texts& texts) {
  std::vector<const StatusChange*> changes;
  std::int64_t entered = 0, left = 0;
  for (const StatusChange& change : c.changes) {
    if (change.list != list) continue;
    changes.push_back(&change);
    entered += enters(change.kind);
    left += change.kind == StatusChangeKind::left || change.kind == StatusChangeKind::no_longer_judged;
  }
  fmt::print(
      "{}\n",
      texts.get("whatif.list",
                {{"list", texts.get("identify.list." + std::string(kStatusListNames[static_cast<std::size_t>(list)]))},
                 {"before", c.on_list(c.before, list)},
                 {"after", c.on_list(c.after, list)},
                 {"entered", entered},
                 {"left", left}}));
  for (const StatusChange* change : changes) print_change(c, *change);
}

void print_text(const Compared& c, const WhatIfOptions& options, const Texts& texts) {
  std::string set;
  for (const std::string& one : options.set) set += (set.empty() ? "" : ", ") + one;
  fmt::print("{}\n", texts.get("whatif.head", {{"year", std::to_string(c.year)}, {"set", set}}));
  print_list(c, StatusList::low, texts);
  print_list(c, StatusList::social, texts);
}

/// The project's settings with the asked ones changed. Nothing when they are defective: that was told.
Expected<std::optional<IdentifySettings>> changed_settings(const Project& project, const WhatIfOptions& options,
                                                           Console& console) {
  ConfigNode tables = project.identify_tables;
  for (const std::string& one : options.set) {
    const auto done = change_setting(tables, one);
    if (!done) return tl::unexpected<Error>(of_option(done.error(), "--set"));
  }
  std::vector<std::string> indicators;
  for (const Indicator& i : project.indicators) indicators.push_back(i.id);
  Diagnostics defects;
  IdentifySettings settings =
      read_identify(tables, "--set", {project.vocabulary, project.context_fields, std::move(indicators)}, defects);
  console.tell_all(defects, stderr);
  if (has_errors(defects)) return std::optional<IdentifySettings>();
  return std::optional<IdentifySettings>(std::move(settings));
}

Expected<int> compare(const WhatIfOptions& options, const Resources& resources, const Texts& texts, Console& console) {
  auto project = load_project(options.project, resources, console, stderr);
  if (!project) return tl::unexpected<Error>(project.error());
  if (!*project) return kUsage;
  const auto settings = changed_settings(**project, options, console);
  if (!settings) return tl::unexpected<Error>(settings.error());
  if (!*settings) return kUsage;
  Study study = begin_study(std::move(**project), options.threads, console);
  judge_study(study, Depth::without_comparisons, options.threads, console);
  const Identification& before = study.judgements.identification;
  const Identification after =
      identify_schools(study.data, **settings, index_outcomes(study.project, study.data, study.judgements.figures),
                       study.project.minimum_n, options.threads);
  if (before.empty() || after.empty()) return failure("asked-nothing-identified", {}, options.project);
  const reports::Briefing briefing = briefing_of(study, "", texts);
  const int year = before.years.back();
  const Compared compared{briefing, before, after, year, changes_between(before, year, after, year)};
  if (options.json)
    print_json(compared, options);
  else
    print_text(compared, options, texts);
  return has_errors(study.data.diagnostics) ? kDefects : kDone;
}

}  // namespace

int whatif(const WhatIfOptions& options, const Resources& resources, const Texts& texts) {
  Console console(texts, true);
  const auto status = compare(options, resources, texts, console);
  if (status) return *status;
  console.error(texts.describe(status.error()));
  return exit_code_of(status.error());
}

}  // namespace kaskad::app
