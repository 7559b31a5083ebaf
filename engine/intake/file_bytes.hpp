// The bytes of a source: a mapped file, or a table unpacked from an archive.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "engine/base/files.hpp"

namespace kaskad::intake {

/// Cheap to copy; the view lives as long as any copy.
class FileBytes {
 public:
  FileBytes() = default;
  explicit FileBytes(MappedFile file) : file_(std::make_shared<const MappedFile>(std::move(file))) {}
  explicit FileBytes(std::string unpacked) : unpacked_(std::make_shared<const std::string>(std::move(unpacked))) {}

  std::string_view view() const {
    if (file_) return file_->bytes();
    return unpacked_ ? std::string_view(*unpacked_) : std::string_view();
  }
  /// Pages of a mapped file may be given back to the system; memory of our own may not.
  bool is_mapped() const { return file_ != nullptr; }

 private:
  std::shared_ptr<const MappedFile> file_;
  std::shared_ptr<const std::string> unpacked_;
};

}  // namespace kaskad::intake
