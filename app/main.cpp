#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <ctime>
#include <regex>
#include <thread>

#include "app/commands.hpp"
#include "app/version.hpp"

namespace {

using namespace kaskad;       // NOLINT(google-build-using-namespace): the rim sees every room
using namespace kaskad::app;  // NOLINT(google-build-using-namespace)

/// The language must be known before the options are described in it.
std::string language_of(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string_view arg = argv[i];
    if (arg == "--lang" && i + 1 < argc) return argv[i + 1];
    if (arg.starts_with("--lang=")) return std::string(arg.substr(7));
  }
  return "ru";
}

std::string today() {
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm local{};
  localtime_r(&now, &local);
  return fmt::format("{:04d}-{:02d}-{:02d}", local.tm_year + 1900, local.tm_mon + 1, local.tm_mday);
}

bool is_date(const std::string& text) {
  static const std::regex form(R"((\d{4})-(\d{2})-(\d{2}))");
  std::smatch part;
  if (!std::regex_match(text, part, form)) return false;
  const std::chrono::year_month_day date{std::chrono::year(std::stoi(part[1])),
                                         std::chrono::month(static_cast<unsigned>(std::stoi(part[2]))),
                                         std::chrono::day(static_cast<unsigned>(std::stoi(part[3])))};
  return date.ok();
}

struct Options {
  std::string language;
  CheckOptions check;
  RunOptions run;
  DemoCommandOptions demo;
  IndicatorsOptions indicators;
};

class CommandLine {
 public:
  CommandLine(const Texts& texts, Options& options) : texts_(texts), options_(options), root_(text("about"), "kaskad") {
    root_.require_subcommand(1);
    root_.set_help_flag("-h,--help", text("help"));
    root_.set_version_flag("--version", "kaskad " + program_version(), text("version"));
    root_.get_formatter()->column_width(34);
    add_language(root_);
    add_check();
    add_run();
    add_demo();
    add_indicators();
  }

  CLI::App& root() { return root_; }
  bool chosen(const std::string& name) const { return root_.got_subcommand(name); }

 private:
  std::string text(const std::string& key) const { return texts_.get("cli." + key); }

  void add_language(CLI::App& app) {
    app.add_option("--lang", options_.language, text("lang"))->check(CLI::IsMember({"ru", "en"}));
  }

  CLI::App& subcommand(const std::string& name) {
    CLI::App& app = *root_.add_subcommand(name, text(name));
    app.footer(text(name + "_examples"));
    add_language(app);
    return app;
  }

  void add_threads(CLI::App& app, unsigned& threads) {
    threads = std::max(1U, std::thread::hardware_concurrency());
    app.add_option("--threads", threads, text("threads"))->check(CLI::Range(1U, 256U));
  }

  void add_check() {
    CLI::App& app = subcommand("check");
    app.add_option("PROJECT", options_.check.project, text("project"))->required();
    app.add_flag("--json", options_.check.json, text("json"));
    add_threads(app, options_.check.threads);
  }

  void add_run() {
    CLI::App& app = subcommand("run");
    RunOptions& run = options_.run;
    run.date = today();
    app.add_option("PROJECT", run.project, text("project"))->required();
    app.add_option("-o,--out", run.out, text("out"))->required();
    app.add_option("--date", run.date, text("date"))->check([this](const std::string& value) {
      return is_date(value) ? std::string() : texts_.get("cli.date_wrong", {{"value", value}});
    });
    app.add_flag("-q,--quiet", run.quiet, text("quiet"));
    app.add_option("--fonts", run.fonts, text("fonts"));
    app.add_option("--hyphenation", run.hyphenation, text("hyphenation"));
    add_threads(app, run.threads);
  }

  void add_demo() {
    CLI::App& app = subcommand("demo");
    DemoCommandOptions& demo = options_.demo;
    app.add_option("DIR", demo.folder, text("demo_folder"))->required();
    app.add_option("--schools", demo.schools, text("demo_schools"));
    app.add_option("--years", demo.years, text("demo_years"));
    app.add_option("--pupils", demo.pupils, text("demo_pupils"));
    app.add_option("--seed", demo.seed, text("demo_seed"));
  }

  void add_indicators() {
    CLI::App& app = subcommand("indicators");
    app.add_flag("--json", options_.indicators.json, text("json"));
    app.add_flag("--markdown", options_.indicators.markdown, text("markdown"));
  }

  const Texts& texts_;
  Options& options_;
  CLI::App root_;
};

int main_in_language(int argc, char** argv, const Resources& resources, const Texts& texts) {
  Options options;
  CommandLine line(texts, options);
  try {
    line.root().parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return line.root().exit(error) == 0 ? kDone : kUsage;
  }
  if (line.chosen("check")) return check(options.check, resources, texts);
  if (line.chosen("run")) return run(options.run, resources, texts);
  if (line.chosen("demo")) return demo(options.demo, texts);
  return indicators(options.indicators, resources, texts);
}

}  // namespace

int main(int argc, char** argv) {
  const auto resources = find_resources();
  if (!resources) {
    fmt::print(stderr, "kaskad: no shared files beside the program (share/kaskad)\n");
    return kFailure;
  }
  const std::string language = language_of(argc, argv);
  const auto texts = resources->texts(language == "en" ? "en" : "ru");
  if (!texts) {
    fmt::print(stderr, "kaskad: {} {}\n", texts.error().message.code, texts.error().file);
    return kFailure;
  }
  return main_in_language(argc, argv, *resources, *texts);
}
