// РИС ГИА: protocols of final exams. One file holds several exams, each under a line «01 - Русский язык 2025.05.30».
#include "engine/intake/layouts.hpp"
#include "engine/intake/title_facts.hpp"

namespace kaskad::intake {
namespace {

constexpr std::array<LayoutColumn, 13> kEgeCompact = {{{column::kSign, {"код ппэ"}, true},
                                                       {"school", {"код оо"}, true},
                                                       {"grade", {"класс"}},
                                                       {column::kName, {"фамилия"}, true},
                                                       {column::kName, {"имя"}},
                                                       {column::kName, {"отчество"}},
                                                       {column::kSign, {"вариант"}},
                                                       {"pupil", {"код участника"}},
                                                       {column::kSign, {"№ бланка"}},
                                                       {column::kSign, {"ответы в краткой форме"}, true},
                                                       {column::kSign, {"ответы в развернутой форме"}},
                                                       {"primary", {"первичный балл"}, true},
                                                       {"test", {"итоговый балл"}, true}}};

constexpr std::array<LayoutColumn, 10> kEgeSparse = {{{column::kSign, {"код мсу"}},
                                                      {"school", {"код оо"}, true},
                                                      {"grade", {"класс"}},
                                                      {column::kSign, {"код ппэ"}},
                                                      {column::kName, {"фамилия"}, true},
                                                      {column::kName, {"имя"}},
                                                      {column::kName, {"отчество"}},
                                                      {column::kSign, {"задания с кратким ответом"}},
                                                      {"primary", {"первичный балл"}, true},
                                                      {"test", {"тестовый балл"}, true}}};

constexpr std::array<LayoutColumn, 10> kOgeSparse = {{{"school", {"код оо"}, true},
                                                      {"grade", {"класс"}},
                                                      {column::kSign, {"код ппэ"}},
                                                      {column::kSign, {"код мсу"}},
                                                      {column::kName, {"фамилия"}, true},
                                                      {column::kName, {"имя"}},
                                                      {column::kName, {"отчество"}},
                                                      {column::kSign, {"задания с кратким ответом"}},
                                                      {"primary", {"первичный балл"}, true},
                                                      {"mark", {"оценка"}, true}}};

/// Scores before the appeal say nothing new: the later ones count.
constexpr std::array<LayoutColumn, 11> kEgeAppeals = {
    {{column::kSign, {"код мсу"}},
     {"school", {"код оо"}, true},
     {"grade", {"класс"}},
     {column::kSign, {"код ппэ"}},
     {column::kName, {"фамилия"}},
     {column::kName, {"имя"}},
     {column::kName, {"отчество"}},
     {"pupil", {"код участника"}},
     {column::kSign, {"решение*", "результат рассмотрения*"}},
     {"primary", {"первичный балл после*", "новый первичный балл", "измененный первичный балл"}},
     {"test",
      {"тестовый балл после*", "итоговый балл после*", "новый тестовый балл", "измененный тестовый балл"},
      true}}};

constexpr std::array<LayoutColumn, 11> kOgeAppeals = {
    {{column::kSign, {"код мсу"}},
     {"school", {"код оо"}, true},
     {"grade", {"класс"}},
     {column::kSign, {"код ппэ"}},
     {column::kName, {"фамилия"}},
     {column::kName, {"имя"}},
     {column::kName, {"отчество"}},
     {"pupil", {"код участника"}},
     {column::kSign, {"решение*", "результат рассмотрения*"}},
     {"primary", {"первичный балл после*", "новый первичный балл", "измененный первичный балл"}},
     {"mark", {"оценка после*", "отметка после*", "новая оценка", "измененная оценка"}, true}}};

/// The exam's line stands alone in its row.
RowRole role_in_protocol(const LayoutRow& row, const Vocabulary& vocabulary, Facts& facts) {
  const std::string_view first = row.first();
  if (first.find('-') == std::string_view::npos && first.find("–") == std::string_view::npos) return RowRole::data;
  return read_exam_line(first, vocabulary, facts) ? RowRole::heading : RowRole::data;
}

constexpr std::array<Layout, 5> kProtocols = {
    {{"ris-ege-appeals", SourceKind::appeals, kEgeAppeals, 2, 0, "ЕГЭ", role_in_protocol, nullptr},
     {"ris-oge-appeals", SourceKind::appeals, kOgeAppeals, 2, 0, "ОГЭ", role_in_protocol, nullptr},
     {"ris-ege-compact", SourceKind::results, kEgeCompact, 1, 0, "ЕГЭ", role_in_protocol, nullptr},
     {"ris-ege-sparse", SourceKind::results, kEgeSparse, 1, 0, "ЕГЭ", role_in_protocol, nullptr},
     {"ris-oge-sparse", SourceKind::results, kOgeSparse, 1, 0, "ОГЭ", role_in_protocol, nullptr}}};

}  // namespace

std::span<const Layout> ris_gia_layouts() { return kProtocols; }

}  // namespace kaskad::intake
