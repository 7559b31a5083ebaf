// A zip archive of XML parts, which is what a workbook is. Only xml_package.cpp knows liborcus; everything here throws
// std::exception at what is broken.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/intake/zip_directory.hpp"

namespace kaskad::intake {

/// Parts that are larger when unpacked are refused: the parser needs a part as a whole.
inline constexpr std::uint64_t kMostOfAPart = std::uint64_t{1} << 30;

class ZipArchive {
 public:
  explicit ZipArchive(std::string_view bytes);  ///< The bytes must outlive the archive.
  ~ZipArchive();
  const std::vector<ZipEntry>& entries() const;
  /// Null when there is no such part.
  const ZipEntry* find(std::string_view part) const;
  /// Throws TooLarge before anything is unpacked that is larger than kMostOfAPart.
  std::string read(std::string_view part) const;

 private:
  friend class PartBytes;
  std::vector<unsigned char> unpack(const ZipEntry& entry) const;

  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Names without prefix; views hold until the handler returns.
using XmlAttributes = std::vector<std::pair<std::string_view, std::string_view>>;

class XmlHandler {
 public:
  virtual ~XmlHandler() = default;
  virtual void start(std::string_view element, const XmlAttributes& attributes) = 0;
  virtual void end(std::string_view element) = 0;
  virtual void text(std::string_view text) = 0;
};

/// The value of an attribute, or empty.
std::string_view attribute_of(const XmlAttributes& attributes, std::string_view name);

void parse_xml(const ZipArchive& archive, std::string_view part, XmlHandler& handler);

}  // namespace kaskad::intake
