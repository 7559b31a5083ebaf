// kaskad_intake_bench make xlsx|ods|csv FILE ROWS: writes pupils' results, ten columns (XLSX and ODS are written as
// bare XML parts, to be zipped by bench/intake.sh). kaskad_intake_bench read FILE [THREADS]: reads it with all checks,
// and prints seconds of the processor and of the clock, and the peak of memory.
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "engine/base/random.hpp"
#include "engine/intake/source.hpp"

namespace kaskad {
namespace {

constexpr int kSchools = 875;
const std::vector<std::string> kHeads = {"school", "year",  "procedure", "subject", "grade",
                                         "pupil",  "class", "primary",   "mark",    "journal"};

std::vector<std::string> pupil_row(int i, int rows, RandomStream& random) {
  const auto school = 1 + static_cast<std::int64_t>(i) * kSchools / rows;
  const std::string subject = random.below(2) == 0 ? "russian" : "math";
  return {fmt::format("edu22{:04}", school),
          fmt::format("{}", 2020 + random.below(5)),
          "VPR",
          subject,
          "4",
          fmt::format("p{}", i),
          "4А",
          fmt::format("{}", random.below(39)),
          fmt::format("{}", 2 + random.below(4)),
          fmt::format("{}", 2 + random.below(4))};
}

bool is_number(const std::string& text) {
  return text.front() >= '0' && text.front() <= '9' && text.size() < 5 && text.back() <= '9';
}

std::string csv_row(const std::vector<std::string>& cells, int) { return fmt::format("{}\n", fmt::join(cells, ";")); }

std::string xlsx_row(const std::vector<std::string>& cells, int number) {
  std::string row = fmt::format("<row r=\"{}\">", number);
  for (std::size_t c = 0; c < cells.size(); ++c) {
    const std::string place = fmt::format("{}{}", static_cast<char>('A' + c), number);
    row += is_number(cells[c]) ? fmt::format("<c r=\"{}\"><v>{}</v></c>", place, cells[c])
                               : fmt::format("<c r=\"{}\" t=\"inlineStr\"><is><t>{}</t></is></c>", place, cells[c]);
  }
  return row + "</row>";
}

std::string ods_row(const std::vector<std::string>& cells, int) {
  std::string row = "<table:table-row>";
  for (const std::string& cell : cells) {
    const std::string type =
        is_number(cell) ? fmt::format("\"float\" office:value=\"{}\"", cell) : std::string("\"string\"");
    row += fmt::format("<table:table-cell office:value-type={}><text:p>{}</text:p></table:table-cell>", type, cell);
  }
  return row + "</table:table-row>";
}

void make(const std::string& format, const std::string& path, int rows) {
  std::FILE* out = std::fopen(path.c_str(), "wb");
  const auto put = [&](const std::string& text) { std::fwrite(text.data(), 1, text.size(), out); };
  const auto row_of = format == "csv" ? csv_row : format == "xlsx" ? xlsx_row : ods_row;
  if (format == "xlsx")
    put("<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>");
  if (format == "ods")
    put("<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" "
        "xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" "
        "xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:spreadsheet>"
        "<table:table table:name=\"a\">");
  put(row_of(kHeads, 1));
  RandomStream random(1, 1);
  for (int i = 0; i < rows; ++i) put(row_of(pupil_row(i, rows, random), i + 2));
  if (format == "xlsx") put("</sheetData></worksheet>");
  if (format == "ods") put("</table:table></office:spreadsheet></office:body></office:document-content>");
  std::fclose(out);
}

Vocabulary vocabulary() {
  Vocabulary v;
  v.procedures = {{"VPR", {}, {}, {"ВПР"}, 2, 5, {}}};
  v.subjects = {{"russian", {}, {}}, {"math", {}, {}}};
  v.years = {2020, 2021, 2022, 2023, 2024};
  return v;
}

int read(const std::string& path, unsigned threads) {
  const std::string registry_path = path + ".registry.csv";
  std::FILE* registry_file = std::fopen(registry_path.c_str(), "wb");
  std::fputs("school\n", registry_file);
  for (int i = 1; i <= kSchools; ++i) std::fputs(fmt::format("edu22{:04}\n", i).c_str(), registry_file);
  std::fclose(registry_file);
  SourceSpec registry;
  registry.kind = SourceKind::registry;
  registry.path = registry.name = registry_path;
  SourceSpec results;
  results.path = results.name = path;
  IntakeOptions options;
  options.threads = threads;
  const auto start = std::chrono::steady_clock::now();
  const Dataset d = read_sources({registry, results}, vocabulary(), {}, {}, options);
  const double clock = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  std::remove(registry_path.c_str());
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6;
  };
  fmt::print("{} rows counted, {} cells; user {:.2f} s, system {:.2f} s, clock {:.2f} s, peak {} MiB\n",
             d.ledger.back().counted, d.cube.size(), seconds(usage.ru_utime), seconds(usage.ru_stime), clock,
             usage.ru_maxrss / 1024);
  for (std::size_t i = 0; i < d.diagnostics.size() && i < 3; ++i)
    fmt::print("{} row {}\n", d.diagnostics[i].message.code, d.diagnostics[i].place.row);
  return 0;
}

}  // namespace
}  // namespace kaskad

int main(int argc, char** argv) {
  const std::vector<std::string> args(argv + 1, argv + argc);
  if (args.size() == 4 && args[0] == "make") {
    kaskad::make(args[1], args[2], std::atoi(args[3].c_str()));
    return 0;
  }
  if (args.size() >= 2 && args[0] == "read") {
    return kaskad::read(args[1], args.size() > 2 ? static_cast<unsigned>(std::atoi(args[2].c_str())) : 1);
  }
  return 2;
}
