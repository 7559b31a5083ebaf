#include "reports/pdf/part_copier.hpp"

#include <qpdf/Buffer.hh>
#include <string_view>

namespace kaskad::reports::pdf {

std::string PartCopier::text(QPDFObjectHandle object) {
  if (object.isIndirect()) return reference(number_of(object));
  if (object.isArray()) return array(object);
  return object.isDictionary() ? "<< " + entries(object, {}) + ">>" : object.unparse();
}

std::string PartCopier::entries(QPDFObjectHandle dictionary, const std::set<std::string>& without) {
  std::string out;
  for (const std::string& key : dictionary.getKeys()) {
    if (without.count(key) != 0) continue;
    out += QPDFObjectHandle::newName(key).unparse() + " " + value(dictionary, key) + " ";
  }
  return out;
}

/// Keys of the parent tree (ISO 32000-1, 14.7.4.4) and names of elements must stay unique in the whole file.
std::string PartCopier::value(QPDFObjectHandle dictionary, const std::string& key) {
  QPDFObjectHandle own = dictionary.getKey(key);
  const bool is_key = key == "/StructParent" || key == "/StructParents";
  if (is_key && own.isInteger()) return std::to_string(own.getIntValue() + place_.shift);
  const bool is_element = dictionary.hasKey("/S") && dictionary.hasKey("/P");
  if (key == "/ID" && is_element && own.isString())
    return QPDFObjectHandle::newString(place_.id_start + own.getStringValue()).unparse();
  return text(own);
}

void PartCopier::write_waiting() {
  for (; !waiting_.empty(); waiting_.pop_front()) write(waiting_.front());
}

std::string PartCopier::array(QPDFObjectHandle object) {
  std::string out = "[ ";
  for (int i = 0; i < object.getArrayNItems(); ++i) out += text(object.getArrayItem(i)) + " ";
  return out + "]";
}

int PartCopier::number_of(QPDFObjectHandle object) {
  const auto [at, is_new] = numbers_.try_emplace(object.getObjGen(), 0);
  if (is_new) {
    at->second = to_.reserve();
    waiting_.push_back(object);
  }
  return at->second;
}

void PartCopier::write(QPDFObjectHandle object) {
  const int number = number_of(object);
  if (object.isStream()) {
    const auto data = object.getRawStreamData();
    const std::string_view bytes(reinterpret_cast<const char*>(data->getBuffer()), data->getSize());
    to_.write_stream(number, entries(object.getDict(), {"/Length"}), bytes);
  } else if (object.isDictionary()) {
    to_.write(number, "<< " + entries(object, {}) + ">>");
  } else {
    to_.write(number, object.isArray() ? array(object) : object.unparse());
  }
}

}  // namespace kaskad::reports::pdf
