// From the words of files to ids, remembering the last word and all words met.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/intake/dataset.hpp"
#include "engine/intake/fields.hpp"

namespace kaskad::intake {

/// Remembers what `find` said of each text that it knew, and of the last one that it did not: texts of a mistaken
/// column, which may be pupils' names, do not pile up in memory.
template <class Value>
class Memo {
 public:
  template <class Find>
  const std::optional<Value>& get(std::string_view text, const Find& find) {
    if (filled_ && text == text_) return value_;
    const auto known = known_.find(text);
    value_ = known != known_.end() ? std::optional<Value>(known->second) : find(text);
    if (known == known_.end() && value_) known_.emplace(text, *value_);
    text_ = text;
    filled_ = true;
    return value_;
  }

 private:
  bool filled_ = false;
  std::string text_;
  std::optional<Value> value_;
  TextMap<Value> known_;
};

/// How a school was told by a text that is not its id.
enum class SchoolMatch : std::uint8_t { id, digits, crosswalk, name };
/// Words that the texts choose by.
inline constexpr std::array<std::string_view, 4> kSchoolMatchNames = {"id", "digits", "crosswalk", "name"};

struct FoundSchool {
  SchoolId school = 0;
  SchoolMatch match = SchoolMatch::id;
};

/// What a crosswalk says of an id, a login or a name: rows of these years belong to another school.
struct Succession {
  SchoolId school = 0;
  int from = 0;  ///< 0 = from the beginning.
  int to = 0;    ///< 0 = to this day.
};

/// Schools by id; by id without regard to case and spaces, by the six digits of a login or by its name, where that is
/// unambiguous;
/// and by what a crosswalk says, which goes first. Read only while results are read, so threads share it.
class SchoolIndex {
 public:
  explicit SchoolIndex(const Registry& registry);
  std::optional<SchoolId> find(std::string_view id) const;
  /// `year` 0 = any. The letters of logins changed over the years («sch22####», «edu22####»), the digits did not.
  std::optional<FoundSchool> find(std::string_view text, int year) const;
  const std::string& id_of(SchoolId school) const { return ids_[school]; }
  bool depends_on_year() const { return !successions_.empty(); }
  void add(std::string_view text, const Succession& succession);
  /// Id of the school that an unknown text may mean: by name, else the nearest id.
  std::optional<std::string> suggest(std::string_view text) const;

 private:
  TextMap<SchoolId> by_id_;
  TextMap<SchoolId> by_folded_id_;
  TextMap<SchoolId> by_digits_;
  TextMap<std::vector<Succession>> successions_;  ///< By folded text.
  TextMap<SchoolId> by_name_;                     ///< By letters and digits of the name; of names that one school has.
  std::vector<std::string> ids_;
};

/// A text that goes into a message: at most 40 characters of it.
std::string quoted(std::string_view text);
/// "none" when there is nothing to suggest: the texts' select word.
std::string suggestion(const std::optional<std::string>& nearest);
/// The nearest of `known`, or "none".
std::string nearest_of(std::string_view word, const std::vector<std::string>& known);

}  // namespace kaskad::intake
