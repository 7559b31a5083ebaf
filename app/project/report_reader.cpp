#include "app/project/report_reader.hpp"

#include <algorithm>
#include <set>

#include "engine/base/files.hpp"
#include "engine/base/text.hpp"

namespace kaskad::app {
namespace {

bool lies_outside(const std::string& file) { return file.find("..") != std::string::npos || file.starts_with("/"); }

bool tells_apart(const std::string& mark, const ReportKindRow& kind) {
  return std::any_of(kFileMarks.begin(), kFileMarks.end(),
                     [&](const FileMark& m) { return m.mark == mark && m.tells_apart && m.tree == kind.tree; });
}

void check_marks(ConfigReader& r, const std::string& file, const ReportKindRow& kind) {
  const std::vector<std::string> used = marks_in(file);
  const std::vector<std::string> known = marks_of(kind);
  for (const std::string& mark : used) {
    if (std::find(known.begin(), known.end(), mark) == known.end())
      r.report("file", "report-unknown-mark", {{"mark", mark}, {"nearest", nearest(mark, known).value_or("none")}});
  }
  const std::string needed(mark_of(kind));
  const auto tells = [&](const std::string& mark) { return tells_apart(mark, kind); };
  if (!needed.empty() && std::none_of(used.begin(), used.end(), tells))
    r.report("file", "report-no-mark", {{"mark", needed}, {"kind", std::string(kind.id)}});
}

void check_file(ConfigReader& r, ReportSpec& spec) {
  if (spec.file.empty()) return;
  const ReportKindRow& kind = spec.row();
  if (lies_outside(spec.file)) r.report("file", "report-outside");
  check_marks(r, spec.file, kind);
  if (const auto format = format_of(kind, spec.file))
    spec.format = *format;
  else
    r.report("file", "report-format", {{"kind", std::string(kind.id)}, {"formats", extensions_of(kind)}});
}

void read_template(ConfigReader& r, const std::string& project_file, ReportSpec& spec) {
  spec.template_name = r.text("template");
  if (spec.template_name.empty()) return;
  if (spec.row().form == ReportForm::listing)
    r.report("template", "report-no-template", {{"kind", std::string(spec.row().id)}});
  else if (!file_exists(resolve_beside(project_file, spec.template_name)))
    r.report("template", "project-file-missing", {{"file", spec.template_name}});
}

/// Only PDFs can be bound into a print file, and only those of a kind that makes many.
void read_merged(ConfigReader& r, ReportSpec& spec) {
  spec.merged = r.text("merged");
  if (spec.merged.empty()) return;
  if (lies_outside(spec.merged)) r.report("merged", "report-outside");
  if (mark_of(spec.row()).empty() || spec.format != FileFormat::pdf || !spec.merged.ends_with(".pdf"))
    r.report("merged", "report-no-merge");
}

ReportSpec read_report(ConfigReader& r, const std::string& project_file) {
  const std::vector<std::string> names = kind_names();
  if (!r.has("kind")) r.report("kind", "setting-missing");
  const ReportKindRow& kind = kReportKinds[r.choice("kind", {names.begin(), names.end()}, 0)];
  ReportSpec spec = default_report(kind);
  spec.file = r.text("file", spec.file);
  check_file(r, spec);
  read_template(r, project_file, spec);
  read_merged(r, spec);
  spec.attach = r.boolean("attach", false);
  const bool can_attach = spec.format == FileFormat::pdf || spec.format == FileFormat::html;
  if (spec.attach && !can_attach) r.report("attach", "report-no-attachment");
  r.finish();
  return spec;
}

}  // namespace

std::vector<ReportSpec> read_reports(ConfigReader& root, const std::string& project_file) {
  std::vector<ReportSpec> out;
  std::set<std::string> files;
  for (const ConfigNode* node : root.tables("report")) {
    ConfigReader r(*node, root.file(), "report", root.diagnostics());
    out.push_back(read_report(r, project_file));
    for (const std::string& file : {out.back().file, out.back().merged}) {
      if (!file.empty() && !files.insert(fold(file)).second) r.report("file", "report-file-twice", {{"file", file}});
    }
  }
  return out;
}

std::vector<ReportSpec> default_reports(bool has_groups) {
  std::vector<ReportSpec> out;
  for (const ReportKindRow& kind : kReportKinds) {
    if (has_groups || !kind.needs_groups) out.push_back(default_report(kind));
  }
  return out;
}

}  // namespace kaskad::app
