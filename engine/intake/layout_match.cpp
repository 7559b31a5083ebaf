#include "engine/intake/layout_match.hpp"

#include <algorithm>
#include <memory>

#include "engine/base/text.hpp"
#include "engine/intake/numbers.hpp"
#include "engine/intake/title_facts.hpp"

namespace kaskad::intake {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string head_word(std::string_view head) {
  std::string word = fold(head);
  while (!word.empty() && (word.back() == ':' || word.back() == '.' || word.back() == ' ')) word.pop_back();
  return word;
}

bool is_repeated(const LayoutColumn& c) {
  return c.field == column::kTask || c.field == column::kScore || c.field == column::kContext;
}

bool fits(const LayoutColumn& column, const std::string& word) {
  if (word.empty()) return false;
  return std::any_of(column.heads.begin(), column.heads.end(), [&](std::string_view spelling) {
    if (spelling.empty()) return false;
    if (spelling.back() != '*') return word == spelling;
    spelling.remove_suffix(1);
    return std::string_view(word).substr(0, spelling.size()) == spelling;
  });
}

/// Takes digits off the front.
int take_number(std::string_view& text) {
  int number = 0;
  std::size_t digits = 0;
  for (; digits < text.size() && digits < 3 && is_digit(text[digits]); ++digits)
    number = 10 * number + (text[digits] - '0');
  text.remove_prefix(digits);
  return digits == 0 ? -1 : number;
}

bool take(std::string_view& text, std::string_view word) {
  if (text.substr(0, word.size()) != word) return false;
  text.remove_prefix(word.size());
  return true;
}

void skip_spaces(std::string_view& text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
}

/// «9», «9.1», «9,1», «1К1»; empty when the text does not begin so.
std::string take_task_name(std::string_view& text) {
  const int number = take_number(text);
  if (number < 0) return {};
  std::string name = std::to_string(number);
  if (text.size() > 1 && (text[0] == '.' || text[0] == ',') && is_digit(text[1])) {
    text.remove_prefix(1);
    name += "." + std::to_string(take_number(text));
  }
  if (take(text, "к") || take(text, "k")) {
    const int criterion = take_number(text);
    if (criterion < 0) return {};
    name += "К" + std::to_string(criterion);
  }
  return name;
}

std::vector<std::string> heads_at(const std::vector<TopRow>& rows, std::size_t at, int head_rows) {
  if (head_rows == 1 || at + 1 == rows.size()) return rows[at].cells;
  return heads_of_two(rows[at].cells, rows[at + 1].cells);
}

/// Id of the field that the head names; empty when there is none.
std::string context_field_of(const std::string& head, const std::vector<ContextField>& context) {
  const std::string word = head_word(head);
  const auto is_called = [&](const ContextField& field) {
    return head_word(field.id) == word || std::any_of(field.name.begin(), field.name.end(),
                                                      [&](const auto& name) { return head_word(name.second) == word; });
  };
  const auto found = std::find_if(context.begin(), context.end(), is_called);
  return word.empty() || found == context.end() ? std::string() : found->id;
}

std::vector<RepeatedColumn> repeated_columns(const Layout& layout, const std::vector<std::string>& heads,
                                             const std::vector<ContextField>& context) {
  std::vector<RepeatedColumn> found;
  const auto wanted = std::find_if(layout.columns.begin(), layout.columns.end(), is_repeated);
  if (wanted == layout.columns.end()) return found;
  for (std::size_t i = 0; i < heads.size(); ++i) {
    const auto place = static_cast<int>(i);
    if (wanted->field == column::kTask) {
      if (auto task = parse_task_head(heads[i])) found.push_back({place, std::move(task->name), task->maximum, {}});
    } else if (wanted->field == column::kContext) {
      if (std::string id = context_field_of(heads[i], context); !id.empty())
        found.push_back({place, std::move(id), 0, {}});
    } else if (const ParsedInteger score = parse_integer(heads[i]);
               score.state == NumberState::good && score.value >= 0) {
      found.push_back({place, std::to_string(score.value), 0, {}});
    }
  }
  return found;
}

/// A line above the heads may say of each task how hard it is.
void read_levels(const TopRow& row, std::vector<RepeatedColumn>& tasks) {
  const bool levels = std::any_of(row.cells.begin(), row.cells.end(), [](const std::string& cell) {
    return fold(cell).find("уровень сложности") != std::string::npos;
  });
  if (!levels) return;
  for (RepeatedColumn& task : tasks) {
    const auto place = static_cast<std::size_t>(task.place);
    if (place < row.cells.size()) task.level = row.cells[place];
  }
}

std::string joined(const std::vector<std::string>& cells) {
  std::string text;
  for (const std::string& cell : cells) text += cell.empty() ? "" : cell + " ";
  return text;
}

std::optional<LayoutMatch> match_at(const std::vector<TopRow>& rows, std::size_t at, const Layout& layout,
                                    const std::vector<ContextField>& context) {
  for (int head_rows = layout.head_rows; head_rows >= 1; --head_rows) {
    LayoutMatch match;
    match.heads = heads_at(rows, at, head_rows);
    match.places = places_of_columns(layout, match.heads);
    if (match.places.empty()) continue;
    match.repeated = repeated_columns(layout, match.heads, context);
    if (static_cast<int>(match.repeated.size()) < layout.least_repeated) continue;
    const TopRow& last = rows[std::min(at + static_cast<std::size_t>(head_rows) - 1, rows.size() - 1)];
    match.layout = &layout;
    match.head_rows = head_rows;
    match.head_row = last.number;
    match.head_locator = last.locator;
    return match;
  }
  return std::nullopt;
}

}  // namespace

std::vector<std::string> heads_of_two(std::vector<std::string> upper, const std::vector<std::string>& lower) {
  std::vector<std::string> heads = std::move(upper);
  heads.resize(std::max(heads.size(), lower.size()));
  for (std::size_t i = 1; i < heads.size(); ++i) {
    if (heads[i].empty()) heads[i] = heads[i - 1];
  }
  for (std::size_t i = 0; i < lower.size(); ++i) {
    if (!lower[i].empty()) heads[i] += " " + lower[i];
  }
  return heads;
}

std::optional<TaskHead> parse_task_head(std::string_view head) {
  const std::string word = head_word(head);
  std::string_view rest = word;
  TaskHead task;
  if (take(rest, "балл за ")) {
    take(rest, "задание ");
    task.name = take_task_name(rest);
    return rest.empty() && !task.name.empty() ? std::optional(task) : std::nullopt;
  }
  if (take(rest, "a-") || take(rest, "а-")) {
    task.name = take_task_name(rest);
    return !task.name.empty() && rest == "-grade" ? std::optional(task) : std::nullopt;
  }
  task.name = take_task_name(rest);
  skip_spaces(rest);
  if (task.name.empty() || !take(rest, "(")) return std::nullopt;
  skip_spaces(rest);
  task.maximum = take_number(rest);
  skip_spaces(rest);
  const bool ends = task.maximum >= 0 && take(rest, "б");
  return ends && !rest.empty() && rest.back() == ')' ? std::optional(task) : std::nullopt;
}

bool is_head_of(const LayoutColumn& column, std::string_view cell) { return fits(column, head_word(cell)); }

std::vector<int> places_of_columns(const Layout& layout, const std::vector<std::string>& heads) {
  std::vector<std::string> words;
  std::transform(heads.begin(), heads.end(), std::back_inserter(words),
                 [](const std::string& h) { return head_word(h); });
  std::vector<int> places;
  std::vector<bool> taken(words.size());
  for (const LayoutColumn& column : layout.columns) {
    int place = -1;
    for (std::size_t i = 0; i < words.size() && place < 0; ++i) {
      if (!taken[i] && fits(column, words[i])) place = static_cast<int>(i);
    }
    if (place >= 0) taken[static_cast<std::size_t>(place)] = true;
    if (place < 0 && column.required) return {};
    places.push_back(place);
  }
  return places;
}

std::vector<TopRow> top_rows(const Table& raw) {
  std::vector<TopRow> rows;
  std::int64_t before = raw.rows_before();
  for (std::size_t chunk = 0; chunk < raw.chunks() && rows.size() < kTopRows; ++chunk) {
    const std::unique_ptr<RowReader> reader = raw.read(chunk);
    Row row;
    while (rows.size() < kTopRows && reader->next(row)) {
      if (row.unclosed_column > 0) return rows;
      TopRow top{before + row.number, row.locator, {}};
      for (std::size_t i = 0; i < row.size; ++i) top.cells.emplace_back(trimmed(row[i]));
      rows.push_back(std::move(top));
    }
    before += reader->passed();
  }
  return rows;
}

std::optional<LayoutMatch> match_layout(const std::vector<TopRow>& rows, std::string_view sheet,
                                        const LayoutSearch& search) {
  const Vocabulary& vocabulary = search.vocabulary;
  std::optional<LayoutMatch> match;
  std::size_t at = 0;
  for (const Layout& layout : layouts()) {
    if (search.wanted != nullptr && search.wanted != &layout) continue;
    if (search.kind && *search.kind != layout.kind) continue;
    for (at = 0; at < rows.size() && !match; ++at) match = match_at(rows, at, layout, search.context);
    if (match) break;
  }
  if (!match) return match;
  Facts& facts = match->facts;
  for (std::size_t i = 0; i + 1 < at; ++i) {
    const std::string line = joined(rows[i].cells);
    if (!read_exam_line(line, vocabulary, facts)) read_title(line, vocabulary, facts);
    read_levels(rows[i], match->repeated);
  }
  read_sheet_name(sheet, vocabulary, facts);
  if (!match->layout->procedure.empty()) {
    if (const auto known = vocabulary.find_procedure(match->layout->procedure)) {
      facts.values[Facts::kProcedure] = vocabulary.procedures[*known].id;
    }
  }
  return match;
}

}  // namespace kaskad::intake
