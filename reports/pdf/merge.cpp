#include "reports/pdf/merge.hpp"

#include <fmt/format.h>

#include <deque>
#include <filesystem>
#include <map>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <set>

#include "reports/pdf/dates.hpp"
#include "reports/pdf/object_file.hpp"

namespace kaskad::reports {
namespace pdf {
namespace {

/// References into the structure tree, which is left behind.
const std::set<std::string> kLeftBehind = {"/StructParent", "/StructParents"};

std::string text_string(const std::string& text) { return QPDFObjectHandle::newUnicodeString(text).unparse(); }

/// Writes the objects of one file into another, with new numbers.
class Copier {
 public:
  explicit Copier(ObjectFile& to) : to_(to) {}

  /// References to `object` lead to `number`, which somebody else writes.
  void name(QPDFObjectHandle object, int number) { numbers_[object.getObjGen()] = number; }

  std::string text(QPDFObjectHandle object) {
    if (object.isIndirect()) return reference(number_of(object));
    if (object.isArray()) return array(object);
    return object.isDictionary() ? "<< " + entries(object, {}) + ">>" : object.unparse();
  }

  std::string entries(QPDFObjectHandle dictionary, const std::set<std::string>& without) {
    std::string out;
    for (const std::string& key : dictionary.getKeys()) {
      if (without.count(key) != 0 || kLeftBehind.count(key) != 0) continue;
      out += QPDFObjectHandle::newName(key).unparse() + " " + text(dictionary.getKey(key)) + " ";
    }
    return out;
  }

  /// Whatever has been referred to so far, and what that refers to.
  void write_waiting() {
    for (; !waiting_.empty(); waiting_.pop_front()) write(waiting_.front());
  }

 private:
  std::string array(QPDFObjectHandle object) {
    std::string out = "[ ";
    for (int i = 0; i < object.getArrayNItems(); ++i) out += text(object.getArrayItem(i)) + " ";
    return out + "]";
  }

  int number_of(QPDFObjectHandle object) {
    const auto [at, is_new] = numbers_.try_emplace(object.getObjGen(), 0);
    if (is_new) {
      at->second = to_.reserve();
      waiting_.push_back(object);
    }
    return at->second;
  }

  void write(QPDFObjectHandle object) {
    const int number = number_of(object);
    if (object.isStream()) {
      const auto data = object.getRawStreamData();
      const std::string_view bytes(reinterpret_cast<const char*>(data->getBuffer()), data->getSize());
      to_.write_stream(number, entries(object.getDict(), {"/Length"}), bytes);
    } else if (object.isDictionary()) {
      to_.write(number, "<< " + entries(object, {}) + ">>");
    } else {
      to_.write(number, object.isArray() ? array(object) : object.unparse());
    }
  }

  ObjectFile& to_;
  std::map<QPDFObjGen, int> numbers_;
  std::deque<QPDFObjectHandle> waiting_;
};

class Merger {
 public:
  Merger(const std::string& path, std::size_t parts, const MergeOptions& options)
      : options_(options), file_(path), pages_(file_.reserve()), outline_(file_.reserve()) {
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
    const int root =
        file_.write(fmt::format("<< /Type /Catalog /Pages {} /Outlines {} /PageMode /UseOutlines /Lang {} "
                                "/ViewerPreferences << /DisplayDocTitle true >> /PageLabels << /Nums [ {}] >> >>",
                                reference(pages_), reference(outline_), text_string(options_.language), labels_));
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

  void write_pages(QPDF& from, const std::string& title) {
    const auto& pages = from.getAllPages();
    if (pages.empty()) throw std::runtime_error("no pages");
    Copier copier(file_);
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

  void write_bookmark(QPDF& from, Copier& copier, const std::string& title, int first_page) {
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
  Merger merger(path, parts.size(), options);
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
