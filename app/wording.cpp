#include "app/wording.hpp"

#include <variant>

namespace kaskad::app {
namespace {

constexpr char kSeparator = '\x1f';

std::string key_of(const Message& message) {
  std::string key = message.code;
  for (const auto& [name, value] : message.args) {
    key += kSeparator;
    if (const auto* text = std::get_if<std::string>(&value))
      key += *text;
    else if (const auto* whole = std::get_if<std::int64_t>(&value))
      key += std::to_string(*whole);
    else
      key.append(reinterpret_cast<const char*>(&std::get<double>(value)), sizeof(double));
  }
  return key;
}

}  // namespace

const Words& Wording::of(const Diagnostic& d) {
  if (known_.size() >= kMostKnown) known_.clear();
  const auto [found, is_new] = known_.try_emplace(key_of(d.message));
  if (is_new) {
    const std::string key = "diagnostic." + d.message.code;
    found->second.message = texts_.get(key + ".text", d.message.args);
    if (texts_.has(key + ".hint")) found->second.hint = texts_.get(key + ".hint", d.message.args);
  }
  return found->second;
}

}  // namespace kaskad::app
