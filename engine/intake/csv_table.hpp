// A delimited text file as a table.
#pragma once

#include <memory>

#include "engine/base/diagnostic.hpp"
#include "engine/base/files.hpp"
#include "engine/intake/source.hpp"
#include "engine/intake/table.hpp"

namespace kaskad::intake {

/// The delimiter of a head line: the most frequent of ; , tab outside quotes; ';' when there is none.
char find_delimiter(std::string_view head_line);

/// Null when there is no head; what is wrong with the file as a whole goes to `out`. `hash` is set in any case.
std::unique_ptr<Table> open_csv(MappedFile file, const SourceSpec& spec, unsigned threads, std::string& hash,
                                Diagnostics& out);

}  // namespace kaskad::intake
