#include "app/console.hpp"

#include <fmt/format.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <algorithm>
#include <map>

#include "app/check/terminal.hpp"

namespace kaskad::app {
namespace {

constexpr std::size_t kShownOfACode = 10;

void print(std::FILE* to, const std::string& text) { fmt::print(to, "{}\n", text); }

}  // namespace

Console::Console(const Texts& texts, bool quiet)
    : texts_(texts), quiet_(quiet), is_terminal_(isatty(STDERR_FILENO) == 1) {
  auto log = std::make_shared<spdlog::logger>("kaskad", std::make_shared<spdlog::sinks::stderr_color_sink_mt>());
  log->set_pattern("%H:%M:%S %v");
  spdlog::set_default_logger(std::move(log));
}

void Console::stage(const std::string& key) {
  end_stage();
  stage_ = texts_.get(key);
  begin_ = drawn_ = std::chrono::steady_clock::now();
}

void Console::clear_bar() {
  if (bar_shown_) fmt::print(stderr, "\r\x1b[K");
  bar_shown_ = false;
}

void Console::end_stage() {
  clear_bar();
  if (stage_.empty() || quiet_) return;
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin_;
  spdlog::info("{} · {}", stage_, texts_.get("stage.took", {{"seconds", took.count()}}));
  stage_.clear();
}

void Console::progress(std::size_t done, std::size_t all) {
  if (quiet_ || !is_terminal_ || all == 0) return;
  const std::lock_guard lock(mutex_);
  const auto now = std::chrono::steady_clock::now();
  if (now - drawn_ < std::chrono::milliseconds(100)) return;
  drawn_ = now;
  constexpr std::size_t kWidth = 30;
  const std::size_t filled = kWidth * done / all;
  std::string bar;
  for (std::size_t i = 0; i < kWidth; ++i) bar += i < filled ? "█" : "░";
  fmt::print(stderr, "\r\x1b[K{} {} {:3d} %", stage_, bar, 100 * done / all);
  std::fflush(stderr);
  bar_shown_ = true;
}

void Console::finish() { end_stage(); }

void Console::error(const std::string& message) {
  clear_bar();
  print(stderr, message);
}

void Console::tell(const Diagnostics& diagnostics, std::FILE* to) {
  clear_bar();
  std::map<std::string, std::size_t> shown;
  for (const Diagnostic& d : diagnostics) {
    if (shown[d.message.code]++ < kShownOfACode) print(to, texts_.describe(d));
  }
  for (const auto& [code, n] : shown) {
    if (n > kShownOfACode)
      print(to, texts_.get("console.more", {{"code", code}, {"n", static_cast<std::int64_t>(n - kShownOfACode)}}));
  }
}

void Console::tell_kinds(const Diagnostics& diagnostics, std::FILE* to) {
  clear_bar();
  fmt::print(to, "{}", kinds_text(diagnostics, texts_));
}

void Console::tell_all(const Diagnostics& diagnostics, std::FILE* to) {
  clear_bar();
  for (auto d = diagnostics.begin(); d != diagnostics.end(); ++d) {
    if (std::find(diagnostics.begin(), d, *d) == d) print(to, texts_.describe(*d));
  }
}

}  // namespace kaskad::app
