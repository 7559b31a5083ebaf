// Regional exports of pupils' results of the national check works. The column called «регион» holds the municipality.
#include "engine/intake/cell_readings.hpp"
#include "engine/intake/layouts.hpp"

namespace kaskad::intake {
namespace {

constexpr std::array<LayoutColumn, 11> kExport2020 = {{{column::kSign, {"groups"}, true},
                                                       {"school", {"user"}, true},
                                                       {column::kSign, {"id"}},
                                                       {"pupil", {"code"}, true},
                                                       {"journal", {"otc"}},
                                                       {column::kSign, {"gender"}},
                                                       {"grade", {"klass"}},
                                                       {"absent", {"var-1", "var"}, false, absence_of},
                                                       {column::kSign, {"var-2"}},
                                                       {"primary", {"sum"}, true},
                                                       {column::kTask}}};

constexpr std::array<LayoutColumn, 10> kExport2021 = {{{"school", {"логин школы"}, true},
                                                       {column::kSign, {"регион", "муниципалитет"}},
                                                       {column::kSign, {"номер обучающегося"}},
                                                       {"pupil", {"код обучающегося"}, true},
                                                       {"journal", {"отметка за пред*"}},
                                                       {column::kSign, {"пол"}},
                                                       {"grade", {"класс"}},
                                                       {"absent", {"вариант"}, false, absence_of},
                                                       {"primary", {"всего баллов"}, true},
                                                       {column::kTask}}};

constexpr std::array<Layout, 2> kExports = {
    {{"vpr-export-2020", SourceKind::results, kExport2020, 1, 1, "ВПР", nullptr, nullptr},
     {"vpr-export-2021", SourceKind::results, kExport2021, 1, 1, "ВПР", nullptr, nullptr}}};

}  // namespace

std::span<const Layout> pupil_export_layouts() { return kExports; }

}  // namespace kaskad::intake
