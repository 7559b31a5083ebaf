// The layouts, by family; each family is one file, and layouts.cpp puts them in the order in which they are tried.
#pragma once

#include <span>

#include "engine/intake/layout.hpp"

namespace kaskad::intake {

std::span<const Layout> fis_oko_layouts();
std::span<const Layout> pupil_export_layouts();
std::span<const Layout> ris_gia_layouts();
std::span<const Layout> olympiad_layouts();
std::span<const Layout> context_layouts();

}  // namespace kaskad::intake
