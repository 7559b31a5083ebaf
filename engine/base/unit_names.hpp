// A unit that a project names itself, such as the credit units of its examinations.
#pragma once

#include <map>
#include <string>

namespace kaskad {

/// Each by language ("ru", "en"). `one` … `other` are the forms after a number of that CLDR plural category, Russian
/// `other` being the form of fractions; a category without a text of its own takes that of `other`.
struct UnitNames {
  std::string id;
  std::map<std::string, std::string> head;  ///< As heads of tables and labels of axes name it.
  std::map<std::string, std::string> one, few, many, other;
};

}  // namespace kaskad
