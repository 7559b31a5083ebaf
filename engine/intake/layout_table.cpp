#include "engine/intake/layout_table.hpp"

#include <algorithm>
#include <utility>

#include "engine/intake/cell_readings.hpp"
#include "engine/intake/layout_parts.hpp"

namespace kaskad::intake {
namespace {

/// Names are all that tells its pupils apart.
bool tells_pupils_by_names(const LayoutMatch& match) {
  const SourceKind kind = match.layout->kind;
  if (kind != SourceKind::results && kind != SourceKind::appeals) return false;
  bool names = false, codes = false;
  for (std::size_t i = 0; i < match.places.size(); ++i) {
    const std::string_view field = match.layout->columns[i].field;
    names = names || (field == column::kName && match.places[i] >= 0);
    codes = codes || (field == "pupil" && match.places[i] >= 0);
  }
  return names && !codes;
}

/// A head spread over merged cells: the columns after it that have no head belong to it.
std::vector<int> ends_of_heads(const std::vector<std::string>& heads) {
  const auto count = static_cast<int>(heads.size());
  std::vector<int> ends(heads.size(), count);
  for (int i = count - 2; i >= 0; --i) {
    const auto at = static_cast<std::size_t>(i);
    ends[at] = heads[at + 1].empty() ? ends[at + 1] : i + 1;
  }
  return ends;
}

}  // namespace

LayoutTable::LayoutTable(std::unique_ptr<Table> raw, const LayoutMatch& match, const Vocabulary& vocabulary,
                         const PupilHash* names)
    : raw_(std::move(raw)), match_(match), sections_(match), ends_(ends_of_heads(match.heads)) {
  if (names != nullptr && tells_pupils_by_names(match)) names_ = *names;
  heads_.assign(kColumnsBefore, "");
  heads_.insert(heads_.end(), match.heads.begin(), match.heads.end());
  if (match.layout->role != nullptr) sections_.find(match_, *raw_, vocabulary);
}

std::unique_ptr<RowReader> LayoutTable::read(std::size_t chunk) const {
  return read_layout_rows(*this, raw_->read(chunk));
}
std::unique_ptr<RowReader> LayoutTable::read_at(std::uint64_t locator) const {
  return read_layout_rows(*this, raw_->read_at(locator));
}

std::unique_ptr<Table> open_layout(std::unique_ptr<Table> raw, const LayoutMatch& match, const Vocabulary& vocabulary,
                                   const PupilHash* names) {
  return std::make_unique<LayoutTable>(std::move(raw), match, vocabulary, names);
}

void map_layout(const LayoutMatch& match, const Table& table, SourceSpec& spec) {
  const Layout& layout = *match.layout;
  const auto& heads = table.heads();
  for (std::size_t i = 0; i < layout.columns.size(); ++i) {
    const std::string_view field = layout.columns[i].field;
    if (match.places[i] < 0 || field.front() == '-') continue;
    const int column = column_of_place(match.places[i]);
    spec.fields.insert({std::string(field), {heads[static_cast<std::size_t>(column) - 1], "", false, column}});
  }
  for (const RepeatedColumn& repeated : match.repeated) {
    if (layout.kind != SourceKind::context) break;
    const int column = column_of_place(repeated.place);
    spec.fields.insert({repeated.name, {heads[static_cast<std::size_t>(column) - 1], "", false, column}});
  }
  const auto& known = static_cast<const LayoutTable&>(table);
  for (std::size_t fact = 0; fact < Facts::kMaximum; ++fact) {
    const bool wanted = layout.kind != SourceKind::context || fact == Facts::kSchool || fact == Facts::kYear;
    if (wanted && known.sections().says(fact))
      spec.fields.insert({std::string(kFactNames[fact]), {"", "", false, static_cast<int>(fact) + 1}});
  }
  if (known.names()) spec.fields.insert({"pupil", {"", "", false, static_cast<int>(kNamesColumn) + 1}});
  const bool listed = std::find(spec.absent.begin(), spec.absent.end(), kAbsent) != spec.absent.end();
  if (!listed) spec.absent.emplace_back(kAbsent);
  spec.kind = layout.kind;
}

}  // namespace kaskad::intake
