// What the findings ask of whom. Every line names the figure that it rests on.
#include <algorithm>
#include <map>
#include <set>

#include "reports/content/findings.hpp"
#include "reports/content/labels.hpp"
#include "reports/content/maturity_words.hpp"
#include "reports/content/works_parts.hpp"

namespace kaskad::reports {
namespace {

class Adviser {
 public:
  explicit Adviser(const Briefing& b) : b_(b) {}

  void declines() {
    for (const std::size_t series : b_.headlines) {
      const auto& change = b_.figures().series[series].change;
      if (change.empty()) continue;
      const Indicator& indicator = b_.figures().indicator_of(series);
      if (news_of(indicator, verdict_of(change[kRegion])) != News::worse) continue;
      const std::size_t entry = *b_.frame().find_wave(WaveRole::entry);
      add("decline", {{"name", series_name(b_, series)}, {"value", told(figure(b_, series, kRegion, entry))}},
          change_sentence(b_, series, kRegion), series);
    }
  }

  /// Municipalities whose schools are proven to be worse off than the others by a headline.
  void municipalities() {
    const auto& entities = b_.frame().entities;
    for (std::size_t e = 0; e < entities.size(); ++e) {
      if (entities[e].kind != EntityKind::municipality) continue;
      for (const std::size_t series : b_.headlines) {
        const Estimate gap = municipality_gap(b_, series, e);
        if (news_of(b_.figures().indicator_of(series), verdict_of(gap)) != News::worse) continue;
        add("municipality",
            {{"municipality", entities[e].id}, {"name", series_name(b_, series)}, {"value", others(series, e, gap)}},
            gap_sentence(b_, series, e, gap), series);
      }
    }
  }

  /// Effects that are not proven ask for the same thing, so they share a line.
  void effects() {
    std::string names, differences;
    for (const SeriesComparison& c : b_.judgements.comparisons) {
      const bool headline = std::find(b_.headlines.begin(), b_.headlines.end(), c.series) != b_.headlines.end();
      const ChangeComparison* main = main_change(b_, c);
      if (!headline || main == nullptr || !main->effect.defined()) continue;
      const News news = news_of(b_.figures().indicator_of(c.series), verdict_of(main->effect));
      const std::string name = series_name(b_, c.series);
      if (news == News::worse) add("effect_worse", {{"name", name}}, effect_sentence(b_, c), c.series);
      if (news != News::neutral) continue;
      const Quantity effect = difference(b_.figures().indicator_of(c.series), main->effect, kNobody);
      const Args args = {
          {"name", name}, {"value", b_.format.with_unit(effect)}, {"interval", b_.format.interval(effect)}};
      names += (names.empty() ? "" : "; ") + name;
      differences += (differences.empty() ? "" : "; ") +
                     text("effect_unproven", main->effect.rests_on_few() ? "few" : "one", args);
    }
    if (names.empty()) return;
    rows_.push_back(Object{{"to", text("effect_unproven", "to")},
                           {"what", text("effect_unproven", "what")},
                           {"why", text("effect_unproven", "why", {{"effects", differences}})},
                           {"check", names},
                           {"result", text("effect_unproven", "result")}});
  }

  /// The criterion that stands on the shortest way to the next level for most programmes, in their last rated wave.
  void programmes() {
    std::map<std::size_t, const MaturityRating*> last;
    for (const MaturityRating& r : b_.judgements.maturity.ratings) {
      if (r.computed) last[r.programme] = &r;
    }
    std::map<std::string, std::int64_t> lacking;
    for (const auto& [programme, rating] : last) {
      for (const std::string& id : on_the_way(*rating)) ++lacking[id];
    }
    const auto most = std::max_element(lacking.begin(), lacking.end(),
                                       [](const auto& x, const auto& y) { return x.second < y.second; });
    if (most == lacking.end()) return;
    const std::string name = criterion_name(b_, *b_.judgements.maturity.settings.find_criterion(most->first));
    const Args counts = {{"n", most->second}, {"programmes", static_cast<std::int64_t>(last.size())}, {"name", name}};
    rows_.push_back(Object{{"to", text("programmes", "to")},
                           {"what", text("programmes", "what", {{"name", name}})},
                           {"why", text("programmes", "why", counts)},
                           {"check", text("programmes", "check")},
                           {"result", text("programmes", "result", counts)}});
  }

  /// Criteria of any of the shortest ways.
  std::set<std::string> on_the_way(const MaturityRating& rating) const {
    std::set<std::string> out;
    for (const auto& way : rating.next.ways) {
      for (const std::size_t c : way) out.insert(rubric_of(b_, rating).criteria[c].id);
    }
    return out;
  }

  void data() {
    std::int64_t rejected = 0;
    for (const SourceLedger& source : b_.data.ledger) {
      for (const auto& [code, n] : source.rejected) rejected += n;
    }
    if (rejected == 0) return;
    rows_.push_back(Object{{"to", text("data", "to")},
                           {"what", text("data", "what")},
                           {"why", text("data", "why", {{"n", rejected}})},
                           {"check", text("data", "check")},
                           {"result", text("data", "result")}});
  }

  void skills() {
    for (const LackingSkill& s : lacking_skills(b_)) {
      const std::string border = told({exactly(s.border, 0), Unit::percent, 0});
      rows_.push_back(Object{
          {"to", text("skill", "to")},
          {"what", text("skill", "what", {{"name", s.skill}})},
          {"why",
           text("skill", "why",
                {{"value", told(s.completion)}, {"interval", b_.format.interval(s.completion)}, {"border", border}})},
          {"check", text("skill", "check", {{"work", s.work}})},
          {"result", text("skill", "result", {{"border", border}})}});
    }
  }

  List take() { return std::move(rows_); }

 private:
  std::string text(const std::string& kind, const std::string& part, const Args& args = {}) const {
    return b_.texts.get("recommendation." + kind + "." + part, args);
  }

  void add(const std::string& kind, const Args& args, std::string why, std::size_t series) {
    rows_.push_back(Object{{"to", text(kind, "to", args)},
                           {"what", text(kind, "what", args)},
                           {"why", std::move(why)},
                           {"check", series_name(b_, series)},
                           {"result", text(kind, "result", args)}});
  }

  std::string told(const Quantity& q) const { return b_.format.with_unit(q); }

  /// What the other schools of the region have: the municipality's figure minus its difference to them.
  std::string others(std::size_t series, std::size_t entity, const Estimate& gap) const {
    Quantity q = figure(b_, series, entity, b_.frame().periods.size() - 1);
    q.estimate.value -= gap.value;
    return told(q);
  }

  const Briefing& b_;
  List rows_;
};

}  // namespace

List recommendations(const Briefing& b) {
  Adviser adviser(b);
  adviser.declines();
  adviser.municipalities();
  adviser.effects();
  adviser.skills();
  adviser.programmes();
  adviser.data();
  return adviser.take();
}

}  // namespace kaskad::reports
