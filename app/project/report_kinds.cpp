#include "app/project/report_kinds.hpp"

#include <algorithm>
#include <filesystem>

namespace kaskad::app {
namespace {

constexpr bool rows_stand_by_kind() {
  for (std::size_t i = 0; i < kReportKinds.size(); ++i) {
    if (kReportKinds[i].kind != static_cast<ReportKind>(i)) return false;
  }
  return true;
}
static_assert(rows_stand_by_kind());

std::vector<FileFormat> formats_of(const ReportKindRow& kind) {
  if (kind.form == ReportForm::document) return {FileFormat::pdf, FileFormat::html, FileFormat::json};
  if (kind.form == ReportForm::workbook) return {FileFormat::xlsx};
  return {kind.kind == ReportKind::estimates ? FileFormat::csv : FileFormat::json};
}

std::string_view extension_of(FileFormat format) { return kFormatExtensions[static_cast<std::size_t>(format)]; }

}  // namespace

const ReportKindRow* find_kind(std::string_view id) {
  const auto* found = std::find_if(kReportKinds.begin(), kReportKinds.end(), [&](const auto& k) { return k.id == id; });
  return found == kReportKinds.end() ? nullptr : found;
}

std::vector<std::string> kind_names() {
  std::vector<std::string> names;
  for (const ReportKindRow& kind : kReportKinds) names.emplace_back(kind.id);
  return names;
}

std::optional<FileFormat> format_of(const ReportKindRow& kind, std::string_view file) {
  const std::string extension = std::filesystem::path(file).extension().string();
  for (const FileFormat format : formats_of(kind)) {
    if (extension_of(format) == extension) return format;
  }
  return std::nullopt;
}

std::string extensions_of(const ReportKindRow& kind) {
  std::string out;
  for (const FileFormat format : formats_of(kind)) {
    out.append(out.empty() ? "" : ", ").append(extension_of(format));
  }
  return out;
}

std::vector<std::string> marks_of(const ReportKindRow& kind) {
  std::vector<std::string> out;
  for (const FileMark& m : kFileMarks) {
    if (m.tree <= kind.tree.value_or(DataTree::region)) out.emplace_back(m.mark);
  }
  return out;
}

std::string_view mark_of(const ReportKindRow& kind) {
  const auto* found = std::find_if(kFileMarks.begin(), kFileMarks.end(),
                                   [&](const FileMark& m) { return m.tells_apart && m.tree == kind.tree; });
  return found == kFileMarks.end() ? std::string_view() : found->mark;
}

std::vector<std::string> marks_in(std::string_view file) {
  std::vector<std::string> out;
  std::size_t open = file.find('{');
  while (open != std::string_view::npos) {
    const std::size_t close = file.find('}', open);
    if (close == std::string_view::npos) break;
    out.emplace_back(file.substr(open, close - open + 1));
    open = file.find('{', close);
  }
  return out;
}

ReportSpec default_report(const ReportKindRow& kind) {
  ReportSpec spec;
  spec.kind = kind.kind;
  spec.file = kind.file;
  spec.format = format_of(kind, spec.file).value_or(FileFormat::pdf);
  return spec;
}

}  // namespace kaskad::app
