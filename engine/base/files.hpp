// Files in and out. Paths are UTF-8. Nothing else in the engine touches the disk.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "engine/base/error.hpp"

namespace kaskad {

Expected<std::string> read_file(const std::string& path);
/// Writes beside the target and renames, so that a reader never sees half a file. Makes missing folders.
Expected<void> write_file(const std::string& path, std::string_view bytes);
bool file_exists(const std::string& path);
/// `path` seen from the folder of `base_file`, unless it is absolute.
std::string resolve_beside(const std::string& base_file, const std::string& path);

/// A file mapped for reading; the view lives as long as the object.
class MappedFile {
 public:
  static Expected<MappedFile> open(const std::string& path);
  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&& other) noexcept;
  ~MappedFile();
  std::string_view bytes() const { return {data_, size_}; }

 private:
  MappedFile() = default;
  const char* data_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace kaskad
