#include "app/estimate/two_groups_data.hpp"

#include <algorithm>
#include <cmath>

#include "engine/base/text.hpp"
#include "engine/frame/variables.hpp"

namespace kaskad::app {
namespace {

enum Side : int { kOther = 0, kControl = 1, kTreated = 2 };

std::string joined(const std::vector<std::string>& levels) {
  constexpr std::size_t kNamed = 4;
  std::string out;
  for (std::size_t i = 0; i < std::min(kNamed, levels.size()); ++i) out += (i == 0 ? "" : " + ") + levels[i];
  return levels.size() > kNamed ? out + " + …" : out;
}

Expected<void> mark(const frame::Column& group, const std::vector<std::string>& wanted, Side side,
                    std::vector<int>& sides) {
  for (const std::string& level : wanted) {
    const auto found = std::find(group.levels.begin(), group.levels.end(), level);
    if (found == group.levels.end())
      return failure(
          "asked-unknown-group",
          {{"group", level}, {"column", group.name}, {"nearest", nearest(level, group.levels).value_or("none")}});
    int& place = sides[static_cast<std::size_t>(found - group.levels.begin())];
    if (place != kOther && place != side) return failure("asked-same-group", {{"group", level}});
    place = side;
  }
  return {};
}

/// The side of each level of the group's column.
Expected<std::vector<int>> sides_of(const frame::Column& group, const TwoGroupsAsked& asked) {
  if (asked.treated.empty() && asked.control.empty()) return failure("asked-two-groups");
  const int rest = asked.treated.empty() ? kTreated : asked.control.empty() ? kControl : kOther;
  std::vector<int> sides(group.levels.size(), kOther);
  if (const auto done = mark(group, asked.treated, kTreated, sides); !done) return tl::unexpected<Error>(done.error());
  if (const auto done = mark(group, asked.control, kControl, sides); !done) return tl::unexpected<Error>(done.error());
  std::replace(sides.begin(), sides.end(), static_cast<int>(kOther), rest);
  return sides;
}

std::string label_of(const frame::Column& group, const std::vector<int>& sides, Side side) {
  std::vector<std::string> levels;
  for (std::size_t i = 0; i < sides.size(); ++i) {
    if (sides[i] == side) levels.push_back(group.levels[i]);
  }
  return joined(levels);
}

/// Numbers as they are; two words as 0 and 1, the second in the alphabet being 1.
Expected<frame::Column> as_outcome(const frame::Frame& frame, const std::string& name, std::string& one_means) {
  auto column = frame::make_variable(frame, name);
  if (!column || !column->categorical) return column;
  if (column->levels.size() != 2)
    return failure("asked-not-numeric",
                   {{"column", name}, {"role", "outcome"}, {"value", column->levels.empty() ? "" : column->levels[0]}});
  one_means = column->levels[1];
  frame::Column numbers;
  numbers.name = column->name;
  for (int code : column->codes) numbers.numbers.push_back(code == frame::kMissing ? kNaN : code);
  return numbers;
}

std::vector<frame::Wanted> wanted(const TwoGroupsAsked& asked) {
  std::vector<frame::Wanted> out = {{"group", asked.group, frame::Need::factor},
                                    {"outcome", asked.outcome, frame::Need::any}};
  if (!asked.cluster.empty()) out.push_back({"cluster", asked.cluster, frame::Need::factor});
  return out;
}

void count_missing(const frame::Column& group, const frame::Column& outcome, const frame::Column* cluster,
                   const std::vector<int>& sides, TwoGroupsData& data) {
  for (std::size_t i = 0; i < group.codes.size(); ++i) {
    if (group.codes[i] == frame::kMissing) continue;
    const int side = sides[static_cast<std::size_t>(group.codes[i])];
    const bool lacks = !std::isfinite(outcome.numbers[i]) || (cluster != nullptr && cluster->missing(i));
    if (side == kOther) ++data.other_groups;
    if (side == kOther || !lacks) continue;
    ++(side == kTreated ? data.treated : data.control).missing;
  }
}

void fill(const frame::Column& group, const frame::Column& outcome, const frame::Column* cluster,
          const std::vector<int>& sides, TwoGroupsData& data) {
  for (std::size_t i = 0; i < group.codes.size(); ++i) {
    if (group.codes[i] == frame::kMissing || !std::isfinite(outcome.numbers[i])) continue;
    if (cluster != nullptr && cluster->missing(i)) continue;
    const int side = sides[static_cast<std::size_t>(group.codes[i])];
    if (side == kOther) continue;
    OneGroup& to = side == kTreated ? data.treated : data.control;
    to.values.push_back(outcome.numbers[i]);
    if (cluster != nullptr) to.clusters.push_back(cluster->codes[i]);
  }
}

bool only_zero_and_one(const OneGroup& group) {
  return std::all_of(group.values.begin(), group.values.end(), [](double v) { return v == 0 || v == 1; });
}

}  // namespace

Expected<TwoGroupsData> two_groups_data(const frame::Frame& frame, const TwoGroupsAsked& asked) {
  TwoGroupsData data;
  const auto sample = frame::take(frame, wanted(asked));  // for the counts of rows left out
  if (!sample) return tl::unexpected<Error>(sample.error());
  data.left_out = sample->left_out;
  const auto outcome = as_outcome(frame, asked.outcome, data.one_means);
  if (!outcome) return tl::unexpected<Error>(outcome.error());
  const frame::Column group = frame::as_factor(frame::make_variable(frame, asked.group).value());
  frame::Column cluster;
  if (!asked.cluster.empty()) cluster = frame::as_factor(frame::make_variable(frame, asked.cluster).value());
  const frame::Column* clusters = asked.cluster.empty() ? nullptr : &cluster;
  const auto sides = sides_of(group, asked);
  if (!sides) return tl::unexpected<Error>(sides.error());
  data.treated.label = label_of(group, *sides, kTreated);
  data.control.label = label_of(group, *sides, kControl);
  count_missing(group, *outcome, clusters, *sides, data);
  fill(group, *outcome, clusters, *sides, data);
  data.binary = only_zero_and_one(data.treated) && only_zero_and_one(data.control);
  return data;
}

}  // namespace kaskad::app
