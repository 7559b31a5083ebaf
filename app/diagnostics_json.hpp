// Diagnostics and the ledger for machines; docs/check.schema.json says what is in them.
#pragma once

#include <functional>
#include <string>

#include "app/wording.hpp"
#include "engine/base/texts.hpp"
#include "engine/intake/dataset.hpp"

namespace kaskad::app {

/// One diagnostic, without a line break. `school` is an id; empty = not known, or none.
std::string json_of(const Diagnostic& d, const std::string& school, Wording& words);
/// One source: file, kind, layout, rows read, counted, rejected, left out and absorbed by reason, hash.
std::string json_of(const SourceLedger& s);
/// What became of the rows that came back, one object a workbook.
std::string json_of_returned(const Dataset& data);

/// {"diagnostics": […], "sources": […], "returned": […]}; all that the dataset holds, in the order of place.
std::string diagnostics_json(const Dataset& data, const Texts& texts);

}  // namespace kaskad::app
