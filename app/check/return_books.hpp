// Workbooks that go back to the schools: one a school that has defective rows, one for the office with what belongs to
// no school.
#pragma once

#include <string>
#include <vector>

#include "app/check/findings.hpp"
#include "engine/base/error.hpp"
#include "reports/xlsx/return_book.hpp"

namespace kaskad::app {

/// The office gets so many rows of a source at most; the others are told by their number.
inline constexpr std::size_t kMostOfficeRows = 20'000;
/// So many rows are held in memory at once; a school that has more is on its own.
inline constexpr std::size_t kMostRowsAtOnce = 50'000;

struct WrittenBook {
  std::string file;    ///< In the folder.
  std::string school;  ///< Id; empty for the office.
  std::int64_t rows = 0;
  std::int64_t remarks = 0;
};

struct ReturnedBooks {
  std::vector<WrittenBook> books;
  std::int64_t rows_left = 0;  ///< Rows of the office that found no room, with those of which only the number is known.
};

/// Writes the books into the folder. Their names are the schools' ids and names, as far as a disk allows. Rows are read
/// from the sources once more. Fails when a file cannot be written, and with "return-foreign-row" when a book would
/// show a row of another school, which would be a mistake of ours.
Expected<ReturnedBooks> write_return_books(const Findings& findings, const intake::FileRows& rows,
                                           const std::string& folder, const std::string& date, const Texts& texts);

/// The row's school must be the book's, as the source and as the returned workbook say; a book of the office (nothing)
/// may show any row.
Expected<void> check_row_of_book(const intake::FileRow& row, std::optional<SchoolId> school, const Dataset& data);

}  // namespace kaskad::app
