// `kaskad estimate METHOD DATA …`: what is common to all methods.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/estimate/method.hpp"
#include "engine/base/texts.hpp"

namespace kaskad::app {

/// What a command writes and ends with, for the rim to print.
struct CommandOutput {
  int exit_code = 0;
  std::string out;
  std::string err;
};

class EstimateCommand {
 public:
  explicit EstimateCommand(const Texts& texts);
  ~EstimateCommand();

  /// Adds `estimate` and its methods to the command line. `decorate` is called for each subcommand (options that all
  /// commands have); `choose` takes the work of the method that was chosen.
  void add_to(CLI::App& root, const std::function<void(CLI::App&)>& decorate,
              const std::function<void(std::function<CommandOutput()>)>& choose);

 private:
  struct Entry;
  CommandOutput run(const Entry& entry) const;
  void add_common(CLI::App& app, Entry& entry) const;

  const Texts& texts_;
  std::vector<std::unique_ptr<Entry>> entries_;
};

/// Runs `kaskad estimate …` with these arguments ("anova", "data.csv", …), as main would.
CommandOutput run_estimate(std::vector<std::string> arguments, const Texts& texts);

}  // namespace kaskad::app
