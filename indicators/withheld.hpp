// How a decision on publication meets an estimate.
#pragma once

#include "engine/base/estimate.hpp"

namespace kaskad {

/// What may be printed of an estimate: itself, or the reason why it is withheld. Where there is nothing, or too little
/// by itself, that stays the reason.
inline Estimate unless(Undefined withheld, const Estimate& e) {
  const bool stays = withheld == Undefined::none || e.reason == Undefined::no_data || hides_n(e.reason);
  return stays ? e : undefined(withheld, e.n);
}

}  // namespace kaskad
