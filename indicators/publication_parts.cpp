#include "indicators/publication_parts.hpp"

#include <algorithm>
#include <set>

#include "indicators/ends.hpp"

namespace kaskad {
namespace {

struct Parts {
  const Dataset& data;
  const Figures& figures;

  const PublicationPlaces& places() const { return figures.publications.places(); }
  const PublicationRules& rules() const { return figures.publications.rules(); }
  std::size_t entities() const { return figures.frame.entities.size(); }

  /// The decisions on the work, in the cells of one line and period; none where nobody has decided on it.
  std::vector<Publication> of_work(ProcedureId procedure, SubjectId subject, int grade,
                                   const std::vector<std::size_t>& years) const {
    std::vector<Publication> out(places().sets.members.size() + places().schools, Publication::published);
    for (int o = 0; o < kOutcomes; ++o) {
      const auto line = figures.publications.find(procedure, subject, grade, static_cast<Outcome>(o));
      if (!line) continue;
      const PublicationTable& table = figures.publications.tables()[line->table];
      const auto period = table.period_of(years);
      for (std::size_t place = 0; period && place < out.size(); ++place)
        out[place] = std::max(out[place], table.decisions.at(line->line, *period, place));
    }
    return out;
  }

  std::vector<Undefined> decide_task(const WorkTask& task, const std::vector<Publication>& before) const {
    PublishedTable table;
    table.schools = places().schools;
    table.subjects = table.years = 1;
    const auto scores = [&](const TaskSums& sums) {
      return OnScale{double(sums.n), double(sums.sum), 0, double(task.spec.maximum)};
    };
    for (std::size_t s = 0; s < table.schools; ++s) {
      const TaskSums& own = task.sums[figures.frame.first_school() + s];
      table.counts.push_back(own.n);
      table.ends.push_back(ends_of(scores(own)));
    }
    table.news = {news_of(scores(task.sums.front()))};
    const SuppressedTable decided = suppress(table, places().sets, rules().minimum_n, rules().complementary, before);
    std::vector<Undefined> out;
    for (std::size_t e = 0; e < entities(); ++e) out.push_back(reason_of(decided.at(0, 0, places().of_entity(e))));
    return out;
  }

  void decide_work(TaskedWork& work) const {
    const auto& years = data.vocabulary.years;
    const auto year = static_cast<std::size_t>(std::lower_bound(years.begin(), years.end(), work.year) - years.begin());
    const std::vector<Publication> before = of_work(work.procedure, work.subject, work.grade, {year});
    for (WorkTask& task : work.tasks) task.withheld = decide_task(task, before);
  }
};

/// Works as lines and their sum, years and waves as periods.
class JournalDecisions {
 public:
  JournalDecisions(const Parts& parts, const std::vector<JournalFigures>& journal) : parts_(parts), journal_(journal) {
    const Frame& frame = parts.figures.frame;
    table_.schools = parts.places().schools;
    table_.subjects = journal.size();
    if (journal.size() > 1) table_.subject_sums.emplace_back();
    for (std::size_t w = 0; w < journal.size() && journal.size() > 1; ++w) table_.subject_sums.front().push_back(w);
    for (const JournalFigures& work : journal) table_.grades.push_back(work.grade);
    for (const Period& period : frame.periods) periods_.push_back(add_period(period));
    table_.counts.assign(table_.schools * table_.subjects * table_.years, 0);
    for (std::size_t s = 0; s < table_.schools; ++s) {
      for (std::size_t w = 0; w < journal.size(); ++w) {
        for (std::size_t y = 0; y < table_.years; ++y)
          table_.counts[(s * table_.subjects + w) * table_.years + y] =
              journal[w].at(frame, frame.first_school() + s, y).n();
      }
    }
  }

  /// Fills in the decisions on each work; those on all works together.
  std::vector<Undefined> decide(std::vector<JournalFigures>& journal) const {
    std::vector<Undefined> reasons;
    if (journal.empty()) return reasons;
    const SuppressedTable decided =
        suppress(table_, parts_.places().sets, parts_.rules().minimum_n, parts_.rules().complementary, hidden_works());
    for (std::size_t line = 0; line < table_.lines(); ++line) {
      reasons.clear();
      for (std::size_t e = 0; e < parts_.entities(); ++e) {
        for (const std::size_t period : periods_)
          reasons.push_back(reason_of(decided.at(line, period, parts_.places().of_entity(e))));
      }
      if (line < journal.size()) journal[line].withheld = reasons;
    }
    return reasons;
  }

 private:
  /// Years come first in a frame, in their order; waves of more than one year are sums.
  std::size_t add_period(const Period& period) {
    if (!period.is_wave) return table_.years++;
    std::vector<std::size_t> years;
    for (std::size_t y = 0; y < table_.years; ++y) {
      const auto& all = parts_.data.vocabulary.years;
      if (std::binary_search(period.years.begin(), period.years.end(), all[y])) years.push_back(y);
    }
    if (years.size() == 1) return years.front();
    table_.year_sums.push_back(std::move(years));
    return table_.periods() - 1;
  }

  std::vector<Publication> hidden_works() const {
    std::vector<Publication> out;
    for (std::size_t line = 0; line < table_.lines(); ++line) {
      for (std::size_t period = 0; period < table_.periods(); ++period) {
        std::vector<Publication> cells(parts_.places().sets.members.size() + table_.schools, Publication::published);
        if (line < journal_.size()) {
          const JournalFigures& work = journal_[line];
          const auto years =
              period < table_.years ? std::vector<std::size_t>{period} : table_.year_sums[period - table_.years];
          cells = parts_.of_work(work.procedure, work.subject, work.grade, years);
        }
        out.insert(out.end(), cells.begin(), cells.end());
      }
    }
    return out;
  }

  const Parts& parts_;
  const std::vector<JournalFigures>& journal_;
  PublishedTable table_;
  std::vector<std::size_t> periods_;  ///< By period of the frame.
};

/// The line of a work by the outcome that shares below a border rest on.
std::optional<PublicationLine> line_of(const Publications& publications, ProcedureId procedure, SubjectId subject,
                                       int grade) {
  for (const Outcome outcome : {Outcome::mark, Outcome::test, Outcome::primary}) {
    if (const auto line = publications.find(procedure, subject, grade, outcome)) return line;
  }
  return std::nullopt;
}

/// Why a share of some works of a school together is not printed: of one work as decided; of several, when a work is
/// hidden.
Undefined of_share(const Figures& figures, const LowProcedure& of, SchoolId school, const std::vector<int>& years) {
  std::set<std::pair<SubjectId, int>> seen;
  for (const PublicationTable& table : figures.publications.tables()) {
    if (table.procedure != of.procedure || (of.grade && table.grade != *of.grade)) continue;
    for (const SubjectId subject : table.subjects) {
      if ((of.subject && subject != *of.subject) || !seen.insert({subject, table.grade}).second) continue;
      const auto line = line_of(figures.publications, of.procedure, subject, table.grade);
      const Undefined reason = line ? figures.publications.withheld(*line, {school}, years) : Undefined::none;
      if (reason != Undefined::none) return of.subject && of.grade ? reason : Undefined::complementary;
    }
  }
  return Undefined::none;
}

/// The years of the project that a share of `year` pools.
std::vector<int> pooled_years(const Dataset& data, int year, int pooled) {
  std::vector<int> out;
  for (const int y : data.vocabulary.years) {
    if (y > year - pooled && y <= year) out.push_back(y);
  }
  return out;
}

}  // namespace

void decide_tasks(const Dataset& data, const Figures& figures, std::vector<TaskedWork>& works) {
  const Parts parts{data, figures};
  for (TaskedWork& work : works) parts.decide_work(work);
}

std::vector<Undefined> decide_journal(const Dataset& data, const Figures& figures,
                                      std::vector<JournalFigures>& journal) {
  const Parts parts{data, figures};
  return JournalDecisions(parts, journal).decide(journal);
}

void decide_shares(const Dataset& data, const Figures& figures, LowIdentification& low) {
  for (SchoolId s = 0; s < low.schools; ++s) {
    for (std::size_t p = 0; p < low.procedures.size(); ++p) {
      for (std::size_t y = 0; y < low.years.size(); ++y) {
        LowShare& share = low.shares[(s * low.procedures.size() + p) * low.years.size() + y];
        if (share.state == ShareState::judged)
          share.withheld =
              of_share(figures, low.procedures[p], s, pooled_years(data, low.years[y], share.years_pooled));
      }
    }
  }
}

void decide_signs(const Figures& figures, MarkingSigns& signs) {
  for (MarkingFact& fact : signs.facts) {
    if (!fact.work) continue;
    const MarkedWork& w = signs.works[*fact.work];
    const LowProcedure work{w.procedure, w.subject, w.grade};
    fact.withheld = of_share(figures, work, fact.school, {signs.years[fact.year]});
  }
}

PublicationCounts count_figures(const Figures& figures) {
  PublicationCounts out;
  for (const SeriesFigures& series : figures.series) {
    for (const Estimate& e : series.estimates) {
      out.printed += e.defined() ? 1 : 0;
      out.too_few += e.reason == Undefined::too_few ? 1 : 0;
      out.complementary += e.reason == Undefined::complementary ? 1 : 0;
    }
  }
  return out;
}

}  // namespace kaskad
