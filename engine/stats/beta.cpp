#include "engine/stats/beta.hpp"

#include <boost/math/special_functions/beta.hpp>
#include <limits>

namespace kaskad::stats {

namespace {

namespace bmp = boost::math::policies;

// No exceptions, and double all through, as in distributions.cpp.
using Quiet = bmp::policy<bmp::domain_error<bmp::ignore_error>, bmp::pole_error<bmp::ignore_error>,
                          bmp::overflow_error<bmp::ignore_error>, bmp::evaluation_error<bmp::ignore_error>,
                          bmp::rounding_error<bmp::ignore_error>, bmp::promote_double<false>>;

constexpr double kOutside = std::numeric_limits<double>::quiet_NaN();

}  // namespace

double beta_upper_p(double x, double a, double b) {
  if (!(a > 0) || !(b > 0) || x != x) return kOutside;
  if (x <= 0) return 1;
  if (x >= 1) return 0;
  return boost::math::ibetac(a, b, x, Quiet());
}

double beta_quantile(double probability, double a, double b) {
  if (!(a > 0) || !(b > 0) || !(probability > 0 && probability < 1)) return kOutside;
  return boost::math::ibeta_inv(a, b, probability, Quiet());
}

}  // namespace kaskad::stats
