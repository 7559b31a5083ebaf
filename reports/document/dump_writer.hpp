// Indented lines for the dump of a document; private to this room.
#pragma once

#include <string>
#include <string_view>

#include "reports/charts/chart.hpp"
#include "reports/values/quantity.hpp"

namespace kaskad::reports {

class DumpWriter {
 public:
  DumpWriter(const std::string& language, std::string missing) : format_(language), missing_(std::move(missing)) {}

  void line(std::string_view text);
  /// "name: text" when there is a text.
  void field(std::string_view name, std::string_view text);
  void indent() { depth_ += 1; }
  void outdent() { depth_ -= 1; }
  std::string take() { return std::move(text_); }

  /// "20,0 % (от 18,2 до 21,9), n = 2014" or "нет данных [too_few]".
  std::string in_full(const Quantity& q) const;
  /// "20,0 %" or "нет данных [too_few]".
  std::string value(const Quantity& q) const;
  const NumberFormat& format() const { return format_; }
  const std::string& missing() const { return missing_; }

 private:
  NumberFormat format_;
  std::string missing_;
  std::string text_;
  std::size_t depth_ = 0;
};

/// Everything one level deeper while it lives.
class Indented {
 public:
  explicit Indented(DumpWriter& writer) : writer_(writer) { writer_.indent(); }
  ~Indented() { writer_.outdent(); }
  Indented(const Indented&) = delete;
  Indented& operator=(const Indented&) = delete;

 private:
  DumpWriter& writer_;
};

std::string quoted(std::string_view text);
/// A number of the model (width, border) without trailing zeros and in no language.
std::string bare(double value);

void dump_chart(DumpWriter& out, const Chart& chart);

}  // namespace kaskad::reports
