// The files of the demo project, one maker each; demo.cpp lists them.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/demo/demo.hpp"
#include "app/demo/region.hpp"

namespace kaskad::demo {

/// The files write themselves later, so they share the region.
using SharedRegion = std::shared_ptr<const Region>;

// tables.cpp: encodings, delimiters and ways of saying yes differ from file to file, as they do in an office.
DemoFile registry_file(const SharedRegion& region);   ///< CP1251, «;»
DemoFile context_file(const SharedRegion& region);    ///< UTF-8 with BOM, «;», decimal comma
DemoFile groups_file(const SharedRegion& region);     ///< CP1251, «;»
DemoFile partners_file(const SharedRegion& region);   ///< UTF-8, tab
DemoFile summaries_file(const SharedRegion& region);  ///< UTF-8, «;», decimal comma

// results.cpp; mathematics of grades 5–8 is in task_files.cpp.
bool has_vpr(const Region& region, int grade);
DemoFile vpr_primary_file(const SharedRegion& region);         ///< Grade 4: UTF-8, «;», a pupil a row
DemoFile vpr_file(const SharedRegion& region);                 ///< Grades 5–8 without mathematics: CP1251, «;»
std::vector<DemoFile> task_files(const SharedRegion& region);  ///< task_files.cpp: mathematics in the form of ФИС ОКО
DemoFile oge_file(const SharedRegion& region);                 ///< UTF-8 with BOM, «;», a result a row
DemoFile ege_file(const SharedRegion& region);                 ///< UTF-8, tab, a result a row
DemoFile olympiads_file(const SharedRegion& region);           ///< UTF-8, «,»

// programmes.cpp
DemoFile programmes_file(const SharedRegion& region);  ///< CP1251, «;»
DemoFile evidence_file(const SharedRegion& region);    ///< UTF-8, «,», quoted texts

// project.cpp
DemoFile project_file(const SharedRegion& region);  ///< kaskad.toml

}  // namespace kaskad::demo
