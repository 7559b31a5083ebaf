// A delimited text file as a table.
#pragma once

#include <memory>

#include "engine/base/diagnostic.hpp"
#include "engine/intake/file_bytes.hpp"
#include "engine/intake/source.hpp"
#include "engine/intake/table.hpp"

namespace kaskad::intake {

/// The delimiter of a head line: the most frequent of ; , tab outside quotes; ';' when there is none.
char find_delimiter(std::string_view head_line);

/// Empty when there is nothing to read; what is wrong with the file as a whole goes to `out`. `hash` is set in any
/// case.
TableMaker open_csv(const FileBytes& file, const SourceSpec& spec, unsigned threads, std::string& hash,
                    Diagnostics& out);

}  // namespace kaskad::intake
