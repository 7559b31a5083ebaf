// The kinds of report: whose data each is made of, its template, what it is called on the disk. One row a kind.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reports/schema/schema.hpp"

namespace kaskad::app {

enum class ReportKind : std::uint8_t {
  annual,
  brief,
  list,
  effect,
  quality,
  municipal,
  passport,
  workbook,
  municipal_workbook,
  estimates,
  diagnostics
};

using reports::DataTree;

/// What makes the file: a template of a document or of a workbook; a listing has none.
enum class ReportForm : std::uint8_t { document, workbook, listing };

struct ReportKindRow {
  ReportKind kind;
  std::string_view id;
  /// Whose data it is made of: one report for the region, or one a municipality, one a school. None: of a listing.
  std::optional<DataTree> tree;
  ReportForm form;
  std::string_view template_name;  ///< The shipped one; empty for listings.
  std::string_view file;           ///< Where the project does not say.
  std::string_view merged;         ///< The print file of all its documents, where there are many.
  bool needs_groups;               ///< Says nothing where the project has no groups.
};

/// In the order in which a project without [[report]] makes them.
inline constexpr std::array<ReportKindRow, 11> kReportKinds = {{
    {ReportKind::annual, "annual", DataTree::region, ReportForm::document, "annual.md", "annual.pdf", "", false},
    {ReportKind::brief, "brief", DataTree::region, ReportForm::document, "brief.md", "brief.pdf", "", false},
    {ReportKind::list, "list", DataTree::region, ReportForm::document, "list.md", "list.pdf", "", true},
    {ReportKind::effect, "effect", DataTree::region, ReportForm::document, "effect.md", "effect.pdf", "", true},
    {ReportKind::quality, "quality", DataTree::region, ReportForm::document, "quality.md", "quality.pdf", "", false},
    {ReportKind::municipal, "municipal", DataTree::municipality, ReportForm::document, "municipal.md",
     "municipalities/{municipality}.pdf", "municipalities.pdf", false},
    {ReportKind::passport, "passport", DataTree::school, ReportForm::document, "passport.md", "passports/{school}.pdf",
     "passports.pdf", false},
    {ReportKind::workbook, "workbook", DataTree::region, ReportForm::workbook, "workbook.toml", "workbook.xlsx", "",
     false},
    {ReportKind::municipal_workbook, "municipal_workbook", DataTree::municipality, ReportForm::workbook,
     "municipal_workbook.toml", "municipalities/{municipality}.xlsx", "", false},
    {ReportKind::estimates, "estimates", std::nullopt, ReportForm::listing, "", "estimates.csv", "", false},
    {ReportKind::diagnostics, "diagnostics", std::nullopt, ReportForm::listing, "", "diagnostics.json", "", false},
}};

constexpr const ReportKindRow& row_of(ReportKind kind) { return kReportKinds[static_cast<std::size_t>(kind)]; }
const ReportKindRow* find_kind(std::string_view id);
std::vector<std::string> kind_names();

/// What the bytes of a file are; its extension says it.
enum class FileFormat : std::uint8_t { pdf, html, json, xlsx, csv };
inline constexpr std::array<std::string_view, 5> kFormatExtensions = {".pdf", ".html", ".json", ".xlsx", ".csv"};

/// The format of a report of this kind in a file of this name; nothing when the kind has no such format.
std::optional<FileFormat> format_of(const ReportKindRow& kind, std::string_view file);
/// ".pdf, .html, .json": what the kind can be.
std::string extensions_of(const ReportKindRow& kind);

/// A part of a file name that the data fill in.
struct FileMark {
  std::string_view mark;  ///< With its braces.
  DataTree tree;          ///< The reports that know it, and those of smaller entities.
  bool tells_apart;       ///< Two documents of one report can only be told apart by such a mark.
};
inline constexpr std::array<FileMark, 4> kFileMarks = {{{"{school}", DataTree::school, true},
                                                        {"{school.name}", DataTree::school, true},
                                                        {"{municipality}", DataTree::municipality, true},
                                                        {"{year}", DataTree::region, false}}};

/// Marks that the file names of a kind may hold: a passport's also its municipality.
std::vector<std::string> marks_of(const ReportKindRow& kind);
/// The mark that the file names of a kind must hold, or another that tells its documents apart; empty when it makes one
/// document.
std::string_view mark_of(const ReportKindRow& kind);
/// The {…} of a file name, with their braces.
std::vector<std::string> marks_in(std::string_view file);

/// One [[report]] of a project.
struct ReportSpec {
  ReportKind kind = ReportKind::annual;
  FileFormat format = FileFormat::pdf;
  std::string file;           ///< Under the output folder; with marks.
  std::string template_name;  ///< As the project writes it; empty = the shipped one.
  std::string merged;         ///< The print file of all documents, under the output folder; empty = none.
  bool attach = false;        ///< The figures behind a PDF or an HTML page go with it, as CSV.

  const ReportKindRow& row() const { return row_of(kind); }
};

/// A report of the kind with everything as the table has it.
ReportSpec default_report(const ReportKindRow& kind);

}  // namespace kaskad::app
