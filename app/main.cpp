#include <fmt/format.h>

#include "app/command_line.hpp"

namespace {

/// The language must be known before the options are described in it.
std::string language_of(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string_view arg = argv[i];
    if (arg == "--lang" && i + 1 < argc) return argv[i + 1];
    if (arg.starts_with("--lang=")) return std::string(arg.substr(7));
  }
  return "ru";
}

}  // namespace

int main(int argc, char** argv) {
  const auto resources = kaskad::app::find_resources();
  if (!resources) {
    fmt::print(stderr, "kaskad: no shared files beside the program (share/kaskad)\n");
    return kaskad::app::kFailure;
  }
  const std::string language = language_of(argc, argv);
  const auto texts = resources->texts(language == "en" ? "en" : "ru");
  if (!texts) {
    fmt::print(stderr, "kaskad: {} {}\n", texts.error().message.code, texts.error().file);
    return kaskad::app::kFailure;
  }
  return kaskad::app::run_command_line(argc, argv, *resources, *texts);
}
