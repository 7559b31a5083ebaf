// The chart block of a template: the documented shape of every kind is read whole.
#include <gtest/gtest.h>

#include "reports/template/template.hpp"
#include "tests/charts_fixtures.hpp"
#include "tests/golden.hpp"

namespace kaskad::reports {
namespace {

using test::none;
using test::quantity;

Value effect(double value) { return quantity(value, 0.2, 120, Unit::effect); }

Value forest() {
  return Object{
      {"reference", 0},
      {"below_label", "в пользу контрольной группы"},
      {"above_label", "в пользу фокус-группы"},
      {"weight_head", "вес, %"},
      {"prediction_label", "интервал прогноза"},
      {"rows",
       List{Object{{"label", "Городские"}, {"head", true}},
            Object{{"label", "Школа № 4"}, {"note", "город"}, {"value", effect(0.3)}, {"weight", test::plain(62)}},
            Object{{"label", "Школа № 5"}, {"value", none()}},
            Object{{"label", "Вместе"},
                   {"pooled", true},
                   {"value", effect(0.2)},
                   {"prediction", Object{{"lo", test::plain(-0.1)}, {"hi", test::plain(0.5)}}}}}}};
}

Value funnel() {
  return Object{{"x_label", "Участники"},
                {"y_label", "Доля «двоек», %"},
                {"centre_label", "регион"},
                {"centre", quantity(14, 1, 9000)},
                {"root_scale", true},
                {"limits", List{Object{{"label", "95 %"},
                                       {"points", List{Object{{"n", 10}, {"lo", 0}, {"hi", 36}},
                                                       Object{{"n", 100}, {"lo", 7}, {"hi", 21}}}}}}},
                {"legend", List{Object{{"role", "school"}, {"label", "Школа № 4"}}}},
                {"dots", List{Object{{"label", "Школа № 4"}, {"role", "school"}, {"value", quantity(30, 9, 60)}},
                              Object{{"value", quantity(12, 9, 50)}}}}};
}

Value love() {
  return Object{{"before_label", "до"},
                {"after_label", "после"},
                {"rows", List{Object{{"label", "Индекс"}, {"before", effect(-0.6)}, {"after", effect(0.1)}}}},
                {"thresholds", List{Object{{"at", test::plain(0.1)}}}}};
}

Value heat() {
  return Object{{"columns", List{Object{{"label", "2023"}}, Object{{"label", "2024"}}}},
                {"rows", List{Object{{"label", "Физика"}, {"cells", List{quantity(50, 2, 30), none()}}}}},
                {"middle", 55},
                {"scale_label", "баллы"},
                {"with_counts", true}};
}

Value gantt() {
  return Object{{"today", "2026-03-10"},
                {"plan_label", "план"},
                {"fact_label", "факт"},
                {"overdue_label", "опоздание"},
                {"milestone_label", "событие"},
                {"today_label", "на"},
                {"months", List{Object{{"label", "янв"}}}},
                {"rows", List{Object{{"label", "Анализ"}, {"head", true}},
                              Object{{"label", "Анкеты"},
                                     {"note", "12 школ"},
                                     {"plan", Object{{"from", "2026-01-01"}, {"to", "2026-02-01"}}},
                                     {"fact", Object{{"from", "2026-01-10"}}},
                                     {"milestones", List{Object{{"date", "2026-02-10"}}}}}}}};
}

Value flow() {
  return Object{{"categories", List{Object{{"label", "низкий"}}, Object{{"label", "высокий"}}}},
                {"stages", List{Object{{"label", "вход"}, {"counts", List{3, 1}}},
                                Object{{"label", "итог"}, {"counts", List{2, 2}}}}},
                {"links", List{Object{{"stage", 0}, {"from", 0}, {"to", 1}, {"count", 1}}}}};
}

Value scatter() {
  return Object{{"x_label", "Индекс"},
                {"y_label", "Балл"},
                {"dots", List{Object{{"x", effect(1)}, {"y", effect(2)}}}},
                {"bands", List{Object{{"label", "1-я часть"}, {"from", 0}, {"to", 2}, {"mean", effect(2)}},
                               Object{{"from", 2}, {"to", 4}}}}};
}

TemplateResult made(const std::string& text, const Value& tree) {
  const auto files = [&](const std::string&) { return std::optional(text); };
  return make_document("t.md", files, tree, NumberFormat("ru"), Words{}, {{Undefined::too_few, "мало участников"}});
}

std::string block(const std::string& kind) {
  return "```chart\nkind = \"" + kind + "\"\ndata = \"" + kind + "\"\n```\n";
}

TEST(ChartBlock, ReadsTheKindsOfEvidencePlansAndTransitions) {
  const Value tree = Object{{"forest", forest()}, {"funnel", funnel()}, {"love", love()},      {"heat", heat()},
                            {"gantt", gantt()},   {"flow", flow()},     {"scatter", scatter()}};
  std::string text;
  for (const char* kind : {"forest", "funnel", "love", "heat", "gantt", "flow", "scatter"}) text += block(kind);
  const TemplateResult result = made(text, tree);
  EXPECT_TRUE(result.diagnostics.empty());
  expect_golden("fixtures/charts/blocks.txt", dump(result.document));
}

TEST(ChartBlock, GivesCountsTheOwnerOfTheirObject) {
  Value counts = Object{{"counts", List{1, 2}}};
  counts.owner = 7;
  Value transitions = flow();
  transitions.owner = 8;
  const TemplateResult result =
      made(block("histogram") + block("flow"), Object{{"histogram", counts}, {"flow", transitions}});
  ASSERT_EQ(result.document.blocks.size(), 2U);
  const auto plot = [&](std::size_t i) { return std::get<Figure>(result.document.blocks[i].is).chart.plot; };
  EXPECT_EQ(std::get<Histogram>(plot(0)).owner, 7U);
  EXPECT_EQ(std::get<Flow>(plot(1)).owner, 8U);
}

TEST(ChartBlock, TellsWhatANewKindLacks) {
  const TemplateResult result =
      made(block("forest"), Object{{"forest", Object{{"rows", List{Object{{"label", "а"}}}}}}});
  ASSERT_EQ(result.diagnostics.size(), 1U);
  EXPECT_EQ(result.diagnostics[0].message.code, "template-unknown-path");
}

}  // namespace
}  // namespace kaskad::reports
