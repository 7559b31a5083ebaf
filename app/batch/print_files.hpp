// One file for the printer out of all documents of a report.
#pragma once

#include "app/batch/batch.hpp"
#include "app/batch/manifest.hpp"

namespace kaskad::app {

/// Binds the PDFs of each report that asks for it (`merged`), or of each that makes many when the run asks (--merge).
/// A report's own print file is left as it is where only some of its documents are in the run. Print files are noted in
/// `now` and `result`.
Expected<void> make_print_files(const ReportJob& job, const std::vector<Piece>& pieces, const Manifest& before,
                                Manifest& now, BatchResult& result);

}  // namespace kaskad::app
