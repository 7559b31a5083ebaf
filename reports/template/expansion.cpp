#include "reports/template/expansion.hpp"

#include <charconv>
#include <kainjow/mustache.hpp>
#include <unordered_map>

#include "reports/template/marks.hpp"

namespace kaskad::reports {
namespace {

namespace mustache = kainjow::mustache;

std::size_t number_of(const std::string& name) {
  std::size_t id = 0;
  std::from_chars(name.data(), name.data() + name.size(), id);
  return id;
}

/// Answers the library's questions for tag numbers from our data. Nothing is copied: lists and objects are shown to it
/// as empty stand-ins whose addresses lead back to our values.
class TagContext : public mustache::basic_context<std::string> {
 public:
  TagContext(TemplateSet& set, const Value& data, const Wording& wording, Expansion& expansion)
      : set_(set), scope_(data), wording_(wording), expansion_(expansion) {}

  void push(const mustache::data* item) override {
    const auto known = values_.find(item);
    if (known == values_.end())
      scope_.push_same();  // Of an inverted section.
    else
      scope_.push(known->second);
  }
  void pop() override { scope_.pop(); }

  const mustache::data* get(const std::string& name) const override {
    const Tag& tag = set_.tag(number_of(name));
    if (tag.kind == TagKind::scope) return keep(mark(kScopeMark, note_scope()));
    const Found found = scope_.find(tag.name);
    if (tag.kind == TagKind::variable || tag.kind == TagKind::raw) return keep(inserted(found, tag));
    return expansion_.showing.by_data ? stand_in(found) : one_way(found, tag.kind == TagKind::inverted);
  }

  const mustache::data* get_partial(const std::string& name) const override {
    Diagnostics none;  // The check of names has read all partials.
    const ParsedTemplate* partial = set_.partial(set_.tag(number_of(name)).name, none);
    return partial == nullptr ? nullptr : keep(partial->text);
  }

 private:
  const mustache::data* keep(mustache::data data) const {
    kept_.push_back(std::move(data));
    return &kept_.back();
  }

  std::size_t note_scope() const {
    expansion_.scopes.push_back(scope_);
    return expansion_.scopes.size() - 1;
  }

  std::string inserted(const Found& found, const Tag& tag) const {
    std::optional<Inserted> text = text_of(found, wording_);
    if (!text || text->text.empty()) return "";
    if (found.value != nullptr) expansion_.own(owner_of(*found.value), set_.file_name(tag.at.file), tag.at.line);
    if (tag.kind == TagKind::raw)
      return found.value->text() != nullptr ? without_marks(*found.value->text()) : text->text;
    expansion_.values.push_back(std::move(*text));
    return mark(kValueMark, expansion_.values.size() - 1);
  }

  const mustache::data* shown_with(const Value* value) const {
    const mustache::data* shown = keep(mustache::data(true));
    values_[shown] = value;
    return shown;
  }

  /// A section of a template that is being checked. What is unknown is gone into as well: names in it cannot be judged.
  const mustache::data* one_way(const Found& found, bool inverted) const {
    const unsigned bit = 1U << (scope_.depth() % Showing::kDepths);
    if (inverted) expansion_.showing.met |= bit;
    const bool inverted_shown = (expansion_.showing.inverted & bit) != 0;
    if (inverted_shown || inverted) return keep(mustache::data(!inverted_shown));
    return found.truthy(wording_.format) ? stand_in(found) : shown_with(nullptr);
  }

  const mustache::data* stand_in(const Found& found) const {
    if (!found.truthy(wording_.format)) return keep(mustache::data(false));
    const List* list = found.part == QuantityPart::whole ? found.value->list() : nullptr;
    if (list == nullptr) return shown_with(found.value);
    const mustache::data* shown = keep(mustache::data(mustache::list(list->size(), mustache::data(true))));
    for (std::size_t i = 0; i < list->size(); ++i) values_[&shown->list_value()[i]] = &(*list)[i];
    return shown;
  }

  TemplateSet& set_;
  Scope scope_;
  const Wording& wording_;
  Expansion& expansion_;
  mutable std::deque<mustache::data> kept_;
  mutable std::unordered_map<const mustache::data*, const Value*> values_;
};

/// Takes the marks of place off; of several at the beginning the last one counts: a partial's line is its own.
bool take_place(Line& line) {
  bool marked = false;
  while (const auto file = take_mark(kFileMark, line.text)) {
    const auto number = take_mark(kLineMark, line.text);
    line.at = {*file, static_cast<int>(number.value_or(0))};
    marked = true;
  }
  return marked;
}

bool is_blank(const std::string& text) { return text.find_first_not_of(" \t") == std::string::npos; }

std::vector<Line> split_lines(const std::string& text) {
  std::vector<Line> lines;
  Source at;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    Line line{text.substr(begin, end - begin), at};
    const bool marked = take_place(line);
    line.scope = take_mark(kScopeMark, line.text).value_or(kNoScope);
    at = line.at;
    if (!(marked && is_blank(line.text))) lines.push_back(std::move(line));
    begin = end + 1;
  }
  return lines;
}

}  // namespace

std::vector<Line> expand(const ParsedTemplate& parsed, TemplateSet& set, const Value& data, const Wording& wording,
                         Expansion& expansion) {
  mustache::mustache renderer(parsed.text);
  renderer.set_custom_escape([](const std::string& text) { return text; });
  TagContext context(set, data, wording, expansion);
  return split_lines(renderer.render(context));
}

std::string with_values(std::string_view text, const Expansion& expansion) {
  std::string out;
  while (const auto found = find_mark(kValueMark, text)) {
    out.append(text.substr(0, found->begin));
    if (found->number < expansion.values.size()) out += expansion.values[found->number].text;
    text.remove_prefix(found->end);
  }
  return out.append(text);
}

}  // namespace kaskad::reports
