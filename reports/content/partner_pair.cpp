#include "reports/content/partner_pair.hpp"

#include <algorithm>

#include "reports/content/labels.hpp"
#include "reports/content/programme_parts.hpp"
#include "reports/content/report_data.hpp"
#include "reports/content/sentences.hpp"

namespace kaskad::reports {
namespace {

const Period& period_at(const Briefing& b, std::size_t t) { return b.frame().periods[partners_of(b).periods[t]]; }

/// Of several waves of one role the years, as they have one short name.
std::string short_period(const Briefing& b, const Period& period) {
  if (!period.is_wave) return period.id;
  const auto& all = b.frame().periods;
  const auto same =
      std::count_if(all.begin(), all.end(), [&](const Period& p) { return p.is_wave && p.role == period.role; });
  return same > 1 ? years_text(period.years) : short_wave_name(b, period);
}

const Indicator& indicator_of(const Briefing& b, const PairedWork& work) {
  return b.figures().indicator_of(work.series);
}

std::string work_name(const Briefing& b, std::size_t series) {
  return slice_name(b, b.figures().series[series].series);
}

Quantity gap_of_work(const Briefing& b, const SchoolPair& pair, const PairedWork& work, const Estimate& gap) {
  return difference(indicator_of(b, work), gap, owner_of_school(b, pair.strong));
}

std::string counts_text(const Briefing& b, const PairedResult& r) {
  if (!r.gap.defined()) return {};
  return b.format.count(r.weak.n) + "\u00A0/\u00A0" + b.format.count(r.strong.n);
}

/// One row a work: both schools in the last period in which both have figures, the gap in every period, its change.
Object side_by_side(const Briefing& b, const SchoolPair& pair, const PairedWork& work) {
  const auto last =
      std::find_if(work.results.rbegin(), work.results.rend(), [](const PairedResult& r) { return r.gap.defined(); });
  List gaps;
  for (const PairedResult& r : work.results) gaps.emplace_back(gap_of_work(b, pair, work, r.gap));
  const auto place = static_cast<std::size_t>(work.results.rend() - last) - 1;
  return {{"work", work_name(b, work.series)},
          {"work_at", place + 1 == work.results.size()
                          ? work_name(b, work.series)
                          : work_name(b, work.series) + " (" + short_period(b, period_at(b, place)) + ")"},
          {"indicator", short_with_unit(b, indicator_of(b, work))},
          {"period", short_period(b, period_at(b, place))},
          {"weak", level(indicator_of(b, work), last->weak, owner_of_school(b, pair.weak))},
          {"strong", level(indicator_of(b, work), last->strong, owner_of_school(b, pair.strong))},
          {"counts", Value::told_of(owner_of_school(b, pair.weak), counts_text(b, *last))},
          {"gap", gap_of_work(b, pair, work, last->gap)},
          {"gaps", std::move(gaps)},
          {"change", gap_of_work(b, pair, work, work.change)},
          {"trend", trend_word(b, work.trend)}};
}

List side_by_side_rows(const Briefing& b, const SchoolPair& pair) {
  std::vector<const PairedWork*> works;
  for (const PairedWork& work : pair.works) works.push_back(&work);
  std::stable_sort(works.begin(), works.end(), [&](const PairedWork* x, const PairedWork* y) {
    return b.figures().series[x->series].series.indicator < b.figures().series[y->series].series.indicator;
  });
  List rows;
  for (const PairedWork* work : works) rows.push_back(side_by_side(b, pair, *work));
  return rows;
}

Quantity completion(const Estimate& e, Owner owner) { return {e, Unit::percent, 0, false, owner}; }

std::string name_of_work(const Briefing& b, const TaskedWork& work) {
  Series series;
  series.procedure = work.procedure, series.subject = work.subject, series.grade = work.grade;
  return slice_name(b, series);
}

std::string lead_word(const Briefing& b, Lead lead, PairReader reader) {
  const std::string key = reader == PairReader::helper ? "partners.lead_of_helper." : "partners.lead.";
  return b.texts.get(key + std::string(kLeadNames[static_cast<std::size_t>(lead)]));
}

/// As the texts choose their words by it.
std::string name_of(PairReader reader) { return reader == PairReader::helper ? "helper" : "anyone"; }

Object completion_row(const Briefing& b, const SchoolPair& pair, const PairedCompletion& c, PairReader reader) {
  const TaskedWork& work = b.judgements.works[c.work];
  const Owner strong = owner_of_school(b, pair.strong);
  const Estimate p = c.adjusted_p == c.adjusted_p ? exactly(c.adjusted_p, c.difference.n)
                                                  : undefined(c.difference.reason, c.difference.n);
  return {{"work", name_of_work(b, work)},
          {"year", std::to_string(work.year)},
          {"weak", completion(c.weak, owner_of_school(b, pair.weak))},
          {"strong", completion(c.strong, strong)},
          {"difference", Quantity{c.difference, Unit::percent_points, 0, true, strong}},
          {"p", Quantity{p, Unit::probability, 3, false, strong}},
          {"lead", lead_word(b, c.lead, reader)}};
}

bool is_led(const PairedCompletion& c) { return c.lead == Lead::strong || c.lead == Lead::weak; }

/// First what the strong one does better, then what the weak one does.
std::vector<const PairedCompletion*> chosen(const std::vector<PairedCompletion>& all, bool only_led) {
  std::vector<const PairedCompletion*> out;
  for (const PairedCompletion& c : all) {
    if (c.lead != Lead::undefined && (!only_led || is_led(c))) out.push_back(&c);
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const PairedCompletion* x, const PairedCompletion* y) { return x->lead < y->lead; });
  return out;
}

List skill_rows(const Briefing& b, const SchoolPair& pair, PairReader reader) {
  List rows;
  for (const PairedCompletion* c : chosen(pair.skills, true)) {
    Object row = completion_row(b, pair, *c, reader);
    row.emplace_back("name", skills_of(b.judgements.works[c->work])[c->item].skill);
    rows.emplace_back(std::move(row));
  }
  return rows;
}

std::int64_t count_of(const std::vector<PairedCompletion>& all, Lead lead) {
  return std::count_if(all.begin(), all.end(), [&](const PairedCompletion& c) { return c.lead == lead; });
}

std::string joined(std::initializer_list<std::string> sentences) {
  std::string out;
  for (const std::string& s : sentences) {
    if (!s.empty()) out += (out.empty() ? "" : " ") + s;
  }
  return out;
}

struct Leads {
  std::int64_t strong = 0, weak = 0, unproven = 0;

  std::int64_t all() const { return strong + weak + unproven; }
  bool operator==(const Leads&) const = default;
};

Leads leads_of(const std::vector<PairedCompletion>& all) {
  return {count_of(all, Lead::strong), count_of(all, Lead::weak), count_of(all, Lead::unproven)};
}

std::string lead_text(const Briefing& b, const Leads& leads, PairReader reader, const char* key) {
  return b.texts.get(key, {{"n", leads.all()},
                           {"strong", leads.strong},
                           {"weak", leads.weak},
                           {"unproven", leads.unproven},
                           {"reader", name_of(reader)}});
}

/// How many tasks, and how many skills, are proven to be done better by whom; skills only where they add something.
std::string leads_text(const Briefing& b, const SchoolPair& pair, PairReader reader) {
  const Leads tasks = leads_of(pair.tasks), skills = leads_of(pair.skills);
  const bool any_led = tasks.all() > tasks.unproven || skills.all() > skills.unproven;
  if (tasks.all() > 0 && !any_led) return lead_text(b, tasks, reader, "partners.tasks_alike");
  const bool more = skills.all() > 0 && !(skills == tasks);
  return joined({tasks.all() > 0 ? lead_text(b, tasks, reader, "partners.tasks") : std::string(),
                 more ? lead_text(b, skills, reader, "partners.skills") : std::string()});
}

/// The last period with a pooled gap; nothing when there is none.
std::optional<std::size_t> last_with_gap(const SchoolPair& pair) {
  for (std::size_t t = pair.gaps.size(); t-- > 0;) {
    if (pair.gaps[t].gap.defined()) return t;
  }
  return std::nullopt;
}

std::string standing_of(const Estimate& gap) {
  return gap.shown_positive() ? "strong" : gap.shown_negative() ? "weak" : "unproven";
}

/// More works than these are told by their number.
constexpr std::size_t kMostNamedWorks = 2;

/// Common works of a period that the gap of the pair leaves out, as it rests on those of the change alone.
std::vector<std::string> works_left_out(const Briefing& b, const SchoolPair& pair, std::size_t period) {
  std::vector<std::string> out;
  if (!pair.change.defined()) return out;
  for (const PairedWork& work : pair.works) {
    const bool counts = work.results.front().in_sd.defined() && work.results.back().in_sd.defined();
    if (!counts && work.results[period].gap.defined()) out.push_back(work_name(b, work.series));
  }
  return out;
}

std::string gap_sentence(const Briefing& b, const SchoolPair& pair, PairReader reader) {
  const auto last = last_with_gap(pair);
  if (!last) return b.texts.get("partners.no_works", {{"minimum", b.figures().minimum_n}});
  const PooledGap& gap = pair.gaps[*last];
  const Quantity size = gap_quantity(gap.gap, kNobody);
  const std::vector<std::string> left_out = works_left_out(b, pair, *last);
  return b.texts.get("partners.gap", {{"works", gap.works},
                                      {"left_out", static_cast<std::int64_t>(left_out.size())},
                                      {"named", left_out.size() <= kMostNamedWorks ? "yes" : "no"},
                                      {"names", reports::joined(left_out, "; ")},
                                      {"period", period_name(b, period_at(b, *last))},
                                      {"standing", standing_of(gap.gap)},
                                      {"reader", name_of(reader)},
                                      {"gap", b.format.with_unit(size)},
                                      {"interval", b.format.interval(size)}});
}

std::string change_sentence(const Briefing& b, const SchoolPair& pair, PairReader reader) {
  if (!pair.change.defined()) return {};
  const Quantity change = gap_quantity(pair.change, kNobody);
  return b.texts.get("partners.change", {{"works", pair.works_of_change},
                                         {"from", short_period(b, period_at(b, 0))},
                                         {"to", short_period(b, period_at(b, pair.gaps.size() - 1))},
                                         {"trend", std::string(kGapTrendNames[static_cast<std::size_t>(pair.trend)])},
                                         {"reader", name_of(reader)},
                                         {"moved", verdict_name(verdict_of(pair.change))},
                                         {"change", b.format.with_unit(change)},
                                         {"interval", b.format.interval(change)}});
}

}  // namespace

const Partners& partners_of(const Briefing& b) { return b.judgements.partners; }

List partner_periods(const Briefing& b) {
  List out;
  for (std::size_t t = 0; t < partners_of(b).periods.size(); ++t)
    out.push_back(Object{{"label", short_period(b, period_at(b, t))}, {"index", static_cast<int>(t)}});
  return out;
}

Quantity gap_quantity(const Estimate& gap, Owner owner) { return {gap, Unit::effect, 2, true, owner}; }

std::string trend_word(const Briefing& b, GapTrend trend) {
  return b.texts.get("partners.trend." + std::string(kGapTrendNames[static_cast<std::size_t>(trend)]));
}

Object pair_row(const Briefing& b, const SchoolPair& pair) {
  const auto& schools = b.data.registry.schools;
  const Owner owner = owner_of_school(b, pair.strong);
  List gaps, works;
  for (const PooledGap& gap : pair.gaps) {
    gaps.emplace_back(gap_quantity(gap.gap, owner));
    works.emplace_back(gap.works);
  }
  return {{"weak", school_name(b, pair.weak)},
          {"strong", school_name(b, pair.strong)},
          {"weak_id", schools[pair.weak].id},
          {"strong_id", schools[pair.strong].id},
          {"municipality", schools[pair.weak].municipality},
          {"label", b.data.partnerships[pair.partnership].label},
          {"gaps", std::move(gaps)},
          {"works", std::move(works)},
          {"change", gap_quantity(pair.change, owner)},
          {"works_of_change", pair.works_of_change},
          {"trend", trend_word(b, pair.trend)}};
}

Object pair_detail(const Briefing& b, const SchoolPair& pair, PairReader reader) {
  Object out = pair_row(b, pair);
  const Owner owner = owner_of_school(b, pair.strong);
  out.emplace_back("text",
                   Value::told_of(owner, joined({gap_sentence(b, pair, reader), change_sentence(b, pair, reader)})));
  add_list(out, "rows", side_by_side_rows(b, pair));
  add_list(out, "skills", skill_rows(b, pair, reader));
  add_list(out, "tasks", task_rows(b, pair, true, reader));
  out.emplace_back("tasks_text", Value::told_of(owner, leads_text(b, pair, reader)));
  return out;
}

List work_rows(const Briefing& b, const SchoolPair& pair) {
  List rows;
  for (const PairedWork& work : pair.works) {
    for (std::size_t t = 0; t < work.results.size(); ++t) {
      const PairedResult& r = work.results[t];
      if (r.years.empty()) continue;
      rows.push_back(Object{{"weak_name", school_name(b, pair.weak)},
                            {"strong_name", school_name(b, pair.strong)},
                            {"work", work_name(b, work.series)},
                            {"indicator", short_with_unit(b, indicator_of(b, work))},
                            {"period", short_period(b, period_at(b, t))},
                            {"years", years_text(r.years)},
                            {"weak", level(indicator_of(b, work), r.weak, owner_of_school(b, pair.weak))},
                            {"strong", level(indicator_of(b, work), r.strong, owner_of_school(b, pair.strong))},
                            {"gap", gap_of_work(b, pair, work, r.gap)},
                            {"in_sd", gap_quantity(r.in_sd, owner_of_school(b, pair.strong))}});
    }
  }
  return rows;
}

List task_rows(const Briefing& b, const SchoolPair& pair, bool only_led, PairReader reader) {
  List rows;
  for (const PairedCompletion* c : chosen(pair.tasks, only_led)) {
    const WorkTask& task = b.judgements.works[c->work].tasks[c->item];
    Object row = completion_row(b, pair, *c, reader);
    row.emplace_back("weak_name", school_name(b, pair.weak));
    row.emplace_back("strong_name", school_name(b, pair.strong));
    row.emplace_back("task", b.data.tasks.names[task.task]);
    row.emplace_back("skill", task.spec.skill);
    rows.emplace_back(std::move(row));
  }
  return rows;
}

}  // namespace kaskad::reports
