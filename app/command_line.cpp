#include "app/command_line.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <ctime>
#include <functional>
#include <thread>

#include "app/estimate/estimate_command.hpp"
#include "app/usage.hpp"
#include "app/version.hpp"
#include "engine/base/day.hpp"

namespace kaskad::app {
namespace {

std::string today() {
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm local{};
  localtime_r(&now, &local);
  return fmt::format("{:04d}-{:02d}-{:02d}", local.tm_year + 1900, local.tm_mon + 1, local.tm_mday);
}

/// The options of all commands, and which command was chosen.
class CommandLine {
 public:
  CommandLine(const Resources& resources, const Texts& texts)
      : resources_(resources), texts_(texts), estimate_(texts), root_(text("about"), "kaskad") {
    root_.require_subcommand(1);
    speak(root_, texts);
    root_.set_version_flag("--version", "kaskad " + program_version(), text("version"));
    add_language(root_);
    add_check();
    add_run();
    add_preview();
    add_bundle();
    add_template();
    add_demo();
    add_whatif();
    add_explain();
    add_propose();
    add_indicators();
    add_estimate();
  }

  CLI::App& root() { return root_; }
  int run_chosen() const { return chosen_(); }

 private:
  std::string text(const std::string& key) const { return texts_.get("cli." + key); }

  void add_language(CLI::App& app) {
    app.add_option("--lang", language_, text("lang"))->check(one_of({"ru", "en"}, texts_));
  }

  /// `key` is that of the command's texts: what it does, and "<key>_examples".
  CLI::App& command(CLI::App& parent, const std::string& name, const std::string& key, std::function<int()> body) {
    CLI::App& app = *parent.add_subcommand(name, text(key));
    app.footer(text(key + "_examples"));
    add_language(app);
    if (body) app.callback([this, body = std::move(body)] { chosen_ = body; });
    return app;
  }

  void add_threads(CLI::App& app, unsigned& threads) {
    threads = std::max(1U, std::thread::hardware_concurrency());
    app.add_option("--threads", threads, text("threads"))->check(between(1, 256, texts_));
  }

  void add_date(CLI::App& app, std::string& date) {
    date = today();
    app.add_option("--date", date, text("date"))->check([this](const std::string& value) {
      return day_of_iso(value) ? std::string() : texts_.get("cli.date_wrong", {{"value", value}});
    });
  }

  /// What all commands that make documents can be told.
  void add_making(CLI::App& app, RunOptions& run) {
    add_date(app, run.date);
    app.add_flag("-q,--quiet", run.quiet, text("quiet"));
    app.add_option("--fonts", run.fonts, text("fonts"));
    app.add_option("--hyphenation", run.hyphenation, text("hyphenation"));
    add_threads(app, run.threads);
  }

  void add_check() {
    CLI::App& app = command(root_, "check", "check", [this] { return check(check_, resources_, texts_); });
    app.add_option("PROJECT", check_.project, text("project"))->required();
    CLI::Option* json = app.add_flag("--json", check_.json, text("json"));
    app.add_flag("--all", check_.all, text("check_all"))->excludes(json);
    app.add_option("--html", check_.html, text("check_html"));
    app.add_option("--return", check_.return_folder, text("check_return"));
    app.add_option("--corrected", check_.corrected, text("check_corrected"))->check(existing_folder(texts_));
    app.add_option("--school", check_.school, text("check_school"));
    app.add_option("--file", check_.file, text("check_file"));
    add_date(app, check_.date);
    add_threads(app, check_.threads);
  }

  void add_run() {
    CLI::App& app = command(root_, "run", "run", [this] {
      if (run_.out.empty() && !run_.json) throw CLI::RequiredError("--out");
      return run(run_, resources_, texts_);
    });
    app.add_option("PROJECT", run_.project, text("project"))->required();
    CLI::Option* out = app.add_option("-o,--out", run_.out, text("out"));
    app.add_option("--only", run_.only, text("only"))->allow_extra_args(false);
    CLI::Option* changed = app.add_flag("--changed", run_.changed, text("changed"));
    CLI::Option* merge = app.add_flag("--merge", run_.merge, text("merge"));
    CLI::Option* attach = app.add_flag("--attach", run_.attach, text("attach"));
    CLI::Option* json = app.add_flag("--json", run_.json, text("run_json"));
    for (CLI::Option* other : {out, changed, merge, attach}) json->excludes(other);
    add_making(app, run_);
  }

  void add_bundle() {
    CLI::App& app = command(root_, "bundle", "bundle", [this] { return bundle(bundle_, resources_, texts_); });
    app.add_option("PROJECT", bundle_.project, text("project"))->required();
    app.add_option("-o,--out", bundle_.out, text("bundle_out"))->required();
    add_date(app, bundle_.date);
    app.add_flag("-q,--quiet", bundle_.quiet, text("quiet"));
    add_threads(app, bundle_.threads);
  }

  void add_preview() {
    CLI::App& app = command(root_, "preview", "preview", [this] { return preview(preview_, resources_, texts_); });
    app.add_option("TEMPLATE", preview_.what, text("preview_what"))->required();
    app.add_option("PROJECT", preview_.run.project, text("project"))->required();
    CLI::Option* school = app.add_option("--school", preview_.school, text("preview_school"));
    app.add_option("--municipality", preview_.municipality, text("preview_municipality"))->excludes(school);
    CLI::Option* out = app.add_option("-o,--out", preview_.out, text("preview_out"));
    app.add_flag("--html", preview_.html, text("preview_html"))->excludes(out);
    add_making(app, preview_.run);
  }

  void add_template() {
    CLI::App& app = command(root_, "template", "template", nullptr);
    app.require_subcommand(1);
    CLI::App& check = command(app, "check", "template_check",
                              [this] { return check_templates(template_check_, resources_, texts_); });
    check.add_option("FILE", template_check_.files, text("template_files"))->required();
    check.add_option("--kind", template_check_.kind, text("template_kind"));
    CLI::App& start =
        command(app, "new", "template_new", [this] { return new_template(template_new_, resources_, texts_); });
    start.add_option("KIND", template_new_.kind, text("template_start"))->required();
    start.add_option("-o,--out", template_new_.out, text("template_out"));
    command(app, "list", "template_list", [this] { return list_templates(resources_, texts_); });
  }

  void add_demo() {
    CLI::App& app = command(root_, "demo", "demo", [this] { return demo(demo_, texts_); });
    app.add_option("DIR", demo_.folder, text("demo_folder"))->required();
    app.add_option("--schools", demo_.schools, text("demo_schools"));
    app.add_option("--years", demo_.years, text("demo_years"));
    app.add_option("--pupils", demo_.pupils, text("demo_pupils"));
    app.add_option("--seed", demo_.seed, text("demo_seed"));
  }

  void add_whatif() {
    CLI::App& app = command(root_, "whatif", "whatif", [this] { return whatif(whatif_, resources_, texts_); });
    app.add_option("PROJECT", whatif_.project, text("project"))->required();
    app.add_option("--set", whatif_.set, text("whatif_set"))->required()->allow_extra_args(false);
    app.add_flag("--json", whatif_.json, text("json"));
    add_threads(app, whatif_.threads);
  }

  void add_explain() {
    CLI::App& app = command(root_, "explain", "explain", [this] { return explain(explain_, resources_, texts_); });
    app.add_option("SCHOOL", explain_.school, text("explain_school"))->required();
    app.add_option("PROJECT", explain_.project, text("project"))->required();
    app.add_flag("--json", explain_.json, text("json"));
    add_threads(app, explain_.threads);
  }

  void add_propose() {
    CLI::App& app = command(root_, "propose", "propose", [this] { return propose(propose_, resources_, texts_); });
    app.add_option("PROJECT", propose_.project, text("project"))->required();
    app.add_flag("--json", propose_.json, text("json"));
    add_threads(app, propose_.threads);
  }

  void add_indicators() {
    CLI::App& app =
        command(root_, "indicators", "indicators", [this] { return indicators(indicators_, resources_, texts_); });
    app.add_flag("--json", indicators_.json, text("json"));
    app.add_flag("--markdown", indicators_.markdown, text("markdown"));
  }

  void add_estimate() {
    estimate_.add_to(
        root_, [this](CLI::App& app) { add_language(app); },
        [this](std::function<CommandOutput()> work) {
          chosen_ = [work = std::move(work)] {
            const CommandOutput output = work();
            fmt::print(stderr, "{}", output.err);
            fmt::print("{}", output.out);
            return output.exit_code;
          };
        });
  }

  const Resources& resources_;
  const Texts& texts_;
  std::string language_;
  CheckOptions check_;
  RunOptions run_;
  PreviewOptions preview_;
  RunOptions bundle_;
  TemplateCheckOptions template_check_;
  TemplateNewOptions template_new_;
  DemoCommandOptions demo_;
  WhatIfOptions whatif_;
  ExplainOptions explain_;
  ProposeOptions propose_;
  IndicatorsOptions indicators_;
  EstimateCommand estimate_;
  std::function<int()> chosen_;
  CLI::App root_;
};

}  // namespace

int run_command_line(int argc, char** argv, const Resources& resources, const Texts& texts) {
  CommandLine line(resources, texts);
  try {
    line.root().parse(argc, argv);
    return line.run_chosen();
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return line.root().exit(error);
    fmt::print(stderr, "{}", told(error, line.root(), texts));
    return kUsage;
  }
}

}  // namespace kaskad::app
