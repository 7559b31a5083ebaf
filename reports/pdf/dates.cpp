#include "reports/pdf/dates.hpp"

#include <algorithm>
#include <string_view>

namespace kaskad::reports::pdf {

bool is_iso_date(const std::string& date) {
  constexpr std::string_view kShape = "dddd-dd-dd";
  return date.size() == kShape.size() && std::equal(date.begin(), date.end(), kShape.begin(), [](char c, char shape) {
           return shape == 'd' ? c >= '0' && c <= '9' : c == shape;
         });
}

std::string pdf_time(const std::string& date) {
  return "D:" + date.substr(0, 4) + date.substr(5, 2) + date.substr(8, 2) + "000000Z";
}

}  // namespace kaskad::reports::pdf
