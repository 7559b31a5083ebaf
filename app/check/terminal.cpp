#include "app/check/terminal.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace kaskad::app {
namespace {

constexpr std::size_t kShownMatches = 3;

std::int64_t total(const std::map<std::string, std::int64_t>& counts) {
  std::int64_t sum = 0;
  for (const auto& [code, n] : counts) sum += n;
  return sum;
}

/// «нет результата (отсутствовали) 12, заголовки и подписи 3»
std::string reasons(const std::map<std::string, std::int64_t>& counts, const std::string& group, const Texts& texts) {
  std::string out;
  for (const auto& [code, n] : counts) {
    const std::string key = group + "." + code;
    out += (out.empty() ? "" : ", ") + (texts.has(key) ? texts.get(key) : code) + " " + std::to_string(n);
  }
  return out;
}

std::string layout_text(const SourceLedger& s, const Texts& texts) {
  if (!s.layout.empty()) {
    const std::string key = "layout." + s.layout;
    return texts.get("check.layout", {{"layout", texts.has(key) ? texts.get(key) : s.layout},
                                      {"id", s.layout},
                                      {"forced", std::string(s.layout_is_forced ? "yes" : "no")},
                                      {"row", s.head_row}});
  }
  if (s.head_row == 0) return {};
  return texts.get("check.tidy", {{"row", s.head_row}, {"found", std::string(s.kind_is_found ? "kind" : "heads")}});
}

void add_line(std::string& out, const std::string& line) {
  if (!line.empty()) out += "    " + line + "\n";
}

std::string place_text(const Diagnostic& d) {
  std::string out = file_text(d.place.file, d.place.sheet);
  if (d.place.row > 0) out += ":" + std::to_string(d.place.row);
  if (d.place.column > 0) out += ":" + std::to_string(d.place.column);
  if (!d.place.field.empty()) out += " (" + d.place.field + ")";
  return out;
}

std::string kind_text(const RemarkKind& kind, const Texts& texts) {
  std::string out =
      texts.get("check.kind", {{"severity", texts.get("severity." + std::string(severity_name(kind.severity)))},
                               {"title", title_of(kind, texts)},
                               {"code", kind.code},
                               {"n", kind.n}}) +
      "\n";
  const std::size_t shown = std::min(kShownPlaces, kind.remarks.size());
  const std::string first_hint = kind.remarks.empty() ? "" : hint_of(kind.remarks.front()->diagnostic, texts);
  const bool one_hint = std::all_of(kind.remarks.begin(), kind.remarks.end(),
                                    [&](const Remark* r) { return hint_of(r->diagnostic, texts) == first_hint; });
  for (std::size_t i = 0; i < shown; ++i) {
    const Diagnostic& d = kind.remarks[i]->diagnostic;
    const std::string where = place_text(d);
    const std::string hint = one_hint ? "" : hint_of(d, texts);
    add_line(out, (where.empty() ? "" : where + ": ") + message_of(d, texts) + (hint.empty() ? "" : " " + hint));
  }
  const std::int64_t rest = kind.n - static_cast<std::int64_t>(shown);
  if (rest > 0) add_line(out, texts.get("check.more", {{"n", rest}}));
  if (one_hint && !first_hint.empty()) add_line(out, "→ " + first_hint);
  return out;
}

std::string returned_text(const Findings& findings, const Texts& texts) {
  std::string out;
  for (const ReturnedWorkbook& b : findings.returned()) {
    add_line(out, texts.get("check.returned_book", {{"workbook", b.workbook},
                                                    {"rows", b.rows()},
                                                    {"corrected", b.corrected},
                                                    {"withdrawn", b.withdrawn},
                                                    {"still_wrong", b.still_wrong},
                                                    {"unchanged", b.unchanged},
                                                    {"stale", b.stale}}));
  }
  return out.empty() ? out : texts.get("check.returned") + "\n" + out;
}

std::string books_text(const ReturnedBooks& books, const std::string& folder, const Texts& texts) {
  std::int64_t rows = 0, schools = 0;
  for (const WrittenBook& b : books.books) {
    rows += b.rows;
    schools += !b.school.empty();
  }
  const bool office = schools < static_cast<std::int64_t>(books.books.size());
  std::string out =
      texts.get("check.books",
                {{"n", schools}, {"folder", folder}, {"rows", rows}, {"office", std::string(office ? "yes" : "no")}});
  if (books.rows_left > 0) out += " " + texts.get("check.rows_left", {{"n", books.rows_left}});
  return out + "\n";
}

}  // namespace

std::string kinds_text(const Diagnostics& diagnostics, const Texts& texts) {
  constexpr std::string_view kUntold = "more-of-the-same";
  std::vector<Remark> remarks;
  std::map<std::string, std::int64_t> untold;
  for (const Diagnostic& d : diagnostics) {
    if (d.message.code == kUntold)
      untold[std::get<std::string>(d.message.args.at(0).second)] += std::get<std::int64_t>(d.message.args.at(1).second);
    else
      remarks.push_back({d, std::nullopt});
  }
  std::vector<RemarkKind> kinds = group_remarks(remarks);
  for (RemarkKind& kind : kinds) {
    const auto found = untold.find(kind.code);
    if (found != untold.end()) kind.n += std::exchange(found->second, 0);
  }
  sort_by_weight(kinds);
  std::string out;
  for (const RemarkKind& kind : kinds) out += kind_text(kind, texts);
  return out;
}

std::string source_text(const SourceFindings& source, const Texts& texts) {
  const SourceLedger& s = *source.ledger;
  std::string out = texts.get("check.source", {{"file", file_text(s.file, s.sheet)},
                                               {"kind", texts.get("source_kind." + s.kind)},
                                               {"read", s.read},
                                               {"counted", s.counted},
                                               {"rejected", total(s.rejected)},
                                               {"left_out", total(s.left_out)}}) +
                    "\n";
  add_line(out, layout_text(s, texts));
  const auto add = [&](const char* key, const std::string& list) {
    if (!list.empty()) add_line(out, texts.get(key, {{"list", list}}));
  };
  add("check.rejected", reasons(s.rejected, "ledger", texts));
  add("check.left_out", reasons(s.left_out, "ledger", texts));
  add("check.absorbed", reasons(s.absorbed, "dirt", texts));
  for (std::size_t i = 0; i < std::min(kShownMatches, source.matches.size()); ++i)
    add_line(out, message_of(*source.matches[i], texts));
  if (source.matches.size() > kShownMatches)
    add_line(out, texts.get("check.more_matches",
                            {{"n", static_cast<std::int64_t>(source.matches.size() - kShownMatches)}}));
  return out;
}

void write_terminal(const Findings& findings, const std::optional<ReturnedBooks>& books, const TerminalOptions& options,
                    const Texts& texts, const std::function<void(const std::string&)>& put) {
  for (const SourceFindings& source : findings.sources()) put(source_text(source, texts));
  if (!findings.sources().empty()) put("\n");
  if (options.all) {
    for (const Remark& r : findings.remarks()) put(texts.describe(r.diagnostic) + "\n");
    findings.overflow().read(put);
  } else {
    for (const RemarkKind& kind : findings.kinds()) put(kind_text(kind, texts));
  }
  if (!findings.kinds().empty()) put("\n");
  put(returned_text(findings, texts));
  if (books) put(books_text(*books, options.folder, texts));
  put(texts.get("check.total", {{"errors", findings.count(Severity::error)},
                                {"warnings", findings.count(Severity::warning)},
                                {"schools", static_cast<std::int64_t>(findings.data().registry.schools.size())},
                                {"cells", static_cast<std::int64_t>(findings.data().cube.size())}}) +
      "\n");
}

}  // namespace kaskad::app
