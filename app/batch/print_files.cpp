#include "app/batch/print_files.hpp"

#include <algorithm>
#include <set>

#include "engine/base/files.hpp"
#include "engine/intake/file_hash.hpp"
#include "reports/content/labels.hpp"
#include "reports/pdf/merge.hpp"

namespace kaskad::app {
namespace {

/// Name of the report's print file; empty when none is wanted.
std::string print_file_of(const ReportSpec& spec, bool asked) {
  if (!spec.merged.empty() || !asked || spec.format != FileFormat::pdf) return spec.merged;
  return std::string(spec.row().merged);
}

std::vector<const Piece*> pieces_of_report(const std::vector<Piece>& pieces, const ReportSpec& spec) {
  std::vector<const Piece*> out;
  for (const Piece& piece : pieces) {
    if (piece.spec == &spec) out.push_back(&piece);
  }
  return out;
}

std::size_t documents_of(const ReportSpec& spec, const Registry& registry) {
  return spec.row().tree == DataTree::school ? registry.schools.size() : registry.municipalities.size();
}

class PrintFile {
 public:
  PrintFile(const ReportJob& job, std::string file, const std::vector<const Piece*>& pieces)
      : job_(job), file_(std::move(file)), pieces_(pieces) {}

  /// Titles and contents of the parts, in their order.
  MadeFile entry(const Manifest& parts) const {
    std::string inputs = title() + "\n" + job_.briefing.language();
    for (const Piece* piece : pieces_) inputs += "\n" + name_of(*piece) + "\n" + parts.at(piece->file).hash;
    return {"", "", intake::hash_of(inputs), {}, ""};
  }

  bool is_unchanged(const MadeFile& entry, const Manifest& before) const {
    const auto last = before.find(file_);
    if (!job_.options.changed || last == before.end() || last->second.inputs != entry.inputs) return false;
    const auto bytes = MappedFile::open(path());
    return bytes && intake::hash_of(bytes->bytes()) == last->second.hash;
  }

  Expected<void> make() const {
    std::vector<reports::MergePart> parts;
    for (const Piece* piece : pieces_) parts.push_back({name_of(*piece), job_.options.out + "/" + piece->file});
    reports::MergeOptions options;
    options.title = title();
    options.author = job_.briefing.identity.organisation;
    options.language = job_.briefing.language();
    options.date = job_.briefing.identity.date;
    return reports::merge_pdfs(parts, path(), options);
  }

  Expected<std::string> hash() const {
    return MappedFile::open(path()).map([](const MappedFile& file) { return intake::hash_of(file.bytes()); });
  }

 private:
  std::string path() const { return job_.options.out + "/" + file_; }
  std::string title() const {
    return job_.briefing.texts.get("report_kind." + std::string(pieces_.front()->spec->row().id)) + ". " +
           job_.briefing.identity.region;
  }
  std::string name_of(const Piece& piece) const {
    return piece.spec->row().tree == DataTree::school
               ? reports::school_name(job_.briefing, static_cast<SchoolId>(piece.entity))
               : piece.entity_name;
  }

  const ReportJob& job_;
  std::string file_;
  const std::vector<const Piece*>& pieces_;
};

Expected<void> make_print_file(const ReportJob& job, const std::string& file, const std::vector<const Piece*>& pieces,
                               const Manifest& before, Manifest& now, BatchResult& result) {
  const PrintFile print(job, file, pieces);
  MadeFile entry = print.entry(now);
  if (print.is_unchanged(entry, before)) {
    now[file] = before.at(file);
    ++result.left_alone;
    return {};
  }
  if (auto made = print.make(); !made) return made;
  const auto hash = print.hash();
  if (!hash) return tl::unexpected<Error>(hash.error());
  entry.hash = *hash;
  now[file] = std::move(entry);
  result.made.push_back(file);
  return {};
}

}  // namespace

Expected<void> make_print_files(const ReportJob& job, const std::vector<Piece>& pieces, const Manifest& before,
                                Manifest& now, BatchResult& result) {
  std::set<std::string> files;
  for (const Piece& piece : pieces) files.insert(piece.file);
  bool begun = false;
  for (const ReportSpec& spec : job.project.reports) {
    const std::string file = print_file_of(spec, job.options.merge);
    const std::vector<const Piece*> own = pieces_of_report(pieces, spec);
    const bool whole = own.size() == documents_of(spec, job.briefing.data.registry);
    if (file.empty() || own.empty() || !(whole || job.options.merge)) continue;
    if (!files.insert(file).second) return failure("file-name-clash", {{"file", file}}, file);
    if (!begun) job.console.stage("stage.print");
    begun = true;
    if (auto made = make_print_file(job, file, own, before, now, result); !made) return made;
  }
  return {};
}

}  // namespace kaskad::app
