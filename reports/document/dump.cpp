#include <array>
#include <charconv>

#include "reports/document/document.hpp"
#include "reports/document/dump_writer.hpp"
#include "reports/values/thousands.hpp"

namespace kaskad::reports {

void DumpWriter::line(std::string_view text) { text_.append(2 * depth_, ' ').append(text).append("\n"); }

void DumpWriter::field(std::string_view name, std::string_view text) {
  if (!text.empty()) line(std::string(name) + ": " + std::string(text));
}

std::string DumpWriter::value(const Quantity& q) const {
  if (q.estimate.defined()) return format_.with_unit(q);
  return missing_ + " [" + std::string(undefined_name(q.estimate.reason)) + "]";
}

std::string DumpWriter::in_full(const Quantity& q) const {
  const std::string interval = format_.interval(q);
  return value(q) + (interval.empty() ? "" : " (" + interval + ")") + ", n = " + format_.count(q.estimate.n);
}

std::string quoted(std::string_view text) { return "\"" + std::string(text) + "\""; }

std::string bare(double value) {
  char text[40];
  return {text, std::to_chars(text, text + sizeof text, value).ptr};
}

namespace {

std::string marked(const Run& run) {
  const std::string stars = run.bold && run.italic ? "***" : run.bold ? "**" : run.italic ? "*" : "";
  std::string text = stars + run.text + stars;
  if (!run.link.empty()) text = "[" + text + "](" + run.link + ")";
  if (!run.footnote.empty()) text += "^[" + run.footnote + "]";
  return text;
}

std::string joined(const Runs& runs) {
  std::string text;
  for (const Run& run : runs) text += marked(run);
  return text;
}

std::string titled(const std::string& what, const std::string& title) {
  return title.empty() ? what : what + ": " + title;
}

std::string identity(const std::string& id) { return id.empty() ? "" : " #" + id; }

struct CellText {
  const DumpWriter& out;

  std::string operator()(const Runs& runs) const { return joined(runs); }
  std::string operator()(const Cell::Number& number) const {
    const Quantity& q = number.quantity;
    const std::string interval = out.format().interval(q);
    const auto grouped = [&](std::string text) {
      return number.thousands ? with_thousands(std::move(text), out.format()) : text;
    };
    if (number.show == Cell::Show::n) return "n = " + grouped(out.format().count(q.estimate.n));
    if (!q.estimate.defined() || number.show == Cell::Show::value) return grouped(out.value(q));
    if (number.show == Cell::Show::interval) return interval;
    return grouped(out.value(q)) + (interval.empty() ? "" : " (" + interval + ")");
  }
  std::string operator()(const Cell::Spark& spark) const {
    std::string text = "spark";
    for (const Quantity& q : spark.points) text += " " + out.value(q);
    return text;
  }
  std::string operator()(const Cell::Bar& bar) const {
    const std::string reference = bar.reference ? ", reference " + bare(*bar.reference) : "";
    return "bar " + out.in_full(bar.quantity) + " on " + bare(bar.lo) + "–" + bare(bar.hi) + reference;
  }
};

constexpr std::array<std::string_view, 3> kColumnKinds = {"text", "number", "picture"};
constexpr std::array<std::string_view, 3> kRowKinds = {"row", "total", "group"};

class BlockDump {
 public:
  explicit BlockDump(DumpWriter& out) : out_(out) {}

  void all(const Blocks& blocks) {
    for (const Block& block : blocks) std::visit(*this, block.is);
  }

  void operator()(const Heading& h) {
    out_.line("heading " + std::to_string(h.level) + identity(h.id) + (h.numbered ? " numbered" : "") + ": " +
              joined(h.runs));
  }
  void operator()(const Paragraph& p) { out_.line((p.lead ? "lead: " : "paragraph: ") + joined(p.runs)); }
  void operator()(const ListBlock& list) {
    out_.line(list.ordered ? "ordered list" : "list");
    const Indented inside(out_);
    for (const Blocks& item : list.items) group("item", item);
  }
  void operator()(const Note& note) { group("note", note.blocks); }
  void operator()(const Table& table) {
    out_.line(titled("table" + identity(table.id), table.caption));
    const Indented inside(out_);
    for (const Column& column : table.columns) dump_column(column);
    for (const Row& row : table.rows) dump_row(row);
    out_.field("note", joined(table.note));
  }
  void operator()(const Figure& figure) {
    out_.line(titled("figure" + identity(figure.id), figure.caption));
    const Indented inside(out_);
    dump_chart(out_, figure.chart);
  }
  void operator()(const Cards& cards) {
    out_.line("cards");
    const Indented inside(out_);
    for (const auto& card : cards.cards) {
      out_.line(quoted(card.label) + ": " + out_.in_full(card.value) + (card.note.empty() ? "" : "; " + card.note));
    }
  }
  void operator()(const Columns& columns) {
    out_.line("columns");
    const Indented inside(out_);
    for (std::size_t i = 0; i < columns.columns.size(); ++i) {
      group("column " + (i < columns.widths.size() ? bare(columns.widths[i]) : ""), columns.columns[i]);
    }
  }
  void operator()(const Toc& toc) { out_.line("contents to level " + std::to_string(toc.depth) + ": " + toc.title); }
  void operator()(const PageBreak& page) { out_.line(page.landscape ? "new landscape page" : "new portrait page"); }
  void operator()(const TitlePage& page) {
    out_.line("title page");
    const Indented inside(out_);
    out_.field("organisation", page.organisation);
    out_.field("title", page.title);
    out_.field("subtitle", page.subtitle);
    for (const auto& [name, value] : page.facts) out_.line("fact " + quoted(name) + ": " + value);
    out_.field("date", page.date_line);
    out_.field("version", page.version_line);
  }
  void operator()(const Masthead& head) {
    out_.line("masthead: " + head.title);
    const Indented inside(out_);
    out_.field("kicker", head.kicker);
    for (const std::string& fact : head.facts) out_.line("fact: " + fact);
  }

 private:
  void group(std::string_view name, const Blocks& blocks) {
    out_.line(name);
    const Indented inside(out_);
    all(blocks);
  }
  void dump_column(const Column& column) {
    std::string line =
        "column " + std::string(kColumnKinds[static_cast<std::size_t>(column.kind)]) + " " + quoted(column.head);
    if (!column.group.empty()) line += " under " + quoted(column.group);
    if (column.width > 0) line += " width " + bare(column.width);
    out_.line(line);
  }
  void dump_row(const Row& row) {
    std::string line(kRowKinds[static_cast<std::size_t>(row.kind)]);
    for (const Cell& cell : row.cells) line += " | " + std::visit(CellText{out_}, cell.is);
    out_.line(line);
  }

  DumpWriter& out_;
};

std::string page_line(const PageSetup& page) {
  return "page: " + bare(page.width_mm) + " × " + bare(page.height_mm) + " mm, margins " + bare(page.left_mm) + " " +
         bare(page.right_mm) + " " + bare(page.top_mm) + " " + bare(page.bottom_mm) +
         (page.number_from_second ? ", numbers from the second page" : "") +
         (page.indent_mm > 0 ? ", type " + bare(page.type_pt) + "/" + bare(page.leading_pt) + ", first lines " +
                                   bare(page.indent_mm) + " mm in"
                             : "");
}

void dump_front(DumpWriter& out, const Document& document) {
  out.line(titled("document (" + document.language + ")", document.title));
  const Indented inside(out);
  out.field("author", document.author);
  out.field("subject", document.subject);
  out.field("date", document.date);
  out.field("entity", document.entity);
  out.line(page_line(document.page));
  out.field("footer", document.footer);
  for (const auto& [reason, text] : document.reasons) out.field("reason " + std::string(undefined_name(reason)), text);
}

}  // namespace

std::string dump(const Document& document) {
  DumpWriter out(document.language, document.words.missing);
  dump_front(out, document);
  BlockDump(out).all(document.blocks);
  return out.take();
}

}  // namespace kaskad::reports
