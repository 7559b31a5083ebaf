#include "engine/base/files.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <utility>

namespace kaskad {
namespace {

namespace fs = std::filesystem;

tl::unexpected<Error> unreadable(const std::string& path) {
  const std::string code = fs::exists(path) ? "file-unreadable" : "file-missing";
  return failure(code, {{"file", path}}, path);
}

}  // namespace

Expected<std::string> read_file(const std::string& path) {
  std::error_code ignored;
  std::ifstream in(path, std::ios::binary);
  if (!in || fs::is_directory(path, ignored)) return unreadable(path);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  if (in.bad()) return unreadable(path);
  return std::move(bytes).str();
}

Expected<void> write_file(const std::string& path, std::string_view bytes) {
  std::error_code status;
  const fs::path target(path);
  if (target.has_parent_path()) fs::create_directories(target.parent_path(), status);
  const std::string beside = path + ".part";
  {
    std::ofstream out(beside, std::ios::binary | std::ios::trunc);
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    out.close();
    if (!out) return failure("file-unwritable", {{"file", path}}, path);
  }
  fs::rename(beside, target, status);
  if (status) return failure("file-unwritable", {{"file", path}}, path);
  return {};
}

bool file_exists(const std::string& path) {
  std::error_code ignored;
  return fs::is_regular_file(path, ignored);
}

std::string resolve_beside(const std::string& base_file, const std::string& path) {
  const fs::path wanted(path);
  return wanted.is_absolute() ? path : (fs::path(base_file).parent_path() / wanted).lexically_normal().string();
}

Expected<MappedFile> MappedFile::open(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);  // NOLINT(cppcoreguidelines-pro-type-vararg)
  if (file < 0) return unreadable(path);
  struct stat about {};
  MappedFile out;
  bool good = ::fstat(file, &about) == 0 && S_ISREG(about.st_mode);
  if (good && about.st_size > 0) {
    void* at = ::mmap(nullptr, static_cast<std::size_t>(about.st_size), PROT_READ, MAP_PRIVATE, file, 0);
    good = at != MAP_FAILED;
    if (good) {
      ::madvise(at, static_cast<std::size_t>(about.st_size), MADV_SEQUENTIAL);
      out.data_ = static_cast<const char*>(at);
      out.size_ = static_cast<std::size_t>(about.st_size);
    }
  }
  ::close(file);
  if (!good) return unreadable(path);
  return out;
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  return *this;
}

MappedFile::~MappedFile() {
  if (data_ != nullptr) ::munmap(const_cast<char*>(data_), size_);  // NOLINT(cppcoreguidelines-pro-type-const-cast)
}

}  // namespace kaskad
