// The findings as one page of HTML: nothing is loaded from elsewhere, and it can be read without its script.
#pragma once

#include <optional>
#include <string>

#include "app/check/findings.hpp"

namespace kaskad::app {

struct PageFacts {
  std::string title;  ///< Of the project.
  std::string date;   ///< ISO.
};

std::string html_page(const Findings& findings, const PageFacts& facts, const Texts& texts);

}  // namespace kaskad::app
