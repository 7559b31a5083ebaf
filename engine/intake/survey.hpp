// A first look at a file's bytes: fingerprint, and where they stop being UTF-8.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace kaskad::intake {

struct Survey {
  std::string hash;
  std::optional<std::size_t> first_not_utf8;  ///< Byte offset.
};

/// `mapped`: pages that were looked at may be given back to the system.
Survey survey_bytes(std::string_view bytes, unsigned threads, bool mapped);

/// Tells the system that these bytes of a mapped file need not stay in memory; reading them again is allowed.
void release_pages(std::string_view bytes);

}  // namespace kaskad::intake
