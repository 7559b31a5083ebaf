// A template's text before any data: its Mustache tags with their places, and the text handed to the Mustache library.
// Private to this room.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/diagnostic.hpp"
#include "reports/template/template.hpp"

namespace kaskad::reports {

/// A line of a template file; files are named by their place in TemplateSet.
struct Source {
  std::size_t file = 0;
  int line = 0;
};

/// `scope` is a mark of ours at the opening line of a fenced block: there the data in sight are noted for the block's
/// paths.
enum class TagKind { variable, raw, section, inverted, partial, scope };
struct Tag {
  TagKind kind = TagKind::variable;
  std::string name;  ///< Dotted path; of partials the file's name.
  Source at;
};

/// A tag and what stands between its opening and its closing.
struct TagNode {
  std::size_t tag = 0;
  std::vector<TagNode> inside;
};

/// `text` is Mustache whose names are numbers of tags and whose lines begin with marks of their place (marks.hpp).
struct ParsedTemplate {
  std::string text;
  std::vector<TagNode> tags;
};

/// The files of one document, each read and parsed once.
class TemplateSet {
 public:
  explicit TemplateSet(const TemplateFiles& files) : files_(files) {}

  /// The text of a file with line feeds only, without a byte order mark and our marks. Null when there is no such file
  /// or it is not UTF-8 (then reported).
  const std::string* read(const std::string& name, Diagnostics& out);
  /// Parses `text`, a part of the file that starts at `first_line`. Structural defects are reported, and then `broken`.
  ParsedTemplate parse(const std::string& file, std::string_view text, int first_line, Diagnostics& out);
  /// A whole file, for partials; null when there is none.
  const ParsedTemplate* partial(const std::string& name, Diagnostics& out);

  const Tag& tag(std::size_t id) const { return tags_[id]; }
  std::size_t tag_count() const { return tags_.size(); }
  const std::string& file_name(std::size_t file) const { return names_[file]; }
  bool broken() const { return broken_; }
  void set_broken() { broken_ = true; }

 private:
  friend class TagScanner;
  std::size_t index_of(const std::string& file);

  const TemplateFiles& files_;
  std::vector<std::string> names_;
  std::vector<Tag> tags_;
  std::map<std::string, std::string> texts_;
  std::map<std::string, ParsedTemplate> partials_;
  bool broken_ = false;
};

void report(Diagnostics& out, const TemplateSet& set, Source at, std::string code, Args args = {});

}  // namespace kaskad::reports
