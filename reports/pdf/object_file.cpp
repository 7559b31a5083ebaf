#include "reports/pdf/object_file.hpp"

#include <fmt/format.h>

namespace kaskad::reports::pdf {
namespace {

constexpr std::uint64_t kFnvPrime = 0x100000001b3U;  // Fowler, Noll, Vo: FNV-1a, 64 bits.
constexpr std::string_view kHead = "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n";

}  // namespace

ObjectFile::ObjectFile(const std::string& path) : file_(path, std::ios::binary | std::ios::trunc) { put(kHead); }

int ObjectFile::reserve() {
  places_.push_back(0);
  return int(places_.size());
}

void ObjectFile::put(std::string_view bytes) {
  for (const char c : bytes) digest_ = (digest_ ^ static_cast<unsigned char>(c)) * kFnvPrime;
  file_.write(bytes.data(), std::streamsize(bytes.size()));
  size_ += bytes.size();
}

void ObjectFile::begin(int number) {
  places_[std::size_t(number) - 1] = size_;
  put(fmt::format("{} 0 obj\n", number));
}

void ObjectFile::write(int number, std::string_view body) {
  begin(number);
  put(body);
  put("\nendobj\n");
}

int ObjectFile::write(std::string_view body) {
  const int number = reserve();
  write(number, body);
  return number;
}

void ObjectFile::write_stream(int number, std::string_view dictionary, std::string_view data) {
  begin(number);
  put(fmt::format("<< {} /Length {} >>\nstream\n", dictionary, data.size()));
  put(data);
  put("\nendstream\nendobj\n");
}

void ObjectFile::finish(int root, int info) {
  const std::uint64_t start = size_;
  put(fmt::format("xref\n0 {}\n0000000000 65535 f \n", places_.size() + 1));
  for (const std::uint64_t place : places_) put(fmt::format("{:010} 00000 n \n", place));
  const std::string id = fmt::format("{:016x}{:016x}", digest_, size_);
  put(fmt::format("trailer\n<< /Size {} /Root {} /Info {} /ID [<{}> <{}>] >>\nstartxref\n{}\n%%EOF\n",
                  places_.size() + 1, reference(root), reference(info), id, id, start));
  file_.flush();
}

std::string reference(int number) { return fmt::format("{} 0 R", number); }

}  // namespace kaskad::reports::pdf
