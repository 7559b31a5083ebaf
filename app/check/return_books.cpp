#include "app/check/return_books.hpp"

#include <algorithm>
#include <filesystem>
#include <set>
#include <tuple>

#include "app/batch/file_names.hpp"
#include "engine/base/files.hpp"
#include "engine/intake/corrections.hpp"

namespace kaskad::app {
namespace {

using Owner = std::optional<SchoolId>;  ///< Nothing: the office.
using RowRemarks = std::map<std::int64_t, std::vector<const Remark*>>;
using Table = std::pair<std::string, std::string>;  ///< File and sheet.

/// What one book is to hold. Tables stand in the order of the remarks.
struct BookPlan {
  Owner owner;
  std::vector<Table> tables;
  std::map<Table, RowRemarks> rows;
  std::vector<const Remark*> questions;  ///< About no row.
  std::string file;
  std::size_t row_count() const {
    std::size_t n = 0;
    for (const auto& [table, of_table] : rows) n += of_table.size();
    return n;
  }
};

/// What was read of one table for one book.
struct SheetDraft {
  std::vector<intake::FileRow> rows;
  std::vector<std::vector<intake::FileRow>> headings;  ///< Before each row; empty when they have been given before.
  std::int64_t last_heading = 0;
};

bool is_defect(const Remark& r) { return r.diagnostic.severity != Severity::note; }

class Planner {
 public:
  explicit Planner(const Findings& findings) : findings_(findings) {}

  std::vector<BookPlan> plan(std::int64_t& rows_left) {
    for (const Remark& r : findings_.remarks()) {
      if (is_defect(r)) place(r, rows_left);
    }
    std::vector<BookPlan> plans;
    for (auto& [owner, book] : plans_) {
      // Doubts alone send no book: there is nothing to correct in it.
      if (!book.rows.empty() || (!owner && !book.questions.empty())) plans.push_back(std::move(book));
    }
    return plans;
  }

 private:
  void place(const Remark& r, std::int64_t& rows_left) {
    const Place& at = r.diagnostic.place;
    BookPlan& book = plans_[r.school];
    book.owner = r.school;
    if (at.row == 0) {
      book.questions.push_back(&r);
      return;
    }
    const Table table{at.file, at.sheet};
    RowRemarks& rows = book.rows[table];
    if (rows.empty()) book.tables.push_back(table);
    const bool full = !r.school && rows.size() >= kMostOfficeRows && rows.count(at.row) == 0;
    if (!full)
      rows[at.row].push_back(&r);
    else if (left_.emplace(at.file, at.sheet, at.row).second)
      ++rows_left;
  }

  const Findings& findings_;
  std::map<Owner, BookPlan> plans_;
  std::set<std::tuple<std::string, std::string, std::int64_t>> left_;
};

class BookMaker {
 public:
  BookMaker(const Findings& findings, const Texts& texts, std::string date)
      : findings_(findings), texts_(texts), date_(std::move(date)) {}

  Expected<reports::ReturnBook> make(const BookPlan& plan, const std::map<Table, SheetDraft>& drafts,
                                     const std::map<Table, intake::FileTop>& tops) const {
    reports::ReturnBook book;
    begin(plan, book);
    for (const Table& table : plan.tables) {
      const auto draft = drafts.find(table);
      const auto top = tops.find(table);
      if (draft == drafts.end() || top == tops.end()) continue;
      for (const intake::FileRow& row : draft->second.rows) {
        if (auto sound = check_row_of_book(row, plan.owner, findings_.data()); !sound)
          return tl::unexpected<Error>(std::move(sound.error()));
      }
      book.sheets.push_back(sheet_of(plan, table, draft->second, top->second));
      add_kinds(plan, plan.rows.at(table), book.sheets.size() - 1, book);
    }
    for (const Remark* r : plan.questions) book.questions.push_back(question(*r));
    return book;
  }

 private:
  std::string text(const char* key, const Args& args = {}) const {
    return texts_.get(std::string("check.return.") + key, args);
  }

  std::string school_id(const BookPlan& plan) const {
    return plan.owner ? findings_.data().registry.schools[*plan.owner].id : std::string();
  }

  void begin(const BookPlan& plan, reports::ReturnBook& book) const {
    std::int64_t remarks = 0;
    for (const auto& [table, rows] : plan.rows) {
      for (const auto& [row, of_row] : rows) remarks += static_cast<std::int64_t>(of_row.size());
    }
    const auto rows = static_cast<std::int64_t>(plan.row_count());
    const std::string name =
        plan.owner ? name_of(findings_.data().registry.schools[*plan.owner], texts_) : text("office");
    book.title = text("title", {{"name", name}});
    book.date = date_;
    book.first_sheet = text("first_sheet");
    book.lines = {text("counts", {{"date", date_text(date_, texts_)}, {"rows", rows}, {"remarks", remarks}}),
                  text("step_correct"), text("step_withdraw"), text("step_keep"),
                  text(plan.owner ? "step_send" : "step_office")};
    if (rows == 0) book.lines.resize(1);
    book.heads = {text("head_sheet"), text("head_count"), text("head_what"), text("head_advice")};
    book.questions_head = text(plan.owner ? "questions" : "sources");
    book.service_sheet = intake::return_format::kServiceSheet;
    book.service_heads.assign(intake::return_format::kServiceHeads.begin(), intake::return_format::kServiceHeads.end());
    book.service_name_column = 1;
  }

  reports::ReturnSheet sheet_of(const BookPlan& plan, const Table& table, const SheetDraft& draft,
                                const intake::FileTop& top) const {
    reports::ReturnSheet sheet;
    const auto& [file, source_sheet] = table;
    sheet.name = std::filesystem::path(file).stem().string() + (source_sheet.empty() ? "" : " " + source_sheet);
    sheet.title = file_text(file, source_sheet);
    sheet.note = text("sheet_note");
    sheet.row_head = text("row_head");
    sheet.remark_head = text("remark_head");
    add_top(top, sheet);
    for (std::size_t i = 0; i < draft.rows.size(); ++i) {
      for (const intake::FileRow& heading : draft.headings[i])
        sheet.rows.push_back({reports::ReturnRow::Kind::heading, heading.number, "", heading.cells});
      const auto remarks = plan.rows.at(table).find(draft.rows[i].number);
      if (remarks != plan.rows.at(table).end()) sheet.rows.push_back(row_of(plan, draft.rows[i], remarks->second));
    }
    for (const reports::ReturnRow& row : sheet.rows) sheet.columns = std::max(sheet.columns, row.cells.size());
    sheet.service = {std::string(intake::return_format::kVersion),
                     "",
                     file,
                     source_sheet,
                     school_id(plan),
                     std::to_string(sheet.columns)};
    return sheet;
  }

  static void add_top(const intake::FileTop& top, reports::ReturnSheet& sheet) {
    for (const intake::FileRow& line : top.lines) {
      const bool head = line.number == top.head_row;
      sheet.rows.push_back(
          {head ? reports::ReturnRow::Kind::head : reports::ReturnRow::Kind::line, line.number, "", line.cells});
    }
    const bool has_head = !top.lines.empty();
    if (!has_head) sheet.rows.push_back({reports::ReturnRow::Kind::head, top.head_row, "", top.heads});
  }

  reports::ReturnRow row_of(const BookPlan& plan, const intake::FileRow& row,
                            const std::vector<const Remark*>& remarks) const {
    reports::ReturnRow out;
    out.number = row.number;
    out.cells = row.cells;
    out.print = intake::row_print(school_id(plan), row.original);
    for (const Remark* r : remarks) {
      const Diagnostic& d = r->diagnostic;
      const std::string hint = advice(plan, d);
      const std::string why = message_of(d, texts_) + (hint.empty() ? "" : " " + hint);
      if (d.place.column > 0) {
        std::string& cell = out.bad[static_cast<std::size_t>(d.place.column) - 1];
        cell += (cell.empty() ? "" : "\n") + why;
        out.cells.resize(std::max(out.cells.size(), static_cast<std::size_t>(d.place.column)));
      }
      const std::string about = d.place.column > 0 && !d.place.field.empty() ? d.place.field + ": " : "";
      out.remarks += (out.remarks.empty() ? "" : "\n") + about + why;
    }
    return out;
  }

  std::string advice(const BookPlan& plan, const Diagnostic& d) const {
    return plan.owner ? advice_of(d, texts_) : hint_of(d, texts_);
  }

  void add_kinds(const BookPlan& plan, const RowRemarks& rows, std::size_t sheet, reports::ReturnBook& book) const {
    std::map<std::string, RemarkKind> kinds;
    for (const auto& [number, remarks] : rows) {
      for (const Remark* r : remarks) {
        RemarkKind& kind = kinds[r->diagnostic.message.code];
        kind.code = r->diagnostic.message.code;
        kind.remarks.push_back(r);
        ++kind.n;
      }
    }
    for (const auto& [code, kind] : kinds) {
      const Diagnostic& first = kind.remarks.front()->diagnostic;
      book.kinds.push_back({sheet, kind.n, message_of(first, texts_), advice(plan, first)});
      if (kind.n > 1)
        book.kinds.back().what =
            text("example", {{"title", title_of(kind, texts_)}, {"example", message_of(first, texts_)}});
    }
  }

  std::string question(const Remark& r) const {
    const Diagnostic& d = r.diagnostic;
    const std::string where = file_text(d.place.file, d.place.sheet);
    const std::string hint = hint_of(d, texts_);
    return (where.empty() ? "" : where + ": ") + message_of(d, texts_) + (hint.empty() ? "" : " " + hint);
  }

  const Findings& findings_;
  const Texts& texts_;
  std::string date_;
};

/// Books whose rows are read and held together.
class Batch {
 public:
  Batch(const Findings& findings, const intake::FileRows& rows, const BookMaker& maker, std::string folder)
      : findings_(findings), rows_(rows), maker_(maker), folder_(std::move(folder)) {}

  Expected<void> write(const std::vector<const BookPlan*>& plans, std::vector<WrittenBook>& written) {
    std::set<Table> tables;
    for (const BookPlan* plan : plans) tables.insert(plan->tables.begin(), plan->tables.end());
    std::map<Table, intake::FileTop> tops;
    std::vector<std::map<Table, SheetDraft>> drafts(plans.size());
    for (const Table& table : tables) read(table, plans, drafts, tops);
    for (std::size_t i = 0; i < plans.size(); ++i) {
      if (auto done = write_one(*plans[i], drafts[i], tops, written); !done) return done;
    }
    return {};
  }

 private:
  void read(const Table& table, const std::vector<const BookPlan*>& plans,
            std::vector<std::map<Table, SheetDraft>>& drafts, std::map<Table, intake::FileTop>& tops) const {
    std::map<std::int64_t, std::size_t> wanted;  // Row → book.
    for (std::size_t i = 0; i < plans.size(); ++i) {
      const auto rows = plans[i]->rows.find(table);
      if (rows == plans[i]->rows.end()) continue;
      for (const auto& [number, remarks] : rows->second) wanted[number] = i;
    }
    std::vector<std::int64_t> numbers;
    for (const auto& [number, book] : wanted) numbers.push_back(number);
    const auto top = rows_.visit(table.first, table.second, numbers,
                                 [&](const intake::FileRow& row, const std::vector<intake::FileRow>& headings) {
                                   add(row, headings, drafts[wanted.at(row.number)][table]);
                                 });
    if (top) tops.emplace(table, *top);
  }

  static void add(const intake::FileRow& row, const std::vector<intake::FileRow>& headings, SheetDraft& draft) {
    const std::int64_t last = headings.empty() ? 0 : headings.back().number;
    draft.rows.push_back(row);
    draft.headings.push_back(last > draft.last_heading ? headings : std::vector<intake::FileRow>());
    draft.last_heading = std::max(draft.last_heading, last);
  }

  Expected<void> write_one(const BookPlan& plan, const std::map<Table, SheetDraft>& drafts,
                           const std::map<Table, intake::FileTop>& tops, std::vector<WrittenBook>& written) const {
    const auto book = maker_.make(plan, drafts, tops);
    if (!book) return tl::unexpected<Error>(book.error());
    const auto bytes = reports::render_return_book(*book);
    if (!bytes) return tl::unexpected<Error>(bytes.error());
    if (auto done = write_file((std::filesystem::path(folder_) / plan.file).string(), *bytes); !done) return done;
    WrittenBook out;
    out.file = plan.file;
    out.school = plan.owner ? findings_.data().registry.schools[*plan.owner].id : "";
    out.rows = static_cast<std::int64_t>(plan.row_count());
    for (const reports::ReturnKind& kind : book->kinds) out.remarks += kind.n;
    out.remarks += static_cast<std::int64_t>(book->questions.size());
    written.push_back(std::move(out));
    return {};
  }

  const Findings& findings_;
  const intake::FileRows& rows_;
  const BookMaker& maker_;
  std::string folder_;
};

void name_files(std::vector<BookPlan>& plans, const Registry& registry, const Texts& texts) {
  std::vector<std::string> files, ids;
  for (const BookPlan& plan : plans) {
    const bool school = plan.owner.has_value();
    const School none;
    const School& s = school ? registry.schools[*plan.owner] : none;
    const std::string name = s.name.empty() ? s.id : s.id + "-" + s.name;
    files.push_back((school ? file_name_of(name) : "_" + file_name_of(texts.get("check.return.office_file"))) +
                    ".xlsx");
    ids.push_back(school ? s.id : "_");
  }
  tell_apart(files, ids);
  for (std::size_t i = 0; i < plans.size(); ++i) plans[i].file = files[i];
}

}  // namespace

Expected<void> check_row_of_book(const intake::FileRow& row, std::optional<SchoolId> school, const Dataset& data) {
  if (!school || (row.school == school && row.school_at_first == school)) return {};
  return failure("return-foreign-row", {{"school", data.registry.schools[*school].id}, {"row", row.number}});
}

Expected<ReturnedBooks> write_return_books(const Findings& findings, const intake::FileRows& rows,
                                           const std::string& folder, const std::string& date, const Texts& texts) {
  ReturnedBooks out;
  std::vector<BookPlan> plans = Planner(findings).plan(out.rows_left);
  out.rows_left += findings.overflow().n();
  name_files(plans, findings.data().registry, texts);
  const BookMaker maker(findings, texts, date);
  Batch batch(findings, rows, maker, folder);
  std::vector<const BookPlan*> together;
  std::size_t held = 0;
  for (std::size_t i = 0; i <= plans.size(); ++i) {
    const std::size_t next = i < plans.size() ? plans[i].row_count() : kMostRowsAtOnce;
    if (!together.empty() && held + next > kMostRowsAtOnce) {
      if (auto done = batch.write(together, out.books); !done) return tl::unexpected<Error>(done.error());
      together.clear();
      held = 0;
    }
    if (i == plans.size()) break;
    together.push_back(&plans[i]);
    held += next;
  }
  if (!together.empty()) {
    if (auto done = batch.write(together, out.books); !done) return tl::unexpected<Error>(done.error());
  }
  return out;
}

}  // namespace kaskad::app
