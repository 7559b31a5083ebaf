#include "engine/intake/file_format.hpp"

#include <algorithm>
#include <array>

#include "engine/base/text.hpp"

namespace kaskad::intake {
namespace {

using namespace std::string_view_literals;

/// Of markup the case and what stands before it do not matter.
constexpr std::array<FileFormat, 13> kFormats = {{{"PK\x03\x04"sv, "XLSX"sv, Content::workbook},
                                                  {"PK\x05\x06"sv, "XLSX"sv, Content::workbook},
                                                  {"\xD0\xCF\x11\xE0"sv, "XLS (Excel 97–2003)"sv, Content::foreign},
                                                  {"%PDF"sv, "PDF"sv, Content::foreign},
                                                  {"\xFF\xFE"sv, "UTF-16"sv, Content::foreign},
                                                  {"\xFE\xFF"sv, "UTF-16"sv, Content::foreign},
                                                  {"Rar!"sv, "RAR"sv, Content::foreign},
                                                  {"7z\xBC\xAF"sv, "7-Zip"sv, Content::foreign},
                                                  {"{\\rtf"sv, "RTF"sv, Content::foreign},
                                                  {"<!doctype html"sv, "HTML"sv, Content::foreign},
                                                  {"<html"sv, "HTML"sv, Content::foreign},
                                                  {"<table"sv, "HTML"sv, Content::foreign},
                                                  {"<?xml"sv, "XML"sv, Content::foreign}}};
constexpr FileFormat kText = {"", "CSV", Content::text};

constexpr std::array<std::array<std::string_view, 2>, 7> kEndings = {{{".xlsx", "XLSX"},
                                                                      {".xlsm", "XLSX"},
                                                                      {".ods", "ODS"},
                                                                      {".xls", "XLS"},
                                                                      {".csv", "CSV"},
                                                                      {".tsv", "CSV"},
                                                                      {".txt", "CSV"}}};

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

/// The first characters, folded, without a mark and blanks before them: as markup is looked at.
std::string head_of_markup(std::string_view bytes) {
  constexpr std::string_view mark = "\xEF\xBB\xBF";
  constexpr std::size_t enough = 64;
  if (bytes.substr(0, mark.size()) == mark) bytes.remove_prefix(mark.size());
  const std::size_t begin = bytes.find_first_not_of(" \t\r\n");
  std::string head(bytes.substr(std::min(begin, bytes.size()), enough));
  std::transform(head.begin(), head.end(), head.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return head;
}

}  // namespace

const FileFormat& format_of(std::string_view bytes) {
  const std::string markup = head_of_markup(bytes);
  const auto* found = std::find_if(kFormats.begin(), kFormats.end(), [&](const FileFormat& f) {
    const std::string_view from = f.bytes.front() == '<' ? std::string_view(markup) : bytes;
    return from.substr(0, f.bytes.size()) == f.bytes;
  });
  return found == kFormats.end() ? kText : *found;
}

std::string_view promised_format(const SourceSpec& spec) {
  const std::string name = spec.format.empty() ? fold(spec.entry.empty() ? spec.path : spec.entry) : "." + spec.format;
  const auto* found =
      std::find_if(kEndings.begin(), kEndings.end(), [&](const auto& ending) { return ends_with(name, ending[0]); });
  return found == kEndings.end() ? std::string_view() : (*found)[1];
}

bool is_encrypted_office_file(std::string_view bytes) {
  constexpr std::string_view stream = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"sv;
  return bytes.find(stream) != std::string_view::npos;
}

bool looks_like_text(std::string_view bytes) {
  constexpr std::size_t enough = 4096;
  const std::string_view head = bytes.substr(0, enough);
  return std::none_of(head.begin(), head.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f';
  });
}

}  // namespace kaskad::intake
