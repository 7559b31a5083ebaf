#include "app/check/overflow.hpp"

#include <algorithm>
#include <vector>

namespace kaskad::app {

Overflow::Overflow(Line line, Wanted wanted) : line_(std::move(line)), wanted_(std::move(wanted)) {}

Overflow::~Overflow() {
  if (file_ != nullptr) std::fclose(file_);
}

void Overflow::take(const Diagnostic& d) {
  if (wanted_ && !wanted_(d)) return;
  ++counts_[{d.severity, d.message.code, d.place.file}];
  if (!line_) return;
  if (file_ == nullptr) file_ = std::tmpfile();
  const std::string line = line_(d);
  good_ = good_ && file_ != nullptr && std::fwrite(line.data(), 1, line.size(), file_) == line.size();
}

std::int64_t Overflow::n() const {
  std::int64_t all = 0;
  for (const auto& [what, n] : counts_) all += n;
  return all;
}

bool Overflow::has_errors() const {
  return std::any_of(counts_.begin(), counts_.end(),
                     [](const auto& count) { return std::get<Severity>(count.first) == Severity::error; });
}

void Overflow::read(const std::function<void(const std::string&)>& put) const {
  if (file_ == nullptr) return;
  std::rewind(file_);
  constexpr std::size_t kPart = 1 << 16;
  std::string part(kPart, '\0');
  for (;;) {
    part.resize(kPart);
    part.resize(std::fread(part.data(), 1, kPart, file_));
    if (part.empty()) return;
    put(part);
  }
}

}  // namespace kaskad::app
