#include "reports/template/tag_scanner.hpp"

#include <algorithm>

#include "engine/base/text.hpp"
#include "reports/template/marks.hpp"

namespace kaskad::reports {
namespace {

constexpr std::string_view kSigils = "#^/>!=&{";

std::string_view line_from(std::string_view text, std::size_t position) {
  return text.substr(position, text.find('\n', position) - position);
}

bool is_name(std::string_view name) {
  if (name.empty()) return false;
  return std::none_of(name.begin(), name.end(), [](char c) {
    return c == ' ' || c == '\t' || c == '\n' || std::string_view("{}#^>!=&\"'").find(c) != std::string_view::npos;
  });
}

std::string partial_file(const std::string& name) { return name.ends_with(".md") ? name : name + ".md"; }

}  // namespace

bool opens_named_fence(std::string_view line) {
  const std::size_t indent = std::min(line.find_first_not_of(' '), line.size());
  line.remove_prefix(indent);
  if (indent > 3 || line.empty() || (line[0] != '`' && line[0] != '~')) return false;
  const std::size_t length = std::min(line.find_first_not_of(line[0]), line.size());
  return length >= 3 && !trim(line.substr(length)).empty();
}

ParsedTemplate TagScanner::run() {
  start_line();
  while (position_ < text_.size()) {
    if (text_.substr(position_).starts_with("{{")) {
      scan_tag();
    } else if (text_[position_] == '\n') {
      end_line();
    } else {
      result_.text += text_[position_++];
    }
  }
  if (opens_block_) end_line();
  close_all();
  return std::move(result_);
}

void TagScanner::start_line() {
  const std::string_view line = line_from(text_, position_);
  opens_block_ = opens_named_fence(line);
  if (!trim(line).empty()) {
    result_.text += mark(kFileMark, at_.file) + mark(kLineMark, static_cast<std::size_t>(at_.line));
  }
}

void TagScanner::end_line() {
  if (opens_block_) result_.text += "{{" + std::to_string(add(TagKind::scope, "")) + "}}";
  opens_block_ = false;
  if (position_ >= text_.size()) return;
  result_.text += '\n';
  position_ += 1;
  at_.line += 1;
  start_line();
}

void TagScanner::scan_tag() {
  const bool triple = text_.substr(position_).starts_with("{{{");
  const std::size_t begin = position_ + (triple ? 3 : 2);
  const std::string_view close = triple ? "}}}" : "}}";
  const std::size_t end = text_.find(close, begin);
  if (end == text_.npos) {
    fail(at_, "template-tag-open", {{"tag", std::string(line_from(text_, position_))}});
    position_ = text_.size();
    return;
  }
  std::string_view body = trim(text_.substr(begin, end - begin));
  const char sigil = triple ? '{' : !body.empty() && kSigils.find(body[0]) != kSigils.npos ? body[0] : ' ';
  if (!triple && sigil != ' ') body = trim(body.substr(1));
  if (sigil == '!') return skip_comment(end + 2);
  add_tag(sigil, std::string(body));
  advance_to(end + close.size());
}

/// A comment that has its lines to itself goes with its line feed.
void TagScanner::skip_comment(std::size_t end) {
  const std::size_t line_start = position_ == 0 ? 0 : text_.rfind('\n', position_ - 1) + 1;
  const bool alone =
      trim(text_.substr(line_start, position_ - line_start)).empty() && trim(line_from(text_, end)).empty();
  advance_to(end);
  if (!alone || position_ >= text_.size()) return;
  advance_to(text_.find('\n', position_) == text_.npos ? text_.size() : text_.find('\n', position_) + 1);
  start_line();
}

void TagScanner::add_tag(char sigil, std::string name) {
  if (sigil == '=') return fail(at_, "template-tag-unsupported", {{"tag", "{{" + name + "}}"}});
  if (!is_name(name)) return fail(at_, "template-tag-name", {{"tag", name}});
  if (sigil == '#' || sigil == '^') return open_section(sigil, std::move(name));
  if (sigil == '/') return close_section(name);
  const bool partial = sigil == '>';
  const TagKind kind = partial ? TagKind::partial : sigil == ' ' ? TagKind::variable : TagKind::raw;
  const std::size_t id = add(kind, partial ? partial_file(name) : std::move(name));
  result_.text += (partial ? "{{>" : "{{") + std::to_string(id) + "}}";
}

void TagScanner::open_section(char sigil, std::string name) {
  const std::size_t id = add(sigil == '#' ? TagKind::section : TagKind::inverted, std::move(name));
  result_.text += "{{" + std::string(1, sigil) + std::to_string(id) + "}}";
  TagNode node = std::move(siblings().back());
  siblings().pop_back();
  open_.push_back({std::move(node), at_});
}

void TagScanner::close_section(const std::string& name) {
  const auto found =
      std::find_if(open_.rbegin(), open_.rend(), [&](const Open& o) { return set_.tag(o.node.tag).name == name; });
  if (found == open_.rend()) return fail(at_, "template-section-close", {{"name", name}});
  if (found != open_.rbegin()) {
    const Tag& inner = set_.tag(open_.back().node.tag);
    fail(at_, "template-section-crossed",
         {{"name", name}, {"open", inner.name}, {"line", std::int64_t{inner.at.line}}});
    open_.erase(std::next(found).base());  // One mistake, one message.
    return;
  }
  result_.text += "{{/" + std::to_string(open_.back().node.tag) + "}}";
  TagNode node = std::move(open_.back().node);
  open_.pop_back();
  siblings().push_back(std::move(node));
}

void TagScanner::close_all() {
  for (const Open& section : open_) {
    fail(section.at, "template-section-open", {{"name", set_.tag(section.node.tag).name}});
  }
}

std::size_t TagScanner::add(TagKind kind, std::string name) {
  const std::size_t id = set_.tags_.size();
  set_.tags_.push_back({kind, std::move(name), at_});
  siblings().push_back({id, {}});
  return id;
}

std::vector<TagNode>& TagScanner::siblings() { return open_.empty() ? result_.tags : open_.back().node.inside; }

void TagScanner::advance_to(std::size_t position) {
  at_.line += static_cast<int>(std::count(text_.begin() + static_cast<std::ptrdiff_t>(position_),
                                          text_.begin() + static_cast<std::ptrdiff_t>(position), '\n'));
  position_ = position;
}

void TagScanner::fail(Source at, std::string code, Args args) {
  report(out_, set_, at, std::move(code), std::move(args));
  set_.set_broken();
}

}  // namespace kaskad::reports
