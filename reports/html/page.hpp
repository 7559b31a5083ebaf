// What the parts of the page share while it is written: the text so far, numbers, ids, footnotes. Private to this room.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "reports/document/document.hpp"

namespace kaskad::reports::html {

/// UTF-8 that XML may hold: what is no character becomes U+FFFD or is left out.
std::string valid(std::string_view text);

/// For texts and for attributes in double quotes; what XML forbids is left out, U+2028 becomes a space.
std::string escaped(std::string_view text);

std::string plain_text(const Runs& runs);

/// Headings in the order of the document, with their numbers and the ids that links lead to.
struct OutlineEntry {
  int level = 1;
  std::string number;  ///< "2.1"; empty without.
  std::string id;
  std::string text;
};
std::vector<OutlineEntry> outline_of(const Document& document);

using Attributes = std::vector<std::pair<std::string_view, std::string>>;

class Page {
 public:
  explicit Page(const Document& of)
      : document(of), format(of.language), outline(outline_of(of)), heading_shift_(shift_of(of)) {}

  void raw(std::string_view html) { text_ += html; }
  /// Words that belong together do not part at the end of a line, nor do the years of «2022–2023».
  void text(std::string_view text);
  /// A number of a cell, which never breaks.
  void number(std::string_view text) { text_ += escaped(text); }
  /// Attributes with empty values are left out.
  void open(std::string_view tag, const Attributes& attributes = {});
  void close(std::string_view tag);
  void line_end() { text_ += '\n'; }
  void element(std::string_view tag, std::string_view content, const Attributes& attributes = {});
  /// An element and a line end, when there is content.
  void optional_element(std::string_view tag, std::string_view content, const Attributes& attributes = {});

  void runs(const Runs& runs);
  /// The mark of a footnote; equal footnotes share one.
  void footnote_mark(const std::string& note);
  const std::vector<std::string>& footnotes() const { return footnotes_; }

  /// "fig" → "fig-1", "fig-2", …
  std::string new_id(const std::string& stem) { return stem + "-" + std::to_string(++ids_[stem]); }
  int next_number(const std::string& of) { return ++numbers_[of]; }
  /// A page has one <h1>: its first title. Headings come below it.
  int heading_shift() const { return heading_shift_; }
  void title(std::string_view text) {
    if (text.empty()) return;
    optional_element(titled_ ? "h2" : "h1", text);
    titled_ = true;
  }
  std::string take() { return std::move(text_); }

  const Document& document;
  const NumberFormat format;
  const std::vector<OutlineEntry> outline;
  std::size_t headings = 0;  ///< How many have been written.

 private:
  static int shift_of(const Document& document);

  std::string text_;
  std::vector<std::string> footnotes_;
  std::map<std::string, int> ids_, numbers_;
  int heading_shift_;
  bool titled_ = false;
};

/// An element that is open while it lives.
class Open {
 public:
  Open(Page& page, std::string_view tag, const Attributes& attributes = {}) : page_(page), tag_(tag) {
    page.open(tag, attributes);
  }
  ~Open() { page_.close(tag_); }
  Open(const Open&) = delete;
  Open& operator=(const Open&) = delete;

 private:
  Page& page_;
  std::string_view tag_;
};

/// `share`: of the text's width that the blocks may take.
void write_blocks(Page& page, std::span<const Block> blocks, double share);
void write_table(Page& page, const Table& table);
/// `share`: of the text's width that the figure may take.
void write_figure(Page& page, const Figure& figure, double share);
void write_picture(Page& page, const Picture& picture, const std::string& description);

}  // namespace kaskad::reports::html
