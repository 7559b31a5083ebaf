#include "engine/intake/xml_package.hpp"

#include <algorithm>
#include <cstdint>
#include <deque>
#include <orcus/sax_parser.hpp>
#include <orcus/zip_archive.hpp>
#include <orcus/zip_archive_stream.hpp>
#include <stdexcept>

#include "engine/intake/sheet_cells.hpp"

namespace kaskad::intake {
namespace {

/// Gathers the attributes of an element, which liborcus tells before the element itself.
class Bridge : public orcus::sax_handler {
 public:
  explicit Bridge(XmlHandler& handler) : handler_(handler) {}
  /// Values with entities stand in a buffer of the parser that the next one overwrites.
  void attribute(const orcus::sax::parser_attribute& a) {
    attributes_.emplace_back(a.name, a.transient ? std::string_view(kept_.emplace_back(a.value)) : a.value);
  }
  void start_declaration(std::string_view) { forget(); }
  void end_declaration(std::string_view) { forget(); }
  void start_element(const orcus::sax::parser_element& element) {
    ++depth_;
    handler_.start(element.name, attributes_);
    forget();
  }
  void end_element(const orcus::sax::parser_element& element) {
    --depth_;
    handler_.end(element.name);
  }
  bool all_closed() const { return depth_ == 0; }
  void characters(std::string_view text, bool) { handler_.text(text); }

 private:
  void forget() {
    attributes_.clear();
    if (!kept_.empty()) kept_.clear();
  }

  XmlHandler& handler_;
  XmlAttributes attributes_;
  std::deque<std::string> kept_;
  int depth_ = 0;
};

std::string_view text_of(const std::vector<unsigned char>& bytes, std::size_t size) {
  return {reinterpret_cast<const char*>(bytes.data()), size};
}

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

const std::vector<ZipEntry>& ZipArchive::entries() const { return impl_->entries; }

const ZipEntry* ZipArchive::find(std::string_view part) const {
  const auto found =
      std::find_if(impl_->entries.begin(), impl_->entries.end(), [&](const ZipEntry& e) { return e.name == part; });
  return found == impl_->entries.end() ? nullptr : &*found;
}

/// liborcus may give bytes to spare behind the part.
std::vector<unsigned char> ZipArchive::unpack(const ZipEntry& entry) const {
  if (entry.unpacked > kMostOfAPart) throw TooLarge();
  if (entry.encrypted) throw std::runtime_error("an encrypted part");
  std::vector<unsigned char> bytes;
  if (!impl_->archive.read_file_entry(entry.name, bytes) || bytes.size() < entry.unpacked) {
    throw std::runtime_error("a part that does not unpack");
  }
  if (crc32(text_of(bytes, entry.unpacked)) != entry.crc)
    throw std::runtime_error("a part that differs from its checksum");
  return bytes;
}

std::string ZipArchive::read(std::string_view part) const {
  const ZipEntry* entry = find(part);
  if (entry == nullptr) throw std::runtime_error("no such part");
  return std::string(text_of(unpack(*entry), entry->unpacked));
}

/// The bytes of a part as the parser needs them: it may look one character past the end of a torn one.
class PartBytes {
 public:
  PartBytes(const ZipArchive& archive, std::string_view part) {
    const ZipEntry* entry = archive.find(part);
    if (entry == nullptr) throw std::runtime_error("no such part");
    bytes_ = archive.unpack(*entry);
    size_ = entry->unpacked;
    // liborcus mostly gives a byte to spare; growing would copy the part.
    bytes_.resize(std::max(bytes_.size(), size_ + 1));
    bytes_[size_] = 0;
  }
  std::string_view view() const { return text_of(bytes_, size_); }

 private:
  std::vector<unsigned char> bytes_;
  std::size_t size_ = 0;
};

std::string_view attribute_of(const XmlAttributes& attributes, std::string_view name) {
  const auto found = std::find_if(attributes.begin(), attributes.end(), [&](const auto& a) { return a.first == name; });
  return found == attributes.end() ? std::string_view() : found->second;
}

void parse_xml(const ZipArchive& archive, std::string_view part, XmlHandler& handler) {
  const PartBytes bytes(archive, part);
  Bridge bridge(handler);
  orcus::sax_parser<Bridge> parser(bytes.view().data(), bytes.view().size(), bridge);
  parser.parse();
  if (!bridge.all_closed()) throw std::runtime_error("elements left open");
}

}  // namespace kaskad::intake
