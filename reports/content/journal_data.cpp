#include <algorithm>
#include <array>

#include "reports/content/labels.hpp"
#include "reports/content/sentences.hpp"
#include "reports/content/works_parts.hpp"

namespace kaskad::reports {
namespace {

struct Shares {
  Quantity lowered, confirmed, raised;
};

struct Part {
  const char* name;
  Quantity Shares::*share;
};
constexpr std::array<Part, 3> kParts = {
    {{"lowered", &Shares::lowered}, {"confirmed", &Shares::confirmed}, {"raised", &Shares::raised}}};
constexpr std::array<Part, 2> kDepartures = {kParts[2], kParts[0]};

Shares quantities(const AgreementShares& s, Owner owner) {
  return {{s.lowered, Unit::percent, 1, false, owner},
          {s.confirmed, Unit::percent, 1, false, owner},
          {s.raised, Unit::percent, 1, false, owner}};
}

Undefined withheld_of(const Briefing& b, const std::vector<Undefined>& decisions, std::size_t entity,
                      std::size_t period) {
  return decisions.empty() ? Undefined::none : decisions[entity * b.frame().periods.size() + period];
}

PooledAgreement of_all_works(const Briefing& b, std::size_t entity, std::size_t period) {
  return kaskad::of_all_works(b.judgements.journal, b.frame(), entity, period);
}

bool has_marks(const Briefing& b, std::size_t entity, std::size_t period) {
  return of_all_works(b, entity, period).counts.n() > 0;
}

Shares all_works(const Briefing& b, std::size_t entity, std::optional<std::size_t> period) {
  const std::int64_t least = b.figures().minimum_n;
  if (!period) return quantities(shares_of(Agreement{}, least), owner_of(entity));
  const Undefined withheld = withheld_of(b, b.judgements.journal_withheld, entity, *period);
  return quantities(shares_of(of_all_works(b, entity, *period), least, withheld), owner_of(entity));
}

/// Waves stand after years, so that the last period with data is the last wave that has any.
std::optional<std::size_t> last_period(const Briefing& b, std::size_t entity) {
  for (std::size_t p = b.frame().periods.size(); p-- > 0;) {
    if (has_marks(b, entity, p)) return p;
  }
  return std::nullopt;
}

std::string work_name(const Briefing& b, const JournalFigures& work) {
  Series slice;
  slice.procedure = work.procedure;
  slice.subject = work.subject;
  slice.grade = work.grade;
  return slice_name(b, slice);
}

Object row(std::string name, const Shares& s) {
  Object out = {{"name", std::move(name)}};
  for (const Part& part : kParts) out.emplace_back(part.name, s.*part.share);
  return out;
}

/// Rows of the works that the entity has in the period.
List work_rows(const Briefing& b, std::size_t entity, std::size_t period) {
  List rows;
  for (const JournalFigures& work : b.judgements.journal) {
    const Agreement& counts = work.at(b.frame(), entity, period);
    const Undefined withheld = withheld_of(b, work.withheld, entity, period);
    const AgreementShares shares = shares_of(counts, b.figures().minimum_n, withheld);
    if (counts.n() > 0) rows.push_back(row(work_name(b, work), quantities(shares, owner_of(entity))));
  }
  return rows;
}

List year_rows(const Briefing& b, std::size_t entity) {
  List rows;
  for (std::size_t p = 0; p < b.frame().periods.size(); ++p) {
    if (b.frame().periods[p].is_wave || !has_marks(b, entity, p)) continue;
    rows.push_back(row(b.frame().periods[p].id, all_works(b, entity, p)));
  }
  return rows;
}

List municipality_rows(const Briefing& b, std::size_t period) {
  List rows;
  for (std::size_t e = 0; e < b.frame().entities.size(); ++e) {
    if (b.frame().entities[e].kind != EntityKind::municipality) continue;
    if (has_marks(b, e, period)) rows.push_back(row(b.frame().entities[e].id, all_works(b, e, period)));
  }
  return rows;
}

std::int64_t told_n(const Estimate& e) { return hides_n(e.reason) ? 0 : e.n; }

Value stacked(const Briefing& b, const List& rows) {
  List parts, bars;
  for (const Part& part : kParts)
    parts.push_back(Object{{"label", b.texts.get(std::string("journal.part.") + part.name)}});
  for (const Value& of : rows) {
    List shares;
    for (const Part& part : kParts) shares.push_back(*of.find(part.name));
    bars.push_back(Object{{"label", *of.find("name")},
                          {"n", told_n(of.find("confirmed")->quantity()->estimate)},
                          {"parts", std::move(shares)}});
  }
  return Object{{"parts", std::move(parts)}, {"bars", std::move(bars)}};
}

bool any_defined(const List& rows) {
  return std::any_of(rows.begin(), rows.end(),
                     [](const Value& row) { return row.find("confirmed")->quantity()->estimate.defined(); });
}

Args told(const Briefing& b, const Shares& s) {
  const auto both = [&](const Quantity& q) { return b.format.with_unit(q) + " (" + b.format.interval(q) + ")"; };
  return {{"lowered", both(s.lowered)},
          {"confirmed", both(s.confirmed)},
          {"raised", both(s.raised)},
          {"n", s.confirmed.estimate.n},
          {"lowered_short", b.format.with_unit(s.lowered)},
          {"raised_short", b.format.with_unit(s.raised)}};
}

/// Names of the rows whose share lies above the region's by its whole interval.
std::string above(const List& rows, const char* part, const Quantity& region) {
  std::string names;
  for (const Value& of : rows) {
    if (position_verdict(*of.find(part)->quantity(), region) != Verdict::up) continue;
    names += (names.empty() ? "" : "; ") + *of.find("name")->text();
  }
  return names;
}

void add_municipalities(const Briefing& b, Object& out, std::optional<std::size_t> period, const Shares& region) {
  List rows = period ? municipality_rows(b, *period) : List{};
  std::string text;
  for (const Part& part : kDepartures) {
    const std::string names = above(rows, part.name, region.*part.share);
    if (!names.empty())
      text += (text.empty() ? "" : " ") + b.texts.get(std::string("journal.apart.") + part.name, {{"names", names}});
  }
  out.emplace_back("apart", text.empty() ? b.texts.get("journal.apart.none") : text);
  out.emplace_back("has_municipalities", any_defined(rows));
  out.emplace_back("municipalities", std::move(rows));
}

}  // namespace

Object journal_data(const Briefing& b, std::size_t entity) {
  const auto period = last_period(b, entity);
  List works = period ? work_rows(b, entity, *period) : List{};
  const bool has_any = any_defined(works);
  Object out = {{"has_any", has_any}};
  const Shares own = all_works(b, entity, period);
  const bool sayable = has_any && own.confirmed.estimate.has_interval();
  const Period* p = period ? &b.frame().periods[*period] : nullptr;
  out.emplace_back("period", p != nullptr ? period_name(b, *p) : std::string());
  out.emplace_back("period_years", p != nullptr ? years_text(p->years) : std::string());
  out.emplace_back("text", sayable ? Value::told_of(owner_of(entity), b.texts.get("journal.text", told(b, own))) : "");
  out.emplace_back("title",
                   sayable ? Value::told_of(owner_of(entity), b.texts.get("journal.title", told(b, own))) : "");
  out.emplace_back("total", row(b.texts.get("journal.all_works"), own));
  if (entity == kRegion) {
    out.emplace_back("chart",
                     has_any ? stacked(b, works) : Value(Object{{"missing", b.texts.get("undefined.no_data")}}));
    out.emplace_back("years", year_rows(b, entity));
    add_municipalities(b, out, period, own);
  }
  out.emplace_back("region", row(b.texts.get("label.region"), all_works(b, kRegion, period)));
  out.emplace_back("works", std::move(works));
  return out;
}

}  // namespace kaskad::reports
