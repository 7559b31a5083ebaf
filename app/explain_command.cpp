// kaskad explain: why a school is where it is, from the rule down to the rows of the sources.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "app/commands.hpp"
#include "app/load.hpp"
#include "app/source_rows.hpp"
#include "app/study.hpp"
#include "engine/base/text.hpp"
#include "reports/content/identify_words.hpp"
#include "reports/content/labels.hpp"
#include "reports/content/ranks_data.hpp"

namespace kaskad::app {
namespace {

using nlohmann::ordered_json;

/// One school, all that was found of it, and the rows behind it.
struct Explained {
  const reports::Briefing& briefing;
  SchoolId school = 0;
  const SourceRows& rows;

  const Identification& found() const { return briefing.judgements.identification; }
  const LowIdentification& low() const { return found().low; }
  const SocialIndex& social() const { return found().social; }
  std::size_t last() const { return low().years.size() - 1; }
};

ordered_json number(double value) { return std::isfinite(value) ? ordered_json(value) : ordered_json(nullptr); }

/// Rules that some list uses, each once.
std::vector<std::size_t> rules_in_use(const LowSettings& settings) {
  std::vector<std::size_t> out;
  for (const LowTier& tier : settings.tiers) {
    for (const std::size_t rule : tier.rules) {
      if (std::find(out.begin(), out.end(), rule) == out.end()) out.push_back(rule);
    }
  }
  return out;
}

/// Shares that the rules in use look at, the last year's first.
std::vector<LowFact> shares_looked_at(const Explained& e) {
  int years = 1;
  for (const std::size_t rule : rules_in_use(e.low().settings))
    years = std::max(years, e.low().settings.rules[rule].years);
  std::vector<LowFact> out;
  for (std::size_t p = 0; p < e.low().procedures.size(); ++p) {
    for (std::size_t y = e.low().years.size(); y-- > 0;) {
      const bool in_view = e.low().years.back() - e.low().years[y] < years;
      const bool any = e.low().share(e.school, p, y).state != ShareState::no_participants;
      if (in_view && any) out.push_back({p, y});
    }
  }
  return out;
}

/// Rows of the years that were added up into a share.
std::vector<CarryingRows> rows_of(const Explained& e, const LowFact& fact) {
  const LowProcedure& p = e.low().procedures[fact.procedure];
  const int year = e.low().years[fact.year];
  const int first = year - e.low().share(e.school, fact.procedure, fact.year).years_pooled + 1;
  return e.rows.results([&](const CellKey& key) {
    return key.procedure == p.procedure && key.year >= first && key.year <= year &&
           (!p.subject || key.subject == *p.subject) && (!p.grade || key.grade == *p.grade);
  });
}

ordered_json rows_json(const std::vector<CarryingRows>& sources) {
  ordered_json out = ordered_json::array();
  for (const CarryingRows& s : sources)
    out.push_back({{"file", s.file}, {"sheet", s.sheet}, {"rows", ranges_text(s.rows)}, {"count", s.rows.size()}});
  return out;
}

ordered_json share_json(const Explained& e, const LowFact& fact) {
  const LowShare& share = e.low().share(e.school, fact.procedure, fact.year);
  const bool judged = share.state == ShareState::judged;
  ordered_json out = {{"procedure", reports::procedure_name(e.briefing, e.low().procedures[fact.procedure])},
                      {"year", e.low().years[fact.year]},
                      {"state", kShareStateNames[static_cast<std::size_t>(share.state)]}};
  if (judged) {
    out["below"] = share.below;
    out["n"] = share.n;
    out["share"] = number(share.share.value);
    out["lo"] = number(share.share.lo);
    out["hi"] = number(share.share.hi);
    out["shrunken"] = number(share.shrunken.value);
    out["probability"] = number(share.probability);
  }
  if (share.withheld != Undefined::none) out["withheld"] = undefined_name(share.withheld);
  out["sources"] = rows_json(rows_of(e, fact));
  return out;
}

ordered_json low_json(const Explained& e) {
  if (e.low().empty()) return nullptr;
  const LowVerdict& verdict = e.low().verdict(e.school, e.last());
  ordered_json rules = ordered_json::array(), shares = ordered_json::array();
  for (const std::size_t rule : rules_in_use(e.low().settings))
    rules.push_back({{"rule", e.low().settings.rules[rule].id},
                     {"met", kAnswerNames[static_cast<std::size_t>(verdict.rules[rule].met)]},
                     {"text", reports::rule_text(e.briefing, e.low(), e.school, e.last(), rule)}});
  for (const LowFact& fact : shares_looked_at(e)) shares.push_back(share_json(e, fact));
  return {{"year", e.low().years.back()},
          {"listed", kAnswerNames[static_cast<std::size_t>(verdict.listed)]},
          {"tier", verdict.tier ? ordered_json(e.low().settings.tiers[*verdict.tier].id) : ordered_json(nullptr)},
          {"text", reports::low_text(e.briefing, e.low(), e.school, e.last(), reports::ToldShares::all)},
          {"threshold", e.low().settings.threshold},
          {"probability", number(verdict.probability)},
          {"rules", std::move(rules)},
          {"shares", std::move(shares)}};
}

std::string component_name(const Explained& e, std::size_t c) {
  const int field = e.social().fields[c];
  if (field < 0) return e.social().settings.components[c].field;
  return in_language(e.briefing.data.context.fields[static_cast<std::size_t>(field)].name, e.briefing.language());
}

std::vector<CarryingRows> rows_of_component(const Explained& e, std::size_t c) {
  const int year = e.social().times.back().time.year;
  return e.rows.context(
      [&](int field, int of_year) { return field == e.social().fields[c] && (of_year == year || of_year == 0); });
}

ordered_json social_json(const Explained& e) {
  if (e.social().empty()) return nullptr;
  const IndexIdentification& time = e.social().times.back();
  const SchoolIndex& own = time.schools[e.school];
  ordered_json components = ordered_json::array();
  for (std::size_t c = 0; c < own.shares.size(); ++c)
    components.push_back({{"field", e.social().settings.components[c].field},
                          {"value", number(own.shares[c])},
                          {"weight", number(time.fit.weights[c])},
                          {"adds", number(100 * own.good[c] * time.fit.weights[c])},
                          {"sources", rows_json(rows_of_component(e, c))}});
  return {{"year", time.time.year},
          {"index", number(own.value)},
          {"group", own.group ? ordered_json(*own.group + 1) : ordered_json(nullptr)},
          {"at_risk", e.social().at_risk(own)},
          {"stays", number(own.stays)},
          {"text", reports::index_text(e.briefing, e.social(), e.social().times.size() - 1, e.school)},
          {"components", std::move(components)}};
}

ordered_json changes_json(const Explained& e) {
  ordered_json out = ordered_json::array();
  for (const StatusChange& change : e.found().changes) {
    if (change.school != e.school) continue;
    out.push_back({{"from", change.from_year},
                   {"to", change.to_year},
                   {"list", kStatusListNames[static_cast<std::size_t>(change.list)]},
                   {"change", kStatusChangeKindNames[static_cast<std::size_t>(change.kind)]},
                   {"reason", reports::change_reason(e.briefing, e.found(), e.found(), change)}});
  }
  return out;
}

ordered_json ranks_json(const Explained& e) {
  ordered_json out = ordered_json::array();
  const SchoolRanks& ranks = e.briefing.judgements.ranks;
  for (const RankList& list : ranks.lists) {
    const PlacedSchool* own = list.find(e.school);
    if (own == nullptr) continue;
    const auto end = [&](auto place) {
      return own->place ? ordered_json((*own->place).*place) : ordered_json(nullptr);
    };
    out.push_back({{"figure", reports::series_name(e.briefing, list.series)},
                   {"year", list.year},
                   {"within", list.scope()},
                   {"value", number(own->value.value)},
                   {"lo", number(own->value.lo)},
                   {"hi", number(own->value.hi)},
                   {"n", own->value.defined() ? ordered_json(own->value.n) : ordered_json(nullptr)},
                   {"first", end(&stats::RankRange::first)},
                   {"last", end(&stats::RankRange::last)},
                   {"of", list.ranked},
                   {"level", ranks.settings.level},
                   {"missing", own->place ? ordered_json(nullptr) : ordered_json(undefined_name(own->reason))}});
  }
  return out;
}

/// A figure of a headline that the school has, but nobody is shown.
struct WithheldFigure {
  std::size_t series = 0, period = 0;
  Undefined reason = Undefined::none;
};

std::vector<WithheldFigure> withheld_figures(const Explained& e) {
  const Figures& figures = e.briefing.figures();
  std::vector<WithheldFigure> out;
  for (const std::size_t series : e.briefing.headlines) {
    for (std::size_t p = 0; p < figures.frame.periods.size(); ++p) {
      const Undefined reason = figures.at(series, figures.frame.first_school() + e.school, p).reason;
      if (hides_n(reason)) out.push_back({series, p, reason});
    }
  }
  return out;
}

ordered_json withheld_json(const Explained& e) {
  ordered_json out = ordered_json::array();
  for (const WithheldFigure& w : withheld_figures(e))
    out.push_back({{"figure", reports::series_name(e.briefing, w.series)},
                   {"period", e.briefing.frame().periods[w.period].id},
                   {"missing", undefined_name(w.reason)}});
  return out;
}

void print_json(const Explained& e) {
  const School& school = e.briefing.data.registry.schools[e.school];
  const ordered_json out = {{"school", school.id},
                            {"name", reports::school_name(e.briefing, e.school)},
                            {"municipality", school.municipality},
                            {"low", low_json(e)},
                            {"social", social_json(e)},
                            {"changes", changes_json(e)},
                            {"ranks", ranks_json(e)},
                            {"withheld", withheld_json(e)}};
  fmt::print("{}\n", out.dump(1));
}

void print_rows(const std::vector<CarryingRows>& sources, const Texts& texts) {
  for (const CarryingRows& s : sources)
    fmt::print("      {}\n",
               texts.get("explain.rows", {{"file", s.sheet.empty() ? s.file : s.file + " [" + s.sheet + "]"},
                                          {"rows", ranges_text(s.rows)},
                                          {"n", static_cast<std::int64_t>(s.rows.size())}}));
}

void print_share(const Explained& e, const LowFact& fact, const Texts& texts) {
  const LowShare& share = e.low().share(e.school, fact.procedure, fact.year);
  if (share.state == ShareState::judged) {
    fmt::print("    {}\n",
               texts.get("explain.share", {{"fact", reports::whole_fact_text(e.briefing, e.low(), e.school, fact)},
                                           {"probability", e.briefing.format.number(share.probability, 2)}}));
  } else {
    fmt::print("    {}\n",
               texts.get("explain.no_share",
                         {{"procedure", reports::procedure_name(e.briefing, e.low().procedures[fact.procedure])},
                          {"year", std::to_string(e.low().years[fact.year])},
                          {"state", texts.get("identify.share_state." +
                                                  std::string(kShareStateNames[static_cast<std::size_t>(share.state)]),
                                              {{"minimum", e.low().settings.minimum_n}})}}));
  }
  print_rows(rows_of(e, fact), texts);
}

void print_low(const Explained& e, const Texts& texts) {
  if (e.low().empty()) return;
  fmt::print("\n{}\n", reports::low_text(e.briefing, e.low(), e.school, e.last(), reports::ToldShares::all));
  for (const std::size_t rule : rules_in_use(e.low().settings))
    fmt::print("  {}\n", reports::rule_text(e.briefing, e.low(), e.school, e.last(), rule));
  const double probability = e.low().verdict(e.school, e.last()).probability;
  if (std::isfinite(probability))
    fmt::print("  {}\n", texts.get("explain.probability", {{"probability", e.briefing.format.number(probability, 2)}}));
  fmt::print("  {}\n", texts.get("explain.shares"));
  for (const LowFact& fact : shares_looked_at(e)) print_share(e, fact, texts);
}

void print_social(const Explained& e, const Texts& texts) {
  if (e.social().empty()) return;
  const IndexIdentification& time = e.social().times.back();
  const SchoolIndex& own = time.schools[e.school];
  fmt::print("\n{}\n", reports::index_text(e.briefing, e.social(), e.social().times.size() - 1, e.school));
  for (std::size_t c = 0; c < own.shares.size(); ++c) {
    const auto shown = [&](double value, int decimals) {
      return std::isfinite(value) ? e.briefing.format.number(value, decimals) : texts.get("document.missing");
    };
    fmt::print("    {}\n",
               texts.get("explain.component", {{"name", component_name(e, c)},
                                               {"value", shown(own.shares[c], 3)},
                                               {"weight", shown(time.fit.weights[c], 3)},
                                               {"adds", shown(100 * own.good[c] * time.fit.weights[c], 2)}}));
    print_rows(rows_of_component(e, c), texts);
  }
}

void print_changes(const Explained& e, const Texts& texts) {
  bool first = true;
  for (const StatusChange& change : e.found().changes) {
    if (change.school != e.school) continue;
    if (first) fmt::print("\n{}\n", texts.get("explain.changes"));
    first = false;
    fmt::print("  {} → {}: {}. {}\n", change.from_year, change.to_year, reports::change_kind_text(e.briefing, change),
               reports::change_reason(e.briefing, e.found(), e.found(), change));
  }
}

void print_ranks(const Explained& e) {
  const std::vector<std::string> sentences = reports::rank_sentences(e.briefing, e.school);
  if (sentences.empty()) return;
  fmt::print("\n");
  for (const std::string& sentence : sentences) fmt::print("{}\n", sentence);
  fmt::print("  {}\n", reports::rank_rule(e.briefing));
}

void print_withheld(const Explained& e, const Texts& texts) {
  const std::vector<WithheldFigure> withheld = withheld_figures(e);
  if (withheld.empty()) return;
  fmt::print("\n{}\n", texts.get("explain.withheld"));
  for (const WithheldFigure& w : withheld)
    fmt::print("  {}, {}: {}\n", reports::series_name(e.briefing, w.series),
               reports::period_name(e.briefing, e.briefing.frame().periods[w.period]),
               texts.get("undefined." + std::string(undefined_name(w.reason))));
}

void print_text(const Explained& e, const Texts& texts) {
  const School& school = e.briefing.data.registry.schools[e.school];
  fmt::print("{}  {}{}\n", school.id, reports::school_name(e.briefing, e.school),
             school.municipality.empty() ? "" : ", " + school.municipality);
  print_low(e, texts);
  print_social(e, texts);
  print_changes(e, texts);
  print_ranks(e);
  print_withheld(e, texts);
}

Expected<SchoolId> school_of(const Registry& registry, const std::string& id) {
  if (const auto school = registry.find(id)) return *school;
  std::vector<std::string> known;
  for (const School& s : registry.schools) known.push_back(s.id);
  return failure("asked-unknown-school", {{"id", id}, {"nearest", nearest(id, known).value_or("none")}}, "SCHOOL");
}

Expected<int> tell(const ExplainOptions& options, const Resources& resources, const Texts& texts, Console& console) {
  auto project = load_project(options.project, resources, console, stderr);
  if (!project) return tl::unexpected<Error>(project.error());
  if (!*project) return kUsage;
  Study study = begin_study(std::move(**project), options.threads, console, options.school);
  const auto school = school_of(study.data.registry, options.school);
  if (!school) return tl::unexpected<Error>(school.error());
  judge_study(study, Depth::without_comparisons, options.threads, console);
  if (study.judgements.identification.empty() && study.judgements.ranks.lists.empty())
    return failure("asked-nothing-identified", {}, options.project);
  const reports::Briefing briefing = briefing_of(study, "", texts);
  const SourceRows rows(study.data);
  const Explained explained{briefing, *school, rows};
  if (options.json)
    print_json(explained);
  else
    print_text(explained, texts);
  return has_errors(study.data.diagnostics) ? kDefects : kDone;
}

}  // namespace

int explain(const ExplainOptions& options, const Resources& resources, const Texts& texts) {
  Console console(texts, true);
  const auto status = tell(options, resources, texts, console);
  if (status) return *status;
  console.error(texts.describe(status.error()));
  return exit_code_of(status.error());
}

}  // namespace kaskad::app
