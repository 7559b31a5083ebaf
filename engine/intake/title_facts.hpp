// What the lines above a table's head, the heading of a block or the name of a sheet say of its rows.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/intake/layout.hpp"

namespace kaskad::intake {

/// Adds what the text says to `facts`; what is already known stays.
/// «ВПР 2026 Русский язык 4 класс», «Максимальный первичный балл: 38», «Дата: 21.04.2026», «2024/25 учебный год».
void read_title(std::string_view text, const Vocabulary& vocabulary, Facts& facts);
/// «РУ 4 Индивидуальные результаты»: sheets begin with a subject's code and the grade.
void read_sheet_name(std::string_view name, const Vocabulary& vocabulary, Facts& facts);
/// «01 - Русский язык 2025.05.30»: the heading of a block of exam results. False when it is none.
bool read_exam_line(std::string_view text, const Vocabulary& vocabulary, Facts& facts);

/// The school year, by the calendar year of its end, of the first date in the text.
std::optional<int> school_year_of_date(std::string_view text);
/// The letters and six digits of a login in the last parentheses that hold one: «МБОУ «…»(edu220001)». Empty if none.
std::string_view login_in(std::string_view text);

}  // namespace kaskad::intake
