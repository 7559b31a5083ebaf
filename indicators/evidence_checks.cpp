#include "indicators/evidence_checks.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "indicators/calendar.hpp"

namespace kaskad {
namespace {

Diagnostic warning(const Place& place, std::string code, Args args) {
  Diagnostic d;
  d.severity = Severity::warning;
  d.place = place;
  d.message = {std::move(code), std::move(args)};
  return d;
}

/// The wave's name in both languages, `wave_ru` and `wave_en`; its id where the project does not know it.
void name_wave(const std::vector<WaveSet>& sets, const std::string& id, Args& args) {
  const Period* wave = find_wave(sets, id);
  for (const auto* language : {"ru", "en"})
    args.emplace_back(std::string("wave_") + language, wave == nullptr ? id : in_language(wave->name, language, id));
}

const Programme& programme_of(const Dataset& data, const Evidence& e) {
  return data.programmes[static_cast<std::size_t>(e.programme)];
}

/// A wave runs from 1 September to 31 August of its years, a school year being named by its last calendar year.
std::string first_day(const Period& wave) { return std::to_string(wave.years.front() - 1) + "-09-01"; }
std::string last_day(const Period& wave) { return std::to_string(wave.years.back()) + "-08-31"; }

void check_dates(const Dataset& data, const std::vector<WaveSet>& sets, Diagnostics& out) {
  for (const Evidence& e : data.evidence) {
    if (!is_day(e.date)) continue;
    const Programme& programme = programme_of(data, e);
    const Period* wave = find_wave(sets, e.wave);
    Args args = {{"date", e.date}, {"programme", programme.id}};
    name_wave(sets, e.wave, args);
    if (wave != nullptr && !wave->years.empty() && e.date > last_day(*wave)) {
      out.push_back(warning(e.place, "evidence-after-wave", args));
      out.back().message.args.emplace_back("end", last_day(*wave));
    }
    if (!programme.from.empty() && e.date < programme.from) {
      out.push_back(warning(e.place, "evidence-before-programme", args));
      out.back().message.args.emplace_back("from", programme.from);
    }
  }
}

bool follows(const std::vector<WaveSet>& sets, const Programme& programme, const std::string& wave) {
  const auto set = set_of_programme(sets, programme);
  if (!set) return false;
  const auto& waves = sets[*set].waves;
  return std::any_of(waves.begin(), waves.end(), [&](const Period& p) { return p.id == wave; });
}

/// Evidence that no rating reads: of a wave or a criterion that the programme does not have.
void check_scope(const Dataset& data, const MaturitySettings& settings, const std::vector<WaveSet>& sets,
                 Diagnostics& out) {
  for (const Evidence& e : data.evidence) {
    const Programme& programme = programme_of(data, e);
    if (!follows(sets, programme, e.wave))
      out.push_back(warning(e.place, "evidence-other-wave", {{"programme", programme.id}, {"wave", e.wave}}));
    if (!settings.rubric_of(programme).find(e.criterion))
      out.push_back(warning(e.place, "evidence-other-criterion",
                            {{"programme", programme.id}, {"criterion", e.criterion}, {"level", programme.level}}));
  }
}

/// Programme and wave, in the order of the programmes.
using ProgrammeWave = std::tuple<int, std::string>;

void check_documents(const Dataset& data, const std::vector<WaveSet>& sets, std::int64_t border, Diagnostics& out) {
  struct Papers {
    const Evidence* first = nullptr;
    std::set<std::string> documents, criteria;
  };
  std::map<ProgrammeWave, Papers> papers;
  for (const Evidence& e : data.evidence) {
    if (e.document.empty()) continue;
    Papers& p = papers[{e.programme, e.wave}];
    if (p.first == nullptr) p.first = &e;
    p.documents.insert(e.document);
    p.criteria.insert(e.criterion);
  }
  for (const auto& [key, p] : papers) {
    const auto n = static_cast<std::int64_t>(p.criteria.size());
    if (p.documents.size() != 1 || n < border) continue;
    Args args = {{"programme", programme_of(data, *p.first).id}, {"document", p.first->document}, {"n", n}};
    name_wave(sets, p.first->wave, args);
    out.push_back(warning(p.first->place, "evidence-one-document", std::move(args)));
  }
}

void check_raters(const Dataset& data, std::int64_t border, Diagnostics& out) {
  struct RaterWords {
    const Evidence* first = nullptr;
    std::int64_t n = 0;
    bool alike = true;
    std::set<std::string> criteria;
  };
  std::map<std::string, RaterWords> raters;
  for (const Evidence& e : data.evidence) {
    if (e.rater.empty()) continue;
    RaterWords& w = raters[e.rater];
    if (w.first == nullptr) w.first = &e;
    w.alike = w.alike && e.score == w.first->score;
    w.criteria.insert(e.criterion);
    ++w.n;
  }
  for (const auto& [rater, w] : raters) {
    if (!w.alike || w.n < border || w.criteria.size() < 2) continue;
    out.push_back(
        warning(w.first->place, "rater-one-score", {{"rater", rater}, {"n", w.n}, {"score", w.first->score}}));
  }
}

bool runs_in(const Programme& programme, const Period& wave) {
  if (wave.years.empty()) return false;
  const bool begun = programme.from.empty() || programme.from <= last_day(wave);
  return begun && (programme.to.empty() || programme.to >= first_day(wave));
}

std::string joined(const std::vector<std::string>& ids) {
  constexpr std::size_t kMost = 5;
  std::string out;
  for (std::size_t i = 0; i < std::min(ids.size(), kMost); ++i) out += (i == 0 ? "" : ", ") + ids[i];
  return out;
}

/// Programmes that run in a wave in which others have evidence, and have none. One warning a wave, at the file of the
/// others' evidence.
void check_missing(const Dataset& data, const std::vector<WaveSet>& sets, Diagnostics& out) {
  std::set<ProgrammeWave> rated;
  std::map<std::string, Place> files;
  for (const Evidence& e : data.evidence) {
    rated.emplace(e.programme, e.wave);
    files.emplace(e.wave, Place{e.place.file, e.place.sheet, 0, 0, {}});
  }
  std::map<std::string, std::vector<std::string>> missing;
  for (std::size_t p = 0; p < data.programmes.size(); ++p) {
    const auto set = set_of_programme(sets, data.programmes[p]);
    if (!set) continue;
    for (const Period& wave : sets[*set].waves) {
      const bool has = rated.count({static_cast<int>(p), wave.id}) > 0;
      if (!has && files.count(wave.id) > 0 && runs_in(data.programmes[p], wave))
        missing[wave.id].push_back(data.programmes[p].id);
    }
  }
  for (const auto& [wave, programmes] : missing) {
    const auto n = static_cast<std::int64_t>(programmes.size());
    Args args = {{"n", n}, {"programmes", joined(programmes)}};
    name_wave(sets, wave, args);
    out.push_back(warning(files[wave], "evidence-missing", std::move(args)));
  }
}

std::string latest_evidence(const Dataset& data, const MaturityOverride& o) {
  std::string latest;
  for (const Evidence& e : data.evidence) {
    if (programme_of(data, e).id == o.programme && e.wave == o.wave) latest = std::max(latest, e.date);
  }
  return latest;
}

/// What an override lacks, if anything: "", or the code.
std::string_view gap_of(const MaturityOverride& o) {
  if (o.why.empty()) return "override-no-reason";
  if (o.who.empty()) return "override-no-author";
  return is_day(o.when) ? "" : "override-no-date";
}

void check_ids(const Dataset& data, const MaturitySettings& settings, const std::vector<WaveSet>& sets,
               const MaturityOverride& o, Diagnostics& out) {
  const auto programme = std::find_if(data.programmes.begin(), data.programmes.end(),
                                      [&](const Programme& p) { return p.id == o.programme; });
  if (programme == data.programmes.end()) {
    out.push_back(warning(o.place, "override-unknown-programme", {{"programme", o.programme}}));
    return;
  }
  if (!follows(sets, *programme, o.wave))
    out.push_back(warning(o.place, "override-unknown-wave", {{"programme", o.programme}, {"wave", o.wave}}));
  if (!settings.rubric_of(*programme).find_level(o.level))
    out.push_back(warning(o.place, "override-unknown-level", {{"programme", o.programme}, {"level", o.level}}));
}

void check_overrides(const Dataset& data, const MaturitySettings& settings, const std::vector<WaveSet>& sets,
                     Diagnostics& out) {
  std::set<std::pair<std::string, std::string>> seen;
  for (const MaturityOverride& o : settings.overrides) {
    const Args args = {{"programme", o.programme}, {"wave", o.wave}, {"level", o.level}};
    check_ids(data, settings, sets, o, out);
    const std::string_view gap = gap_of(o);
    if (!gap.empty()) out.push_back(warning(o.place, std::string(gap), args));
    const std::string latest = latest_evidence(data, o);
    if (is_day(o.when) && o.when < latest) {
      out.push_back(warning(o.place, "override-before-evidence", args));
      out.back().message.args.insert(out.back().message.args.end(), {{"when", o.when}, {"evidence", latest}});
    }
    if (!seen.emplace(o.programme, o.wave).second) out.push_back(warning(o.place, "override-twice", args));
  }
}

}  // namespace

Diagnostics check_evidence(const Dataset& data, const MaturitySettings& settings, const std::vector<WaveSet>& waves) {
  Diagnostics out;
  check_dates(data, waves, out);
  check_scope(data, settings, waves, out);
  check_documents(data, waves, settings.checks.same_document, out);
  check_raters(data, settings.checks.same_score, out);
  check_missing(data, waves, out);
  check_overrides(data, settings, waves, out);
  return out;
}

}  // namespace kaskad
