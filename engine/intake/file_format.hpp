// What a file is, by its first bytes, and what its name says that it is.
#pragma once

#include <string_view>

#include "engine/intake/source.hpp"

namespace kaskad::intake {

enum class Content : std::uint8_t { text, workbook, foreign };

struct FileFormat {
  std::string_view bytes;  ///< With which such a file begins.
  std::string_view name;   ///< What the reader is told it is.
  Content content = Content::text;
};

const FileFormat& format_of(std::string_view bytes);
/// What the project or the ending of the file's name promises: "XLSX", "ODS", "XLS" or "CSV"; empty when nothing.
std::string_view promised_format(const SourceSpec& spec);
/// An Office document with a password is a compound file with the stream EncryptedPackage (MS-OFFCRYPTO 2.3.4.4).
bool is_encrypted_office_file(std::string_view bytes);
/// Text has no control characters but those of lines and tabs.
bool looks_like_text(std::string_view bytes);

}  // namespace kaskad::intake
