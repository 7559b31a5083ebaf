// Compares a text with the file that holds what a human has read. KASKAD_APPROVE=1 in the environment of a test writes
// the file instead and fails the test, so that an approval is never mistaken for a pass: read the diff before
// committing it.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

#include "engine/base/files.hpp"

namespace kaskad {

inline void expect_golden(const std::string& path, const std::string& actual) {
  if (std::getenv("KASKAD_APPROVE") != nullptr) {
    ASSERT_TRUE(write_file(path, actual).has_value());
    FAIL() << "approved " << path;
  }
  const auto expected = read_file(path);
  ASSERT_TRUE(expected.has_value()) << path;
  EXPECT_EQ(*expected, actual) << path;
}

}  // namespace kaskad
