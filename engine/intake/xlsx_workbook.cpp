// ECMA-376, part 1, chapter 18: the few parts of SpreadsheetML that hold cells.
#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <stdexcept>

#include "engine/intake/numbers.hpp"
#include "engine/intake/workbook.hpp"
#include "engine/intake/xml_package.hpp"

namespace kaskad::intake {
namespace {

/// A cell holds at most 32 767 characters; texts beyond this are no cells.
constexpr std::size_t kLongestText = std::size_t{1} << 20;

template <class Number>
std::optional<Number> number_in(std::string_view text) {
  Number number{};
  const auto [end, trouble] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = !text.empty() && end == text.data() + text.size();
  return trouble == std::errc() && whole ? std::optional(number) : std::nullopt;
}

void append(std::string& value, std::string_view text) {
  if (value.size() + text.size() > kLongestText) throw TooLarge();
  value += text;
}

/// Relationships of a part: id to target, and the target of the main document.
class Relations : public XmlHandler {
 public:
  void start(std::string_view element, const XmlAttributes& a) override {
    if (element != "Relationship") return;
    targets[std::string(attribute_of(a, "Id"))] = attribute_of(a, "Target");
    const std::string_view type = attribute_of(a, "Type");
    kinds[std::string(type.substr(type.rfind('/') + 1))] = attribute_of(a, "Target");
  }
  void end(std::string_view) override {}
  void text(std::string_view) override {}

  std::map<std::string, std::string> targets;
  std::map<std::string, std::string> kinds;  ///< By the last word of the type: "worksheet", "sharedStrings", "styles".
};

class WorkbookPart : public XmlHandler {
 public:
  void start(std::string_view element, const XmlAttributes& a) override {
    if (element == "workbookPr") {
      const std::string_view value = attribute_of(a, "date1904");
      from_1904 = value == "1" || value == "true";
    }
    if (element != "sheet") return;
    names.emplace_back(attribute_of(a, "name"));
    relations.emplace_back(attribute_of(a, "id"));
  }
  void end(std::string_view) override {}
  void text(std::string_view) override {}

  std::vector<std::string> names;
  std::vector<std::string> relations;  ///< Beside `names`.
  bool from_1904 = false;
};

/// Shared strings, their runs of formatted text joined, without phonetic hints.
class SharedStrings : public XmlHandler {
 public:
  void start(std::string_view element, const XmlAttributes&) override {
    if (element == "si") text_.clear();
    if (element == "rPh") in_hint_ = true;
    if (element == "t") in_text_ = true;
  }
  void end(std::string_view element) override {
    if (element == "rPh") in_hint_ = false;
    if (element == "t") in_text_ = false;
    if (element == "si") texts->add(text_);
  }
  void text(std::string_view text) override {
    if (in_text_ && !in_hint_) append(text_, text);
  }

  std::shared_ptr<TextArena> texts = std::make_shared<TextArena>();

 private:
  std::string text_;
  bool in_text_ = false;
  bool in_hint_ = false;
};

/// Which cell formats show dates.
class Styles : public XmlHandler {
 public:
  void start(std::string_view element, const XmlAttributes& a) override {
    if (element == "numFmt") {
      codes_[number_in<std::size_t>(attribute_of(a, "numFmtId")).value_or(0)] = attribute_of(a, "formatCode");
    } else if (element == "cellXfs") {
      in_formats_ = true;
    } else if (element == "xf" && in_formats_) {
      const std::size_t id = number_in<std::size_t>(attribute_of(a, "numFmtId")).value_or(0);
      const auto code = codes_.find(id);
      dates_.push_back(is_date_format(id, code == codes_.end() ? std::string_view() : code->second));
    }
  }
  void end(std::string_view element) override {
    if (element == "cellXfs") in_formats_ = false;
  }
  void text(std::string_view) override {}
  bool is_date(std::size_t format) const { return format < dates_.size() && dates_[format]; }

 private:
  std::map<std::size_t, std::string> codes_;
  std::vector<bool> dates_;
  bool in_formats_ = false;
};

/// "B7", counted from 0.
CellPlace place_of(std::string_view text) {
  CellPlace place;
  for (const char c : text) {
    if (c >= 'A' && c <= 'Z' && place.column <= kSheetColumns) place.column = place.column * 26 + (c - 'A' + 1);
    if (c >= '0' && c <= '9' && place.row <= kSheetRows) place.row = place.row * 10 + (c - '0');
  }
  return {place.row - 1, place.column - 1};
}

/// What the attribute t says of a cell (18.18.11).
enum class CellType : std::uint8_t { number, shared, text };

CellType type_of(std::string_view t) {
  if (t.empty() || t == "n") return CellType::number;
  return t == "s" ? CellType::shared : CellType::text;
}

bool is_short_number(std::string_view text) {
  constexpr std::size_t digits = 15;
  return text.size() <= digits && (text.size() == 1 || text.front() != '0') &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

class SheetPart : public XmlHandler {
 public:
  SheetPart(const Styles& styles, bool from_1904, SheetCells& out)
      : styles_(styles), from_1904_(from_1904), out_(out) {}

  void start(std::string_view element, const XmlAttributes& a) override {
    if (element == "c") {
      start_cell(a);
    } else if (element == "v" || element == "t") {
      in_value_ = true;
    } else if (element == "row") {
      place_ = {number_in<std::int32_t>(attribute_of(a, "r")).value_or(place_.row + 2) - 1, -1};
    } else if (element == "f") {
      is_formula_ = true;
    } else if (element == "rPh") {
      in_hint_ = true;
    }
  }
  void end(std::string_view element) override {
    if (element == "c") keep();
    if (element == "v" || element == "t") in_value_ = false;
    if (element == "rPh") in_hint_ = false;
  }
  void text(std::string_view text) override {
    if (in_value_ && !in_hint_) append(value_, text);
  }

 private:
  void start_cell(const XmlAttributes& a) {
    std::string_view reference, type, style;
    for (const auto& [name, value] : a) {
      if (name == "r") reference = value;
      if (name == "t") type = value;
      if (name == "s") style = value;
    }
    // Row and column may be left out: the cell then follows the one before.
    place_ = reference.empty() ? CellPlace{place_.row, place_.column + 1} : place_of(reference);
    is_text_formula_ = type == "str";
    type_ = type_of(type);
    format_ = style.empty() ? 0 : number_in<std::size_t>(style).value_or(0);
    value_.clear();
    is_formula_ = false;
  }

  void keep() {
    if (value_.empty()) {
      if (is_formula_ && !is_text_formula_) out_.note_uncomputed(place_);
      return;
    }
    if (type_ == CellType::text ||
        (type_ == CellType::number && !styles_.is_date(format_) && is_short_number(value_))) {
      out_.add(place_, value_);
    } else if (type_ == CellType::number) {
      out_.add(place_, number_text());
    } else if (const auto index = number_in<std::size_t>(value_)) {
      out_.add_shared(place_, *index);
    } else {
      throw std::runtime_error("a shared string without a number");
    }
  }

  std::string number_text() const {
    const std::optional<double> number = number_in<double>(value_);
    if (!number) return value_;
    const std::string day = styles_.is_date(format_) ? text_of_day(*number, from_1904_) : std::string();
    return day.empty() ? text_of_number(*number) : day;
  }

  const Styles& styles_;
  bool from_1904_;
  SheetCells& out_;
  CellPlace place_{-1, -1};
  CellType type_ = CellType::number;
  bool is_text_formula_ = false;
  std::size_t format_ = 0;
  std::string value_;
  bool in_value_ = false;
  bool in_hint_ = false;
  bool is_formula_ = false;
};

/// The name of a part seen from another part's folder.
std::string part_beside(const std::string& base, const std::string& target) {
  if (!target.empty() && target.front() == '/') return target.substr(1);
  std::string folder = base.substr(0, base.rfind('/') + 1);
  std::string_view rest = target;
  while (rest.substr(0, 3) == "../") {
    rest.remove_prefix(3);
    folder = folder.substr(0, folder.rfind('/', folder.size() < 2 ? 0 : folder.size() - 2) + 1);
  }
  return folder + std::string(rest);
}

std::string relations_of(const std::string& part) {
  const std::size_t slash = part.rfind('/') + 1;
  return part.substr(0, slash) + "_rels/" + part.substr(slash) + ".rels";
}

class XlsxWorkbook : public Workbook {
 public:
  explicit XlsxWorkbook(std::string_view bytes) : archive_(bytes) {
    Relations package;
    parse_xml(archive_, "_rels/.rels", package);
    part_ = part_beside("", package.kinds["officeDocument"]);
    parse_xml(archive_, part_, book_);
    parse_xml(archive_, relations_of(part_), relations_);
  }

  std::string_view format() const override { return "XLSX"; }
  const std::vector<std::string>& sheets() const override { return book_.names; }

  std::shared_ptr<const SheetCells> read(std::size_t sheet) override {
    read_common_parts();
    const auto cells = std::make_shared<SheetCells>(strings_.texts);
    SheetPart handler(styles_, book_.from_1904, *cells);
    parse_xml(archive_, part_beside(part_, relations_.targets[book_.relations[sheet]]), handler);
    cells->finish();
    return cells;
  }

 private:
  /// Strings and formats of all sheets.
  void read_common_parts() {
    if (has_common_parts_) return;
    parse_if_there("sharedStrings", strings_);
    parse_if_there("styles", styles_);
    has_common_parts_ = true;
  }
  void parse_if_there(const std::string& kind, XmlHandler& handler) {
    const auto found = relations_.kinds.find(kind);
    if (found != relations_.kinds.end()) parse_xml(archive_, part_beside(part_, found->second), handler);
  }

  ZipArchive archive_;
  std::string part_;
  WorkbookPart book_;
  Relations relations_;
  bool has_common_parts_ = false;
  SharedStrings strings_;
  Styles styles_;
};

}  // namespace

std::unique_ptr<Workbook> open_xlsx_workbook(std::string_view bytes) { return std::make_unique<XlsxWorkbook>(bytes); }

}  // namespace kaskad::intake
