#include "app/usage.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <filesystem>
#include <limits>
#include <optional>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/base/text.hpp"

namespace kaskad::app {
namespace {

constexpr std::size_t kColumn = 34;

std::size_t letters(const std::string& utf8) {
  return static_cast<std::size_t>(
      std::count_if(utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

/// A name and what it means, the meanings below each other; CLI11 itself counts bytes.
std::string in_columns(const std::string& name, const std::string& meaning) {
  const std::string left = "  " + name;
  const bool fits = letters(left) < kColumn;
  return left + (fits ? std::string(kColumn - letters(left), ' ') : "\n" + std::string(kColumn, ' ')) + meaning + "\n";
}

std::string names(const std::set<CLI::Option*>& options) {
  std::vector<std::string> out;
  for (const CLI::Option* option : options) out.push_back(option->get_name());
  std::sort(out.begin(), out.end());
  return fmt::format("{}", fmt::join(out, ", "));
}

class Help : public CLI::Formatter {
 public:
  explicit Help(const Texts& texts) : texts_(texts) {
    for (const char* word : {"Usage", "OPTIONS", "SUBCOMMAND", "Positionals"}) label(word, text(word));
    for (const char* word : {"TEXT", "INT", "UINT", "FLOAT"}) label(word, text(word));
  }

  std::string make_group(std::string group, bool is_positional,
                         std::vector<const CLI::Option*> options) const override {
    return Formatter::make_group(group == "Options" ? text("Options") : group, is_positional, std::move(options));
  }

  std::string make_subcommands(const CLI::App* app, CLI::AppFormatMode) const override {
    const auto commands = app->get_subcommands({});
    if (commands.empty()) return {};
    std::string out = "\n" + text("SUBCOMMANDS") + ":\n";
    for (const CLI::App* command : commands) out += in_columns(command->get_name(), command->get_description());
    return out;
  }

  std::string make_option(const CLI::Option* option, bool is_positional) const override {
    const std::string name = make_option_name(option, is_positional) + (is_positional ? "" : make_option_opts(option));
    return in_columns(name, option->get_description() + conditions(option));
  }

  std::string make_option_opts(const CLI::Option* option) const override {
    if (option->get_type_size() == 0) return {};
    const bool is_list = option->get_expected_max() == CLI::detail::expected_max_vector_size;
    return " " + get_label(type_and_check(option).first) + (is_list ? " …" : "");
  }

 private:
  std::string text(const std::string& key) const { return texts_.get("usage." + key); }

  /// The type of a value, and the names of its checks.
  static std::pair<std::string, std::string> type_and_check(const CLI::Option* option) {
    const std::string both = option->get_type_name();
    const std::size_t colon = both.find(':');
    return colon == std::string::npos ? std::pair{both, std::string()}
                                      : std::pair{both.substr(0, colon), both.substr(colon + 1)};
  }

  std::string conditions(const CLI::Option* option) const {
    std::vector<std::string> out;
    if (option->get_required()) out.push_back(text("required"));
    if (const std::string check = type_and_check(option).second; !check.empty()) out.push_back(check);
    if (!option->get_needs().empty())
      out.push_back(texts_.get("usage.needs", {{"options", names(option->get_needs())}}));
    if (!option->get_excludes().empty())
      out.push_back(texts_.get("usage.excludes", {{"options", names(option->get_excludes())}}));
    return out.empty() ? "" : fmt::format(" ({})", fmt::join(out, "; "));
  }

  const Texts& texts_;
};

const CLI::App* chosen(const CLI::App* app) {
  while (!app->get_subcommands().empty()) app = app->get_subcommands().front();
  return app;
}

/// "kaskad template check"
std::string path_of(const CLI::App* app) {
  return app->get_parent() == nullptr ? app->get_name() : path_of(app->get_parent()) + " " + app->get_name();
}

std::vector<std::string> commands_of(const CLI::App& app) {
  std::vector<std::string> out;
  for (const CLI::App* command : app.get_subcommands({})) out.push_back(command->get_name());
  return out;
}

/// CLI11 gives what was wrong as an English sentence only; the names in it stand before and after these words.
std::optional<std::pair<std::string, std::string>> around(const std::string& sentence, const std::string& words) {
  const std::size_t at = sentence.find(words);
  if (at == std::string::npos) return std::nullopt;
  return std::pair{sentence.substr(0, at), sentence.substr(at + words.size())};
}

struct Complaint {
  const CLI::ParseError& error;
  const CLI::App& app;  ///< The command that was being read.
  const Texts& texts;

  std::string text(const std::string& key, const Args& args) const { return texts.get("usage." + key, args); }
  std::string other() const { return text("other", {{"message", std::string(error.what())}}); }

  std::string unexpected(const std::vector<std::string>& words) const {
    std::vector<std::string> known = commands_of(app);
    for (const CLI::Option* option : app.get_options()) {
      for (const std::string& name : option->get_lnames()) known.push_back("--" + name);
    }
    const std::string first = words.empty() ? "" : words.front();
    return text("unexpected", {{"words", fmt::format("{}", fmt::join(words, " "))},
                               {"nearest", nearest(first, known).value_or("none")}});
  }

  std::string lacking() const {
    if (app.get_require_subcommand_min() > 0 && app.get_subcommands().empty())
      return text("no_command", {{"commands", fmt::format("{}", fmt::join(commands_of(app), ", "))}});
    std::vector<std::string> missing;
    for (const CLI::Option* option : app.get_options()) {
      if (option->get_required() && option->count() == 0) missing.push_back(option->get_name());
    }
    if (const auto asked = around(error.what(), " is required"); missing.empty() && asked)
      missing.push_back(asked->first);
    return text("lacking", {{"options", fmt::format("{}", fmt::join(missing, ", "))}});
  }

  std::string pair(const std::string& key, const std::string& words) const {
    const auto both = around(error.what(), words);
    return both ? text(key, {{"option", both->first}, {"other", both->second}}) : other();
  }

  std::string wrong_value() const {
    const auto both = around(error.what(), ": ");
    return both ? text("wrong_value", {{"option", both->first}, {"reason", both->second}}) : other();
  }

  std::string no_number() const {
    const auto sentence = around(error.what(), "Could not convert: ");
    const auto both = sentence ? around(sentence->second, " = ") : std::nullopt;
    return both ? text("no_number", {{"option", both->first}, {"value", both->second}}) : other();
  }

  std::string no_value() const {
    const auto both = around(error.what(), ": ");
    return both ? text("no_value", {{"option", both->first}}) : other();
  }

  std::string sentence(const CLI::App& root) const {
    if (const auto extra = root.remaining(true); !extra.empty()) return unexpected(extra);
    switch (static_cast<CLI::ExitCodes>(error.get_exit_code())) {
      case CLI::ExitCodes::RequiredError:
        return lacking();
      case CLI::ExitCodes::ExcludesError:
        return pair("both", " excludes ");
      case CLI::ExitCodes::RequiresError:
        return pair("alone", " requires ");
      case CLI::ExitCodes::ValidationError:
        return wrong_value();
      case CLI::ExitCodes::ConversionError:
        return no_number();
      case CLI::ExitCodes::ArgumentMismatch:
        return no_value();
      default:
        return other();
    }
  }
};

CLI::Validator number_check(const Texts& texts, std::string range, double lo, double hi, bool open) {
  return CLI::Validator(
      [&texts, range, lo, hi, open](const std::string& value) {
        double number = 0;
        const auto [end, fault] = std::from_chars(value.data(), value.data() + value.size(), number);
        const bool read = fault == std::errc() && end == value.data() + value.size();
        if (read && (open ? number > lo : number >= lo) && number <= hi) return std::string();
        return texts.get("usage.not_within", {{"value", value}, {"range", range}});
      },
      range);
}

}  // namespace

void speak(CLI::App& root, const Texts& texts) {
  root.formatter(std::make_shared<Help>(texts));
  root.set_help_flag("-h,--help", texts.get("usage.help"));
}

std::string told(const CLI::ParseError& error, const CLI::App& root, const Texts& texts) {
  const CLI::App* app = chosen(&root);
  return Complaint{error, *app, texts}.sentence(root) + "\n" +
         texts.get("usage.see_help", {{"command", path_of(app)}}) + "\n";
}

CLI::Validator between(double lo, double hi, const Texts& texts) {
  const std::string range = texts.get("usage.between", {{"lo", fmt::format("{}", lo)}, {"hi", fmt::format("{}", hi)}});
  return number_check(texts, range, lo, hi, false);
}

CLI::Validator at_least(double lo, const Texts& texts) {
  const std::string range = texts.get("usage.at_least", {{"lo", fmt::format("{}", lo)}});
  return number_check(texts, range, lo, std::numeric_limits<double>::max(), false);
}

CLI::Validator above_zero(const Texts& texts) {
  return number_check(texts, texts.get("usage.above_zero"), 0, std::numeric_limits<double>::max(), true);
}

CLI::Validator one_of(std::vector<std::string> words, const Texts& texts) {
  const std::string list = fmt::format("{}", fmt::join(words, ", "));
  return CLI::Validator(
      [&texts, list, words = std::move(words)](const std::string& value) {
        if (std::find(words.begin(), words.end(), value) != words.end()) return std::string();
        return texts.get("usage.not_one_of", {{"value", value}, {"words", list}});
      },
      "");
}

CLI::Validator existing_folder(const Texts& texts) {
  return CLI::Validator(
      [&texts](const std::string& value) {
        return std::filesystem::is_directory(value) ? std::string() : texts.get("usage.no_folder", {{"value", value}});
      },
      texts.get("usage.folder"));
}

}  // namespace kaskad::app
