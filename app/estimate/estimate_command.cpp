#include "app/estimate/estimate_command.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <sstream>
#include <utility>

#include "app/commands.hpp"
#include "app/usage.hpp"
#include "engine/base/files.hpp"
#include "engine/frame/column_formula.hpp"
#include "engine/frame/read_frame.hpp"
#include "engine/frame/sample.hpp"

namespace kaskad::app {
namespace {

/// Options of all methods.
struct CommonOptions {
  frame::ReadOptions read;
  std::string where;
  double level = 0.95;
  bool json = false;
  bool csv = false;
  std::string out;
};

std::string describe_all(const Diagnostics& diagnostics, const Texts& texts) {
  constexpr std::size_t kShown = 20;
  std::string out;
  for (std::size_t i = 0; i < std::min(kShown, diagnostics.size()); ++i) out += texts.describe(diagnostics[i]) + "\n";
  if (diagnostics.size() > kShown)
    out += texts.get("estimate.more", {{"n", static_cast<std::int64_t>(diagnostics.size() - kShown)}}) + "\n";
  return out;
}

std::string in_form(const EstimateReport& report, const ReportContext& context, const CommonOptions& options,
                    const Texts& texts) {
  if (options.json) return report_json(report, context, texts);
  return options.csv ? report_csv(report) : report_table(report, context, texts);
}

void fail(const Error& error, const Texts& texts, CommandOutput& output) {
  output.err += texts.describe(error) + "\n";
  output.exit_code = exit_code_of(error);
}

/// A method's report and what it was made of.
struct Answer {
  EstimateReport report;
  ReportContext context;
};

}  // namespace

struct EstimateCommand::Entry {
  const MethodRow* row = nullptr;
  std::unique_ptr<Method> method;
  CommonOptions options;

  Expected<Answer> answer(Diagnostics& diagnostics) const { return row->reads_data ? of_data(diagnostics) : of_none(); }

 private:
  Expected<Answer> of_none() const {
    const frame::Frame none;
    auto report = method->estimate({none, options.level});
    if (!report) return tl::unexpected<Error>(report.error());
    Answer out{std::move(*report), {}};
    out.context.command = row->name;
    out.context.level = options.level;
    return out;
  }

  Expected<Answer> of_data(Diagnostics& diagnostics) const {
    auto frame = frame::read_frame(options.read, diagnostics);
    if (!frame) return tl::unexpected<Error>(frame.error());
    Answer out;
    out.context = {row->name, frame->file, options.where, options.level, frame->rows_read(), frame->defective, 0};
    if (!options.where.empty()) {
      const auto chosen = frame::rows_where(*frame, options.where, out.report.notes);
      if (!chosen) return tl::unexpected<Error>(chosen.error());
      out.context.rows_not_chosen = std::count(chosen->begin(), chosen->end(), false);
      frame = frame::keep_rows(*frame, *chosen);
    }
    auto report = method->estimate({*frame, options.level});
    if (!report) return tl::unexpected<Error>(report.error());
    withhold_overflow(*report);
    report->notes.insert(report->notes.begin(), out.report.notes.begin(), out.report.notes.end());
    out.report = std::move(*report);
    return out;
  }
};

EstimateCommand::EstimateCommand(const Texts& texts) : texts_(texts) {}
EstimateCommand::~EstimateCommand() = default;

void EstimateCommand::add_common(CLI::App& app, Entry& entry) const {
  const auto text = [&](const char* key) { return texts_.get(std::string("estimate_option.") + key); };
  CommonOptions& options = entry.options;
  if (entry.row->reads_data) app.add_option("DATA", options.read.file, text("data"))->required();
  entry.method->add_options(app, texts_);
  app.add_option("--level", options.level, text("level"))->check(between(0.5, 0.9999, texts_));
  CLI::Option* json = app.add_flag("--json", options.json, text("json"));
  app.add_flag("--csv", options.csv, text("csv"))->excludes(json);
  app.add_option("-o,--out", options.out, text("out"));
  if (!entry.row->reads_data) return;
  app.add_option("--where", options.where, text("where"));
  app.add_option("--sheet", options.read.sheet, text("sheet"));
  app.add_option("--header-row", options.read.header_row, text("header_row"))->check(between(1, 100000, texts_));
  app.add_option("--missing", options.read.missing, text("missing"))->delimiter(',')->allow_extra_args(false);
}

void EstimateCommand::add_to(CLI::App& root, const std::function<void(CLI::App&)>& decorate,
                             const std::function<void(std::function<CommandOutput()>)>& choose) {
  CLI::App& estimate = *root.add_subcommand("estimate", texts_.get("estimate.about"));
  estimate.footer(texts_.get("estimate.examples"));
  estimate.require_subcommand(1);
  decorate(estimate);
  for (const MethodRow& row : methods()) {
    Entry& entry = *entries_.emplace_back(std::make_unique<Entry>());
    entry.row = &row;
    entry.method = row.make();
    CLI::App& app = *estimate.add_subcommand(row.name, texts_.get(std::string(row.key) + ".about"));
    app.footer(texts_.get(std::string(row.key) + ".examples"));
    add_common(app, entry);
    decorate(app);
    app.callback([this, &entry, choose] { choose([this, &entry] { return run(entry); }); });
  }
}

CommandOutput EstimateCommand::run(const Entry& entry) const {
  CommandOutput output;
  Diagnostics diagnostics;
  const auto answer = entry.answer(diagnostics);
  output.err = describe_all(diagnostics, texts_);
  if (!answer) {
    fail(answer.error(), texts_, output);
    return output;
  }
  output.exit_code = has_errors(diagnostics) ? kDefects : kDone;
  output.out = in_form(answer->report, answer->context, entry.options, texts_);
  if (entry.options.out.empty()) return output;
  const auto written = write_file(entry.options.out, output.out);
  output.out.clear();
  if (!written) fail(written.error(), texts_, output);
  return output;
}

CommandOutput run_estimate(std::vector<std::string> arguments, const Texts& texts) {
  CommandOutput output;
  std::function<CommandOutput()> chosen;
  CLI::App root("", "kaskad");
  speak(root, texts);
  EstimateCommand command(texts);
  command.add_to(
      root, [](CLI::App&) {}, [&](std::function<CommandOutput()> work) { chosen = std::move(work); });
  arguments.insert(arguments.begin(), "estimate");
  std::reverse(arguments.begin(), arguments.end());  // as CLI11 takes them
  try {
    root.parse(arguments);
    return chosen();
  } catch (const CLI::ParseError& error) {
    const bool asked_for_help = error.get_exit_code() == 0;
    output.exit_code = asked_for_help ? kDone : kUsage;
    std::ostringstream help;
    if (asked_for_help) root.exit(error, help, help);
    (asked_for_help ? output.out : output.err) = asked_for_help ? help.str() : told(error, root, texts);
  }
  return output;
}

}  // namespace kaskad::app
