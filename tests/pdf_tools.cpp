#include "tests/pdf_tools.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <memory>
#include <regex>

namespace kaskad::reports {
namespace {

std::string run(const std::string& command) {
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
  std::string output;
  std::array<char, 4096> buffer{};
  std::size_t size = 0;
  while ((size = fread(buffer.data(), 1, buffer.size(), pipe.get())) > 0) output.append(buffer.data(), size);
  return output;
}

std::string unescaped(std::string text) {
  constexpr std::array<std::pair<const char*, const char*>, 4> kNames = {
      {{"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&amp;", "&"}}};
  for (const auto& [name, letter] : kNames) {
    for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name, at + 1)) {
      text.replace(at, std::string(name).size(), letter);
    }
  }
  return text;
}

}  // namespace

PdfResources debian_resources() { return {{"/usr/share/fonts/truetype/paratype"}, {"/usr/share/hyphen"}}; }

std::string rendered(const Document& document) {
  auto renderer = PdfRenderer::make(debian_resources());
  EXPECT_TRUE(renderer.has_value()) << "the package fonts-paratype is needed";
  if (!renderer) return {};
  auto pdf = renderer->render(document);
  EXPECT_TRUE(pdf.has_value());
  return pdf ? *pdf : std::string();
}

std::string output_of(const std::string& command, const std::string& pdf) {
  std::string path = ::testing::TempDir() + "kaskad-pdf-XXXXXX";
  const int handle = mkstemp(path.data());
  EXPECT_GE(handle, 0);
  close(handle);
  std::ofstream(path, std::ios::binary) << pdf;
  std::string full = command;
  full.replace(full.find("{}"), 2, path);
  const std::string output = run(full);
  unlink(path.c_str());
  return output;
}

std::string FoundPage::text() const {
  std::string all;
  for (const FoundWord& word : words) all += (all.empty() ? "" : " ") + word.text;
  return all;
}

const FoundWord* FoundPage::find(const std::string& wanted) const {
  for (const FoundWord& word : words) {
    if (word.text == wanted) return &word;
  }
  return nullptr;
}

std::vector<FoundPage> pages_of(const std::string& pdf) {
  const std::string xml = output_of("pdftotext -bbox {} - 2>/dev/null", pdf);
  static const std::regex tag(
      "<page width=\"([0-9.]+)\" height=\"([0-9.]+)\">|"
      "<word xMin=\"([-0-9.]+)\" yMin=\"([-0-9.]+)\" xMax=\"([-0-9.]+)\" yMax=\"([-0-9.]+)\">([^<]*)</word>");
  std::vector<FoundPage> pages;
  for (std::sregex_iterator at(xml.begin(), xml.end(), tag), end; at != end; ++at) {
    const std::smatch& found = *at;
    if (found[1].matched) {
      pages.push_back({std::stod(found[1]), std::stod(found[2]), {}});
    } else {
      pages.back().words.push_back(
          {unescaped(found[7]), std::stod(found[3]), std::stod(found[4]), std::stod(found[5]), std::stod(found[6])});
    }
  }
  return pages;
}

}  // namespace kaskad::reports
