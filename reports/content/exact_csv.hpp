// Cells of a CSV for other programs: RFC 4180, numbers in full precision.
#pragma once

#include <string>

namespace kaskad::reports {

/// Shortest text that reads back as the same double; empty for NaN.
std::string exact_csv(double value);
std::string quoted_csv(const std::string& text);

}  // namespace kaskad::reports
