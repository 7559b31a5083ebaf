#include "engine/stats/distributions.hpp"

#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/fisher_f.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>
#include <vector>

namespace kaskad::stats {

namespace {

namespace bmp = boost::math::policies;

constexpr double kUndefinedNumber = std::numeric_limits<double>::quiet_NaN();

// No exceptions, and double all through: long double differs between processors, and reports must not.
using Quiet = bmp::policy<bmp::domain_error<bmp::ignore_error>, bmp::pole_error<bmp::ignore_error>,
                          bmp::overflow_error<bmp::ignore_error>, bmp::evaluation_error<bmp::ignore_error>,
                          bmp::rounding_error<bmp::ignore_error>, bmp::promote_double<false>>;
using Normal = boost::math::normal_distribution<double, Quiet>;
using ChiSquared = boost::math::chi_squared_distribution<double, Quiet>;
using Student = boost::math::students_t_distribution<double, Quiet>;
using Fisher = boost::math::fisher_f_distribution<double, Quiet>;

bool is_probability(double p) { return p > 0 && p < 1; }

/// Every mean's interval asks for the same point with n − 1 degrees of freedom: whole numbers up to here are tabulated.
constexpr std::size_t kTabulated = 2000;

/// Place df − 1 holds the upper tail point of df degrees of freedom, by the same call as all others.
const std::vector<double>& upper_tail_points() {
  static const std::vector<double> points = [] {
    std::vector<double> out;
    for (std::size_t df = 1; df <= kTabulated; ++df)
      out.push_back(quantile(Student(static_cast<double>(df)), kUpperTail));
    return out;
  }();
  return points;
}

}  // namespace

double normal_quantile(double probability) {
  return is_probability(probability) ? quantile(Normal(), probability) : kUndefinedNumber;
}

double chi_squared_quantile(double probability, double df) {
  return is_probability(probability) && df > 0 && std::isfinite(df) ? quantile(ChiSquared(df), probability)
                                                                    : kUndefinedNumber;
}

double student_quantile(double probability, double df) {
  if (std::isinf(df) && df > 0) return normal_quantile(probability);
  if (probability == kUpperTail && df >= 1 && df <= kTabulated && df == std::floor(df))
    return upper_tail_points()[static_cast<std::size_t>(df) - 1];
  return is_probability(probability) && df > 0 ? quantile(Student(df), probability) : kUndefinedNumber;
}

double student_two_sided_p(double t, double df) {
  if (std::isnan(t) || !(df > 0)) return kUndefinedNumber;
  if (std::isinf(t)) return 0;
  return 2 * (std::isinf(df) ? cdf(Normal(), -std::abs(t)) : cdf(Student(df), -std::abs(t)));
}

double chi_squared_upper_p(double x, double df) {
  if (std::isnan(x) || !(df > 0) || std::isinf(df)) return kUndefinedNumber;
  if (x <= 0) return 1;
  return std::isinf(x) ? 0 : cdf(complement(ChiSquared(df), x));
}

double fisher_upper_p(double f, double df1, double df2) {
  if (std::isnan(f) || !(df1 > 0) || !(df2 > 0) || std::isinf(df1)) return kUndefinedNumber;
  if (f <= 0) return 1;
  if (std::isinf(f)) return 0;
  return std::isinf(df2) ? chi_squared_upper_p(f * df1, df1) : cdf(complement(Fisher(df1, df2), f));
}

double fisher_quantile(double probability, double df1, double df2) {
  const bool finite = df1 > 0 && df2 > 0 && std::isfinite(df1) && std::isfinite(df2);
  return is_probability(probability) && finite ? quantile(Fisher(df1, df2), probability) : kUndefinedNumber;
}

}  // namespace kaskad::stats
