// From expanded lines to blocks of the document: Markdown between fenced blocks, and the blocks by their kind. Private
// to this room.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "engine/base/config.hpp"
#include "reports/template/expansion.hpp"

namespace kaskad::reports {

/// A fenced block: ```name info, lines, ```.
struct Fence {
  std::string name;
  std::string info;  ///< After the name.
  Source at;
  std::size_t scope = kNoScope;
  std::vector<Line> body;
};
using Segment = std::variant<std::vector<Line>, Fence>;

/// Cuts lines into Markdown and fenced blocks, which begin at most three spaces from the left.
std::vector<Segment> segments_of(const std::vector<Line>& lines, TemplateSet& set, Diagnostics& out);

/// What every builder of blocks needs.
struct Workshop {
  TemplateSet& set;
  Expansion& expansion;
  const Scope& root;
  const Wording& wording;
  Diagnostics& out;
  bool numbered_headings = false;

  std::string plain(std::string_view text) const { return with_values(text, expansion); }
  /// A text of the data goes into the document at a place of the template.
  void own(const Value& text, Source at) const { expansion.own(text.owner, set.file_name(at.file), at.line); }
};

/// Diagnostics of settings, whose rows count lines of `lines`, go to where those lines stand in the template; `whole`
/// is the place of those that have no line.
void move_to_template(Diagnostics& found, const std::vector<Line>& lines, Source whole, const TemplateSet& set,
                      Diagnostics& out);

/// `nested`: inside a note or a column, where blocks of whole pages have no place.
Blocks build(const std::vector<Line>& lines, const Workshop& shop, bool nested);

Blocks blocks_of_markdown(const std::vector<Line>& lines, const Workshop& shop);
/// A text on one line with emphasis, links and footnotes.
Runs runs_of_markdown(const std::string& text, Source at, const Workshop& shop);

/// One fenced block being built from its settings (TOML). Defects go to `out` with lines of the body and are moved to
/// the lines of the template at the end.
struct BlockJob {
  const Fence& fence;
  const Workshop& shop;
  const Scope& scope;
  ConfigReader& reader;

  /// A text setting with its values put in.
  std::string plain(std::string_view key, std::string fallback = {}) const;
  std::string plain_text(const std::string& text) const { return shop.plain(text); }
  /// The data that a path setting names, looked for from the block's place outwards; a wrong path is reported.
  const Value* data(std::string_view key) const;
  const Value* data(ConfigReader& from, std::string_view key) const;
  const List* list(std::string_view key) const;
  const Object* object(std::string_view key) const;
};

void report_kind(ConfigReader& reader, std::string_view key, std::string_view path, std::string_view wanted);

Blocks build_table(const BlockJob& job);
Blocks build_cards(const BlockJob& job);
Blocks build_chart(const BlockJob& job);

}  // namespace kaskad::reports
