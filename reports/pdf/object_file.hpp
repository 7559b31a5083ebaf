// A PDF file written object by object: only the places of the objects are kept in memory, and those objects that wait
// to be compressed together.
#pragma once

#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "reports/pdf/object_pack.hpp"

namespace kaskad::reports::pdf {

class ObjectFile {
 public:
  /// Begins the file.
  explicit ObjectFile(std::ostream& to);
  /// The number of an object that is written later.
  int reserve();
  void write(int number, std::string_view body);
  int write(std::string_view body);
  /// `dictionary` without its brackets and /Length.
  void write_stream(int number, std::string_view dictionary, std::string_view data);
  /// The table of objects, with the entries of the trailer. The file's /ID is a digest of all that was written.
  void finish(int root, int info);
  bool good() const { return file_.good(); }

 private:
  struct Place {
    std::uint64_t where = 0;  ///< In the file, or the number of the object stream.
    std::uint16_t index = 0;  ///< In the object stream.
    bool is_packed = false;
  };

  void put(std::string_view bytes);
  void write_pack();

  std::ostream& file_;
  std::uint64_t size_ = 0;
  std::uint64_t digest_ = 0xcbf29ce484222325U;  // FNV-1a
  std::vector<Place> places_;                   // By number - 1.
  ObjectPack pack_;
};

/// "12 0 R"
std::string reference(int number);

}  // namespace kaskad::reports::pdf
