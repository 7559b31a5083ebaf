#include "app/judge.hpp"

#include <algorithm>

#include "indicators/publication_parts.hpp"

namespace kaskad::app {
namespace {

bool is_series_of(const Headline& h, const Series& s, const Figures& figures, const Vocabulary& v) {
  const bool subject = h.subject == "*" ? !s.subject : s.subject && v.subjects[*s.subject].id == h.subject;
  return subject && figures.indicators[s.indicator].id == h.indicator && v.procedures[s.procedure].id == h.procedure &&
         s.grade == h.grade;
}

Diagnostic without_data(const Project& project, const Headline& h, const char* field, const char* code) {
  Diagnostic d;
  d.severity = Severity::warning;
  d.place.file = project.file;
  d.place.field = field;
  d.message = {code,
               {{"indicator", h.indicator},
                {"procedure", h.procedure},
                {"subject", h.subject},
                {"grade", std::int64_t{h.grade}}}};
  return d;
}

/// Place of a series; nothing when there is none.
std::optional<std::size_t> series_of(const Headline& wanted, const Dataset& data, const Figures& figures) {
  for (std::size_t s = 0; s < figures.series.size(); ++s) {
    if (is_series_of(wanted, figures.series[s].series, figures, data.vocabulary)) return s;
  }
  return std::nullopt;
}

/// Whose results resilience and proposals speak of: those asked for, or the first headline.
std::optional<std::size_t> result_series(const Project& project, const IndexOutcome& asked, const Dataset& data,
                                         const Figures& figures) {
  if (!asked.indicator.empty())
    return series_of({asked.indicator, asked.procedure, asked.subject, asked.grade}, data, figures);
  return project.headlines.empty() ? std::nullopt : series_of(project.headlines.front(), data, figures);
}

/// Before the programme: the years of the first wave, or the first year.
std::vector<int> years_before(const Project& project, const Dataset& data) {
  for (const Wave& wave : project.waves) {
    if (wave.is_common()) return wave.years;
  }
  return data.vocabulary.years.empty() ? std::vector<int>{} : std::vector<int>{data.vocabulary.years.front()};
}

/// Series whose change from wave to wave is asked of every school: the headlines.
std::vector<std::size_t> headline_series(const Project& project, const Dataset& data, const Figures& figures) {
  std::vector<std::size_t> out;
  for (const Headline& h : project.headlines) {
    if (const auto series = series_of(h, data, figures)) out.push_back(*series);
  }
  return out;
}

std::vector<std::size_t> ranked_series(const Project& project, const Dataset& data, const Figures& figures) {
  std::vector<std::size_t> out;
  for (const IndexOutcome& asked : project.ranks.of) {
    const auto series = series_of({asked.indicator, asked.procedure, asked.subject, asked.grade}, data, figures);
    if (series) out.push_back(*series);
  }
  return out;
}

void judge_programmes(const Project& project, const Dataset& data, unsigned threads, Judgements& out) {
  out.waves = make_wave_trends(data, out.figures, project.waves, project.trends,
                               headline_series(project, data, out.figures), threads);
  out.targets.targets = judge_targets(data, out.figures, out.waves.sets, data.programme_data.targets);
  out.targets.expected = judge_expected(data, out.figures, out.waves.sets);
  out.maturity = study_maturity(data, project.maturity, out.waves.sets, out.figures,
                                headline_series(project, data, out.figures), threads);
  out.registers =
      make_registers(data, out.figures, out.identification,
                     result_series(project, project.registry.outcome.quality, data, out.figures), project.registry);
}

}  // namespace

SchoolOutcomes index_outcomes(const Project& project, const Dataset& data, const Figures& figures) {
  const IndexOutcome& asked = project.identify.social.outcome;
  const Headline wanted{asked.indicator, asked.procedure, asked.subject, asked.grade};
  const auto found = std::find_if(figures.series.begin(), figures.series.end(), [&](const SeriesFigures& s) {
    return is_series_of(wanted, s.series, figures, data.vocabulary);
  });
  SchoolOutcomes out;
  if (found == figures.series.end()) return out;
  for (const Basis& b : found->bases)
    out.push_back(b.reason == Undefined::none && b.n > 0 ? SchoolOutcome{b.n, b.mean()} : SchoolOutcome{});
  return out;
}

Judgements judge(const Project& project, const Dataset& data, unsigned threads, Depth depth) {
  Judgements out;
  out.figures =
      make_figures(data, project.indicators, {project.waves, project.minimum_n, threads, project.complementary});
  if (depth == Depth::whole) {
    out.comparisons = compare_groups(out.figures, data.vocabulary.years, project.changes, threads);
    out.studies = study_effects(out.figures, data.vocabulary, out.comparisons, threads);
    out.pooled = pool_municipalities(out.figures, data.vocabulary.years, out.comparisons, threads);
  }
  out.cascade_rubric = project.cascade;
  out.cascade = judge_cascade(data, project.cascade, project.date);
  out.road_map = judge_road_map(data, project.cascade, project.date);
  out.support = judge_support(data, project.date);
  out.journal = compare_with_journal(data, out.figures.frame);
  out.journal_withheld = decide_journal(data, out.figures, out.journal);
  out.marking = find_marking_signs(data, out.figures.frame, out.journal, project.marking, project.minimum_n);
  decide_signs(out.figures, out.marking);
  out.works = tasked_works(data, out.figures.frame);
  decide_tasks(data, out.figures, out.works);
  out.deficits = project.deficits;
  out.partners = compare_partners(data, out.figures, out.works, project.partners);
  out.processes = judge_processes(data, project.processes);
  out.courses = judge_courses(data, project.courses, project.minimum_n);
  out.identification =
      identify_schools(data, project.identify, index_outcomes(project, data, out.figures), project.minimum_n, threads);
  decide_shares(data, out.figures, out.identification.low);
  out.resilience =
      find_resilient(data, out.figures, result_series(project, project.resilience.outcome, data, out.figures),
                     out.identification.social, project.resilience);
  out.clusters = find_clusters(data, out.figures, project.clusters);
  judge_programmes(project, data, threads, out);
  out.funnels = make_funnels(data, out.figures, headline_series(project, data, out.figures), project.funnels);
  out.ranks = rank_schools(data, out.figures, ranked_series(project, data, out.figures), project.ranks);
  out.proposals = propose_groups(data, out.figures, result_series(project, {}, data, out.figures),
                                 years_before(project, data), out.identification, project.proposals);
  return out;
}

std::vector<std::size_t> find_headlines(const Project& project, const Dataset& data, const Figures& figures,
                                        Diagnostics& out) {
  std::vector<std::size_t> found;
  for (const Headline& h : project.headlines) {
    std::size_t s = 0;
    while (s < figures.series.size() && !is_series_of(h, figures.series[s].series, figures, data.vocabulary)) ++s;
    if (s < figures.series.size())
      found.push_back(s);
    else
      out.push_back(without_data(project, h, "headline", "headline-no-data"));
  }
  for (const IndexOutcome& o : project.ranks.of) {
    const Headline asked{o.indicator, o.procedure, o.subject, o.grade};
    const bool told = std::find(project.headlines.begin(), project.headlines.end(), asked) != project.headlines.end();
    if (project.ranks.show && !told && !series_of(asked, data, figures))
      out.push_back(without_data(project, asked, "ranks.of", "ranks-no-data"));
  }
  return found;
}

}  // namespace kaskad::app
