#include "tests/intake_tables.hpp"

#include <algorithm>
#include <cstdint>

#include "engine/intake/zip_directory.hpp"

namespace kaskad {
namespace {

void append_number(std::string& bytes, std::uint64_t number, int size) {
  for (int i = 0; i < size; ++i) bytes += static_cast<char>(number >> (8 * i) & 0xFF);
}

/// The fields that a local header and its directory entry share (APPNOTE.TXT 4.3.7, 4.3.12).
std::string shared_fields(const ArchivePart& part) {
  std::string bytes;
  append_number(bytes, 20, 2);  // version
  append_number(bytes, 0, 2);   // flags
  append_number(bytes, 0, 2);   // stored
  append_number(bytes, 0, 4);   // time
  append_number(bytes, intake::crc32(part.bytes), 4);
  append_number(bytes, part.bytes.size(), 4);
  append_number(bytes, part.bytes.size(), 4);
  append_number(bytes, part.name.size(), 2);
  append_number(bytes, 0, 2);
  return bytes;
}

bool is_number(const std::string& text) {
  return !text.empty() && text.size() < 10 && (text.size() == 1 || text.front() != '0') &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    out += c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '"' ? "&quot;" : std::string(1, c);
  }
  return out;
}

std::string address(std::size_t row, std::size_t column) {
  std::string letters;
  for (std::size_t rest = column + 1; rest > 0; rest = (rest - 1) / 26) {
    letters.insert(letters.begin(), static_cast<char>('A' + (rest - 1) % 26));
  }
  return letters + std::to_string(row + 1);
}

std::string xlsx_cell(std::size_t row, std::size_t column, const std::string& text) {
  if (text.empty()) return "";
  const std::string start = "<c r=\"" + address(row, column) + "\"";
  return is_number(text) ? start + "><v>" + text + "</v></c>"
                         : start + " t=\"inlineStr\"><is><t>" + escaped(text) + "</t></is></c>";
}

std::string ods_cell(const std::string& text) {
  if (text.empty()) return "<table:table-cell/>";
  const std::string type = is_number(text) ? "\"float\" office:value=\"" + text + "\"" : "\"string\"";
  return "<table:table-cell office:value-type=" + type + "><text:p>" + escaped(text) + "</text:p></table:table-cell>";
}

const std::string kNames = "http://schemas.openxmlformats.org/";
const std::string kOasis = "urn:oasis:names:tc:opendocument:xmlns:";

std::string relation(const std::string& kind, const std::string& target) {
  return "<Relationships xmlns=\"" + kNames + "package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"" +
         kNames + "officeDocument/2006/relationships/" + kind + "\" Target=\"" + target + "\"/></Relationships>";
}

}  // namespace

std::string archive_of(const std::vector<ArchivePart>& parts) {
  std::string bytes, directory;
  for (const ArchivePart& part : parts) {
    const std::size_t at = bytes.size();
    bytes += "PK\x03\x04" + shared_fields(part) + part.name + part.bytes;
    directory += "PK\x01\x02";
    append_number(directory, 20, 2);
    directory += shared_fields(part);
    directory += std::string(10, '\0');
    append_number(directory, at, 4);
    directory += part.name;
  }
  const std::size_t start = bytes.size();
  bytes += directory + "PK\x05\x06" + std::string(4, '\0');
  append_number(bytes, parts.size(), 2);
  append_number(bytes, parts.size(), 2);
  append_number(bytes, directory.size(), 4);
  append_number(bytes, start, 4);
  append_number(bytes, 0, 2);
  return bytes;
}

std::string csv_of(const TableRows& rows) {
  std::size_t width = 0;
  for (const auto& row : rows) width = std::max(width, row.size());
  std::string out;
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < width; ++i) out += (i > 0 ? ";" : "") + (i < row.size() ? row[i] : "");
    out += "\n";
  }
  return out;
}

std::string xlsx_of(const std::string& sheet, const TableRows& rows) {
  std::string body;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    body += "<row r=\"" + std::to_string(r + 1) + "\">";
    for (std::size_t c = 0; c < rows[r].size(); ++c) body += xlsx_cell(r, c, rows[r][c]);
    body += "</row>";
  }
  const std::string main = kNames + "spreadsheetml/2006/main";
  return archive_of({{"[Content_Types].xml", "<Types/>"},
                     {"_rels/.rels", relation("officeDocument", "xl/workbook.xml")},
                     {"xl/workbook.xml", "<workbook xmlns=\"" + main + "\" xmlns:r=\"" + kNames +
                                             "officeDocument/2006/relationships\"><sheets><sheet name=\"" +
                                             escaped(sheet) + "\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"},
                     {"xl/_rels/workbook.xml.rels", relation("worksheet", "worksheets/sheet1.xml")},
                     {"xl/worksheets/sheet1.xml",
                      "<worksheet xmlns=\"" + main + "\"><sheetData>" + body + "</sheetData></worksheet>"}});
}

std::string ods_of(const std::string& sheet, const TableRows& rows) {
  std::string body;
  for (const auto& row : rows) {
    body += "<table:table-row>";
    for (const std::string& cell : row) body += ods_cell(cell);
    body += row.empty() ? "<table:table-cell/></table:table-row>" : "</table:table-row>";
  }
  const std::string content =
      "<office:document-content xmlns:office=\"" + kOasis + "office:1.0\" xmlns:table=\"" + kOasis +
      "table:1.0\" xmlns:text=\"" + kOasis + "text:1.0\"><office:body><office:spreadsheet><table:table table:name=\"" +
      escaped(sheet) + "\">" + body + "</table:table></office:spreadsheet></office:body></office:document-content>";
  return archive_of({{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}, {"content.xml", content}});
}

}  // namespace kaskad
