// Style and script of the page of findings. Private to html_page.cpp.
#pragma once

#include <string_view>

namespace kaskad::app {

/// Type, colours and white as in the reports; wider, because its tables are lists.
inline constexpr std::string_view kPageStyle = R"css(
:root { --ink: #1f2428; --grey: #5b6670; --rule: #4a545c; --light: #d9dee2; --shade: #eef1f3; --accent: #0b3c5d;
  --error: #b5403a; --warning: #b36a1e; --note: #7a8b99; }
* { box-sizing: border-box; }
body { margin: 0; color: var(--ink); background: #fff; font: 16px/1.45 "PT Sans", "Segoe UI", Roboto, Arial, sans-serif; }
main { max-width: 76rem; margin: 0 auto; padding: 1.5rem 1.25rem 4rem; }
header { border-bottom: 3px solid var(--accent); padding-bottom: 0.8rem; margin-bottom: 1.2rem; }
header p { color: var(--grey); margin: 0; } h1 { font-size: 1.9rem; line-height: 1.2; margin: 0.2rem 0 0.4rem; }
h2 { font-size: 1.35rem; margin: 2.2rem 0 0.6rem; } h3 { font-size: 1.05rem; margin: 1.4rem 0 0.4rem; overflow-wrap: anywhere; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: 1rem; margin: 0 0 1.4rem; }
.cards div { border-top: 2px solid var(--accent); padding-top: 0.3rem; } .cards dt { font-size: 0.85rem; color: var(--grey); }
.cards dd { margin: 0; font-size: 1.6rem; font-weight: bold; line-height: 1.25; font-variant-numeric: tabular-nums lining-nums; }
table { border-collapse: collapse; width: 100%; font-size: 0.86rem; line-height: 1.35; border-bottom: 1px solid var(--rule); }
thead { border-top: 1px solid var(--rule); border-bottom: 1px solid var(--rule); }
th, td { padding: 0.3rem 0.6rem; text-align: left; vertical-align: top; } th { font-weight: bold; vertical-align: bottom; }
th:first-child, td:first-child { padding-left: 0; } tbody tr { border-bottom: 1px solid var(--light); }
.num { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums lining-nums; }
.message { overflow-wrap: anywhere; } .small { color: var(--grey); font-size: 0.92em; } .scroll { overflow-x: auto; }
th button { all: unset; cursor: pointer; } th button:hover, th button:focus-visible { text-decoration: underline; }
th[aria-sort=ascending] button::after { content: " ▴"; } th[aria-sort=descending] button::after { content: " ▾"; }
details { border-top: 1px solid var(--light); content-visibility: auto; contain-intrinsic-size: auto 2.6rem; }
details[open] { padding-bottom: 1rem; } .file > details:last-child { border-bottom: 1px solid var(--light); }
summary { cursor: pointer; padding: 0.45rem 0; display: flex; gap: 0.7rem; align-items: baseline; list-style: none; }
summary::-webkit-details-marker { display: none; } summary::before { content: "▸"; color: var(--grey); width: 0.8rem; flex: none; }
details[open] > summary::before { content: "▾"; } summary .title { flex: 1; } .title::first-letter { text-transform: uppercase; } summary .n { font-variant-numeric: tabular-nums; }
summary:focus-visible { outline: 2px solid var(--accent); }
.mark { font-size: 0.8rem; font-weight: bold; white-space: nowrap; width: 8.6rem; flex: none; }
.mark::before { content: ""; display: inline-block; width: 0.62rem; height: 0.62rem; margin-right: 0.4rem; }
.error { color: var(--error); } .error::before { background: var(--error); }
.warning { color: var(--warning); } .warning::before { background: var(--warning); transform: rotate(45deg); }
.note { color: var(--grey); } .note::before { border: 2px solid var(--note); border-radius: 50%; }
.hint { margin: 0.2rem 0 0.6rem; border-left: 2px solid var(--rule); padding-left: 0.8rem; font-size: 0.9rem; }
code { font: 0.82rem "PT Mono", Consolas, monospace; color: var(--grey); }
form { position: sticky; top: 0; z-index: 1; background: #fff; border-bottom: 1px solid var(--light); padding: 0.7rem 0;
  display: flex; flex-wrap: wrap; gap: 0.8rem 1.2rem; align-items: center; }
form label { font-size: 0.85rem; color: var(--grey); display: flex; gap: 0.4rem; align-items: center; }
input[type=search] { font: inherit; padding: 0.25rem 0.5rem; border: 1px solid var(--note); width: 18rem; max-width: 100%; }
form output { font-size: 0.85rem; color: var(--grey); margin-left: auto; } [hidden] { display: none !important; }
@media (max-width: 42rem) { summary { flex-wrap: wrap; } .mark { width: auto; } main { padding: 1rem 0.75rem 3rem; } }
@media print { form { display: none; } details { content-visibility: visible; } body { font-size: 11px; } tr { break-inside: avoid; } }
)css";

/// Filters rows by text and severity, opens what is found, sorts a table by the head that is pressed.
inline constexpr std::string_view kPageScript = R"js(
(() => {
  const form = document.querySelector('form');
  const groups = [...document.querySelectorAll('.file details')];
  const files = [...document.querySelectorAll('.file')];
  const texts = new WeakMap();
  const textOf = e => { if (!texts.has(e)) texts.set(e, e.textContent.toLowerCase()); return texts.get(e); };
  form.hidden = false;
  const filter = () => {
    const words = form.words.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const group of groups) {
      const wanted = form[group.dataset.severity].checked;
      const inHead = textOf(group.closest('.file').querySelector('h3')) + textOf(group.querySelector('summary'));
      let any = 0;
      for (const row of group.querySelectorAll('tbody tr')) {
        const fits = wanted && words.every(w => inHead.includes(w) || textOf(row).includes(w));
        row.hidden = !fits;
        any += fits;
      }
      group.hidden = !any;
      shown += any;
      if (words.length && any && any <= 200) group.open = true;
    }
    for (const file of files) file.hidden = ![...file.querySelectorAll('details')].some(g => !g.hidden);
    form.shown.value = form.dataset.shown.replace('#', shown.toLocaleString(document.documentElement.lang));
  };
  let waiting = 0;
  form.addEventListener('input', () => { clearTimeout(waiting); waiting = setTimeout(filter, 150); });
  form.addEventListener('submit', e => e.preventDefault());
  document.addEventListener('click', e => {
    const head = e.target.closest('th button') && e.target.closest('th');
    if (!head) return;
    const up = head.getAttribute('aria-sort') !== 'ascending';
    for (const other of head.parentNode.children) other.removeAttribute('aria-sort');
    head.setAttribute('aria-sort', up ? 'ascending' : 'descending');
    const body = head.closest('table').tBodies[0];
    const key = row => row.cells[head.cellIndex].textContent;
    const order = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;
    body.append(...[...body.rows].sort((a, b) => (up ? 1 : -1) * order(key(a), key(b))));
  });
  filter();
})();
)js";

}  // namespace kaskad::app
