// A zip archive of XML parts, which is what a workbook is. Only xml_package.cpp knows liborcus; both classes throw
// std::exception at what is broken.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kaskad::intake {

class ZipArchive {
 public:
  explicit ZipArchive(std::string_view bytes);  ///< The bytes must outlive the archive.
  ~ZipArchive();
  std::string read(std::string_view part) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

using XmlAttributes = std::vector<std::pair<std::string, std::string>>;  ///< Names without prefix.

class XmlHandler {
 public:
  virtual ~XmlHandler() = default;
  virtual void start(std::string_view element, const XmlAttributes& attributes) = 0;
  virtual void end(std::string_view element) = 0;
  virtual void text(std::string_view text) = 0;
};

/// The value of an attribute, or empty.
std::string_view attribute_of(const XmlAttributes& attributes, std::string_view name);

void parse_xml(std::string xml, XmlHandler& handler);

}  // namespace kaskad::intake
