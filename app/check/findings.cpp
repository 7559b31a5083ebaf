#include "app/check/findings.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <tuple>

#include "engine/intake/containers.hpp"

namespace kaskad::app {
namespace {

using Table = std::pair<std::string, std::string>;  ///< File and sheet.
using Owners = std::map<std::int64_t, std::optional<SchoolId>>;

/// The school that a diagnostic names, as those of plausibility do.
std::string named_school(const Diagnostic& d) {
  if (d.place.row > 0) return {};
  for (const auto& [name, value] : d.message.args) {
    const auto* text = std::get_if<std::string>(&value);
    if (name == "school" && text != nullptr) return *text;
  }
  return {};
}

bool is_match(const Diagnostic& d) {
  return d.message.code == "school-matched" || d.message.code == "municipality-matched" ||
         d.message.code == "municipality-near";
}

Diagnostic moved(const std::string& file, const std::string& sheet, const intake::FileRow& row, const Dataset& data) {
  Diagnostic d;
  d.place.file = file;
  d.place.sheet = sheet;
  d.place.row = row.number;
  d.message = {"returned-row-moved",
               {{"school", row.school_at_first ? data.registry.schools[*row.school_at_first].id : ""}}};
  return d;
}

}  // namespace

bool FindingsFilter::wants_file(const std::string& name) const {
  if (file.empty() || name == file) return true;
  const std::string last = name.substr(name.rfind('/') + 1);
  return last == file || intake::fit_pattern(file, name) || intake::fit_pattern(file, last);
}

Findings::Findings(const Dataset& data, const Overflow& overflow, const intake::FileRows& rows,
                   const FindingsFilter& filter)
    : data_(data), overflow_(overflow), returned_(returned_workbooks(data)) {
  for (const Diagnostic& d : data.diagnostics) {
    const bool about_source = !d.place.file.empty();
    if (!about_source && !filter.file.empty()) continue;
    if (!about_source || filter.wants_file(d.place.file)) remarks_.push_back({d, data.registry.find(named_school(d))});
  }
  find_owners(rows);
  if (!filter.school.empty()) {
    const auto wanted = data.registry.find(filter.school);
    const auto foreign = [&](const Remark& r) { return r.school != wanted; };
    remarks_.erase(std::remove_if(remarks_.begin(), remarks_.end(), foreign), remarks_.end());
  }
  sort_kinds();
  sort_sources(filter);
}

void sort_by_weight(std::vector<RemarkKind>& kinds) {
  std::stable_sort(kinds.begin(), kinds.end(), [](const RemarkKind& a, const RemarkKind& b) {
    return std::tuple(a.severity, -a.n, std::string_view(a.code)) <
           std::tuple(b.severity, -b.n, std::string_view(b.code));
  });
}

std::vector<RemarkKind> group_remarks(const std::vector<Remark>& remarks) {
  std::map<std::pair<Severity, std::string>, RemarkKind> kinds;
  for (const Remark& r : remarks) {
    RemarkKind& kind = kinds[{r.diagnostic.severity, r.diagnostic.message.code}];
    kind.remarks.push_back(&r);
    ++kind.n;
  }
  std::vector<RemarkKind> out;
  for (auto& [what, kind] : kinds) {
    std::tie(kind.severity, kind.code) = what;
    out.push_back(std::move(kind));
  }
  sort_by_weight(out);
  return out;
}

void Findings::find_owners(const intake::FileRows& rows) {
  std::map<Table, std::set<std::int64_t>> wanted;
  for (const Remark& r : remarks_) {
    const Place& place = r.diagnostic.place;
    if (place.row > 0) wanted[{place.file, place.sheet}].insert(place.row);
  }
  for (const CorrectedRow& row : data_.corrections) {
    if (row.state == CorrectedRow::State::changed) wanted[{row.place.file, row.place.sheet}].insert(row.place.row);
  }
  std::map<Table, Owners> owners;
  for (const auto& [table, numbers] : wanted) {
    const auto& [file, sheet] = table;
    rows.visit(file, sheet, {numbers.begin(), numbers.end()},
               [&, &f = file, &s = sheet, &known = owners[table]](const intake::FileRow& row, const auto&) {
                 const bool same = row.school == row.school_at_first;
                 // Neither of two schools may see what has been moved from one to the other.
                 known[row.number] = same ? row.school : std::nullopt;
                 if (!same && row.school_at_first) remarks_.push_back({moved(f, s, row, data_), std::nullopt});
               });
  }
  for (Remark& r : remarks_) {
    const Place& place = r.diagnostic.place;
    const auto table = owners.find({place.file, place.sheet});
    if (place.row == 0 || table == owners.end()) continue;
    const auto owner = table->second.find(place.row);
    if (owner != table->second.end()) r.school = owner->second;
  }
}

std::string Findings::school_id(const Remark& remark) const {
  return remark.school ? data_.registry.schools[*remark.school].id : std::string();
}

std::int64_t Findings::count(Severity severity) const {
  std::int64_t n = 0;
  for (const RemarkKind& kind : kinds_) n += kind.severity == severity ? kind.n : 0;
  return n;
}

void Findings::sort_kinds() {
  kinds_ = group_remarks(remarks_);
  for (const auto& [what, n] : overflow_.counts()) {
    const auto same = [&](const RemarkKind& kind) {
      return kind.severity == std::get<0>(what) && kind.code == std::get<1>(what);
    };
    auto kind = std::find_if(kinds_.begin(), kinds_.end(), same);
    if (kind == kinds_.end()) kind = kinds_.insert(kinds_.end(), {std::get<0>(what), std::get<1>(what)});
    kind->n += n;
  }
  sort_by_weight(kinds_);
}

void Findings::sort_sources(const FindingsFilter& filter) {
  std::map<std::string, std::vector<std::size_t>> by_file;
  for (const SourceLedger& ledger : data_.ledger) {
    if (!filter.wants_file(ledger.file)) continue;
    by_file[ledger.file].push_back(sources_.size());
    sources_.push_back({&ledger});
  }
  const auto add = [](SourceFindings& source, Severity severity, std::int64_t n) {
    source.errors += severity == Severity::error ? n : 0;
    source.warnings += severity == Severity::warning ? n : 0;
  };
  for (const Remark& r : remarks_) {
    const Diagnostic& d = r.diagnostic;
    const auto places = by_file.find(d.place.file);
    for (const std::size_t i : places == by_file.end() ? std::vector<std::size_t>() : places->second) {
      const std::string& sheet = sources_[i].ledger->sheet;
      if (!sheet.empty() && !d.place.sheet.empty() && d.place.sheet != sheet) continue;
      add(sources_[i], d.severity, 1);
      if (is_match(d)) sources_[i].matches.push_back(&d);
    }
  }
  for (const auto& [what, n] : overflow_.counts()) {
    const auto places = by_file.find(std::get<2>(what));
    if (places != by_file.end()) add(sources_[places->second.front()], std::get<0>(what), n);
  }
}

Diagnostics find_same_rows(const Dataset& data, const intake::FileRows& rows) {
  std::map<std::tuple<std::string, std::int64_t>, std::vector<const SourceLedger*>> alike;
  for (const SourceLedger& l : data.ledger) {
    if (l.counted > 0) alike[{l.kind, l.read}].push_back(&l);
  }
  Diagnostics out;
  for (const auto& [what, sources] : alike) {
    const bool several = std::any_of(sources.begin(), sources.end(), [&](const SourceLedger* l) {
      return l->file != sources.front()->file && l->hash != sources.front()->hash;
    });
    if (!several) continue;
    std::map<std::uint64_t, const SourceLedger*> first;
    for (const SourceLedger* l : sources) {
      const std::uint64_t sum = rows.sum_of_rows(l->file, l->sheet);
      const auto [known, is_new] = first.emplace(sum, l);
      if (is_new || sum == 0 || known->second->hash == l->hash || known->second->file == l->file) continue;
      Diagnostic d;
      d.severity = Severity::warning;
      d.place.file = l->file;
      d.message = {"same-rows", {{"first_file", known->second->file}, {"rows", l->read}}};
      out.push_back(std::move(d));
    }
  }
  return out;
}

std::string message_of(const Diagnostic& d, const Texts& texts) {
  return texts.get("diagnostic." + d.message.code + ".text", d.message.args);
}

std::string hint_of(const Diagnostic& d, const Texts& texts) {
  const std::string key = "diagnostic." + d.message.code + ".hint";
  return texts.has(key) ? texts.get(key, d.message.args) : std::string();
}

std::string advice_of(const Diagnostic& d, const Texts& texts) {
  const std::string key = "advice." + d.message.code;
  return texts.has(key) ? texts.get(key, d.message.args) : hint_of(d, texts);
}

std::string title_of(const RemarkKind& kind, const Texts& texts) {
  const std::string key = "kind." + kind.code, ledger = "ledger." + kind.code;
  if (texts.has(key)) return texts.get(key);
  if (texts.has(ledger)) return texts.get(ledger);
  return kind.remarks.empty() ? kind.code : message_of(kind.remarks.front()->diagnostic, texts);
}

std::string name_of(const School& school, const Texts& texts) {
  return school.name.empty() ? texts.get("check.school", {{"id", school.id}}) : school.name;
}

std::string date_text(const std::string& iso, const Texts& texts) {
  if (iso.size() != 10) return iso;
  return texts.get("check.date", {{"year", iso.substr(0, 4)}, {"month", iso.substr(5, 2)}, {"day", iso.substr(8, 2)}});
}

std::string file_text(const std::string& file, const std::string& sheet) {
  return sheet.empty() ? file : file + " [" + sheet + "]";
}

std::string_view severity_name(Severity severity) {
  constexpr std::array<std::string_view, 3> names = {"error", "warning", "note"};
  return names[static_cast<std::size_t>(severity)];
}

}  // namespace kaskad::app
