// The date of issue as PDF files write it.
#pragma once

#include <string>

namespace kaskad::reports::pdf {

/// YYYY-MM-DD
bool is_iso_date(const std::string& date);
/// "D:20261121000000Z" for an ISO date.
std::string pdf_time(const std::string& date);

}  // namespace kaskad::reports::pdf
