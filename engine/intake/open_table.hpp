// Opens a source's file: the format is told by the first bytes, not by the name.
#pragma once

#include <memory>
#include <string>

#include "engine/base/diagnostic.hpp"
#include "engine/intake/source.hpp"
#include "engine/intake/table.hpp"

namespace kaskad::intake {

struct OpenedTable {
  std::unique_ptr<Table> table;  ///< Null when nothing can be read; a diagnostic says why.
  std::string hash;
  std::size_t size = 0;  ///< Bytes.
};

OpenedTable open_table(const SourceSpec& spec, unsigned threads, Diagnostics& out);

}  // namespace kaskad::intake
