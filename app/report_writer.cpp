#include "app/report_writer.hpp"

#include <atomic>
#include <filesystem>
#include <set>

#include "app/diagnostics_json.hpp"
#include "engine/base/files.hpp"
#include "engine/base/parallel.hpp"
#include "reports/content/report_data.hpp"
#include "reports/pdf/pdf_renderer.hpp"
#include "reports/template/template.hpp"
#include "reports/template/workbook_template.hpp"
#include "reports/xlsx/xlsx_renderer.hpp"

namespace kaskad::app {
namespace {

using reports::Value;

constexpr std::string_view kSchoolMark = "{school}";

/// The shipped template of a kind, or the project's own file with the shipped ones as its parts.
struct TemplateSource {
  std::string name;
  reports::TemplateFiles files;
};

TemplateSource template_of(const ReportJob& job, const ReportSpec& spec, const std::string& shipped) {
  const Resources& resources = job.resources;
  const std::string language = job.briefing.language();
  if (spec.template_file.empty()) {
    return {shipped,
            [&resources, language](const std::string& name) { return resources.template_file(language, name); }};
  }
  const std::string own = spec.template_file;
  return {own, [&resources, language, own](const std::string& name) -> std::optional<std::string> {
            if (name == own) {
              auto contents = read_file(own);
              return contents ? std::optional(std::move(*contents)) : std::nullopt;
            }
            const auto beside = read_file(resolve_beside(own, name));
            return beside ? std::optional(*beside) : resources.template_file(language, name);
          }};
}

class Writer {
 public:
  explicit Writer(const ReportJob& job)
      : job_(job), words_(reports::words_of(job.briefing.texts)), reasons_(reports::reasons_of(job.briefing.texts)) {}

  Expected<void> write(const ReportSpec& spec) {
    switch (spec.kind) {
      case ReportKind::annual:
        return annual(spec);
      case ReportKind::passport:
        return passports(spec);
      case ReportKind::workbook:
        return workbook(spec);
      case ReportKind::estimates:
        return save(spec.file, reports::estimates_csv(job_.briefing));
      case ReportKind::diagnostics:
        return save(spec.file,
                    diagnostics_json(job_.briefing.data.diagnostics, job_.briefing.data.ledger, job_.briefing.texts));
    }
    return {};
  }

  std::vector<std::string> made;

 private:
  Expected<void> save(const std::string& file, std::string_view bytes) {
    auto written = write_file((std::filesystem::path(job_.options.out) / file).string(), bytes);
    if (written) made.push_back(file);
    return written;
  }

  const Value& region() {
    if (!region_) region_ = reports::region_data(job_.briefing);
    return *region_;
  }

  reports::PdfResources fonts() const { return {{job_.options.fonts}, {job_.options.hyphenation}}; }

  Expected<reports::Document> document(const TemplateSource& source, const Value& data) const {
    auto result = reports::make_document(source.name, source.files, data, job_.briefing.format, words_, reasons_);
    if (has_errors(result.diagnostics)) {
      job_.console.tell(result.diagnostics, stderr);
      return failure("template-defects", {{"file", source.name}}, source.name);
    }
    result.document.author = job_.briefing.identity.organisation;
    result.document.date = job_.briefing.identity.date;
    return std::move(result.document);
  }

  Expected<void> annual(const ReportSpec& spec) {
    job_.console.stage("stage.annual");
    auto made_document = document(template_of(job_, spec, "annual.md"), region());
    if (!made_document) return tl::unexpected<Error>(made_document.error());
    auto renderer = reports::PdfRenderer::make(fonts());
    if (!renderer) return tl::unexpected<Error>(renderer.error());
    const auto bytes = renderer->render(*made_document);
    if (!bytes) return tl::unexpected<Error>(bytes.error());
    return save(spec.file, *bytes);
  }

  Expected<void> workbook(const ReportSpec& spec) {
    job_.console.stage("stage.workbook");
    const TemplateSource source = template_of(job_, spec, "workbook.toml");
    auto result =
        reports::make_workbook(source.name, source.files, region(), job_.briefing.format, words_.missing, reasons_);
    if (has_errors(result.diagnostics)) {
      job_.console.tell(result.diagnostics, stderr);
      return failure("template-defects", {{"file", source.name}}, source.name);
    }
    result.workbook.author = job_.briefing.identity.organisation;
    result.workbook.date = job_.briefing.identity.date;
    const auto bytes = reports::render_xlsx(result.workbook);
    if (!bytes) return tl::unexpected<Error>(bytes.error());
    return save(spec.file, *bytes);
  }

  std::string passport_file(const ReportSpec& spec, SchoolId school) const {
    std::string file = spec.file;
    file.replace(file.find(kSchoolMark), kSchoolMark.size(),
                 file_name_of(job_.briefing.data.registry.schools[school].id));
    return file;
  }

  Expected<void> passport(const ReportSpec& spec, const TemplateSource& source, SchoolId school,
                          reports::PdfRenderer& renderer) const {
    auto made_document = document(source, reports::school_data(job_.briefing, school));
    if (!made_document) return tl::unexpected<Error>(made_document.error());
    made_document->entity = job_.briefing.data.registry.schools[school].id;
    const auto bytes = renderer.render(*made_document);
    if (!bytes) return tl::unexpected<Error>(bytes.error());
    return write_file((std::filesystem::path(job_.options.out) / passport_file(spec, school)).string(), *bytes);
  }

  /// Each worker keeps one renderer, with its fonts and shaped words, for all the schools that it takes.
  Expected<void> passports(const ReportSpec& spec) {
    job_.console.stage("stage.passports");
    const TemplateSource source = template_of(job_, spec, "passport.md");
    const auto schools = static_cast<SchoolId>(job_.briefing.data.registry.schools.size());
    std::vector<std::optional<Error>> failures(schools + 1);
    std::atomic<SchoolId> next{0};
    std::atomic<std::size_t> done{0};
    parallel_for(job_.options.threads, job_.options.threads, [&](std::size_t) {
      auto renderer = reports::PdfRenderer::make(fonts());
      for (SchoolId school = next++; school < schools; school = next++) {
        const auto written =
            renderer ? passport(spec, source, school, *renderer) : tl::unexpected<Error>(renderer.error());
        if (!written) failures[school] = written.error();
        job_.console.progress(++done, schools);
      }
    });
    for (SchoolId school = 0; school < schools; ++school) {
      if (failures[school]) return tl::unexpected<Error>(*failures[school]);
      made.push_back(passport_file(spec, school));
    }
    return {};
  }

  const ReportJob& job_;
  reports::Words words_;
  std::vector<std::pair<Undefined, std::string>> reasons_;
  std::optional<Value> region_;
};

}  // namespace

std::string file_name_of(const std::string& id) {
  std::string out;
  for (const char c : id) {
    const bool kept = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                      c == '_' || c == '.' || static_cast<unsigned char>(c) >= 0x80;
    out += kept ? c : '_';
  }
  return out;
}

Expected<std::vector<std::string>> write_reports(const ReportJob& job) {
  Writer writer(job);
  for (const ReportSpec& spec : job.project.reports) {
    if (auto written = writer.write(spec); !written) return tl::unexpected<Error>(written.error());
  }
  return std::move(writer.made);
}

}  // namespace kaskad::app
