// A figure with its uncertainty, or the reason why there is none. Undefined is an answer, never 0 and never NaN in a
// table.
#pragma once

#include <cstdint>
#include <limits>
#include <string_view>

namespace kaskad {

/// Why a figure is undefined. The text of each reason is "undefined.<name>" (see undefined_name).
enum class Undefined : std::uint8_t {
  none,              ///< The figure is defined.
  no_data,           ///< No pupil, no school, or an empty denominator.
  too_few,           ///< Fewer pupils than the indicator's or the publication's minimum.
  no_distribution,   ///< The source gave only a summary that cannot answer this question.
  no_scale,          ///< A border or maximum of this procedure, subject and year is not known.
  no_variation,      ///< All values equal, so the statistic does not exist.
  too_few_clusters,  ///< Fewer schools than the method needs.
  singular,          ///< The model's terms cannot be told apart.
  not_comparable,    ///< The scale changed between the periods.
  no_method,       ///< Nothing is estimated for this kind of indicator (changes of rates and of figures over schools).
  no_convergence,  ///< The search for the estimate did not end at a maximum.
  separation,      ///< A term tells the two outcomes apart without error, so its coefficient has no finite value.
  inaccurate,      ///< Too few digits would be right in double precision.
  complementary,   ///< Hidden because a figure of too few pupils could be computed from it and others.
};

inline constexpr Undefined kLastUndefined = Undefined::complementary;

/// Reasons with which n is not told either.
inline bool hides_n(Undefined reason) { return reason == Undefined::too_few || reason == Undefined::complementary; }

/// Name of a reason as it stands in text keys and exports, e.g. "too_few".
std::string_view undefined_name(Undefined reason);

inline constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

/// Fewest degrees of freedom over clusters at which a t interval is told and judged: below, the approximation misses
/// its level (Tipton 2015; Pustejovsky & Tipton 2018). docs/methods/cr2.md.
inline constexpr double kLeastDf = 4;

/// Value with n, standard error, 95 % interval and degrees of freedom, all in the unit of the indicator.
/// Fields that a method does not give are NaN; `value` is NaN exactly when `reason` is not none.
struct Estimate {
  double value = kNaN;
  std::int64_t n = 0;  ///< Pupils (or schools, where the indicator says so) behind the value.
  double se = kNaN;
  double lo = kNaN;
  double hi = kNaN;
  double df = kNaN;           ///< Of the t interval; NaN for others.
  double p = kNaN;            ///< Two-sided, against 0, for differences only.
  std::int64_t clusters = 0;  ///< Schools, where the standard error is clustered by school.
  Undefined reason = Undefined::no_data;

  bool defined() const { return reason == Undefined::none; }
  /// Its interval, if there is one, rests on too few clusters to be told: value and n alone are.
  bool rests_on_few() const { return defined() && clusters > 0 && df < kLeastDf; }
  /// It has an interval that may be told and judged. `lo` and `hi` of one that rests on few clusters stay as computed.
  bool has_interval() const { return defined() && lo == lo && hi == hi && !rests_on_few(); }
  /// For differences: the interval lies wholly above (below) zero.
  bool shown_positive() const { return has_interval() && lo > 0; }
  bool shown_negative() const { return has_interval() && hi < 0; }
};

inline Estimate undefined(Undefined reason, std::int64_t n = 0) {
  Estimate e;
  e.n = n;
  e.reason = reason;
  return e;
}

inline Estimate exactly(double value, std::int64_t n) {
  Estimate e;
  e.value = value;
  e.n = n;
  e.reason = Undefined::none;
  return e;
}

}  // namespace kaskad
