#include <fmt/format.h>

#include <memory>

#include "app/check/check_json.hpp"
#include "app/check/findings.hpp"
#include "app/check/html_page.hpp"
#include "app/check/return_books.hpp"
#include "app/check/terminal.hpp"
#include "app/commands.hpp"
#include "app/console.hpp"
#include "app/diagnostics_json.hpp"
#include "app/load.hpp"
#include "engine/base/files.hpp"
#include "engine/base/text.hpp"

namespace kaskad::app {
namespace {

class CheckRun {
 public:
  CheckRun(const CheckOptions& options, const Texts& texts, Console& console, Project project)
      : options_(options),
        texts_(texts),
        console_(console),
        project_(std::move(project)),
        wording_(texts),
        filter_{options.school, options.file},
        overflow_(line(), [this](const Diagnostic& d) { return wants(d); }) {
    if (!options.corrected.empty()) project_.corrections = options.corrected;
  }

  Expected<int> run() {
    LoadOptions load;
    load.threads = options_.threads;
    load.overflow = [this](Diagnostic&& d) { overflow_.take(d); };
    Dataset data = load_dataset(project_, load, console_);
    if (auto known = check_school(data.registry); !known) return tl::unexpected<Error>(std::move(known.error()));
    Diagnostics told;
    std::optional<intake::Corrections> corrections;
    if (!project_.corrections.empty()) corrections = intake::Corrections::read(project_.corrections, told);
    const intake::FileRows rows(project_.sources, data, corrections ? &*corrections : nullptr, options_.threads);
    add_same_rows(rows, data);
    const Findings findings(data, overflow_, rows, filter_);
    return tell(findings, rows);
  }

 private:
  /// What is written of a diagnostic that is not kept.
  Overflow::Line line() {
    if (options_.json) return [this](const Diagnostic& d) { return ",\n" + json_of(d, "", wording_); };
    if (options_.all) return [this](const Diagnostic& d) { return texts_.describe(d) + "\n"; };
    return {};
  }
  /// Of those that are not kept it is not known whose they are.
  bool wants(const Diagnostic& d) const { return filter_.school.empty() && filter_.wants_file(d.place.file); }

  Expected<void> check_school(const Registry& registry) const {
    if (filter_.school.empty() || registry.find(filter_.school)) return {};
    std::vector<std::string> ids;
    for (const School& school : registry.schools) ids.push_back(school.id);
    return failure("asked-unknown-school",
                   {{"id", filter_.school}, {"nearest", nearest(filter_.school, ids).value_or("none")}}, "--school");
  }

  void add_same_rows(const intake::FileRows& rows, Dataset& data) const {
    if (!project_.plausibility.checks("files")) return;
    Diagnostics same = find_same_rows(data, rows);
    std::move(same.begin(), same.end(), std::back_inserter(data.diagnostics));
    sort_by_sources(project_, data.diagnostics);
  }

  Expected<int> tell(const Findings& findings, const intake::FileRows& rows) {
    std::optional<ReturnedBooks> books;
    if (!options_.return_folder.empty()) {
      auto written = write_return_books(findings, rows, options_.return_folder, options_.date, texts_);
      if (!written) return tl::unexpected<Error>(std::move(written.error()));
      books = std::move(*written);
    }
    if (!options_.html.empty()) {
      const PageFacts facts{in_language(project_.title, texts_.language(), project_.id), options_.date};
      if (auto done = write_file(options_.html, html_page(findings, facts, texts_)); !done)
        return tl::unexpected<Error>(std::move(done.error()));
    }
    if (!overflow_.good()) return failure("scratch-full");
    const auto put = [](const std::string& part) { fmt::print("{}", part); };
    if (options_.json)
      write_check_json(findings, books, texts_, put);
    else
      write_terminal(findings, books, {options_.all, options_.return_folder}, texts_, put);
    return findings.has_errors() ? kDefects : kDone;
  }

  const CheckOptions& options_;
  const Texts& texts_;
  Console& console_;
  Project project_;
  Wording wording_;
  FindingsFilter filter_;
  Overflow overflow_;
};

}  // namespace

int check(const CheckOptions& options, const Resources& resources, const Texts& texts) {
  Console console(texts, true);
  auto project = load_project(options.project, resources, console, options.json ? stderr : stdout);
  if (!project) {
    console.error(texts.describe(project.error()));
    return kFailure;
  }
  if (!*project) return kUsage;
  (*project)->date = options.date;
  const Expected<int> done = CheckRun(options, texts, console, std::move(**project)).run();
  if (done) return *done;
  console.error(texts.describe(done.error()));
  return exit_code_of(done.error());
}

}  // namespace kaskad::app
