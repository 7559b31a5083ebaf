#include "engine/intake/municipalities.hpp"

#include <algorithm>
#include <array>

#include "engine/base/text.hpp"

namespace kaskad::intake {
namespace {

using Type = MunicipalityName::Type;

struct TypeWord {
  std::string_view word;  ///< Folded.
  Type type;
};
/// «муниципальный округ» and «МО» (образование or округ) say nothing of city or district.
constexpr std::array<TypeWord, 19> kTypeWords = {{{"г.", Type::city},
                                                  {"г", Type::city},
                                                  {"гор.", Type::city},
                                                  {"город", Type::city},
                                                  {"городской", Type::city},
                                                  {"го", Type::city},
                                                  {"г.о.", Type::city},
                                                  {"район", Type::district},
                                                  {"р-н", Type::district},
                                                  {"р-он", Type::district},
                                                  {"мр", Type::district},
                                                  {"м.р.", Type::district},
                                                  {"муниципальный", Type::unstated},
                                                  {"округ", Type::unstated},
                                                  {"образование", Type::unstated},
                                                  {"мо", Type::unstated},
                                                  {"м.о.", Type::unstated},
                                                  {"администрация", Type::unstated},
                                                  {"зато", Type::city}}};

std::vector<std::string> words_of(std::string_view name) {
  std::string text = fold(name);
  for (const std::string_view mark : {"«", "»", "\"", "(", ")", ","}) {
    for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at))
      text.replace(at, mark.size(), " ");
  }
  // «г.Барнаул» is written without a space, too.
  if (text.substr(0, 3) == "г." && text.size() > 3 && text[3] != ' ') text.insert(3, " ");
  std::vector<std::string> words;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    if (end > at) words.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

struct Known {
  std::string name;  ///< As first met.
  MunicipalityName parsed;
};

void tell(const Origin& origin, std::string_view code, Args args) {
  Diagnostic d;
  d.severity = Severity::note;
  d.place.file = origin.source->spec->name;
  d.place.sheet = origin.source->table ? origin.source->table->sheet() : std::string();
  d.place.row = origin.row;
  d.message = {std::string(code), std::move(args)};
  origin.source->report.diagnostics().push_back(std::move(d));
}

class Municipalities {
 public:
  /// The spelling to use for a name.
  std::string unite(const std::string& name, const Origin& origin) {
    const auto spelled = kept_.find(name);
    if (spelled != kept_.end()) return spelled->second;
    const MunicipalityName parsed = parse_municipality(name);
    const auto is_same = [&](const Known& k) { return same(k.parsed, parsed); };
    const auto found = std::find_if(known_.begin(), known_.end(), is_same);
    // A name that could be two of the known ones is none of them.
    const bool one = found != known_.end() && std::find_if(found + 1, known_.end(), is_same) == known_.end();
    if (one) tell(origin, "municipality-matched", {{"text", name}, {"kept", found->name}});
    if (!one) keep_apart(name, parsed, origin);
    return kept_[name] = one ? found->name : name;
  }

 private:
  void keep_apart(const std::string& name, const MunicipalityName& parsed, const Origin& origin) {
    std::vector<std::string> cores;
    std::transform(known_.begin(), known_.end(), std::back_inserter(cores),
                   [](const Known& k) { return k.parsed.core; });
    if (const auto near = nearest(parsed.core, cores); near && parsed.core.size() > kShortCore) {
      const auto like = std::find(cores.begin(), cores.end(), *near) - cores.begin();
      tell(origin, "municipality-near", {{"text", name}, {"nearest", known_[static_cast<std::size_t>(like)].name}});
    }
    known_.push_back({name, parsed});
  }

  /// Bytes: short names differ by few letters though they are not alike.
  static constexpr std::size_t kShortCore = 12;
  std::vector<Known> known_;
  std::map<std::string, std::string> kept_;
};

}  // namespace

MunicipalityName parse_municipality(std::string_view name) {
  MunicipalityName parsed;
  for (const std::string& word : words_of(name)) {
    const auto* type =
        std::find_if(kTypeWords.begin(), kTypeWords.end(), [&](const TypeWord& t) { return t.word == word; });
    if (type == kTypeWords.end()) {
      parsed.core += (parsed.core.empty() ? "" : " ") + word;
    } else if (type->type != Type::unstated) {
      parsed.type = type->type;
    }
  }
  return parsed;
}

bool same(const MunicipalityName& a, const MunicipalityName& b) {
  return a.core == b.core && (a.type == b.type || a.type == Type::unstated || b.type == Type::unstated);
}

void unite_municipalities(RegistryDraft& draft) {
  Municipalities municipalities;
  for (std::size_t i = 0; i < draft.schools.size(); ++i) {
    std::string& name = draft.schools[i].municipality;
    if (!name.empty()) name = municipalities.unite(name, draft.origins[i]);
  }
}

}  // namespace kaskad::intake
