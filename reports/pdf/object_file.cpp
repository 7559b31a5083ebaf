#include "reports/pdf/object_file.hpp"

#include <fmt/format.h>

namespace kaskad::reports::pdf {
namespace {

constexpr std::uint64_t kFnvPrime = 0x100000001b3U;  // Fowler, Noll, Vo: FNV-1a, 64 bits.
constexpr std::string_view kHead = "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n";

}  // namespace

ObjectFile::ObjectFile(std::ostream& to) : file_(to) { put(kHead); }

int ObjectFile::reserve() {
  places_.emplace_back();
  return int(places_.size());
}

void ObjectFile::put(std::string_view bytes) {
  for (const char c : bytes) digest_ = (digest_ ^ static_cast<unsigned char>(c)) * kFnvPrime;
  file_.write(bytes.data(), std::streamsize(bytes.size()));
  size_ += bytes.size();
}

void ObjectFile::write(int number, std::string_view body) {
  pack_.add(number, body);
  if (pack_.full()) write_pack();
}

void ObjectFile::write_pack() {
  if (pack_.numbers().empty()) return;
  const int number = reserve();
  std::uint16_t index = 0;
  for (const int packed : pack_.numbers()) {
    places_[std::size_t(packed) - 1] = {std::uint64_t(number), index, true};
    ++index;
  }
  write_stream(number, pack_.dictionary(), pack_.data());
  pack_.clear();
}

int ObjectFile::write(std::string_view body) {
  const int number = reserve();
  write(number, body);
  return number;
}

void ObjectFile::write_stream(int number, std::string_view dictionary, std::string_view data) {
  places_[std::size_t(number) - 1] = {size_, 0, false};
  put(fmt::format("{} 0 obj\n<< {} /Length {} >>\nstream\n", number, dictionary, data.size()));
  put(data);
  put("\nendstream\nendobj\n");
}

void ObjectFile::finish(int root, int info) {
  write_pack();
  const int number = reserve();
  const std::uint64_t start = size_;
  places_.back() = {start, 0, false};
  std::string rows;
  put_place(rows, 0, 0, 0xFFFF);
  for (const Place& place : places_) put_place(rows, place.is_packed ? 2 : 1, place.where, place.index);
  const std::string id = fmt::format("{:016x}{:016x}", digest_, size_);
  write_stream(number,
               fmt::format("/Type /XRef /W {} /Size {} /Root {} /Info {} /ID [<{}> <{}>] /Filter /FlateDecode",
                           kPlaceWidths, places_.size() + 1, reference(root), reference(info), id, id),
               deflated(rows));
  put(fmt::format("startxref\n{}\n%%EOF\n", start));
  file_.flush();
}

std::string reference(int number) { return fmt::format("{} 0 R", number); }

}  // namespace kaskad::reports::pdf
