// Finds the Mustache tags of a text, checks their nesting, and rewrites the text for the library: names become numbers
// of tags, lines get their place, opening lines of blocks note the data in sight. Private to this room.
#pragma once

#include "reports/template/source.hpp"

namespace kaskad::reports {

class TagScanner {
 public:
  TagScanner(TemplateSet& set, Diagnostics& out, Source start, std::string_view text)
      : set_(set), out_(out), at_(start), text_(text) {}

  ParsedTemplate run();

 private:
  struct Open {
    TagNode node;
    Source at;
  };

  void start_line();
  void end_line();
  void scan_tag();
  void skip_comment(std::size_t end);
  void add_tag(char sigil, std::string name);
  void open_section(char sigil, std::string name);
  void close_section(const std::string& name);
  void close_all();
  std::size_t add(TagKind kind, std::string name);
  std::vector<TagNode>& siblings();
  void advance_to(std::size_t position);
  void fail(Source at, std::string code, Args args = {});

  TemplateSet& set_;
  Diagnostics& out_;
  Source at_;
  std::string_view text_;
  std::size_t position_ = 0;
  bool opens_block_ = false;
  ParsedTemplate result_;
  std::vector<Open> open_;
};

/// The line opens a fenced block that has a name: three or more ` or ~ after at most three spaces, then the name.
bool opens_named_fence(std::string_view line);

}  // namespace kaskad::reports
