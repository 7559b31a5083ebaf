#include <md4c.h>

#include <algorithm>

#include "engine/base/text.hpp"
#include "reports/template/builder.hpp"
#include "reports/template/entities.hpp"
#include "reports/template/marks.hpp"

namespace kaskad::reports {
namespace {

constexpr std::string_view kFootnote = "footnote";

std::string attribute(const MD_ATTRIBUTE& value) {
  std::string text;
  for (int i = 0; value.substr_offsets != nullptr && value.substr_offsets[i] < value.size; ++i) {
    const std::string_view piece(value.text + value.substr_offsets[i],
                                 value.substr_offsets[i + 1] - value.substr_offsets[i]);
    text += value.substr_types[i] == MD_TEXT_ENTITY ? decoded_entity(piece) : std::string(piece);
  }
  return text;
}

/// Takes "{#id}" and "{-}" off the end of a heading.
void take_heading_marks(Heading& heading) {
  if (heading.runs.empty()) return;
  std::string& text = heading.runs.back().text;
  const std::size_t open = text.rfind('{');
  if (open == std::string::npos || text.back() != '}') return;
  const std::string inner = text.substr(open + 1, text.size() - open - 2);
  if (inner == "-") heading.numbered = false;
  if (inner.size() > 1 && inner[0] == '#') heading.id = inner.substr(1);
  if (inner != "-" && heading.id.empty()) return;
  text.erase(std::min(text.find_last_not_of(' ', open == 0 ? 0 : open - 1) + 1, open));
  if (!text.empty() && text.back() == '}') take_heading_marks(heading);
}

/// The line has a rule, an image or the fence of an inner block.
bool shows(std::string_view what, std::string_view line) {
  if (what == "image") return line.find("![") != line.npos;
  if (what == "code") return line.find("```") != line.npos || line.find("~~~") != line.npos;
  return line.find_first_not_of("*-_ \t>") == line.npos && line.find_first_of("*-_") != line.npos;
}

/// Receives md4c's events and builds blocks. Containers are on a stack; running text gathers in `runs_` until its block
/// ends.
class MarkdownReader {
 public:
  MarkdownReader(const std::vector<Line>& lines, const Workshop& shop) : lines_(lines), shop_(shop) {
    for (const Line& line : lines) text_ += line.text + "\n";
  }

  Blocks read() {
    MD_PARSER parser{};
    parser.flags = MD_FLAG_TABLES | MD_FLAG_NOHTML | MD_FLAG_NOINDENTEDCODEBLOCKS;
    parser.enter_block = [](MD_BLOCKTYPE type, void* detail, void* self) { return of(self).enter(type, detail); };
    parser.leave_block = [](MD_BLOCKTYPE type, void* detail, void* self) { return of(self).leave(type, detail); };
    parser.enter_span = [](MD_SPANTYPE type, void* detail, void* self) { return of(self).span(type, detail, true); };
    parser.leave_span = [](MD_SPANTYPE type, void* detail, void* self) { return of(self).span(type, detail, false); };
    parser.text = [](MD_TEXTTYPE type, const MD_CHAR* text, MD_SIZE size, void* self) {
      return of(self).text(type, {text, size});
    };
    stack_.emplace_back();
    md_parse(text_.data(), static_cast<MD_SIZE>(text_.size()), &parser, this);
    return std::move(stack_.front());
  }

 private:
  static MarkdownReader& of(void* self) { return *static_cast<MarkdownReader*>(self); }

  int enter(MD_BLOCKTYPE type, void* detail) {
    switch (type) {
      case MD_BLOCK_UL:
      case MD_BLOCK_OL:
        flush_paragraph();
        lists_.push_back({type == MD_BLOCK_OL, {}});
        break;
      case MD_BLOCK_QUOTE:
        flush_paragraph();
        stack_.emplace_back();
        break;
      case MD_BLOCK_LI:
        stack_.emplace_back();
        break;
      case MD_BLOCK_TABLE:
        table_ = Table{};
        break;
      case MD_BLOCK_TR:
        table_.rows.emplace_back();
        break;
      case MD_BLOCK_TH:
        add_column(*static_cast<MD_BLOCK_TD_DETAIL*>(detail));
        break;
      case MD_BLOCK_HR:
        unsupported("rule");
        break;
      case MD_BLOCK_CODE:
        unsupported("code");
        break;
      default:
        break;
    }
    return 0;
  }

  int leave(MD_BLOCKTYPE type, void* detail) {
    switch (type) {
      case MD_BLOCK_P:
        flush_paragraph();
        break;
      case MD_BLOCK_H:
        add_heading(static_cast<MD_BLOCK_H_DETAIL*>(detail)->level);
        break;
      case MD_BLOCK_LI: {
        flush_paragraph();
        lists_.back().items.push_back(take_container());
        break;
      }
      case MD_BLOCK_UL:
      case MD_BLOCK_OL:
        add({std::move(lists_.back())});
        lists_.pop_back();
        break;
      case MD_BLOCK_QUOTE: {
        Note note{take_container()};
        add({std::move(note)});
        break;
      }
      case MD_BLOCK_TH:
        name_column();
        break;
      case MD_BLOCK_TD:
        table_.rows.back().cells.push_back({take_runs()});
        break;
      case MD_BLOCK_THEAD:
        table_.rows.clear();
        break;
      case MD_BLOCK_TABLE:
        add({std::move(table_)});
        break;
      case MD_BLOCK_CODE:
        runs_.clear();
        break;
      default:
        break;
    }
    return 0;
  }

  int span(MD_SPANTYPE type, void* detail, bool enters) {
    if (type == MD_SPAN_STRONG) bold_ += enters ? 1 : -1;
    if (type == MD_SPAN_EM) italic_ += enters ? 1 : -1;
    if (type == MD_SPAN_IMG && enters) unsupported("image");
    if (type != MD_SPAN_A) return 0;
    const auto& link = *static_cast<MD_SPAN_A_DETAIL*>(detail);
    const std::string target = shop_.plain(attribute(link.href));
    if (target != kFootnote) link_ = enters ? target : "";
    if (!enters && target.starts_with('#')) shop_.expansion.links.push_back({target.substr(1), place_});
    if (target == kFootnote && !enters && !runs_.empty()) runs_.back().footnote = shop_.plain(attribute(link.title));
    return 0;
  }

  int text(MD_TEXTTYPE type, std::string_view piece) {
    remember_line(piece);
    switch (type) {
      case MD_TEXT_BR:
        add_run("\u2028", "");
        break;
      case MD_TEXT_SOFTBR:
        add_run(" ", "");
        break;
      case MD_TEXT_ENTITY:
        add_run(decoded_entity(piece), "");
        break;
      case MD_TEXT_NULLCHAR:
        break;
      default:
        add_text(piece);
    }
    return 0;
  }

  /// Text with marks of values in it.
  void add_text(std::string_view piece) {
    while (const auto found = find_mark(kValueMark, piece)) {
      add_run(std::string(piece.substr(0, found->begin)), "");
      const Inserted& value = shop_.expansion.values[found->number];
      add_run(value.text, value.footnote);
      piece.remove_prefix(found->end);
    }
    add_run(std::string(piece), "");
  }

  void add_run(std::string piece, std::string footnote) {
    if (piece.empty()) return;
    const bool same = !runs_.empty() && runs_.back().bold == (bold_ > 0) && runs_.back().italic == (italic_ > 0) &&
                      runs_.back().link == link_ && runs_.back().footnote.empty() && footnote.empty();
    if (same)
      runs_.back().text += piece;
    else
      runs_.push_back({std::move(piece), bold_ > 0, italic_ > 0, link_, std::move(footnote)});
  }

  Runs take_runs() {
    Runs runs = std::move(runs_);
    runs_.clear();
    return runs;
  }

  Blocks take_container() {
    Blocks blocks = std::move(stack_.back());
    stack_.pop_back();
    return blocks;
  }

  void add(Block block) { stack_.back().push_back(std::move(block)); }

  /// A paragraph that only an empty value has left is no paragraph.
  void flush_paragraph() {
    const bool blank = std::all_of(runs_.begin(), runs_.end(), [](const Run& run) { return trim(run.text).empty(); });
    if (!blank) add({Paragraph{take_runs()}});
    runs_.clear();
  }

  void add_heading(unsigned level) {
    Heading heading{static_cast<int>(level), take_runs(), "", shop_.numbered_headings};
    take_heading_marks(heading);
    add({std::move(heading)});
  }

  void add_column(const MD_BLOCK_TD_DETAIL& detail) {
    table_.columns.emplace_back();
    if (detail.align == MD_ALIGN_RIGHT) table_.columns.back().kind = ColumnKind::number;
  }

  void name_column() {
    for (const Run& run : runs_) table_.columns.back().head += run.text;
    runs_.clear();
  }

  /// Rules, images and inner blocks come before any text of theirs: their line is looked for after the last text.
  void unsupported(std::string_view what) {
    std::size_t at = line_;
    while (at < lines_.size() && !shows(what, lines_[at].text)) ++at;
    const Source place = at < lines_.size() ? lines_[at].at : place_;
    report(shop_.out, shop_.set, place, "template-markdown", {{"what", std::string(what)}});
  }

  /// md4c tells no lines, but its texts are pieces of ours and come in order.
  void remember_line(std::string_view piece) {
    const char* begin = text_.data();
    if (piece.data() < begin + offset_ || piece.data() >= begin + text_.size()) return;
    const std::size_t offset = static_cast<std::size_t>(piece.data() - begin);
    const auto at = [&](std::size_t o) { return text_.begin() + static_cast<std::ptrdiff_t>(o); };
    line_ += static_cast<std::size_t>(std::count(at(offset_), at(offset), '\n'));
    offset_ = offset;
    place_ = lines_[line_].at;
  }

  const std::vector<Line>& lines_;
  const Workshop& shop_;
  std::string text_;
  Source place_ = lines_.empty() ? Source{} : lines_.front().at;
  std::size_t offset_ = 0, line_ = 0;  ///< Of the last text.
  std::vector<Blocks> stack_;
  std::vector<ListBlock> lists_;
  Table table_;
  Runs runs_;
  std::string link_;
  int bold_ = 0, italic_ = 0;
};

}  // namespace

Blocks blocks_of_markdown(const std::vector<Line>& lines, const Workshop& shop) {
  return MarkdownReader(lines, shop).read();
}

Runs runs_of_markdown(const std::string& text, Source at, const Workshop& shop) {
  if (text.empty()) return {};
  const Blocks blocks = blocks_of_markdown({{text, at}}, shop);
  const auto* paragraph = blocks.size() == 1 ? std::get_if<Paragraph>(&blocks[0].is) : nullptr;
  return paragraph != nullptr ? paragraph->runs : Runs{{shop.plain(text)}};
}

}  // namespace kaskad::reports
