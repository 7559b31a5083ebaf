// Single cells of what an office writes down of its programmes: whose a row is, which programme, dates, words.
#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/text.hpp"
#include "engine/intake/cell_fields.hpp"
#include "engine/intake/state.hpp"

namespace kaskad::intake {

template <class Value>
using WordOf = std::pair<std::string_view, Value>;

/// The value of a folded word; nothing when the table has no such word.
template <class Value, std::size_t kSize>
std::optional<Value> find_word(std::string_view text, const std::array<WordOf<Value>, kSize>& words) {
  const std::string word = fold(text);
  const auto* found = std::find_if(words.begin(), words.end(), [&](const auto& w) { return w.first == word; });
  return found == words.end() ? std::nullopt : std::optional(found->second);
}

/// `text` is none of the words that the field knows.
void report_unknown_word(std::string_view text, const Field& field, std::vector<std::string> known, Report& report);

/// One of the words, or nothing and a diagnostic; the text is not empty.
template <class Value, std::size_t kSize>
std::optional<Value> read_word(std::string_view text, const Field& field, const std::array<WordOf<Value>, kSize>& words,
                               Report& report) {
  const std::optional<Value> value = find_word(text, words);
  if (!value) {
    std::vector<std::string> known;
    for (const auto& [word, of] : words) known.emplace_back(word);
    report_unknown_word(text, field, std::move(known), report);
  }
  return value;
}

/// As the column's text; a blank required one is told.
std::string read_required(const Field& field, const Row& row, Report& report);
/// One of the known names, without regard to case when there is no exact one.
std::string read_name(const Field& field, const Row& row, const std::vector<std::string>& known, std::string_view code,
                      Report& report);
/// As above, but empty when blank, and any where none is known.
std::string read_id(const Field& field, const Row& row, const std::vector<std::string>& known, std::string_view code,
                    Report& report);
/// ISO; empty when blank or no date.
std::string read_date(const Field& field, const Row& row, Report& report);
/// ISO dates of the first and the last day that the text names; empty when blank.
std::string read_first_day(const Field& field, const Row& row, Report& report);
std::string read_last_day(const Field& field, const Row& row, Report& report);
/// An earlier day must not come after a later one; ISO dates, either may be empty.
void check_order(const std::string& first, const std::string& last, const Field& field, Report& report);
bool read_reliable(const Field& field, const Row& row, Report& report);
/// A number or a word of raters, in [0, 1].
double read_rating(const Field& field, const Row& row, Report& report);
double read_value(const Field& field, const Row& row, Report& report);

/// Index into Dataset::programmes; the first one stands for a programme that is not there, with a diagnostic.
int read_programme(const Field& field, const Row& row, const IntakeState& state, Report& report);
/// As above, of a field that may be blank.
std::optional<int> read_optional_programme(const Field& field, const Row& row, const IntakeState& state,
                                           Report& report);

/// Fields that say whose a row is; any of them may be one that the kind does not have.
struct OwnerFields {
  Field level;
  Field owner;
  Field school;
};
std::optional<OwnerLevel> read_owner_level(const Field& field, const Row& row, Report& report);
/// A row that names nobody is its programme's owner's, or the region's. Without a level an owner is a municipality, or
/// a school where there is no such municipality.
RowOwner read_owner(const OwnerFields& fields, const Row& row, std::optional<int> programme, const IntakeState& state,
                    Report& report);
/// The municipality's name as the registry spells it; «г. Барнаул» finds «Барнаул» where that is one municipality.
std::optional<std::string> find_municipality(std::string_view text, const Registry& registry);
void report_unknown_municipality(std::string_view text, const Field& field, const Registry& registry, Report& report);
RowOwner owner_of(const Programme& programme);
/// A text that tells owners apart.
std::string owner_key(const RowOwner& owner);

}  // namespace kaskad::intake
