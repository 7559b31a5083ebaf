#include "app/batch/file_names.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>
#include <utility>

#include "engine/base/text.hpp"
#include "engine/intake/file_hash.hpp"

namespace kaskad::app {
namespace {

constexpr std::size_t kLongest = 120;  // of 255 bytes that disks allow, with room for a pattern and an id

bool is_kept(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
         c == '.' || static_cast<unsigned char>(c) >= 0x80;
}

bool begins_letter(char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }

/// Places in `files` of those that are alike, by what they are called.
std::map<std::string, std::vector<std::size_t>> alike(const std::vector<std::string>& files) {
  std::map<std::string, std::vector<std::size_t>> groups;
  for (std::size_t i = 0; i < files.size(); ++i) groups[fold(files[i])].push_back(i);
  for (auto group = groups.begin(); group != groups.end();) {
    group = group->second.size() < 2 ? groups.erase(group) : std::next(group);
  }
  return groups;
}

template <class Suffix>
void add_to_alike(std::vector<std::string>& files, Suffix suffix) {
  for (const auto& [name, places] : alike(files)) {
    for (const std::size_t i : places) files[i] = with_suffix(files[i], "-" + suffix(i));
  }
}

}  // namespace

std::string file_name_of(const std::string& name) {
  std::string out;
  for (const char c : name) out += is_kept(c) ? c : '_';
  if (out.size() > kLongest) {
    std::size_t end = kLongest;
    while (end > 0 && !begins_letter(out[end])) --end;
    out.resize(end);
  }
  if (out.find_first_not_of('.') == std::string::npos) std::fill(out.begin(), out.end(), '_');
  return out.empty() ? "_" : out;
}

std::string file_name_from(const std::string& pattern, const FileNameParts& parts) {
  const std::array<std::pair<std::string_view, const std::string*>, 4> values = {
      {{"{school}", &parts.school},
       {"{school.name}", &parts.school_name},
       {"{municipality}", &parts.municipality},
       {"{year}", &parts.year}}};
  std::string out;
  for (std::size_t at = 0; at < pattern.size();) {
    const auto* found = std::find_if(values.begin(), values.end(), [&](const auto& value) {
      return std::string_view(pattern).substr(at).starts_with(value.first);
    });
    if (found == values.end()) {
      out += pattern[at++];
      continue;
    }
    out += file_name_of(*found->second);
    at += found->first.size();
  }
  return out;
}

std::string with_suffix(const std::string& file, const std::string& suffix) {
  const std::filesystem::path path(file);
  return (path.parent_path() / (path.stem().string() + suffix + path.extension().string())).string();
}

void tell_apart(std::vector<std::string>& files, const std::vector<std::string>& ids) {
  add_to_alike(files, [&](std::size_t i) { return file_name_of(ids[i]); });
  add_to_alike(files, [&](std::size_t i) { return intake::hash_of(ids[i]); });
}

}  // namespace kaskad::app
