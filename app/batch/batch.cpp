#include "app/batch/batch.hpp"

#include <algorithm>
#include <atomic>
#include <numeric>
#include <optional>

#include "app/batch/fingerprint.hpp"
#include "app/batch/manifest.hpp"
#include "app/batch/print_files.hpp"
#include "app/batch/report_maker.hpp"
#include "app/batch/trees.hpp"
#include "engine/base/files.hpp"
#include "engine/base/parallel.hpp"
#include "engine/intake/file_hash.hpp"

namespace kaskad::app {
namespace {

/// What became of one document.
struct Outcome {
  bool left_alone = false;
  MadeFile entry;
  std::optional<Error> failure;
  Diagnostics defects;
  Diagnostics remarks;
};

/// Reports on the region take longest, so they are begun first.
std::vector<std::size_t> order_of_work(const std::vector<Piece>& pieces) {
  std::vector<std::size_t> order(pieces.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_partition(order.begin(), order.end(),
                        [&](std::size_t i) { return pieces[i].spec->row().tree == DataTree::region; });
  return order;
}

class Batch {
 public:
  Batch(const ReportJob& job, const std::vector<Piece>& pieces, const Manifest& before)
      : job_(job),
        pieces_(pieces),
        before_(before),
        shop_(job.project, job.resources, job.options, job.briefing),
        trees_(job.briefing),
        surroundings_(
            fingerprint_of_surroundings(job.options, job.resources, job.briefing.language(), job.project.templates)),
        order_(order_of_work(pieces)),
        outcomes_(pieces.size()) {}

  void work() {
    const unsigned threads = job_.options.threads;
    parallel_for(threads, threads, [&](std::size_t) { work_alone(); });
  }

  const std::vector<Outcome>& outcomes() const { return outcomes_; }

  /// The first failure in the order of the work: the same for any number of threads.
  const Outcome* failed() const {
    const auto first = std::find_if(order_.begin(), order_.end(), [&](std::size_t i) { return outcomes_[i].failure; });
    return first == order_.end() ? nullptr : &outcomes_[*first];
  }

 private:
  /// Each thread keeps one maker, with its fonts and shaped words, for all the documents that it takes. After a failure
  /// only documents that stand before it in the order are finished.
  void work_alone() {
    ReportMaker maker(shop_);
    for (std::size_t at = next_++; at < order_.size() && at < first_failure_; at = next_++) {
      Outcome& outcome = outcomes_[order_[at]];
      const auto done = make(maker, pieces_[order_[at]], outcome);
      if (!done) note_failure(at, done.error(), outcome, maker);
      job_.console.progress(++done_, order_.size());
    }
  }

  void note_failure(std::size_t at, const Error& error, Outcome& outcome, ReportMaker& maker) {
    outcome.failure = error;
    if (outcome.failure->file.empty()) outcome.failure->file = pieces_[order_[at]].file;
    outcome.defects = std::move(maker.defects);
    maker.defects.clear();
    std::size_t first = first_failure_;
    while (at < first && !first_failure_.compare_exchange_weak(first, at)) {
    }
  }

  Expected<void> make(ReportMaker& maker, const Piece& piece, Outcome& outcome) {
    const auto tree = trees_.of(piece);
    const auto data = maker.contents(piece, tree.get());
    if (!data) return tl::unexpected<Error>(data.error());
    if (is_unchanged(piece, *data)) {
      outcome.left_alone = true;
      outcome.entry = before_.at(piece.file);
      return {};
    }
    outcome.entry = {std::string(piece.spec->row().id), piece.entity_name, "", {}, ""};
    const auto bytes = maker.make(piece, tree.get(), outcome.entry.templates);
    outcome.remarks = std::move(maker.remarks);
    maker.remarks.clear();
    if (!bytes) return tl::unexpected<Error>(bytes.error());
    outcome.entry.hash = intake::hash_of(*bytes);
    outcome.entry.inputs = inputs_of(piece, *data, outcome.entry.templates);
    outcome.left_alone = is_listing(piece) && is_unchanged(piece, outcome.entry);
    return outcome.left_alone ? Expected<void>() : write_file(path_of(piece.file), *bytes);
  }

  std::string inputs_of(const Piece& piece, const std::string& data, const std::set<std::string>& templates) const {
    const ReportSpec& spec = *piece.spec;
    const std::string shared = surroundings_ + " " + job_.briefing.identity.organisation;
    return intake::hash_of(shared + " " + std::string(spec.row().id) + " " + data + " " +
                           fingerprint_of(shop_.library, spec, templates));
  }

  static bool is_listing(const Piece& piece) { return piece.spec->row().form == ReportForm::listing; }

  /// Before it is made, from what it would be made of. A listing must be made to be compared.
  bool is_unchanged(const Piece& piece, const std::string& data) const {
    const auto last = before_.find(piece.file);
    if (!job_.options.changed || is_listing(piece) || last == before_.end()) return false;
    return inputs_of(piece, data, last->second.templates) == last->second.inputs && is_on_disk(*last);
  }
  bool is_unchanged(const Piece& piece, const MadeFile& now) const {
    const auto last = before_.find(piece.file);
    return job_.options.changed && last != before_.end() && last->second.hash == now.hash && is_on_disk(*last);
  }

  /// Nobody has deleted or changed the file since it was made.
  bool is_on_disk(const Manifest::value_type& last) const {
    const auto bytes = MappedFile::open(path_of(last.first));
    return bytes && intake::hash_of(bytes->bytes()) == last.second.hash;
  }

  std::string path_of(const std::string& file) const { return job_.options.out + "/" + file; }

  const ReportJob& job_;
  const std::vector<Piece>& pieces_;
  const Manifest& before_;
  ReportShop shop_;
  Trees trees_;
  std::string surroundings_;
  std::vector<std::size_t> order_;
  std::vector<Outcome> outcomes_;
  std::atomic<std::size_t> next_{0}, done_{0}, first_failure_{SIZE_MAX};
};

std::vector<std::string> stale_files(const Manifest& before, const Manifest& now, const std::string& out) {
  std::vector<std::string> stale;
  for (const auto& [file, made] : before) {
    if (!now.contains(file) && file_exists(out + "/" + file)) stale.push_back(file);
  }
  return stale;
}

}  // namespace

Expected<BatchResult> make_reports(const ReportJob& job, const std::vector<Piece>& pieces, const Selection& selection) {
  const Manifest before = read_manifest(job.options.out);
  job.console.stage("stage.reports");
  Batch batch(job, pieces, before);
  batch.work();
  if (const Outcome* failed = batch.failed()) {
    job.console.tell_all(failed->defects, stderr);
    return tl::unexpected<Error>(*failed->failure);
  }
  Diagnostics remarks;
  for (const Outcome& outcome : batch.outcomes())
    remarks.insert(remarks.end(), outcome.remarks.begin(), outcome.remarks.end());
  job.console.tell(remarks, stderr);
  Manifest now = selection.empty() ? Manifest() : before;
  BatchResult result;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const Outcome& outcome = batch.outcomes()[i];
    now[pieces[i].file] = outcome.entry;
    outcome.left_alone ? static_cast<void>(++result.left_alone) : result.made.push_back(pieces[i].file);
  }
  if (auto bound = make_print_files(job, pieces, before, now, result); !bound)
    return tl::unexpected<Error>(bound.error());
  if (selection.empty()) result.stale = stale_files(before, now, job.options.out);
  if (auto written = write_manifest(job.options.out, now); !written) return tl::unexpected<Error>(written.error());
  return result;
}

}  // namespace kaskad::app
