// Blocks, groups and clusters as readers see them. Private to this room.
#pragma once

#include <string>

#include "reports/content/briefing.hpp"

namespace kaskad::reports {

std::string cluster_block_name(const Briefing& b, std::size_t block);
/// The context field, or the indicator with its work.
std::string cluster_item_name(const Briefing& b, std::size_t block, std::size_t item);
/// A value of an item in the unit in which readers see it: shares as percent.
Quantity cluster_item_value(const Briefing& b, std::size_t block, std::size_t item, Estimate value, Owner owner);
/// The office's name of a group, else «1-я группа».
std::string cluster_group_name(const Briefing& b, std::size_t block, int group);
/// Where a group begins and ends: «ниже 50,0 %»; of several leading indicators each.
std::string cluster_group_bounds(const Briefing& b, std::size_t block, int group);
/// «Учёба: ниже 50 %; спорт: 2-я группа».
std::string cluster_name(const Briefing& b, const Cluster& cluster);
/// Why a school is in its group: «Доля на «4» и «5»: 43,0 % — ниже 50,0 %»; or why it is in none.
std::string cluster_group_reason(const Briefing& b, std::size_t block, SchoolId school);
/// Names of its clusters, or that it is in none, or that too little is known.
std::string school_cluster_text(const Briefing& b, SchoolId school);

}  // namespace kaskad::reports
