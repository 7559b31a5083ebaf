// OpenDocument 1.3, part 3, chapters 9 and 19: tables of content.xml.
#include <charconv>
#include <stdexcept>

#include "engine/intake/numbers.hpp"
#include "engine/intake/workbook.hpp"
#include "engine/intake/xml_package.hpp"

namespace kaskad::intake {
namespace {

constexpr std::size_t kLongestText = std::size_t{1} << 20;

std::int32_t repeats_of(const XmlAttributes& a, std::string_view name, std::int32_t most) {
  const std::string_view text = attribute_of(a, name);
  std::int32_t number = 1;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return std::min(std::max(number, 1), most);
}

/// Encrypted parts are named in the manifest.
class Manifest : public XmlHandler {
 public:
  void start(std::string_view element, const XmlAttributes&) override {
    if (element == "encryption-data") encrypted = true;
  }
  void end(std::string_view) override {}
  void text(std::string_view) override {}
  bool encrypted = false;
};

/// Sheets of the document, in order. Cells that stand several times are written out, blank ones are passed over.
class Content : public XmlHandler {
 public:
  void start(std::string_view element, const XmlAttributes& a) override {
    if (aside_ > 0 || element == "annotation" || element == "tracked-changes" || element == "shapes") {
      ++aside_;
      return;
    }
    if (element == "table") {
      // A table in a cell belongs to the cell.
      if (++tables_ == 1) start_sheet(a);
    } else if (tables_ != 1) {
      return;
    } else if (element == "table-row") {
      place_ = {next_row_, 0};
      row_repeats_ = repeats_of(a, "number-rows-repeated", kSheetRows);
      filled_ = false;
    } else if (element == "table-cell" || element == "covered-table-cell") {
      start_cell(a);
    } else if (element == "p" || element == "h") {
      if (in_cell_ && paragraphs_++ > 0) append("\n");
    } else if (element == "s") {
      append(std::string(static_cast<std::size_t>(repeats_of(a, "c", 1000)), ' '));
    } else if (element == "tab" || element == "line-break") {
      append(element == "tab" ? "\t" : "\n");
    }
  }

  void end(std::string_view element) override {
    if (aside_ > 0) {
      --aside_;
      return;
    }
    if (element == "table") {
      if (--tables_ == 0) finish_sheet();
    } else if (tables_ != 1) {
      return;
    } else if (element == "table-row") {
      end_row();
    } else if (element == "table-cell" || element == "covered-table-cell") {
      end_cell();
    }
  }

  void text(std::string_view text) override {
    if (aside_ == 0 && in_cell_ && paragraphs_ > 0) append(text);
  }

  std::vector<std::string> names;
  std::vector<std::shared_ptr<const SheetCells>> sheets;

 private:
  void start_sheet(const XmlAttributes& a) {
    names.emplace_back(attribute_of(a, "name"));
    cells_ = std::make_shared<SheetCells>();
    next_row_ = 0;
  }
  void finish_sheet() {
    cells_->finish();
    bytes_ += cells_->bytes();
    if (bytes_ > kMostCellBytes) throw TooLarge();
    sheets.push_back(std::move(cells_));
  }

  void start_cell(const XmlAttributes& a) {
    in_cell_ = true;
    paragraphs_ = 0;
    text_.clear();
    value_.clear();
    cell_repeats_ = repeats_of(a, "number-columns-repeated", kSheetColumns);
    is_formula_ = !attribute_of(a, "formula").empty();
    type_ = attribute_of(a, "value-type");
    for (const std::string_view name : {"value", "date-value", "boolean-value", "string-value", "time-value"}) {
      if (const std::string_view value = attribute_of(a, name); !value.empty()) value_ = value;
    }
  }

  /// The stored value; a text without one is what its paragraphs say.
  std::string cell_text() const {
    if (type_ == "date") {
      const std::string day = value_.substr(0, value_.find('T'));
      return parse_date(day).value_or(value_);
    }
    if (type_ == "boolean") return value_ == "true" ? "1" : "0";
    if (type_ == "float" || type_ == "percentage" || type_ == "currency") {
      double number = 0;
      const auto [end, trouble] = std::from_chars(value_.data(), value_.data() + value_.size(), number);
      return trouble == std::errc() && end == value_.data() + value_.size() ? text_of_number(number) : value_;
    }
    return text_.empty() ? value_ : text_;
  }

  void end_cell() {
    in_cell_ = false;
    const std::string text = cell_text();
    if (text.empty() && is_formula_ && type_ != "string") cells_->note_uncomputed(place_);
    if (!text.empty()) {
      for (std::int32_t i = 0; i < cell_repeats_; ++i) cells_->add({place_.row, place_.column + i}, text);
      filled_ = true;
    }
    place_.column = std::min(place_.column + cell_repeats_, kSheetColumns);
  }

  void end_row() {
    if (filled_) cells_->repeat_last_row(row_repeats_ - 1);
    next_row_ = std::min(next_row_ + row_repeats_, kSheetRows);
  }

  void append(std::string_view text) {
    if (!in_cell_) return;
    if (text_.size() + text.size() > kLongestText) throw TooLarge();
    text_ += text;
  }

  int aside_ = 0;   ///< Depth inside what is no cell's text.
  int tables_ = 0;  ///< Depth of tables.
  std::shared_ptr<SheetCells> cells_;
  std::size_t bytes_ = 0;
  std::int32_t next_row_ = 0;
  CellPlace place_;
  std::int32_t row_repeats_ = 1;
  std::int32_t cell_repeats_ = 1;
  bool filled_ = false;
  bool in_cell_ = false;
  bool is_formula_ = false;
  int paragraphs_ = 0;
  std::string type_;
  std::string value_;
  std::string text_;
};

class OdsWorkbook : public Workbook {
 public:
  explicit OdsWorkbook(std::string_view bytes) {
    const ZipArchive archive(bytes);
    if (archive.find("encrypted-package") != nullptr) throw PasswordNeeded();
    Manifest manifest;
    if (archive.find("META-INF/manifest.xml") != nullptr) parse_xml(archive, "META-INF/manifest.xml", manifest);
    if (manifest.encrypted) throw PasswordNeeded();
    parse_xml(archive, "content.xml", content_);
  }
  std::string_view format() const override { return "ODS"; }
  const std::vector<std::string>& sheets() const override { return content_.names; }
  std::shared_ptr<const SheetCells> read(std::size_t sheet) override { return content_.sheets[sheet]; }

 private:
  Content content_;
};

}  // namespace

std::unique_ptr<Workbook> open_ods_workbook(std::string_view bytes) { return std::make_unique<OdsWorkbook>(bytes); }

}  // namespace kaskad::intake
