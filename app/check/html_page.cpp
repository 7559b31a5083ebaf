#include "app/check/html_page.hpp"

#include <algorithm>
#include <array>

#include "app/check/html_style.hpp"
#include "app/check/terminal.hpp"

namespace kaskad::app {
namespace {

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string element(std::string_view name, const std::string& text, std::string_view css = "") {
  const std::string tag(name);
  return "<" + tag + (css.empty() ? "" : " class=\"" + std::string(css) + "\"") + ">" + escaped(text) + "</" + tag +
         ">";
}

/// Remarks of one severity and code in one file.
struct Group {
  Severity severity = Severity::error;
  std::string code;
  std::vector<const Remark*> remarks;
  std::int64_t counted_only = 0;
  std::int64_t n() const { return static_cast<std::int64_t>(remarks.size()) + counted_only; }
};

struct FileGroups {
  std::string file;  ///< Empty: about no file.
  std::vector<Group> groups;
  std::int64_t n = 0;
};

class Page {
 public:
  Page(const Findings& findings, const PageFacts& facts, const Texts& texts)
      : findings_(findings), facts_(facts), texts_(texts) {}

  std::string make() {
    out_ = "<!DOCTYPE html>\n<html lang=\"" + texts_.language() +
           "\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n" +
           element("title", text("title") + ": " + facts_.title) + "\n<style>" + std::string(kPageStyle) +
           "</style>\n</head>\n<body>\n<main>\n";
    add_head();
    add_sources();
    add_returned();
    add_remarks();
    return out_ + "</main>\n<script>" + std::string(kPageScript) + "</script>\n</body>\n</html>\n";
  }

 private:
  std::string text(const std::string& key, const Args& args = {}) const {
    return texts_.get("check.html." + key, args);
  }
  std::string number(std::int64_t n) const { return texts_.get("check.html.number", {{"n", n}}); }
  void line(const std::string& html) { out_ += html + "\n"; }

  void add_head() {
    line("<header>" + element("p", facts_.title) + element("h1", text("title")) +
         element("p", date_text(facts_.date, texts_)) + "</header>");
    const std::array<std::pair<const char*, std::int64_t>, 4> cards = {
        {{"errors", findings_.count(Severity::error)},
         {"warnings", findings_.count(Severity::warning)},
         {"notes", findings_.count(Severity::note)},
         {"files", static_cast<std::int64_t>(findings_.sources().size())}}};
    out_ += "<dl class=\"cards\">";
    for (const auto& [key, n] : cards) out_ += "<div>" + element("dt", text(key)) + element("dd", number(n)) + "</div>";
    line("</dl>");
  }

  /// A head that sorts its column.
  std::string head(const std::string& key, bool is_number = false) const {
    return std::string("<th scope=\"col\"") + (is_number ? " class=\"num\"" : "") + "><button type=\"button\">" +
           escaped(text(key)) + "</button></th>";
  }

  void add_sources() {
    if (findings_.sources().empty()) return;
    line(element("h2", text("sources")));
    out_ += "<div class=\"scroll\"><table><thead><tr>" + head("file") + head("read", true) + head("counted", true) +
            head("rejected", true) + head("left_out", true) + head("errors", true) + head("warnings", true) +
            "</tr></thead><tbody>\n";
    for (const SourceFindings& source : findings_.sources()) add_source(source);
    line("</tbody></table></div>");
  }

  static std::int64_t total(const std::map<std::string, std::int64_t>& counts) {
    std::int64_t sum = 0;
    for (const auto& [code, n] : counts) sum += n;
    return sum;
  }

  void add_source(const SourceFindings& source) {
    const SourceLedger& s = *source.ledger;
    out_ += "<tr><td class=\"message\">" + escaped(file_text(s.file, s.sheet));
    // All that the terminal says of a source but its first line, which the columns say.
    std::string said = source_text(source, texts_);
    said.erase(0, said.find('\n') + 1);
    for (std::size_t end = 0; !said.empty(); said.erase(0, end + 1)) {
      end = std::min(said.find('\n'), said.size() - 1);
      out_ += "<div class=\"small\">" + escaped(std::string_view(said).substr(4, end - 4)) + "</div>";
    }
    out_ += "</td>";
    for (const std::int64_t n :
         {s.read, s.counted, total(s.rejected), total(s.left_out), source.errors, source.warnings})
      out_ += element("td", number(n), "num");
    line("</tr>");
  }

  void add_returned() {
    if (findings_.returned().empty()) return;
    line(element("h2", text("returned")));
    out_ += "<div class=\"scroll\"><table><thead><tr>" + head("workbook") + head("corrected", true) +
            head("withdrawn", true) + head("still_wrong", true) + head("unchanged", true) + head("stale", true) +
            "</tr></thead><tbody>\n";
    for (const ReturnedWorkbook& b : findings_.returned()) {
      out_ += "<tr>" + element("td", b.workbook, "message");
      for (const std::int64_t n : {b.corrected, b.withdrawn, b.still_wrong, b.unchanged, b.stale})
        out_ += element("td", number(n), "num");
      line("</tr>");
    }
    line("</tbody></table></div>");
  }

  std::vector<FileGroups> by_file() const {
    std::map<std::string, std::map<std::pair<Severity, std::string>, Group>> sorted;
    std::vector<std::string> order;
    const auto group_of = [&](const std::string& file, Severity severity, const std::string& code) -> Group& {
      if (sorted.count(file) == 0) order.push_back(file);
      Group& group = sorted[file][{severity, code}];
      group.severity = severity;
      group.code = code;
      return group;
    };
    for (const Remark& r : findings_.remarks()) {
      const Diagnostic& d = r.diagnostic;
      group_of(file_text(d.place.file, d.place.sheet), d.severity, d.message.code).remarks.push_back(&r);
    }
    for (const auto& [what, n] : findings_.overflow().counts()) {
      const auto& [severity, code, file] = what;
      group_of(file, severity, code).counted_only += n;
    }
    std::vector<FileGroups> files;
    for (const std::string& file : order) {
      files.push_back({file, {}, 0});
      for (auto& [what, group] : sorted[file]) {
        files.back().n += group.n();
        files.back().groups.push_back(std::move(group));
      }
    }
    return files;
  }

  void add_remarks() {
    line(element("h2", text("remarks")));
    if (findings_.remarks().empty()) return line(element("p", text("none")));
    out_ += "<form hidden data-shown=\"" + escaped(text("shown")) +
            "\"><input type=\"search\" name=\"words\" placeholder=\"" + escaped(text("search")) + "\" aria-label=\"" +
            escaped(text("search")) + "\">";
    for (const Severity severity : {Severity::error, Severity::warning, Severity::note}) {
      const std::string name(severity_name(severity));
      out_ += "<label><input type=\"checkbox\" name=\"" + name + "\" checked>" + escaped(text(name + "s")) + "</label>";
    }
    line("<output name=\"shown\"></output></form>");
    for (const FileGroups& file : by_file()) {
      out_ += "<section class=\"file\">";
      line(
          element("h3", text("file_head", {{"file", file.file.empty() ? text("no_file") : file.file}, {"n", file.n}})));
      for (const Group& group : file.groups) add_group(group);
      line("</section>");
    }
  }

  void add_group(const Group& group) {
    const std::string severity(severity_name(group.severity));
    RemarkKind kind{group.severity, group.code, group.n(), group.remarks};
    out_ += "<details data-severity=\"" + severity + "\"><summary>" +
            element("span", texts_.get("severity." + severity), "mark " + severity) + "<span class=\"title\">" +
            escaped(title_of(kind, texts_)) + " " + element("code", group.code) + "</span>" +
            element("span", number(group.n()), "n") + "</summary>\n";
    const std::string hint = group.remarks.empty() ? "" : common_hint(group);
    if (!hint.empty()) out_ += element("p", hint, "hint");
    out_ += "<div class=\"scroll\"><table><thead><tr>" + head("row", true) + head("field") + head("school") +
            head("message") + "</tr></thead><tbody>\n";
    for (const Remark* r : group.remarks) add_remark(*r, hint);
    line("</tbody></table></div>");
    if (group.counted_only > 0) line(element("p", text("counted_only", {{"n", group.counted_only}}), "small"));
    line("</details>");
  }

  /// The hint that all remarks of a group share; empty when they differ.
  std::string common_hint(const Group& group) const {
    const std::string first = hint_of(group.remarks.front()->diagnostic, texts_);
    const bool same = std::all_of(group.remarks.begin(), group.remarks.end(),
                                  [&](const Remark* r) { return hint_of(r->diagnostic, texts_) == first; });
    return same ? first : std::string();
  }

  void add_remark(const Remark& r, const std::string& common) {
    const Diagnostic& d = r.diagnostic;
    const std::string hint = hint_of(d, texts_);
    out_ += "<tr>" + element("td", d.place.row > 0 ? std::to_string(d.place.row) : "", "num") +
            element("td", d.place.field) + element("td", school_text(r)) + "<td class=\"message\">" +
            escaped(message_of(d, texts_));
    if (hint != common && !hint.empty()) out_ += " " + element("span", hint, "small");
    line("</td></tr>");
  }

  std::string school_text(const Remark& r) const {
    if (!r.school) return {};
    const School& school = findings_.data().registry.schools[*r.school];
    return school.name.empty() ? school.id : school.id + " · " + school.name;
  }

  const Findings& findings_;
  const PageFacts& facts_;
  const Texts& texts_;
  std::string out_;
};

}  // namespace

std::string html_page(const Findings& findings, const PageFacts& facts, const Texts& texts) {
  return Page(findings, facts, texts).make();
}

}  // namespace kaskad::app
