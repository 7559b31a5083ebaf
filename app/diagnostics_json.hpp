// Diagnostics and the ledger for machines.
#pragma once

#include <string>

#include "engine/base/texts.hpp"
#include "engine/intake/dataset.hpp"

namespace kaskad::app {

/// {"diagnostics": [{severity, code, file, sheet, row, column, field, message, hint}], "sources": [{file, kind, read,
/// counted, …}]}; all of them, in the order of place.
std::string diagnostics_json(const Diagnostics& diagnostics, const std::vector<SourceLedger>& ledger,
                             const Texts& texts);

}  // namespace kaskad::app
