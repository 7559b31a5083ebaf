// The report's data as one tree: docs/report-data.md lists its names. Built from the judgements, read by templates and
// exports.
#pragma once

#include <string>
#include <vector>

#include "reports/content/briefing.hpp"

namespace kaskad::reports {

/// For the annual report and the workbook: the whole region.
Value region_data(const Briefing& b);

/// For the passport of one school. Everything in it is of this school, or named as a yardstick (similar schools,
/// region, partner).
Value school_data(const Briefing& b, SchoolId school);

/// For the report of one municipality, by its place in Registry::municipalities.
Value municipality_data(const Briefing& b, std::size_t municipality);

/// Whom the figures of these trees may belong to (Document::owners): the entity itself first, then the schools alike,
/// the region, partners, and a municipality's own schools.
std::vector<Owner> school_owners(const Briefing& b, SchoolId school);
std::vector<Owner> municipality_owners(const Briefing& b, std::size_t municipality);

/// All estimates as tidy CSV (RFC 4180, decimal point, full precision): one row an entity, period and series.
std::string estimates_csv(const Briefing& b);
/// The same for one entity of the frame.
std::string estimates_csv(const Briefing& b, std::size_t entity);

// Parts that both trees share.

/// Title, organisation, region, dates, waves and years.
void add_identity(const Briefing& b, Object& root);
/// `has_workbook`, and `details_in`: the books in which a reader finds more, in words. `workbook`: is that of the tree
/// made?
void add_companions(const Briefing& b, bool workbook, Object& root);
/// `name`, and `has_<name>`: is there anything in it?
void add_list(Object& root, const std::string& name, List list);
/// The object, or null when its `has_any` is false: templates then skip what is said of its names.
Value null_without_any(Object object);
/// Says how many figures are not in a table because they could not be computed; empty for 0.
std::string without_figures_text(const Briefing& b, std::int64_t n);
/// One series of an entity: {indicator, label, slice, unit} and its figures.
Object series_row(const Briefing& b, std::size_t series, std::size_t entity, std::string slice);
/// Rows that share a slice stand together, in the order they came.
void sort_by_slice(List& rows);
/// `last_period`, `last_years`: the period in which entities are read beside others.
void add_last_period(const Briefing& b, Object& root);
/// Rows of {id, name, municipality, type, group, figures}.
List school_rows(const Briefing& b, const std::vector<SchoolId>& schools);
/// {by_wave: [Quantity], by_year: [Quantity], last: Quantity, change: Quantity} of one series and entity.
Object figures_of(const Briefing& b, std::size_t series, std::size_t entity);
/// One row a programme: name, levels by wave; of its last rated wave what the level rests on, the shortest way to the
/// next one, an expert's decision and the criteria with their documents.
List maturity_rows(const Briefing& b, const std::vector<std::size_t>& programmes);
/// How the figures were made: indicators, thresholds, rubric, similar schools.
Object method_data(const Briefing& b);
/// Rows read, counted, rejected, left out; by source and by reason.
Object ledger_data(const Briefing& b);
/// Mean of a context field over schools in some years, weighted by the rows behind it; a total is averaged over
/// schools.
Quantity context_level(const Briefing& b, int field, const std::vector<SchoolId>& schools,
                       const std::vector<int>& years, Owner owner);

}  // namespace kaskad::reports
