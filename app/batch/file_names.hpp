// Names of the files that a run makes: from the pattern of a report, safe on any disk, no two alike.
#pragma once

#include <string>
#include <vector>

namespace kaskad::app {

/// A name as part of a file name: letters, digits, "-", "_" and "." stay, all else becomes "_"; "." and ".." become
/// underscores, nothing one underscore. Cut to at most 120 bytes, between letters.
std::string file_name_of(const std::string& name);

/// What the marks of a pattern stand for; those of another report's entity are empty.
struct FileNameParts {
  std::string school;  ///< Id.
  std::string school_name;
  std::string municipality;
  std::string year;
};

/// The pattern with its marks filled in.
std::string file_name_from(const std::string& pattern, const FileNameParts& parts);

/// Gives those of `files` that are alike, also where case is ignored, the ids of their entities at their ends, and
/// where even that does not tell them apart, a number made of the id. `ids` are as many as `files`, no two alike.
void tell_apart(std::vector<std::string>& files, const std::vector<std::string>& ids);

/// "passports/12.pdf", "-b" → "passports/12-b.pdf".
std::string with_suffix(const std::string& file, const std::string& suffix);

}  // namespace kaskad::app
