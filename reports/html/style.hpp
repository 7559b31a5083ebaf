// The page's style and script. Private to this room.
#pragma once

#include <string_view>

namespace kaskad::reports::html {

/// Type, colours and white as in the PDF; one column on a telephone; black on white in print. Its variables --text and
/// --heads, families of fonts, stand before it.
inline constexpr std::string_view kStyle = R"css(
:root { --ink: #1f2428; --grey: #5b6670; --rule: #4a545c; --light: #d9dee2; --shade: #e9ecef; --accent: #0b3c5d; }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; color: var(--ink); background: #fff; color-scheme: light; font: 17px/1.5 var(--text); }
main { max-width: 44rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
.skip { position: absolute; left: -99rem; background: #fff; padding: 0.4rem 1rem; } .skip:focus { left: 1rem; top: 0.5rem; z-index: 2; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.whole { white-space: nowrap; }
.landscape, .broad { --room: min(66rem, 100vw - 2rem); width: var(--room); margin-left: calc((100% - var(--room)) / 2); }
.landscape .broad, .columns .broad { width: auto; margin-left: 0; } .landscape p, .landscape li { max-width: 42rem; }
h1, h2, h3, h4, h5, h6, table, figure, .cards, .note, .toc, .footnotes, .running, .title-page, .masthead .kicker,
.masthead .fact, .table-note, .skip, figure svg { font-family: var(--heads); }
h1, h2, h3, h4, h5, h6 { line-height: 1.2; margin: 2em 0 0.6em; break-after: avoid; overflow-wrap: break-word; }
h1 { font-size: 1.9rem; margin-top: 0; } h2 { font-size: 1.45rem; } h3 { font-size: 1.15rem; }
h4, h5, h6 { font-size: 1rem; }
p, li { hyphens: auto; overflow-wrap: break-word; unicode-bidi: plaintext; }
p { margin: 0 0 0.8em; }
a { color: var(--accent); }
.lead { font-size: 1.2rem; line-height: 1.45; }
.running { color: var(--grey); font-size: 0.8rem; max-width: 44rem; margin: 0 auto; padding: 0.7rem 1rem; }
.title-page { border-bottom: 3px solid var(--accent); padding-bottom: 1.5rem; margin-bottom: 2rem; }
.title-page .organisation { color: var(--grey); margin-bottom: 3rem; }
.title-page h1, .title-page h2 { font-size: 2.2rem; margin: 0 0 0.5rem; } .title-page .subtitle { font-size: 1.2rem; }
.title-page .issue { color: var(--grey); font-size: 0.85rem; margin: 0; }
.facts { margin: 1.5rem 0; } .facts div { display: flex; gap: 1rem; } .facts dt { color: var(--grey); width: 9rem; flex: none; }
.facts dd { margin: 0; }
.masthead { border-bottom: 3px solid var(--accent); margin-bottom: 1.5rem; padding-bottom: 0.5rem; }
.masthead h1, .masthead h2 { font-size: 1.9rem; margin: 0.2rem 0 0.4rem; } .masthead .kicker, .masthead .fact { color: var(--grey); margin: 0 0 0.2rem; }
.toc ul { list-style: none; padding: 0; margin: 0 0 1.5rem; } .toc-title { font-weight: bold; font-size: 1.15rem; }
.toc a { text-decoration: none; } .toc a:hover { text-decoration: underline; }
.toc .level-1 { margin-top: 0.4rem; } .toc .level-2 { padding-left: 1.2rem; } .toc .level-3 { padding-left: 2.4rem; }
.toc .level-4, .toc .level-5, .toc .level-6 { padding-left: 3.6rem; }
.note { border-left: 2px solid var(--rule); padding-left: 0.9rem; margin: 1rem 0; font-size: 0.88rem; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: 1rem; margin: 1.2rem 0; }
.cards div { border-top: 2px solid var(--accent); padding-top: 0.3rem; }
.cards dt { font-size: 0.85rem; } .cards dd { margin: 0; font-size: 0.85rem; color: var(--grey); }
.cards .big { font-size: 1.6rem; font-weight: bold; color: var(--ink); line-height: 1.25; } .cards .missing { font-weight: normal; }
.columns { display: flex; gap: 1.5rem; } .columns div { min-width: 0; }
figure { margin: 1.5rem 0; break-inside: avoid; } figure svg { display: block; width: 100%; height: auto; }
figcaption { font-size: 0.85rem; margin-top: 0.4rem; } .narrow { display: none; }
.table { margin: 1.5rem 0; } .scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 0.82rem; line-height: 1.3; border-bottom: 1px solid var(--rule); }
caption { caption-side: top; text-align: left; font-weight: bold; padding-bottom: 0.4rem; break-after: avoid; }
caption span.told { display: block; position: sticky; left: 0; max-width: min(66rem, 100vw - 2rem); }
thead { border-top: 1px solid var(--rule); border-bottom: 1px solid var(--rule); }
th, td { padding: 0.28rem 0.5rem; text-align: left; vertical-align: top; unicode-bidi: plaintext; }
th { font-weight: normal; } thead th { font-weight: bold; vertical-align: bottom; } tr.groups th { border-bottom: 1px solid var(--light); }
th:first-child, td:first-child { padding-left: 0; } th:last-child, td:last-child { padding-right: 0; }
tbody tr { border-bottom: 1px solid var(--light); break-inside: avoid; }
.num { text-align: right; font-variant-numeric: tabular-nums lining-nums; } td.num { white-space: nowrap; }
tbody th { overflow-wrap: break-word; hyphens: auto; min-width: 6rem; }
.ci { display: block; color: var(--grey); font-size: 0.88em; } .missing { color: var(--grey); }
.f1, .f2, .f3, .f4, .f5, .f6 { display: inline-block; text-align: left; }
.f2 { width: 1.45ch; } .f3 { width: 2.45ch; } .f4 { width: 3.45ch; } .f5 { width: 4.45ch; } .f6 { width: 5.45ch; }
tr.group { break-after: avoid; } tr.group th { background: var(--shade); font-weight: bold; padding-left: 0.3rem; }
tr.total td, tr.total th { font-weight: bold; border-top: 1px solid var(--rule); }
td.picture svg { display: inline-block; width: 5.4rem; height: auto; vertical-align: middle; }
th button { font: inherit; font-weight: bold; color: inherit; background: none; border: 0; padding: 0; text-align: inherit; cursor: pointer; }
th button::after { content: "\A0\2195"; color: var(--grey); font-weight: normal; }
th[aria-sort="ascending"] button::after { content: "\A0\2191"; } th[aria-sort="descending"] button::after { content: "\A0\2193"; }
.table-note { font-size: 0.78rem; color: var(--grey); margin: 0.35rem 0 0; }
.footnotes { border-top: 1px solid var(--light); margin-top: 2.5rem; padding-top: 0.8rem; font-size: 0.82rem; }
.footnotes p { margin: 0 0 0.3rem; } sup { line-height: 0; font-size: 0.72em; } sup a { text-decoration: none; }
@media (max-width: 36rem) {
  body { font-size: 16px; } main { padding: 1rem 0.8rem 2rem; } h1, .title-page h1 { font-size: 1.6rem; }
  .columns { display: block; } .wide { display: none; } .narrow { display: block; max-width: 24rem; }
  .facts div { display: block; }
  tbody th, tfoot th, thead tr:last-child th:first-child { position: sticky; left: 0; background: #fff; max-width: 9rem; }
  tr.group th { position: static; max-width: none; background: var(--shade); }
}
@media print {
  body { font-size: 11pt; line-height: 1.3; } main { max-width: none; padding: 0; } .running { padding: 0; max-width: none; }
  .skip, footer.running { display: none; } .sheet { break-before: page; } .landscape { page: landscape; }
  .landscape, .broad { width: auto; margin-left: 0; } .broad table { font-size: 7.5pt; } .landscape .broad table { font-size: 8.5pt; }
  .wide { display: block; } .narrow { display: none; } .scroll { overflow: visible; }
  thead { display: table-header-group; break-inside: avoid; } .table-note, .note { break-inside: avoid; } tfoot { display: table-row-group; } th button { display: contents; } th button::after { content: ""; } a { color: inherit; text-decoration: none; }
}
)css";

/// Sorts the rows of a body by the column whose head is pressed; rows without a number go last. Then: tables that can
/// be scrolled. No "<" and no "&": it stands in XML.
inline constexpr std::string_view kScript = R"js(
document.querySelectorAll('table.sortable').forEach(function (table) {
  var heads = Array.from(table.tHead.rows[table.tHead.rows.length - 1].cells);
  var compare = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;
  function key(row, column) {
    var cell = row.cells[column];
    if (!cell) { return null; }
    if (cell.dataset.v !== undefined) { return Number(cell.dataset.v); }
    return cell.className.includes('missing') ? null : cell.textContent;
  }
  function order(column, sign) {
    return function (a, b) {
      var x = key(a, column), y = key(b, column);
      if (x === null || y === null) { return (x === null ? 1 : 0) - (y === null ? 1 : 0); }
      return sign * (typeof x === 'number' ? (typeof y === 'number' ? x - y : -1) : compare(x, y));
    };
  }
  heads.forEach(function (head, column) {
    if (head.className === 'picture') { return; }
    var button = document.createElement('button');
    button.type = 'button';
    while (head.firstChild) { button.appendChild(head.firstChild); }
    head.appendChild(button);
    button.addEventListener('click', function () {
      var down = head.getAttribute('aria-sort') === 'ascending';
      heads.forEach(function (other) { other.removeAttribute('aria-sort'); });
      head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      Array.from(table.tBodies).forEach(function (body) {
        var rows = Array.from(body.rows);
        var group = rows.filter(function (row) { return row.className === 'group'; });
        var own = rows.filter(function (row) { return row.className !== 'group'; });
        own.sort(order(column, down ? -1 : 1));
        group.concat(own).forEach(function (row) { body.appendChild(row); });
      });
    });
  });
});
/* A table wider than the screen can be scrolled from the keyboard, and says what it is. */
document.querySelectorAll('.scroll').forEach(function (box) {
  function reach() {
    if (box.scrollWidth > box.clientWidth + 1) {
      var caption = box.querySelector('caption');
      box.tabIndex = 0;
      box.setAttribute('role', 'region');
      if (caption) { box.setAttribute('aria-label', caption.textContent); }
    } else {
      ['tabindex', 'role', 'aria-label'].forEach(function (name) { box.removeAttribute(name); });
    }
  }
  reach();
  window.addEventListener('resize', reach);
});
)js";

}  // namespace kaskad::reports::html
