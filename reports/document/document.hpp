// The document model: what a report says and in which order, without geometry. One document, many renderers.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "reports/charts/chart.hpp"
#include "reports/values/quantity.hpp"

namespace kaskad::reports {

/// A piece of running text. U+2028 in it is a forced line break.
struct Run {
  std::string text;
  bool bold = false;
  bool italic = false;
  std::string link{};      ///< "#id" of a heading, table or figure, or a URL; empty = none.
  std::string footnote{};  ///< When set, a footnote mark follows the text; equal footnotes of a page share one mark.
};
using Runs = std::vector<Run>;

struct Block;
using Blocks = std::vector<Block>;

struct Heading {
  int level = 1;
  Runs runs;
  std::string id;
  bool numbered = false;
};
struct Paragraph {
  Runs runs;
  bool lead = false;
};  ///< lead: the larger type of a summary.
struct ListBlock {
  bool ordered = false;
  std::vector<Blocks> items;
};
/// A remark in small type with a thin rule at its left: method, warning, definition.
struct Note {
  Blocks blocks;
};

/// A table cell: text, a number, a number with its interval, a small picture, or nothing.
struct Cell {
  enum class Show : std::uint8_t { value, interval, value_and_interval, n };
  struct Number {
    Quantity quantity;
    Show show = Show::value;
    bool thousands = false;  ///< Four digits are grouped, too, as those of five in its column are.
  };
  struct Spark {
    std::vector<Quantity> points;
  };
  struct Bar {
    Quantity quantity;
    double lo = 0, hi = 100;
    std::optional<double> reference;
  };
  std::variant<Runs, Number, Spark, Bar> is;
};
enum class ColumnKind : std::uint8_t { text, number, picture };
struct Column {
  std::string head;
  std::string group{};  ///< Neighbouring columns with the same group share a head above theirs.
  ColumnKind kind = ColumnKind::text;
  double width = 0;  ///< Share of the table's width; 0 = from content.
};
struct Row {
  enum class Kind : std::uint8_t { body, total, group };  ///< group: one cell over the whole width.
  Kind kind = Kind::body;
  std::vector<Cell> cells;
};
struct Table {
  std::string caption;  ///< Without «Таблица N —»: the renderer numbers.
  std::string id;
  std::vector<Column> columns;
  std::vector<Row> rows;
  Runs note;  ///< Under the table: source, n, meaning of marks.
};
struct Figure {
  Chart chart;
  std::string caption;
  std::string id;
};

/// Key figures side by side: label, large number, one line of explanation.
struct Cards {
  struct Card {
    std::string label;
    Quantity value;
    std::string note;
  };
  std::vector<Card> cards;
};
struct Columns {
  std::vector<Blocks> columns;
  std::vector<double> widths;
};  ///< Shares of the text width; may not break over pages.
struct Toc {
  std::string title;
  int depth = 2;
};
struct PageBreak {
  bool landscape = false;
};  ///< The pages after it have this orientation.
/// First page: organisation at the top, title, lines below, date and version at the foot.
struct TitlePage {
  std::string organisation, title, subtitle;
  std::vector<std::pair<std::string, std::string>> facts;  ///< "Регион" → "…"
  std::string date_line, version_line;
};
/// Head of a passport: name of the entity in large type, lines of facts below, one accent line.
struct Masthead {
  std::string kicker, title;
  std::vector<std::string> facts;
};

struct Block {
  std::variant<Heading, Paragraph, ListBlock, Note, Table, Figure, Cards, Columns, Toc, PageBreak, TitlePage, Masthead>
      is;
};

enum class NumberPlace : std::uint8_t { bottom_right, bottom_center, top_center };
struct PageSetup {
  double width_mm = 210, height_mm = 297;
  double left_mm = 25, right_mm = 20, top_mm = 20, bottom_mm = 22;
  bool number_from_second = true;
  NumberPlace number_place = NumberPlace::bottom_right;
  double type_pt = 11, leading_pt = 14.2;  ///< Of running text; leading is the distance of baselines.
  double indent_mm = 0;                    ///< Of the first line of a paragraph.
  int most_pages = 0;                      ///< Set tighter where it would take more; 0: as many as it takes.
};

/// Fixed words of a document in its language, put in by whoever makes it (from templates/texts).
struct Words {
  std::string table = "Таблица {n} — {caption}";  ///< Patterns with {n}, {caption}.
  std::string table_continued = "Продолжение таблицы {n}";
  std::string figure = "Рисунок {n} — {caption}";
  std::string missing = "нет данных";
  std::string page_of = "{page}";
  std::string no_rows = "Строк нет";        ///< In a table without rows.
  std::string range = "{lo}–{hi}";          ///< An interval in a table cell.
  std::string range_signed = "{lo}…{hi}";   ///< The same when a bound is below zero and a dash would read as a minus.
  std::string to_text = "К тексту отчёта";  ///< The link that leads a keyboard past the head of a page on the screen.
  std::string footnotes = "Сноски";         ///< What a screen reader calls them.
};

/// Families of fonts, by the names that the font files give them.
struct Typefaces {
  std::string text = "PT Serif";
  std::string heads = "PT Sans";  ///< Also of tables, charts and notes.
  friend auto operator<=>(const Typefaces&, const Typefaces&) = default;
};
/// A file inside the file: the data behind a report.
struct Attachment {
  std::string name, description, mime, bytes;
};
/// A text of the template into which a figure, or a text with an owner, was put. (A text without an owner is no figure
/// and is not noted; a figure without one is.)
struct TextOwner {
  Owner owner = kNobody;
  std::string file;
  int line = 0;
};

struct Document {
  std::string title, author, subject, language = "ru";
  std::string date;    ///< ISO; also the PDF's creation date (at 00:00 UTC).
  std::string entity;  ///< Id of the school or municipality that the document is about; empty for the region.
  /// Whom its figures may belong to: first the entity itself, then what it is compared with. Empty: anyone.
  std::vector<Owner> owners;
  std::vector<TextOwner> text_owners;
  PageSetup page;
  Typefaces fonts;
  std::string header;  ///< At the head of each page but the first; may be empty.
  std::string footer;  ///< At the foot of each page beside the number: "Школа 11 · Паспорт · 2026".
  Words words;
  Blocks blocks;
  /// Reasons for «нет данных» as footnotes: reason → text. Renderers put a mark after each missing cell.
  std::vector<std::pair<Undefined, std::string>> reasons;
  std::vector<Attachment> attachments;
};

/// The whole document as indented text, one line a paragraph, row or point, numbers in the document's language: for
/// golden tests. Geometry does not appear in it, so it changes only when the report says something else.
std::string dump(const Document& document);

}  // namespace kaskad::reports
