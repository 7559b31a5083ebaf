#include "reports/content/sentences.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "reports/content/labels.hpp"

namespace kaskad::reports {
namespace {

Args difference_args(const Briefing& b, const Quantity& signed_difference, Verdict verdict) {
  const bool sided = verdict == Verdict::up || verdict == Verdict::down;
  Quantity shown = sided ? size_of(signed_difference) : signed_difference;
  if (shown.unit.kind == Unit::per_hundred) shown.unit = Unit::none;  // «на 1,99 на 100» stumbles; the level has it
  return {{"difference", b.format.with_unit(shown)}, {"interval", b.format.interval(shown)}};
}

std::string with(const Briefing& b, const std::string& stem, Verdict verdict, Args args) {
  return b.texts.get("sentence." + stem + "." + verdict_name(verdict), args);
}

std::string reason_text(const Briefing& b, Undefined reason) {
  return b.texts.get("undefined." + std::string(undefined_name(reason)));
}

}  // namespace

Quantity size_of(Quantity q) {
  q.is_difference = false;
  if (q.estimate.value < 0) {
    q.estimate.value = -q.estimate.value;
    q.estimate.lo = -q.estimate.lo;
    q.estimate.hi = -q.estimate.hi;
    std::swap(q.estimate.lo, q.estimate.hi);
  }
  return q;
}

const ChangeComparison* main_change(const Briefing& b, const SeriesComparison& comparison) {
  const auto main = std::find_if(comparison.changes.begin(), comparison.changes.end(),
                                 [&](const ChangeComparison& c) { return b.frame().is_whole_course(c.from, c.to); });
  return main == comparison.changes.end() ? nullptr : &*main;
}

Verdict verdict_of(const Estimate& difference) {
  if (!difference.defined()) return Verdict::undefined;
  if (difference.rests_on_few()) return Verdict::few;
  return difference.shown_positive() ? Verdict::up : difference.shown_negative() ? Verdict::down : Verdict::unproven;
}

std::string verdict_name(Verdict verdict) {
  static constexpr std::array<const char*, 5> names = {"up", "down", "unproven", "few", "undefined"};
  return names[static_cast<std::size_t>(verdict)];
}

std::string change_sentence(const Briefing& b, std::size_t series, std::size_t entity) {
  const Figures& f = b.figures();
  const auto entry = f.frame.find_wave(WaveRole::entry), last = f.frame.find_wave(WaveRole::final);
  if (!entry || !last) return {};
  const Indicator& indicator = f.indicator_of(series);
  const Estimate& change = f.series[series].change[entity];
  const Verdict verdict = verdict_of(change);
  Args args = {{"name", series_name(b, series)}, {"reason", reason_text(b, change.reason)}};
  if (verdict != Verdict::undefined) {
    args.emplace_back("from", b.format.with_unit(figure(b, series, entity, *entry)));
    args.emplace_back("to", b.format.with_unit(figure(b, series, entity, *last)));
    for (auto& arg : difference_args(b, difference(indicator, change, owner_of(entity)), verdict))
      args.push_back(std::move(arg));
  }
  return with(b, "change", verdict, std::move(args));
}

std::string effect_sentence(const Briefing& b, const SeriesComparison& comparison) {
  const ChangeComparison* main = main_change(b, comparison);
  if (main == nullptr) return {};
  const Indicator& indicator = b.figures().indicator_of(comparison.series);
  const Verdict verdict = verdict_of(main->effect);
  Args args = {{"name", series_name(b, comparison.series)}, {"reason", reason_text(b, main->effect.reason)}};
  if (verdict != Verdict::undefined) {
    for (auto& arg : difference_args(b, difference(indicator, main->effect, kNobody), verdict))
      args.push_back(std::move(arg));
  }
  std::string sentence = with(b, "effect", verdict, std::move(args));
  const bool proven = verdict == Verdict::up || verdict == Verdict::down;
  const std::string causal = proven ? causal_text(b, comparison.series) : std::string();
  return causal.empty() ? sentence : sentence + " " + causal;
}

std::string comparison_sentence(const Briefing& b, const SeriesComparison& comparison) {
  const auto wave = b.frame().find_wave(WaveRole::final);
  const auto last = std::find_if(comparison.periods.begin(), comparison.periods.end(), [&](const PeriodComparison& p) {
    return wave && p.period == b.frame().periods[*wave].id;
  });
  if (last == comparison.periods.end()) return {};
  const Indicator& indicator = b.figures().indicator_of(comparison.series);
  const Verdict verdict = verdict_of(last->difference);
  Args args = {{"name", series_name(b, comparison.series)}, {"reason", reason_text(b, last->difference.reason)}};
  if (verdict != Verdict::undefined) {
    args.emplace_back("focus", b.format.with_unit(level(indicator, last->focus, kNobody)));
    args.emplace_back("control", b.format.with_unit(level(indicator, last->control, kNobody)));
    for (auto& arg : difference_args(b, difference(indicator, last->difference, kNobody), verdict))
      args.push_back(std::move(arg));
  }
  return with(b, "comparison", verdict, std::move(args));
}

std::string gap_sentence(const Briefing& b, std::size_t series, std::size_t entity, const Estimate& gap) {
  const Indicator& indicator = b.figures().indicator_of(series);
  const Verdict verdict = verdict_of(gap);
  Args args = {{"name", series_name(b, series)}, {"reason", reason_text(b, gap.reason)}};
  if (verdict != Verdict::undefined) {
    args.emplace_back("own", b.format.with_unit(figure(b, series, entity, b.frame().periods.size() - 1)));
    for (auto& arg : difference_args(b, difference(indicator, gap, kNobody), verdict)) args.push_back(std::move(arg));
  }
  return with(b, "gap", verdict, std::move(args));
}

Verdict position_verdict(const Quantity& own, const Quantity& yardstick) {
  if (!yardstick.estimate.defined() || !own.estimate.has_interval()) return Verdict::undefined;
  const double mark = yardstick.estimate.value;
  return own.estimate.lo > mark ? Verdict::up : own.estimate.hi < mark ? Verdict::down : Verdict::unproven;
}

std::string position_sentence(const Briefing& b, std::size_t series, const Quantity& school, const Quantity& yardstick,
                              const Estimate& gap, const std::string& yardstick_key) {
  const std::string name = series_name(b, series);
  if (!school.estimate.defined())
    return with(b, "position", Verdict::undefined,
                {{"name", name}, {"reason", reason_text(b, school.estimate.reason)}});
  const Verdict verdict = verdict_of(gap);
  if (!gap.has_interval()) return {};
  Args args = {{"name", name},
               {"school", b.format.with_unit(school)},
               {"yardstick", b.texts.get("yardstick." + yardstick_key)},
               {"value", b.format.with_unit(yardstick)}};
  for (auto& arg : difference_args(b, difference(b.figures().indicator_of(series), gap, school.owner), verdict))
    args.push_back(std::move(arg));
  return with(b, "position", verdict, std::move(args));
}

}  // namespace kaskad::reports
