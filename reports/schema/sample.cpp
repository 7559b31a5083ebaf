#include "reports/schema/sample.hpp"

#include <array>

namespace kaskad::reports {
namespace {

Quantity sample_figure() {
  Quantity q{exactly(50, 100), Unit::percent, 1, false};
  q.estimate.se = 2.5;
  q.estimate.lo = 45;
  q.estimate.hi = 55;
  q.estimate.df = 99;
  q.estimate.p = 0.5;
  return q;
}

/// Lists of what a path may pick out by its number (years, say) are long, lists of objects are not, so that a template
/// that goes through lists inside lists is checked at once. In a chart all lists go together.
constexpr int kItems = 3, kFigures = 12, kInChart = 1;

/// Makes the values of one object, `place` being its own in a list.
class SampleMaker {
 public:
  SampleMaker(const DataSchema& schema, bool in_chart) : schema_(schema), in_chart_(in_chart) {}

  Value object(const DataShape& shape, int place) const {
    const SampleMaker inner(schema_, in_chart_ || shape.is_chart());
    Object object;
    for (const DataName* name : schema_.names_of(shape))
      object.emplace_back(name->name, inner.value(*name, name->type.lists, place));
    return object;
  }

 private:
  Value value(const DataName& name, int lists, int place) const {
    if (lists == 0) return single(name, place);
    const int size = in_chart_ ? kInChart : name.type.kind == DataKind::object ? kItems : kFigures;
    List list;
    for (int i = 0; i < size; ++i) list.push_back(value(name, lists - 1, i));
    return list;
  }

  Value single(const DataName& name, int place) const {
    switch (name.type.kind) {
      case DataKind::text:
        return name.name;
      case DataKind::date:
        return "2026-09-01";
      case DataKind::count:
      case DataKind::number:
        return 1;
      case DataKind::place:
        return place;
      case DataKind::truth:
        return true;
      case DataKind::figure:
        return sample_figure();
      case DataKind::role:
        return "neutral";
      case DataKind::reason:
        return "too_few";
      case DataKind::word:
        return name.type.words.empty() ? Value() : Value(name.type.words.front());
      case DataKind::object:
        return object(*schema_.shape(name.type.shape), place);
    }
    return {};
  }

  const DataSchema& schema_;
  bool in_chart_;
};

}  // namespace

Value sample_of(const DataSchema& schema, const DataShape& shape) {
  return SampleMaker(schema, false).object(shape, 0);
}

Value sample_tree(const DataSchema& schema, DataTree tree) { return sample_of(schema, schema.tree(tree)); }

}  // namespace kaskad::reports
