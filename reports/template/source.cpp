#include "reports/template/source.hpp"

#include <algorithm>

#include "engine/base/text.hpp"
#include "reports/template/marks.hpp"
#include "reports/template/tag_scanner.hpp"

namespace kaskad::reports {
namespace {

std::string with_line_feeds(std::string text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r')
      out += text[i];
    else if (i + 1 == text.size() || text[i + 1] != '\n')
      out += '\n';
  }
  return without_marks(out);
}

int line_at(std::string_view text, std::size_t offset) {
  return 1 + static_cast<int>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(offset), '\n'));
}

}  // namespace

void report(Diagnostics& out, const TemplateSet& set, Source at, std::string code, Args args) {
  Diagnostic d;
  d.place.file = set.file_name(at.file);
  d.place.row = at.line;
  d.message = {std::move(code), std::move(args)};
  out.push_back(std::move(d));
}

std::size_t TemplateSet::index_of(const std::string& file) {
  const auto found = std::find(names_.begin(), names_.end(), file);
  if (found != names_.end()) return static_cast<std::size_t>(found - names_.begin());
  names_.push_back(file);
  return names_.size() - 1;
}

const std::string* TemplateSet::read(const std::string& name, Diagnostics& out) {
  if (const auto known = texts_.find(name); known != texts_.end()) return &known->second;
  const std::optional<std::string> text = files_(name);
  if (!text) return nullptr;
  if (const auto bad = first_invalid_utf8(*text)) {
    report(out, *this, {index_of(name), line_at(*text, *bad)}, "template-not-utf8");
    set_broken();
    return nullptr;
  }
  return &texts_.emplace(name, with_line_feeds(*text)).first->second;
}

ParsedTemplate TemplateSet::parse(const std::string& file, std::string_view text, int first_line, Diagnostics& out) {
  return TagScanner(*this, out, {index_of(file), first_line}, text).run();
}

const ParsedTemplate* TemplateSet::partial(const std::string& name, Diagnostics& out) {
  if (const auto known = partials_.find(name); known != partials_.end()) return &known->second;
  const std::string* text = read(name, out);
  if (text == nullptr) return nullptr;
  const bool ends_line = text->ends_with('\n');  // The line of the tag has its own end.
  const std::string_view body = std::string_view(*text).substr(0, text->size() - (ends_line ? 1 : 0));
  return &partials_.emplace(name, parse(name, body, 1, out)).first->second;
}

}  // namespace kaskad::reports
