// The words of a language, for tests of the command.
#pragma once

#include <stdexcept>
#include <string>

#include "app/resources.hpp"

namespace kaskad::app {

inline Texts texts_of(const Resources& resources, const std::string& language) {
  // A variable: GCC 12 takes the destructor of the temporary for a defect.
  const auto read = resources.texts(language);
  if (!read) throw std::runtime_error("no texts in " + language);
  return *read;
}

}  // namespace kaskad::app
