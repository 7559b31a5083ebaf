// A method of `kaskad estimate`. How to add one:
//   1. app/estimate/<name>_command.cpp: a class derived from Method and a function `std::unique_ptr<Method>
//      make_<name>()`; anova_command.cpp is the shortest example.
//   2. Declare the function below, add a row to kMethods in methods.cpp, and the file to CMakeLists.txt.
//   3. templates/texts/{ru,en}/estimate_<name>.toml: [estimate_<name>] about = …, examples = … and the words of its own
//      options; words of roles, figures, tables, columns and settings go to sections of the common names
//      ([estimate_figure] …) in the same file, if estimate.toml does not have them. Notes are [diagnostic.<code>].
// String literals in kebab-case are codes to the test of texts: name figures and columns in snake_case.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "app/estimate/estimate_report.hpp"
#include "engine/base/error.hpp"
#include "engine/frame/frame.hpp"
#include "engine/frame/sample.hpp"

namespace CLI {
class App;
}

namespace kaskad::app {

/// The rows that --where left, and what all methods can be told.
struct EstimateInput {
  const frame::Frame& frame;  ///< Empty for a method that reads no data.
  double level = 0.95;        ///< Of all intervals.
};

class Method {
 public:
  virtual ~Method() = default;
  /// Adds the method's own options, bound to its members. `texts` has their words.
  virtual void add_options(CLI::App& app, const Texts& texts) = 0;
  /// Errors of the command line have codes "asked-…" (exit code 2). What the data cannot answer is no error: a report
  /// with undefined figures.
  virtual Expected<EstimateReport> estimate(const EstimateInput& input) const = 0;
};

struct MethodRow {
  const char* name;  ///< As typed: "two-groups".
  const char* key;   ///< Of its texts: "estimate_two_groups".
  std::unique_ptr<Method> (*make)();
  bool reads_data = true;  ///< Has the argument DATA and the options that choose its rows.
};

/// In the order of the help.
const std::vector<MethodRow>& methods();

std::unique_ptr<Method> make_two_groups();
std::unique_ptr<Method> make_regression();
std::unique_ptr<Method> make_did();
std::unique_ptr<Method> make_match();
std::unique_ptr<Method> make_anova();
std::unique_ptr<Method> make_mixed();
std::unique_ptr<Method> make_pool();
std::unique_ptr<Method> make_power();
std::unique_ptr<Method> make_agreement();

/// A report of no estimates, for a sample that the method cannot use: every reader sees why.
EstimateReport nothing_estimated(const frame::Sample& sample, Undefined reason);

}  // namespace kaskad::app
