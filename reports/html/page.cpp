#include "reports/html/page.hpp"

#include <algorithm>
#include <array>

#include "engine/base/text.hpp"
#include "reports/document/typography.hpp"

namespace kaskad::reports::html {
namespace {

constexpr std::string_view kLineBreak = "\u2028", kRangeDash = "–";

struct Escape {
  char letter;
  std::string_view html;
};
constexpr std::array<Escape, 4> kEscapes = {{{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}}};

/// XML 1.0, 2.2: no control characters but these.
bool is_allowed(char c) { return static_cast<unsigned char>(c) >= 0x20 || c == '\t' || c == '\n'; }

std::string_view html_of(char c) {
  for (const Escape& escape : kEscapes) {
    if (escape.letter == c) return escape.html;
  }
  return {};
}

void append_escaped(std::string& out, char c) {
  const std::string_view html = html_of(c);
  if (!html.empty())
    out += html;
  else if (is_allowed(c))
    out += c;
}

/// U+FFFE and U+FFFF are no characters of XML.
std::string without_noncharacters(std::string text) {
  for (const std::string_view bad : {"\xEF\xBF\xBE", "\xEF\xBF\xBF"}) {
    for (std::size_t at = text.find(bad); at != std::string::npos; at = text.find(bad, at)) text.erase(at, bad.size());
  }
  return text;
}

bool may_link_to(std::string_view target) {
  constexpr std::array<std::string_view, 4> kBeginnings = {"#", "https://", "http://", "mailto:"};
  return std::any_of(kBeginnings.begin(), kBeginnings.end(), [&](auto b) { return target.starts_with(b); });
}

/// Numbers of headings by level: 1, 1.1, 1.2, 2.
class HeadingCounter {
 public:
  std::string next(int level) {
    const auto at = static_cast<std::size_t>(std::clamp(level, 1, 6));
    ++counts_[at - 1];
    std::fill(counts_.begin() + static_cast<std::ptrdiff_t>(at), counts_.end(), 0);
    std::string number;
    for (std::size_t i = 0; i < at; ++i) number += (i == 0 ? "" : ".") + std::to_string(counts_[i]);
    return number;
  }

 private:
  std::array<int, 6> counts_{};
};

class OutlineMaker {
 public:
  void visit(const Blocks& blocks) {
    for (const Block& block : blocks) visit(block);
  }

  std::vector<OutlineEntry> entries;

 private:
  void visit(const Block& block) {
    if (const auto* heading = std::get_if<Heading>(&block.is)) add(*heading);
    if (const auto* note = std::get_if<Note>(&block.is)) visit(note->blocks);
    if (const auto* list = std::get_if<ListBlock>(&block.is)) visit_all(list->items);
    if (const auto* columns = std::get_if<Columns>(&block.is)) visit_all(columns->columns);
  }

  void visit_all(const std::vector<Blocks>& parts) {
    for (const Blocks& part : parts) visit(part);
  }

  void add(const Heading& heading) {
    const std::string number = heading.numbered ? counter_.next(heading.level) : "";
    const std::string id = heading.id.empty() ? "section-" + std::to_string(entries.size() + 1) : heading.id;
    entries.push_back({heading.level, number, id, plain_text(heading.runs)});
  }

  HeadingCounter counter_;
};

}  // namespace

std::string valid(std::string_view text) {
  std::string out(text);
  while (const auto bad = first_invalid_utf8(out)) out.replace(*bad, 1, "\uFFFD");
  return without_noncharacters(std::move(out));
}

std::string escaped(std::string_view text) {
  const std::string good = valid(text);
  std::string out;
  out.reserve(good.size());
  for (std::size_t at = 0; at < good.size(); ++at) {
    if (good.compare(at, kLineBreak.size(), kLineBreak) == 0) {
      out += ' ';
      at += kLineBreak.size() - 1;
    } else {
      append_escaped(out, good[at]);
    }
  }
  return out;
}

/// «2022–2023», «29,6–33,6»: from the beginning of the first number to the end of the second; empty where no range
/// stands.
struct Range {
  std::size_t begin = 0, end = 0;
};
Range range_around(std::string_view text, std::size_t dash) {
  const auto digit = [&](std::size_t i) { return i < text.size() && text[i] >= '0' && text[i] <= '9'; };
  const auto mark = [&](std::size_t i) { return (text[i] == ',' || text[i] == '.') && digit(i - 1) && digit(i + 1); };
  Range range{dash, dash + kRangeDash.size()};
  if (dash == 0 || !digit(dash - 1) || !digit(range.end)) return {};
  while (range.begin > 0 && (digit(range.begin - 1) || (range.begin > 1 && mark(range.begin - 1)))) --range.begin;
  while (range.end < text.size() && (digit(range.end) || mark(range.end))) ++range.end;
  return range;
}

std::string plain_text(const Runs& runs) {
  std::string text;
  for (const Run& run : runs) text += run.text;
  return text;
}

std::vector<OutlineEntry> outline_of(const Document& document) {
  OutlineMaker maker;
  maker.visit(document.blocks);
  return std::move(maker.entries);
}

int Page::shift_of(const Document& document) {
  const bool titled =
      !document.title.empty() || std::any_of(document.blocks.begin(), document.blocks.end(), [](const Block& block) {
        return std::holds_alternative<TitlePage>(block.is) || std::holds_alternative<Masthead>(block.is);
      });
  return titled ? 1 : 0;
}

void Page::text(std::string_view text) {
  const std::string bound = with_bound_words(text, document.language);
  std::string_view rest = bound;
  for (std::size_t dash = rest.find(kRangeDash); dash != rest.npos;) {
    const Range range = range_around(rest, dash);
    if (range.end == 0) {
      dash = rest.find(kRangeDash, dash + kRangeDash.size());
      continue;
    }
    raw(escaped(rest.substr(0, range.begin)));
    raw("<span class=\"whole\">" + escaped(rest.substr(range.begin, range.end - range.begin)) + "</span>");
    rest.remove_prefix(range.end);
    dash = rest.find(kRangeDash);
  }
  raw(escaped(rest));
}

void Page::open(std::string_view tag, const Attributes& attributes) {
  text_ += "<";
  text_ += tag;
  for (const auto& [name, value] : attributes) {
    if (value.empty()) continue;
    text_ += " ";
    text_ += name;
    text_ += "=\"" + escaped(value) + "\"";
  }
  text_ += ">";
}

void Page::close(std::string_view tag) {
  text_ += "</";
  text_ += tag;
  text_ += ">";
}

void Page::element(std::string_view tag, std::string_view content, const Attributes& attributes) {
  const Open open(*this, tag, attributes);
  text(content);
}

void Page::optional_element(std::string_view tag, std::string_view content, const Attributes& attributes) {
  if (content.empty()) return;
  element(tag, content, attributes);
  line_end();
}

void Page::runs(const Runs& runs) {
  for (const Run& run : runs) {
    const bool link = may_link_to(run.link);
    if (link) open("a", {{"href", run.link}});
    if (run.bold) open("strong");
    if (run.italic) open("em");
    std::string_view rest = run.text;
    for (std::size_t at = rest.find(kLineBreak); at != rest.npos; at = rest.find(kLineBreak)) {
      text(rest.substr(0, at));
      raw("<br/>");
      rest.remove_prefix(at + kLineBreak.size());
    }
    text(rest);
    if (run.italic) close("em");
    if (run.bold) close("strong");
    if (link) close("a");
    if (!run.footnote.empty()) footnote_mark(run.footnote);
  }
}

void Page::footnote_mark(const std::string& note) {
  auto found = std::find(footnotes_.begin(), footnotes_.end(), note);
  const bool first = found == footnotes_.end();
  if (first) found = footnotes_.insert(footnotes_.end(), note);
  const std::string number = std::to_string(found - footnotes_.begin() + 1);
  const Open sup(*this, "sup");
  element("a", number,
          {{"href", "#note-" + number}, {"id", first ? "note-" + number + "-mark" : ""}, {"role", "doc-noteref"}});
}

}  // namespace kaskad::reports::html
