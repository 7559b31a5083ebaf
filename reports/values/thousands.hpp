// Thousands in a column of numbers: alone, four digits stay together, so that a year is 2026; beside 16 526 in one
// column 4338 would be another manner.
#pragma once

#include <string>

#include "reports/values/quantity.hpp"

namespace kaskad::reports {

/// A printed number with its four digits before the decimal mark grouped, too: "−4338,5" is "−4 338,5".
std::string with_thousands(std::string printed, const NumberFormat& format);

/// The number has five digits or more before the decimal mark, as printed with so many decimals.
bool has_five_digits(double value, int decimals);

}  // namespace kaskad::reports
