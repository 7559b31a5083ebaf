// Objects compressed together, and the rows of the table that says where objects are (ISO 32000-1, 7.5.7 and 7.5.8).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kaskad::reports::pdf {

std::string deflated(std::string_view text);

/// The content of an object stream that is being filled.
class ObjectPack {
 public:
  /// An object that is no stream.
  void add(int number, std::string_view body);
  bool full() const;
  const std::vector<int>& numbers() const { return numbers_; }
  /// Without its brackets and /Length.
  std::string dictionary() const;
  std::string data() const { return deflated(head_ + body_); }
  void clear();

 private:
  std::string head_, body_;
  std::vector<int> numbers_;
};

/// Row of a cross-reference stream whose /W is kPlaceWidths: kind 1, place in the file; or kind 2, number of the object
/// stream and index in it.
inline constexpr std::string_view kPlaceWidths = "[1 5 2]";
void put_place(std::string& rows, std::uint8_t kind, std::uint64_t where, std::uint16_t index);

}  // namespace kaskad::reports::pdf
