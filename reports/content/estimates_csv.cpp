#include "reports/content/exact_csv.hpp"
#include "reports/content/labels.hpp"
#include "reports/content/report_data.hpp"

namespace kaskad::reports {
namespace {

std::string key_of(const Briefing& b, std::size_t series) {
  const Series& s = b.figures().series[series].series;
  const Vocabulary& v = b.data.vocabulary;
  return quoted_csv(b.figures().indicator_of(series).id) + "," + quoted_csv(v.procedures[s.procedure].id) + "," +
         quoted_csv(s.subject ? v.subjects[*s.subject].id : "*") + "," + std::to_string(s.grade);
}

constexpr const char* kHead =
    "indicator,procedure,subject,grade,entity_kind,entity,period,n,value,se,lo,hi,df,undefined\r\n";

void add_rows(const Briefing& b, std::size_t series, const std::string& key, std::size_t e, std::string& out) {
  const Frame& frame = b.frame();
  const std::string entity = std::string(kEntityKindNames[static_cast<std::size_t>(frame.entities[e].kind)]) + "," +
                             quoted_csv(frame.entities[e].id);
  for (std::size_t p = 0; p < frame.periods.size(); ++p) {
    const Estimate& x = b.figures().at(series, e, p);
    if (x.reason == Undefined::no_data) continue;
    const bool hidden = hides_n(x.reason);  // how few is not told
    out += key + "," + entity + "," + frame.periods[p].id + "," + (hidden ? "" : std::to_string(x.n)) + "," +
           exact_csv(x.value) + "," + exact_csv(x.se) + "," + exact_csv(x.lo) + "," + exact_csv(x.hi) + "," +
           exact_csv(x.df) + "," + (x.defined() ? "" : std::string(undefined_name(x.reason))) + "\r\n";
  }
}

}  // namespace

std::string estimates_csv(const Briefing& b) {
  std::string out = kHead;
  for (std::size_t s = 0; s < b.figures().series.size(); ++s) {
    const std::string key = key_of(b, s);
    for (std::size_t e = 0; e < b.frame().entities.size(); ++e) add_rows(b, s, key, e, out);
  }
  return out;
}

std::string estimates_csv(const Briefing& b, std::size_t entity) {
  std::string out = kHead;
  for (std::size_t s = 0; s < b.figures().series.size(); ++s) add_rows(b, s, key_of(b, s), entity, out);
  return out;
}

}  // namespace kaskad::reports
