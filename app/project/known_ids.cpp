#include "app/project/known_ids.hpp"

#include <algorithm>

#include "engine/base/text.hpp"

namespace kaskad::app {

bool holds(const Ids& list, const std::string& id) { return std::find(list.begin(), list.end(), id) != list.end(); }

void check_id(ConfigReader& reader, std::string_view key, const std::string& id, const Ids& known) {
  if (!holds(known, id))
    reader.report(key, "project-unknown-id", {{"id", id}, {"nearest", nearest(id, known).value_or("none")}});
}

}  // namespace kaskad::app
