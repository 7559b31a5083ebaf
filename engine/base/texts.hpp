// The words of the interface: templates/texts/<language>/*.toml, ICU MessageFormat with named arguments and plurals.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "engine/base/diagnostic.hpp"
#include "engine/base/error.hpp"

namespace kaskad {

class Texts {
 public:
  /// `toml` holds the contents of the language's files; keys are dotted paths ("diagnostic.unknown-school").
  /// Malformed patterns and keys defined twice are an error that names them.
  static Expected<Texts> load(const std::string& language, const std::map<std::string, std::string>& toml_by_file);

  const std::string& language() const { return language_; }
  bool has(std::string_view key) const;
  /// The text with its arguments put in. A missing key is a bug of ours and yields "⟦key⟧", which a test forbids.
  std::string get(std::string_view key, const Args& args = {}) const;
  /// "error[unknown-school] results.csv:12:3 (school): …" in the language, with the hint on a second line if there is
  /// one.
  std::string describe(const Diagnostic& diagnostic) const;
  std::string describe(const Error& error) const;

  /// All keys, for the test that both languages say everything.
  std::vector<std::string> keys() const;

 private:
  std::string language_;
  std::map<std::string, std::string, std::less<>> patterns_;
};

}  // namespace kaskad
