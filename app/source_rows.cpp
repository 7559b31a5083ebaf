#include "app/source_rows.hpp"

#include <algorithm>

namespace kaskad::app {

std::vector<CarryingRows> SourceRows::rows(const std::function<bool(const FollowedRow&)>& wanted) const {
  std::vector<CarryingRows> out;
  for (const SourceLedger& source : data_.ledger) {
    CarryingRows carrying{source.file, source.sheet, {}};
    for (const FollowedRow& f : source.followed) {
      if (wanted(f)) carrying.rows.push_back(f.row);
    }
    std::sort(carrying.rows.begin(), carrying.rows.end());
    carrying.rows.erase(std::unique(carrying.rows.begin(), carrying.rows.end()), carrying.rows.end());
    if (!carrying.rows.empty()) out.push_back(std::move(carrying));
  }
  return out;
}

std::vector<CarryingRows> SourceRows::results(const std::function<bool(const CellKey&)>& wanted) const {
  return rows([&](const FollowedRow& f) { return f.field < 0 && wanted(f.cell); });
}

std::vector<CarryingRows> SourceRows::context(const std::function<bool(int, int)>& wanted) const {
  return rows([&](const FollowedRow& f) { return f.field >= 0 && wanted(f.field, f.cell.year); });
}

std::string ranges_text(const std::vector<std::int64_t>& rows) {
  std::string out;
  for (std::size_t first = 0; first < rows.size();) {
    std::size_t last = first;
    while (last + 1 < rows.size() && rows[last + 1] == rows[last] + 1) ++last;
    out += (out.empty() ? "" : ", ") + std::to_string(rows[first]);
    if (last > first) out += "–" + std::to_string(rows[last]);
    first = last + 1;
  }
  return out;
}

}  // namespace kaskad::app
