#include <algorithm>

#include "engine/intake/cell_fields.hpp"
#include "engine/intake/state.hpp"

namespace kaskad::intake {
namespace {

enum PartnerField : std::size_t { kSchool, kPartner, kPair };
static_assert(kPartnerFields[kPair].name == "pair" && kPartnerFields.size() == kPair + 1);

/// Schools that a file puts into one pair (or larger set), in the order of the file.
struct PairDraft {
  std::string label;
  std::int64_t row = 0;  ///< Of its first school.
  std::vector<SchoolId> schools;
};

bool is_focus(const IntakeState& state, SchoolId school) {
  const auto& all = state.dataset.memberships;
  return std::any_of(all.begin(), all.end(),
                     [&](const Membership& m) { return m.school == school && m.role == Role::focus; });
}

class PartnersReader {
 public:
  PartnersReader(OpenSource& source, IntakeState& state, std::vector<Field> fields)
      : source_(source), state_(state), fields_(std::move(fields)), school_(*state.schools), partner_(*state.schools) {}

  void read(const Row& row) {
    const bool direct = fields_[kPartner].given;
    const std::string_view partner = fields_[direct ? kPartner : kPair].text(row);
    if (partner.empty()) {
      source_.report.leave_out_row("filtered");
      return;
    }
    const std::optional<SchoolId> school = school_.read(fields_[kSchool], Field{}, row, source_.report);
    direct ? read_direct(row, school) : read_pair(partner, school);
  }

  /// All focus schools of a pair are partnered with its other schools.
  void finish() {
    for (const PairDraft& pair : pairs_) {
      std::vector<SchoolId> supported;
      std::vector<SchoolId> others;
      for (const SchoolId school : pair.schools) (is_focus(state_, school) ? supported : others).push_back(school);
      source_.report.go_to_row(pair.row);
      const auto label = [&] { return Args{{"pair", quoted(pair.label)}}; };
      if (supported.empty()) source_.report.warn("pair-without-focus", fields_[kPair], label);
      if (others.empty()) source_.report.warn("pair-without-partner", fields_[kPair], label);
      for (const SchoolId school : supported) {
        for (const SchoolId other : others) keep({school, other, pair.label}, pair.row);
      }
    }
  }

 private:
  void read_direct(const Row& row, std::optional<SchoolId> school) {
    Report& report = source_.report;
    const std::optional<SchoolId> partner = partner_.read(fields_[kPartner], Field{}, row, report);
    if (school && partner && *school == *partner)
      report.error("partner-of-itself", fields_[kPartner], [] { return Args{}; });
    if (!report.row_is_sound()) {
      report.reject_row();
      return;
    }
    const auto& all = state_.dataset.partnerships;
    const auto known = std::find_if(all.begin(), all.end(),
                                    [&](const Partnership& p) { return p.school == *school && p.partner == *partner; });
    if (known == all.end()) {
      keep({*school, *partner, std::string(fields_[kPair].text(row))}, report.row());
      report.count_row();
    } else {
      meet_again(fields_[kPartner], state_.partnership_origins[static_cast<std::size_t>(known - all.begin())]);
    }
  }

  void read_pair(std::string_view label, std::optional<SchoolId> school) {
    if (!school) {
      source_.report.reject_row();
      return;
    }
    auto pair = std::find_if(pairs_.begin(), pairs_.end(), [&](const PairDraft& p) { return p.label == label; });
    if (pair == pairs_.end()) pair = pairs_.insert(pairs_.end(), {std::string(label), source_.report.row(), {}});
    if (std::find(pair->schools.begin(), pair->schools.end(), *school) != pair->schools.end()) {
      meet_again(fields_[kPair], {&source_, pair->row});
      return;
    }
    pair->schools.push_back(*school);
    source_.report.count_row();
  }

  void meet_again(const Field& field, const Origin& first) {
    if (source_.spec->repeated) {
      source_.report.leave_out_row("repeated");
      return;
    }
    source_.report.error("duplicate-partnership", field, [&] { return first_seen(first); });
    source_.report.reject_row();
  }

  void keep(Partnership partnership, std::int64_t row) {
    partnership.place = source_.report.place_of(fields_[fields_[kPartner].given ? kPartner : kPair]);
    partnership.place.row = row;
    state_.dataset.partnerships.push_back(std::move(partnership));
    state_.partnership_origins.push_back({&source_, row});
  }

  OpenSource& source_;
  IntakeState& state_;
  std::vector<Field> fields_;
  SchoolReader school_;
  SchoolReader partner_;
  std::vector<PairDraft> pairs_;
};

}  // namespace

void read_partners(OpenSource& source, IntakeState& state) {
  std::vector<Field> fields = bind_fields(source, kPartnerFields);
  if (fields.empty()) return;
  if (!fields[kPartner].given && !fields[kPair].given) {
    Field partner = fields[kPartner];
    if (!partner.mapped) report_missing_column(source, partner);
    reject_all_rows(source);
    return;
  }
  PartnersReader reader(source, state, std::move(fields));
  for_each_row(source, [&](const Row& row) { reader.read(row); });
  reader.finish();
}

}  // namespace kaskad::intake
