#include <algorithm>
#include <array>
#include <charconv>
#include <numeric>

#include "engine/base/text.hpp"
#include "reports/template/builder.hpp"

namespace kaskad::reports {
namespace {

Blocks build_title(const BlockJob& job) {
  TitlePage page;
  page.organisation = job.plain("organisation");
  page.title = job.plain("title");
  page.subtitle = job.plain("subtitle");
  for (const ConfigNode* node : job.reader.tables("facts")) {
    ConfigReader fact(*node, job.reader.file(), "facts", job.reader.diagnostics());
    page.facts.emplace_back(job.plain_text(fact.required_text("name")), job.plain_text(fact.required_text("value")));
    fact.finish();
  }
  page.date_line = job.plain("date_line");
  page.version_line = job.plain("version_line");
  return {{std::move(page)}};
}

Blocks build_masthead(const BlockJob& job) {
  Masthead head{job.plain("kicker"), job.plain("title"), {}};
  for (const std::string& fact : job.reader.texts("facts")) {
    std::string text = job.plain_text(fact);
    if (!trim(text).empty()) head.facts.push_back(std::move(text));
  }
  return {{std::move(head)}};
}

Blocks build_toc(const BlockJob& job) {
  return {{Toc{job.plain("title"), static_cast<int>(job.reader.integer("depth", 2))}}};
}

Blocks build_page(const BlockJob& job) { return {{PageBreak{job.reader.boolean("landscape", false)}}}; }

/// A block whose body is Markdown.
Blocks build_note(const Fence& fence, const Workshop& shop) { return {{Note{build(fence.body, shop, true)}}}; }

Blocks build_lead(const Fence& fence, const Workshop& shop) {
  Blocks blocks = build(fence.body, shop, true);
  for (Block& block : blocks) {
    if (auto* paragraph = std::get_if<Paragraph>(&block.is)) paragraph->lead = true;
  }
  return blocks;
}

std::vector<double> numbers_in(std::string_view text) {
  std::vector<double> numbers;
  while (!(text = trim(text)).empty()) {
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || number <= 0) return {};
    numbers.push_back(number);
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  }
  return numbers;
}

std::vector<double> shares(std::vector<double> widths, std::size_t columns) {
  if (widths.empty()) widths.assign(columns, 1);
  const double sum = std::accumulate(widths.begin(), widths.end(), 0.0);
  for (double& width : widths) width /= sum;
  return widths;
}

bool separates_columns(std::string_view line) {
  line = trim(line);
  return line.size() >= 3 && line.find_first_not_of('=') == line.npos;
}

Blocks build_columns(const Fence& fence, const Workshop& shop) {
  std::vector<std::vector<Line>> parts(1);
  for (const Line& line : fence.body) {
    if (separates_columns(line.text))
      parts.emplace_back();
    else
      parts.back().push_back(line);
  }
  const std::vector<double> widths = numbers_in(shop.plain(fence.info));
  if (widths.size() != parts.size() && !fence.info.empty()) {
    report(shop.out, shop.set, fence.at, "template-widths",
           {{"columns", static_cast<std::int64_t>(parts.size())}, {"widths", shop.plain(fence.info)}});
    return {};
  }
  Columns columns;
  columns.widths = shares(widths, parts.size());
  for (const auto& part : parts) columns.columns.push_back(build(part, shop, true));
  return {{std::move(columns)}};
}

constexpr std::size_t kFewestInRow = 2, kMostInRow = 4;

/// Blocks side by side, so many in a row; those of the last row are as wide as the others.
Blocks build_grid(const Fence& fence, const Workshop& shop) {
  const std::string info = shop.plain(fence.info);
  const std::vector<double> numbers = numbers_in(info.empty() ? std::to_string(kFewestInRow) : info);
  const double wanted = numbers.size() == 1 ? numbers.front() : 0;
  const auto in_row = static_cast<std::size_t>(wanted);
  if (in_row < kFewestInRow || in_row > kMostInRow || static_cast<double>(in_row) != wanted) {
    report(shop.out, shop.set, fence.at, "template-grid",
           {{"wanted", info},
            {"least", static_cast<std::int64_t>(kFewestInRow)},
            {"most", static_cast<std::int64_t>(kMostInRow)}});
    return {};
  }
  Blocks rows;
  std::size_t at = 0;
  for (Block& block : build(fence.body, shop, true)) {
    if (at % in_row == 0) rows.push_back({Columns{std::vector<Blocks>(in_row), shares({}, in_row)}});
    std::get<Columns>(rows.back().is).columns[at % in_row].push_back(std::move(block));
    ++at;
  }
  return rows;
}

using FromSettings = Blocks (*)(const BlockJob&);
using FromMarkdown = Blocks (*)(const Fence&, const Workshop&);
struct BlockKind {
  std::string_view name;
  bool anywhere;  ///< Also inside notes and columns.
  FromSettings settings;
  FromMarkdown markdown;
};

/// A new kind of block is a row here.
constexpr std::array<BlockKind, 11> kKinds = {{
    {"title", false, build_title, nullptr},
    {"masthead", false, build_masthead, nullptr},
    {"toc", false, build_toc, nullptr},
    {"page", false, build_page, nullptr},
    {"cards", true, build_cards, nullptr},
    {"table", true, build_table, nullptr},
    {"chart", true, build_chart, nullptr},
    {"note", true, nullptr, build_note},
    {"lead", true, nullptr, build_lead},
    {"columns", false, nullptr, build_columns},
    {"grid", false, nullptr, build_grid},
}};

std::vector<std::string> kind_names() {
  std::vector<std::string> names;
  for (const BlockKind& kind : kKinds) names.emplace_back(kind.name);
  return names;
}

/// A block that came out of inserted text sees the report's data.
const Scope& scope_of(const Fence& fence, const Workshop& shop) {
  return fence.scope == kNoScope ? shop.root : shop.expansion.scopes[fence.scope];
}

Blocks build_from_settings(const BlockKind& kind, const Fence& fence, const Workshop& shop) {
  std::string toml;
  for (const Line& line : fence.body) toml += line.text + "\n";
  ParsedConfig parsed = parse_config(toml, "");
  Diagnostics found = std::move(parsed.diagnostics);
  Blocks blocks;
  if (found.empty()) {
    ConfigReader reader(parsed.root, "", "", found);
    blocks = kind.settings({fence, shop, scope_of(fence, shop), reader});
    reader.finish();
  }
  move_to_template(found, fence.body, fence.at, shop.set, shop.out);
  return blocks;
}

Blocks build_fence(const Fence& fence, const Workshop& shop, bool nested) {
  const auto kind =
      std::find_if(kKinds.begin(), kKinds.end(), [&](const BlockKind& k) { return k.name == fence.name; });
  if (kind == kKinds.end()) {
    report(shop.out, shop.set, fence.at, "template-unknown-block",
           {{"name", shop.plain(fence.name)}, {"nearest", nearest(fence.name, kind_names()).value_or("none")}});
    return {};
  }
  if (nested && !kind->anywhere) {
    report(shop.out, shop.set, fence.at, "template-block-inside", {{"name", fence.name}});
    return {};
  }
  return kind->markdown != nullptr ? kind->markdown(fence, shop) : build_from_settings(*kind, fence, shop);
}

}  // namespace

Blocks build(const std::vector<Line>& lines, const Workshop& shop, bool nested) {
  Blocks blocks;
  for (const Segment& segment : segments_of(lines, shop.set, shop.out)) {
    const auto* fence = std::get_if<Fence>(&segment);
    Blocks more = fence != nullptr ? build_fence(*fence, shop, nested)
                                   : blocks_of_markdown(std::get<std::vector<Line>>(segment), shop);
    std::move(more.begin(), more.end(), std::back_inserter(blocks));
  }
  return blocks;
}

std::string BlockJob::plain(std::string_view key, std::string fallback) const {
  return shop.plain(reader.text(key, std::move(fallback)));
}

const Value* BlockJob::data(std::string_view key) const { return data(reader, key); }

const Value* BlockJob::data(ConfigReader& from, std::string_view key) const {
  if (!from.has(key)) {
    from.required_text(key);
    return nullptr;
  }
  const std::string path = shop.plain(from.text(key));
  if (from.raw(key)->text() == nullptr) return nullptr;
  const Found found = scope.find(path);
  if (!found.known) {
    from.report(key, "template-unknown-path", {{"path", path}, {"nearest", scope.nearest_to(path)}});
  } else if (found.part != QuantityPart::whole) {
    report_kind(from, key, path, "data");
    return nullptr;
  }
  return found.value;
}

const List* BlockJob::list(std::string_view key) const {
  const Value* value = data(key);
  if (value == nullptr) return nullptr;
  if (value->list() == nullptr) report_kind(reader, key, shop.plain(reader.text(key)), "list");
  return value->list();
}

const Object* BlockJob::object(std::string_view key) const {
  const Value* value = data(key);
  if (value == nullptr) return nullptr;
  if (value->object() == nullptr) report_kind(reader, key, shop.plain(reader.text(key)), "object");
  return value->object();
}

void report_kind(ConfigReader& reader, std::string_view key, std::string_view path, std::string_view wanted) {
  reader.report(key, "template-wrong-kind", {{"path", std::string(path)}, {"wanted", std::string(wanted)}});
}

}  // namespace kaskad::reports
