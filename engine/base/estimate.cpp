#include "engine/base/estimate.hpp"

#include <array>

namespace kaskad {

std::string_view undefined_name(Undefined reason) {
  static constexpr std::array<std::string_view, 14> names = {
      "none",     "no_data",        "too_few",   "no_distribution", "no_scale",   "no_variation", "too_few_clusters",
      "singular", "not_comparable", "no_method", "no_convergence",  "separation", "inaccurate",   "complementary"};
  return names.at(static_cast<std::size_t>(reason));
}

}  // namespace kaskad
