#include <algorithm>
#include <cmath>

#include "reports/charts/svg.hpp"
#include "reports/document/typography.hpp"
#include "reports/html/measure.hpp"
#include "reports/html/page.hpp"

namespace kaskad::reports::html {
namespace {

/// Widths in points at which charts are drawn: as in the PDF, and for a telephone. The style shows one of them.
constexpr double kTextWidth = 467, kNarrowWidth = 250;

class BlockWriter {
 public:
  BlockWriter(Page& page, double share) : page_(page), share_(share) {}

  void operator()(const Heading& heading) const {
    const OutlineEntry& entry = page_.outline[page_.headings++];
    const std::string tag = "h" + std::to_string(std::clamp(heading.level + page_.heading_shift(), 1, 6));
    {
      const Open open(page_, tag, {{"id", entry.id}});
      if (!entry.number.empty()) page_.text(entry.number + "\u00A0\u00A0");
      page_.runs(heading.runs);
    }
    page_.line_end();
  }

  void operator()(const Paragraph& paragraph) const {
    {
      const Open open(page_, "p", {{"class", paragraph.lead ? "lead" : ""}});
      page_.runs(paragraph.runs);
    }
    page_.line_end();
  }

  void operator()(const ListBlock& list) const {
    const std::string_view tag = list.ordered ? "ol" : "ul";
    {
      const Open open(page_, tag);
      page_.line_end();
      for (const Blocks& item : list.items) write_item(item);
    }
    page_.line_end();
  }

  void operator()(const Note& note) const {
    within("div", {{"class", "note"}, {"role", "note"}}, [&] { write_blocks(page_, note.blocks, share_); });
  }

  void operator()(const Table& table) const { write_table(page_, table); }
  void operator()(const Figure& figure) const { write_figure(page_, figure, share_); }

  void operator()(const Cards& cards) const {
    within("dl", {{"class", "cards"}}, [&] {
      for (const Cards::Card& card : cards.cards) write_card(card);
    });
  }

  void operator()(const Columns& columns) const {
    within("div", {{"class", "columns"}}, [&] {
      for (std::size_t i = 0; i < columns.columns.size(); ++i) {
        const double width = i < columns.widths.size() ? columns.widths[i] : 1.0 / double(columns.columns.size());
        const std::string grow = "flex: " + std::to_string(std::lround(width * 100)) + " 1 0";
        within("div", {{"style", grow}}, [&] { write_blocks(page_, columns.columns[i], share_ * width); });
      }
    });
  }

  void operator()(const Toc& toc) const {
    within("nav", {{"class", "toc"}, {"role", "doc-toc"}, {"aria-label", toc.title}}, [&] {
      page_.optional_element("p", toc.title, {{"class", "toc-title"}});
      within("ul", {}, [&] {
        for (const OutlineEntry& entry : page_.outline) {
          if (entry.level <= toc.depth) write_entry(entry);
        }
      });
    });
  }

  /// Stands between sheets, which the page opens and closes.
  void operator()(const PageBreak&) const {}

  void operator()(const TitlePage& title) const {
    within("header", {{"class", "title-page"}}, [&] {
      page_.optional_element("p", title.organisation, {{"class", "organisation"}});
      page_.title(title.title);
      page_.optional_element("p", title.subtitle, {{"class", "subtitle"}});
      if (!title.facts.empty()) write_facts(title);
      page_.optional_element("p", title.date_line, {{"class", "issue"}});
      page_.optional_element("p", title.version_line, {{"class", "issue"}});
    });
  }

  void operator()(const Masthead& head) const {
    within("header", {{"class", "masthead"}}, [&] {
      page_.optional_element("p", head.kicker, {{"class", "kicker"}});
      page_.title(head.title);
      for (const std::string& fact : head.facts) page_.optional_element("p", fact, {{"class", "fact"}});
    });
  }

 private:
  template <class Inside>
  void within(std::string_view tag, const Attributes& attributes, const Inside& inside) const {
    {
      const Open open(page_, tag, attributes);
      page_.line_end();
      inside();
    }
    page_.line_end();
  }

  /// A list item that is one paragraph needs no paragraph inside.
  void write_item(const Blocks& item) const {
    {
      const Open open(page_, "li");
      const auto* first = item.empty() ? nullptr : std::get_if<Paragraph>(&item.front().is);
      if (first != nullptr) page_.runs(first->runs);
      const auto rest = std::span(item).subspan(first != nullptr ? 1 : 0);
      if (!rest.empty()) {
        page_.line_end();
        write_blocks(page_, rest, share_);
      }
    }
    page_.line_end();
  }

  void write_card(const Cards::Card& card) const {
    within("div", {}, [&] {
      page_.optional_element("dt", card.label);
      const Quantity& q = card.value;
      {
        const Open value(page_, "dd", {{"class", q.estimate.defined() ? "big" : "big missing"}});
        page_.text(q.estimate.defined() ? page_.format.with_unit(q) : page_.document.words.missing);
        write_reason(q.estimate.reason);
      }
      page_.line_end();
      page_.optional_element("dd", page_.format.interval(q), {{"class", "ci"}});
      page_.optional_element("dd", card.note, {{"class", "remark"}});
    });
  }

  void write_reason(Undefined reason) const {
    for (const auto& [code, text] : page_.document.reasons) {
      if (reason != Undefined::none && code == reason) page_.footnote_mark(text);
    }
  }

  void write_entry(const OutlineEntry& entry) const {
    {
      const Open item(page_, "li", {{"class", "level-" + std::to_string(entry.level)}});
      const std::string number = entry.number.empty() ? "" : entry.number + "\u00A0\u00A0";
      page_.element("a", number + entry.text, {{"href", "#" + entry.id}});
    }
    page_.line_end();
  }

  void write_facts(const TitlePage& title) const {
    within("dl", {{"class", "facts"}}, [&] {
      for (const auto& [name, value] : title.facts) {
        within("div", {}, [&] {
          page_.optional_element("dt", name);
          page_.optional_element("dd", value);
        });
      }
    });
  }

  Page& page_;
  double share_;
};

void write_drawing(Page& page, const Chart& chart, double width, const std::string& description,
                   const std::string& style) {
  const std::string& missing = page.document.words.missing;
  const Picture picture = draw(chart, width, page.format, text_width, missing);
  const Open open(page, "div", {{"class", style}});
  page.raw(svg(picture, {chart.title, description, page.new_id("chart"), page.document.language, text_width}));
}

}  // namespace

void write_blocks(Page& page, std::span<const Block> blocks, double share) {
  for (const Block& block : blocks) std::visit(BlockWriter(page, share), block.is);
}

void write_figure(Page& page, const Figure& figure, double share) {
  const std::string description = alternative_text(figure.chart, page.format, page.document.words.missing);
  const double width = std::max(kNarrowWidth, kTextWidth * share);
  {
    const Open open(page, "figure", {{"id", figure.id}});
    page.line_end();
    write_drawing(page, figure.chart, width, description, "wide");
    page.line_end();
    write_drawing(page, figure.chart, kNarrowWidth, description, "narrow");
    page.line_end();
    if (!figure.caption.empty()) {
      const std::string number = std::to_string(page.next_number("figure"));
      page.optional_element("figcaption",
                            filled(page.document.words.figure, {{"n", number}, {"caption", figure.caption}}));
    }
  }
  page.line_end();
}

void write_picture(Page& page, const Picture& picture, const std::string& description) {
  page.raw(svg(picture, {description, "", page.new_id("picture"), page.document.language, text_width}));
}

}  // namespace kaskad::reports::html
