#include "reports/pdf/merge.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>

#include "reports/pdf/dates.hpp"
#include "reports/pdf/merged_structure.hpp"
#include "reports/pdf/object_file.hpp"
#include "reports/pdf/part_copier.hpp"
#include "reports/pdf/pdf_text.hpp"
#include "reports/pdf/xmp.hpp"

namespace kaskad::reports {
namespace pdf {
namespace {

class Merger {
 public:
  Merger(std::ostream& to, std::size_t parts, const MergeOptions& options)
      : options_(options), file_(to), structure_(file_), pages_(file_.reserve()), outline_(file_.reserve()) {
    for (std::size_t i = 0; i < parts; ++i) bookmarks_.push_back(file_.reserve());
  }

  bool good() const { return file_.good(); }

  void add(const MergePart& part) {
    QPDF from;
    from.setSuppressWarnings(true);
    from.setAttemptRecovery(false);
    from.processFile(part.path.c_str());
    QPDFPageDocumentHelper(from).pushInheritedAttributesToPage();
    if (options_.start_on_odd_page && count_ % 2 == 1) add_blank();
    labels_ += fmt::format("{} << /S /D /St 1 >> ", count_);
    write_pages(from, part.title);
  }

  void finish() {
    std::string nodes;
    for (const int node : nodes_) nodes += reference(node) + " ";
    file_.write(pages_, fmt::format("<< /Type /Pages /Count {} /Kids [ {}] >>", count_, nodes));
    file_.write(outline_, fmt::format("<< /Type /Outlines /First {} /Last {} /Count {} >>",
                                      reference(bookmarks_.front()), reference(bookmarks_.back()), bookmarks_.size()));
    const int structure = structure_.write();
    const int metadata = file_.reserve();
    file_.write_stream(metadata, "/Type /Metadata /Subtype /XML", xmp());
    const int root = file_.write(
        fmt::format("<< /Type /Catalog /Pages {} /Outlines {} /PageMode /UseOutlines /Lang {} /StructTreeRoot {} "
                    "/MarkInfo << /Marked true >> /Metadata {} /ViewerPreferences << /DisplayDocTitle true >> "
                    "/PageLabels << /Nums [ {}] >> >>",
                    reference(pages_), reference(outline_), text_string(options_.language), reference(structure),
                    reference(metadata), labels_));
    file_.finish(root, file_.write(info()));
  }

 private:
  std::string info() const {
    const std::string time = pdf_time(options_.date);
    std::string out = fmt::format("<< /Title {} /Creator (Kaskad) /CreationDate ({}) /ModDate ({}) ",
                                  text_string(options_.title), time, time);
    if (!options_.author.empty()) out += "/Author " + text_string(options_.author) + " ";
    return out + ">>";
  }

  std::string xmp() const {
    Document whole;
    whole.title = options_.title;
    whole.author = options_.author;
    whole.language = options_.language;
    whole.date = options_.date;
    return xmp_of(whole);
  }

  void write_pages(QPDF& from, const std::string& title) {
    const auto& pages = from.getAllPages();
    if (pages.empty()) throw std::runtime_error("no pages");
    PartCopier copier(file_, structure_.place());
    std::vector<int> numbers;
    for (const QPDFObjectHandle& page : pages) {
      numbers.push_back(file_.reserve());
      copier.name(page, numbers.back());
    }
    const int node = file_.reserve();
    for (std::size_t i = 0; i < pages.size(); ++i) {
      QPDFObjectHandle page = pages[i];
      file_.write(numbers[i], fmt::format("<< {}/Parent {} >>", copier.entries(page, {"/Parent"}), reference(node)));
      copier.write_waiting();
    }
    QPDFObjectHandle last = pages.back();
    box_ = last.getKey("/MediaBox").unparseResolved();
    write_bookmark(from, copier, title, numbers.front());
    structure_.add(from, copier);
    copier.write_waiting();
    write_node(node, numbers);
  }

  void write_node(int node, const std::vector<int>& pages) {
    std::string kids;
    for (const int page : pages) kids += reference(page) + " ";
    file_.write(node, fmt::format("<< /Type /Pages /Parent {} /Count {} /Kids [ {}] >>", reference(pages_),
                                  pages.size(), kids));
    nodes_.push_back(node);
    count_ += pages.size();
    ++done_;
  }

  void add_blank() {
    const int page = file_.reserve();
    nodes_.push_back(page);
    file_.write(page,
                fmt::format("<< /Type /Page /Parent {} /MediaBox {} /Resources << >> >>", reference(pages_), box_));
    ++count_;
  }

  void write_bookmark(QPDF& from, PartCopier& copier, const std::string& title, int first_page) {
    std::string out = fmt::format("<< /Title {} /Parent {} /Dest [ {} /Fit ] ", text_string(title), reference(outline_),
                                  reference(first_page));
    if (done_ > 0) out += "/Prev " + reference(bookmarks_[done_ - 1]) + " ";
    if (done_ + 1 < bookmarks_.size()) out += "/Next " + reference(bookmarks_[done_ + 1]) + " ";
    QPDFObjectHandle own = from.getRoot().getKey("/Outlines");
    if (own.isDictionary() && own.hasKey("/First")) {
      if (own.isIndirect()) copier.name(own, bookmarks_[done_]);
      const long long shown = std::abs(own.getKey("/Count").isInteger() ? own.getKey("/Count").getIntValue() : 1);
      out += fmt::format("/First {} /Last {} /Count {} ", copier.text(own.getKey("/First")),
                         copier.text(own.getKey("/Last")), -shown);
    }
    file_.write(bookmarks_[done_], out + ">>");
  }

  const MergeOptions& options_;
  ObjectFile file_;
  MergedStructure structure_;
  int pages_;
  int outline_;
  std::vector<int> bookmarks_;  // One a part.
  std::vector<int> nodes_;      // Of the tree of pages: one a part, and blank pages between them.
  std::size_t count_ = 0;       // Of pages.
  std::size_t done_ = 0;        // Parts.
  std::string box_;             // Of the last page.
  std::string labels_;
};

Expected<void> add_parts(Merger& merger, const std::vector<MergePart>& parts) {
  for (const MergePart& part : parts) {
    try {
      merger.add(part);
    } catch (const std::exception& problem) {
      return failure("pdf-merge-part", {{"path", part.path}, {"reason", std::string(problem.what())}}, part.path);
    }
  }
  return {};
}

Expected<void> write_merged(const std::vector<MergePart>& parts, const std::string& path, const MergeOptions& options) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  Merger merger(file, parts.size(), options);
  if (merger.good()) {
    if (auto added = add_parts(merger, parts); !added) return added;
    merger.finish();
  }
  if (merger.good()) return {};
  return failure("pdf-merge-write", {{"path", path}});
}

}  // namespace
}  // namespace pdf

Expected<void> merge_pdfs(const std::vector<MergePart>& parts, const std::string& to, const MergeOptions& options) {
  if (!pdf::is_iso_date(options.date)) return failure("pdf-date", {{"date", options.date}});
  if (parts.empty()) return failure("pdf-merge-nothing");
  const std::string beside = to + ".part";
  auto written = pdf::write_merged(parts, beside, options);
  std::error_code problem;
  if (written) std::filesystem::rename(beside, to, problem);
  if (problem) written = failure("pdf-merge-write", {{"path", to}});
  if (!written) std::filesystem::remove(beside, problem);
  return written;
}

}  // namespace kaskad::reports
