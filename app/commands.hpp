// The subcommands. Each returns the exit code: 0 done, 1 data defects found, 2 usage (command line or project file), 3
// failure.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/resources.hpp"
#include "engine/base/error.hpp"
#include "engine/base/texts.hpp"

namespace kaskad::app {

inline constexpr int kDone = 0;
inline constexpr int kDefects = 1;
inline constexpr int kUsage = 2;
inline constexpr int kFailure = 3;

/// What an error means to the caller: a wrong command line (codes "asked-…") or a failure.
int exit_code_of(const Error& error);
/// An error with the option that it concerns, where it names no file.
Error of_option(Error error, const std::string& option);

struct CheckOptions {
  std::string project;
  unsigned threads = 1;
  bool json = false;
  bool all = false;           ///< On the terminal every remark, not only how many there are of each kind.
  std::string date;           ///< ISO; of the workbooks and the page.
  std::string return_folder;  ///< Where workbooks for the schools are to be written; empty = none.
  std::string corrected;      ///< Folder of workbooks that came back; empty = as the project says.
  std::string html;           ///< File for a page of all remarks; empty = none.
  std::string school;         ///< Id: only its remarks.
  std::string file;           ///< Only remarks on this source; a name, its last part, or a pattern.
};
int check(const CheckOptions& options, const Resources& resources, const Texts& texts);

struct RunOptions {
  std::string project;
  std::string out;
  unsigned threads = 1;
  std::string date;  ///< ISO.
  bool quiet = false;
  std::vector<std::string> only;  ///< "passport:12"; empty = everything.
  bool changed = false;           ///< Leave alone what is the same as at the last run.
  bool merge = false;             ///< Print files of all reports that make many PDFs.
  bool attach = false;            ///< The figures go with each PDF.
  bool json = false;              ///< The report's data on stdout instead of reports.
  std::string fonts = "/usr/share/fonts/truetype/paratype";
  std::string hyphenation = "/usr/share/hyphen";
};
int run(const RunOptions& options, const Resources& resources, const Texts& texts);

/// Writes what a reviewer needs to repeat the effects into the folder `out`; of the options it reads project, out,
/// threads, date and quiet.
int bundle(const RunOptions& options, const Resources& resources, const Texts& texts);

struct TemplateCheckOptions {
  std::vector<std::string> files;
  std::string kind;  ///< Empty: as the template says, or as its file is called.
};
int check_templates(const TemplateCheckOptions& options, const Resources& resources, const Texts& texts);

struct TemplateNewOptions {
  std::string kind;
  std::string out;  ///< Empty = stdout. A file that is there is not overwritten.
};
int new_template(const TemplateNewOptions& options, const Resources& resources, const Texts& texts);

int list_templates(const Resources& resources, const Texts& texts);

struct PreviewOptions {
  std::string what;  ///< A kind of report or a template's file.
  std::string school, municipality;
  std::string out;
  bool html = false;
  RunOptions run;  ///< Its project, threads, date, fonts and hyphenation.
};
/// Makes one document of a project.
int preview(const PreviewOptions& options, const Resources& resources, const Texts& texts);

struct DemoCommandOptions {
  std::string folder;
  int schools = 60;
  int years = 5;
  std::int64_t pupils = 20000;
  std::uint64_t seed = 1;
};
int demo(const DemoCommandOptions& options, const Texts& texts);

struct WhatIfOptions {
  std::string project;
  std::vector<std::string> set;  ///< "low.threshold=0.25"
  unsigned threads = 1;
  bool json = false;
};
/// Who would enter and who would leave the lists of schools if these settings were so.
int whatif(const WhatIfOptions& options, const Resources& resources, const Texts& texts);

struct ProposeOptions {
  std::string project;
  unsigned threads = 1;
  bool json = false;
};
/// Controls and partners for the supported schools, with reasons and balance.
int propose(const ProposeOptions& options, const Resources& resources, const Texts& texts);

struct ExplainOptions {
  std::string school, project;
  unsigned threads = 1;
  bool json = false;
};
/// Why a school is on a list or not, down to the rows of the sources.
int explain(const ExplainOptions& options, const Resources& resources, const Texts& texts);

struct IndicatorsOptions {
  bool json = false;
  bool markdown = false;
};
int indicators(const IndicatorsOptions& options, const Resources& resources, const Texts& texts);

}  // namespace kaskad::app
