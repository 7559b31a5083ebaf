// Tables of counts for the tests of suppression, and an audit that knows nothing of how cells are chosen: what a reader
// can compute from the printed cells is what linear algebra can.
#pragma once

#include <string>
#include <vector>

#include "indicators/suppression.hpp"

namespace kaskad {

/// One subject and one year: counts by school.
PublishedTable table_of_counts(const std::vector<std::int64_t>& counts);

/// Places of one subject and year that are hidden: "s3" is the fourth school, "a1" the second set; complementary ones
/// end in "+".
std::vector<std::string> hidden_places(const SuppressedTable& table, const SchoolSets& sets, std::size_t line = 0,
                                       std::size_t period = 0);

/// Cells of 1 … minimum_n − 1 pupils whose count follows from the printed cells: "line/period/place".
std::vector<std::string> disclosed(const PublishedTable& table, const SchoolSets& sets,
                                   const SuppressedTable& decisions, std::int64_t minimum_n);

/// Printed sums whose hidden parts all have the attribute, or none of them, counting `hits` (as `counts` of the table)
/// of those who have it: "line/period/place". One sum at a time, less its printed parts, or less a printed set inside.
std::vector<std::string> told_by_ends(const PublishedTable& table, const SchoolSets& sets,
                                      const SuppressedTable& decisions, const std::vector<std::int64_t>& hits);

}  // namespace kaskad
