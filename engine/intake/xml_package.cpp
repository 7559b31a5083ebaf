#include "engine/intake/xml_package.hpp"

#include <algorithm>
#include <cstdint>
#include <orcus/sax_parser.hpp>
#include <orcus/zip_archive.hpp>
#include <orcus/zip_archive_stream.hpp>
#include <stdexcept>

#include "engine/intake/zip_directory.hpp"

namespace kaskad::intake {
namespace {

/// Gathers the attributes of an element, which liborcus tells before the element itself.
class Bridge : public orcus::sax_handler {
 public:
  explicit Bridge(XmlHandler& handler) : handler_(handler) {}
  void attribute(const orcus::sax::parser_attribute& a) { attributes_.emplace_back(a.name, a.value); }
  void start_declaration(std::string_view) { attributes_.clear(); }
  void end_declaration(std::string_view) { attributes_.clear(); }
  void start_element(const orcus::sax::parser_element& element) {
    ++depth_;
    handler_.start(element.name, attributes_);
    attributes_.clear();
  }
  void end_element(const orcus::sax::parser_element& element) {
    --depth_;
    handler_.end(element.name);
  }
  bool all_closed() const { return depth_ == 0; }
  void characters(std::string_view text, bool) { handler_.text(text); }

 private:
  XmlHandler& handler_;
  XmlAttributes attributes_;
  int depth_ = 0;
};

}  // namespace

struct ZipArchive::Impl {
  explicit Impl(std::string_view bytes)
      : entries(read_zip_directory(bytes)),
        stream(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()),
        archive(&stream) {
    archive.load();
  }
  std::vector<ZipEntry> entries;
  orcus::zip_archive_stream_blob stream;
  orcus::zip_archive archive;
};

ZipArchive::ZipArchive(std::string_view bytes) : impl_(std::make_unique<Impl>(bytes)) {}
ZipArchive::~ZipArchive() = default;

std::string ZipArchive::read(std::string_view part) const {
  const auto entry =
      std::find_if(impl_->entries.begin(), impl_->entries.end(), [&](const ZipEntry& e) { return e.name == part; });
  if (entry == impl_->entries.end()) throw std::runtime_error("no such part");
  std::vector<unsigned char> bytes;
  if (!impl_->archive.read_file_entry(part, bytes) || bytes.size() < entry->unpacked) {
    throw std::runtime_error("a part that does not unpack");
  }
  // liborcus gives a buffer with a byte to spare.
  std::string text(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(entry->unpacked));
  if (crc32(text) != entry->crc) throw std::runtime_error("a part that differs from its checksum");
  return text;
}

std::string_view attribute_of(const XmlAttributes& attributes, std::string_view name) {
  const auto found = std::find_if(attributes.begin(), attributes.end(), [&](const auto& a) { return a.first == name; });
  return found == attributes.end() ? std::string_view() : found->second;
}

void parse_xml(std::string xml, XmlHandler& handler) {
  // The parser may look one character past the end of a torn part.
  const std::size_t size = xml.size();
  xml.append(16, '\0');
  Bridge bridge(handler);
  orcus::sax_parser<Bridge> parser(xml.data(), size, bridge);
  parser.parse();
  if (!bridge.all_closed()) throw std::runtime_error("elements left open");
}

}  // namespace kaskad::intake
