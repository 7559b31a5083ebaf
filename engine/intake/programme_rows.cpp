#include "engine/intake/programme_rows.hpp"

namespace kaskad::intake {

bool is_new_entry(const std::string& key, const Field& field, OpenSource& source, IntakeState& state) {
  const std::string kind(kSourceKindNames[static_cast<std::size_t>(source.spec->kind)]);
  const Origin here{&source, source.report.row()};
  const auto [first, is_new] = state.entry_origins.emplace(kind + '\n' + key, here);
  if (is_new) return true;
  if (source.spec->repeated) {
    source.report.leave_out_row("repeated");
    return false;
  }
  const Origin& origin = first->second;
  source.report.error("duplicate-entry", field, [&] {
    Args args = first_seen(origin);
    args.emplace_back("kind", kind);
    return args;
  });
  source.report.reject_row();
  return false;
}

}  // namespace kaskad::intake
