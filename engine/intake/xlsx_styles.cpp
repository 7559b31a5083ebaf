#include "engine/intake/xlsx_styles.hpp"

namespace kaskad::intake {

bool is_date_format(std::size_t id, std::string_view code) {
  if ((id >= 14 && id <= 17) || id == 22) return true;
  // Letters in quotes, after a backslash or in brackets are not part of the format: "0\ \д", [Red], [$-419].
  char closing = 0;
  for (std::size_t i = 0; i < code.size(); ++i) {
    const char c = code[i];
    if (closing != 0) {
      closing = c == closing ? '\0' : closing;
    } else if (c == '"' || c == '[') {
      closing = c == '[' ? ']' : '"';
    } else if (c == '\\') {
      ++i;
    } else if (c == 'd' || c == 'D' || c == 'y' || c == 'Y') {
      return true;
    }
  }
  return false;
}

std::size_t DateStyles::commit_number_format() {
  codes_[format_id_] = std::move(format_code_);
  format_code_.clear();
  return format_id_;
}

std::size_t DateStyles::commit_cell_xf() {
  const auto code = codes_.find(cell_format_);
  dates_.push_back(is_date_format(cell_format_, code == codes_.end() ? std::string_view() : code->second));
  cell_format_ = 0;
  return dates_.size() - 1;
}

std::size_t DateStyles::nothing() {
  cell_format_ = 0;
  return others_++;
}

}  // namespace kaskad::intake
