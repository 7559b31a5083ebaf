// Why a school is on a list or not, in words: shared by the reports and by the commands whatif and explain.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "indicators/identify/identification.hpp"
#include "reports/content/briefing.hpp"

namespace kaskad::reports {

/// A fraction as percents.
Quantity percents(Estimate fraction, Owner owner, int decimals = 1);
/// A probability as percents without interval; undefined for NaN.
Quantity chance(double probability, std::int64_t n, Owner owner);
/// A school's share and its chance to be low, as they may be printed.
Quantity printed_share(const LowShare& share, Owner owner);
Quantity chance_of(const LowShare& share, Owner owner);

std::string procedure_name(const Briefing& b, const LowProcedure& procedure);
std::string tier_name(const Briefing& b, const LowIdentification& low, const std::optional<std::size_t>& tier);
std::string not_judged_text(const Briefing& b, const LowIdentification& low, NotJudged reason);

/// «ВПР, Математика, 6 класс, 2026 г.: 7 из 20 участников, 35,0 % (от 18,1 до 56,7)»
std::string fact_text(const Briefing& b, const LowIdentification& low, SchoolId school, const LowFact& fact);
/// Also where the share is not printed: for who has the sources before them.
std::string whole_fact_text(const Briefing& b, const LowIdentification& low, SchoolId school, const LowFact& fact);
/// Whether a rule is met, and by which facts.
std::string rule_text(const Briefing& b, const LowIdentification& low, SchoolId school, std::size_t year,
                      std::size_t rule);
/// Whether a rule is met, and by how many procedures with printed shares, for a reader who has them in a table.
std::string rule_brief(const Briefing& b, const LowIdentification& low, SchoolId school, std::size_t year,
                       std::size_t rule);
/// Procedures judged in a year: those with a printed share, of them low, and those whose share is hidden. A report
/// counts no hidden one in words: the count less the rows of its table would tell the hidden verdict.
struct PrintedShares {
  std::int64_t judged = 0;
  std::int64_t low = 0;
  std::int64_t hidden = 0;
};
/// Judged, but not printed: what a verdict on it would tell is hidden with it.
bool is_hidden(const LowShare& share);
PrintedShares printed_shares(const LowIdentification& low, SchoolId school, std::size_t year);

/// Of which shares a sentence counts the low ones: all of them only for who has the sources before them.
enum class ToldShares { printed, all };
/// The school's place in the lists of low results, in one or two sentences.
std::string low_text(const Briefing& b, const LowIdentification& low, SchoolId school, std::size_t year,
                     ToldShares told = ToldShares::printed);
/// The same in a few words, without what carried it: for the first page of a passport.
std::string low_standing(const Briefing& b, const LowIdentification& low, SchoolId school, std::size_t year);
/// The rules that put it there, by name; and each procedure that carried them with its shares, shortly:
/// «ОГЭ, Математика, 9 класс: 2026 — 53,3 % из 15, 2025 — 35,3 % из 17». Both empty for a school in no list.
/// What a hidden share carried is left out.
std::string low_rules_met(const Briefing& b, const LowIdentification& low, SchoolId school, std::size_t year);
std::string low_facts_met(const Briefing& b, const LowIdentification& low, SchoolId school, std::size_t year);
/// The same by year, the latest first: of how many procedures and from which share to which,
/// «2026: 5 работ, 33,3–53,3 %».
std::string low_facts_brief(const Briefing& b, const LowIdentification& low, SchoolId school, std::size_t year);
/// The rules that put it there with their facts, for one cell of a table; why not judged; else empty.
std::string low_basis(const Briefing& b, const LowIdentification& low, SchoolId school, std::size_t year);

/// «75,0 (1)»: the index and the number of its group as of a year; why there is none.
std::string index_brief(const Briefing& b, const SocialIndex& index, int year, SchoolId school);
/// «3 из 5» with the group's name.
std::string index_group_name(const Briefing& b, const SocialIndex& index, int group);
std::string index_number(const Briefing& b, const IndexTime& time, double value);
/// The school's place in the index, in one or two sentences.
std::string index_text(const Briefing& b, const SocialIndex& index, std::size_t time, SchoolId school);

/// «включена», «исключена» … of a change, and why.
std::string change_kind_text(const Briefing& b, const StatusChange& change);
std::string change_reason(const Briefing& b, const Identification& before, const Identification& after,
                          const StatusChange& change);
/// The same without the shares: of lists of low results by the names of the rules.
std::string change_brief(const Briefing& b, const Identification& before, const Identification& after,
                         const StatusChange& change);

/// The settings that were used, as (name, value), for the reader.
using NamedValues = std::vector<std::pair<std::string, std::string>>;
NamedValues low_settings(const Briefing& b, const LowIdentification& low);
NamedValues index_settings(const Briefing& b, const SocialIndex& index);

}  // namespace kaskad::reports
