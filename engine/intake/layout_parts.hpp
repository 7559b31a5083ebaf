// A table seen through its layout: the sections of the file and the rows under them. Private to this room.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/intake/layout_table.hpp"

namespace kaskad::intake {

inline constexpr std::size_t kNamesColumn = Facts::kCount;
inline constexpr std::string_view kHeading = "heading";
inline constexpr std::string_view kSum = "sum-over-schools";

/// From a row on, until the next section.
struct LayoutSection {
  std::uint64_t locator = 0;
  Facts facts;
  std::vector<int> places;  ///< As LayoutMatch::places: later blocks may have their columns elsewhere.
};

/// Sections of a file, and its rows that are no data.
class LayoutSections {
 public:
  explicit LayoutSections(const LayoutMatch& match) : sections_{{0, match.facts, match.places}} {}
  /// One look at all rows in order, because any row may be read first later on.
  void find(const LayoutMatch& match, const Table& raw, const Vocabulary& vocabulary);

  /// The section in force at a row.
  const LayoutSection& at(std::uint64_t locator) const;
  std::string_view left_out_at(std::uint64_t locator) const;
  bool says(std::size_t fact) const;

 private:
  struct Mark {
    std::uint64_t locator = 0;
    std::string_view left_out;
  };
  void look_at(const LayoutMatch& match, const Row& row, const Vocabulary& vocabulary,
               std::optional<std::vector<std::string>>& upper_heads);

  std::vector<LayoutSection> sections_;
  std::vector<Mark> marks_;
};

class LayoutTable : public Table {
 public:
  LayoutTable(std::unique_ptr<Table> raw, const LayoutMatch& match, const Vocabulary& vocabulary,
              const PupilHash* names);

  const std::vector<std::string>& heads() const override { return heads_; }
  const std::string& sheet() const override { return raw_->sheet(); }
  std::int64_t rows_before() const override { return raw_->rows_before(); }
  std::size_t chunks() const override { return raw_->chunks(); }
  std::unique_ptr<RowReader> read(std::size_t chunk) const override;
  std::unique_ptr<RowReader> read_at(std::uint64_t locator) const override;
  void release(std::size_t chunk) const override { raw_->release(chunk); }
  bool fixed_width() const override { return false; }
  int columns_before_file() const override { return static_cast<int>(kColumnsBefore); }

  const LayoutMatch& match() const { return match_; }
  const LayoutSections& sections() const { return sections_; }
  const std::optional<PupilHash>& names() const { return names_; }
  int end_of_head(int place) const { return ends_[static_cast<std::size_t>(place)]; }

 private:
  std::unique_ptr<Table> raw_;
  LayoutMatch match_;
  LayoutSections sections_;
  std::optional<PupilHash> names_;
  std::vector<int> ends_;
  std::vector<std::string> heads_;
};

/// The raw rows as the layout means them. The table must outlive the reader.
std::unique_ptr<RowReader> read_layout_rows(const LayoutTable& table, std::unique_ptr<RowReader> raw);

}  // namespace kaskad::intake
