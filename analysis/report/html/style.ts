/** @file The look of the pages: one measure for text, charts as wide as they may, light, dark and paper. Pure. */

/** The style sheet, to stand in a `<style>` element. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: #ffffff; --soft: #f5f6f7; --line: #d5d8dc; --text: #1b1e22; --muted: #565d66; --link: #0b5394;
  --good: #00694e; --bad: #a33c00; --open: #6b5900; --focus: #0b5394;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --paper: #121416; --soft: #1d2023; --line: #3b4046; --text: #e7e9eb; --muted: #a9b0b8; --link: #8fc1f0;
    --good: #4fc9a4; --bad: #f09a6b; --open: #e0c74a; --focus: #8fc1f0;
  }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; -webkit-text-size-adjust: 100%; }
body {
  margin: 0 auto; padding: 1.2rem 1rem 4rem; max-width: 72rem; background: var(--paper); color: var(--text);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif;
  overflow-wrap: anywhere;
}
p, li, figcaption, blockquote, h1, h2, h3 { max-width: 46rem; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: .2rem 0 .6rem; }
h2 { font-size: 1.3rem; line-height: 1.25; margin: 2.6rem 0 .6rem; padding-top: .7rem; border-top: 1px solid var(--line); max-width: none; }
h3 { font-size: 1.05rem; line-height: 1.35; margin: 0 0 .5rem; }
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; border-radius: 2px; }
.skip { position: absolute; left: -999rem; }
.skip:focus { left: 1rem; top: .5rem; background: var(--paper); padding: .3rem .6rem; z-index: 2; }
.kicker, .files, footer, figcaption, .tools { color: var(--muted); font-size: .9rem; }
.kicker { margin: 0; }
nav.contents ul { display: flex; flex-wrap: wrap; gap: .2rem 1.1rem; list-style: none; margin: 1rem 0 0; padding: .6rem 0; border-block: 1px solid var(--line); font-size: .92rem; }
nav.contents li { max-width: none; }
main > section:first-child h2 { border-top: 0; margin-top: 1.4rem; padding-top: 0; }
.quick, .note { border-left: 4px solid var(--open); background: var(--soft); padding: .5rem .8rem; }
.verdicts, .experiments { list-style: none; padding: 0; margin: 1rem 0; display: grid; grid-template-columns: minmax(0, 1fr); gap: .8rem; }
.verdict, .experiment { max-width: none; border: 1px solid var(--line); border-left: 6px solid var(--line); border-radius: 4px; padding: .7rem .9rem; background: var(--soft); }
.verdict p, .experiment p { margin: .25rem 0 0; }
.verdict .who { margin: 0; display: flex; flex-wrap: wrap; gap: .2rem .8rem; align-items: baseline; }
.verdict .claim { color: var(--muted); }
.status { font-weight: 700; white-space: nowrap; }
.confirmed { border-left-color: var(--good); } .confirmed .status, .status.confirmed { color: var(--good); }
.refuted { border-left-color: var(--bad); } .refuted .status, .status.refuted { color: var(--bad); }
.inconclusive { border-left-color: var(--open); } .inconclusive .status, .status.inconclusive { color: var(--open); }
.law { font-variant-numeric: tabular-nums; }
.findings { padding-left: 1.2rem; }
.experiment h2 { border: 0; margin: 0; padding: 0; font-size: 1.15rem; }
.experiment ul { margin: .4rem 0 0; padding-left: 1.2rem; }
figure { margin: 1.8rem 0 2.6rem; }
figure .static svg { max-width: 100%; height: auto; display: block; }
figure .live { width: 100%; overflow-x: auto; }
figure .live.vega-embed { display: block; }
figure .live svg { display: block; }
.drawn .static { display: none; }
figcaption { margin-top: .4rem; }
.files { margin: .3rem 0 0; }
details { margin: .4rem 0; }
summary { cursor: pointer; color: var(--link); width: fit-content; }
.scroll { overflow-x: auto; max-width: 100%; margin: .9rem 0; }
.tall, details .scroll { max-height: 32rem; overflow-y: auto; }
.tall thead, details .scroll thead { position: sticky; top: 0; background: var(--paper); }
table { border-collapse: collapse; overflow-wrap: break-word; font-size: .9rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--muted); padding-bottom: .3rem; }
th, td { text-align: left; vertical-align: top; padding: .28rem .8rem .28rem 0; border-bottom: 1px solid var(--line); font-weight: normal; white-space: nowrap; }
.long { white-space: normal; min-width: 12rem; max-width: 30rem; }
thead th, thead td { border-bottom: 2px solid var(--muted); white-space: normal; vertical-align: bottom; }
.number { text-align: right; }
button.sort { all: unset; cursor: pointer; font-weight: 600; }
button.sort:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
button.sort::after { content: "\\2195"; color: var(--muted); margin-left: .3em; opacity: .6; }
[aria-sort] button.sort::after { opacity: 1; color: var(--text); }
[aria-sort="ascending"] button.sort::after { content: "\\2191"; }
[aria-sort="descending"] button.sort::after { content: "\\2193"; }
button:not(.sort), select { font: inherit; color: var(--text); background: var(--soft); border: 1px solid var(--muted); border-radius: 4px; padding: .25rem .7rem; cursor: pointer; max-width: 100%; }
.tools { margin: .4rem 0; }
form.tools { display: flex; flex-wrap: wrap; gap: .6rem 1.2rem; align-items: center; border: 1px solid var(--line); border-radius: 4px; padding: .6rem .8rem; }
form.tools[hidden], output:empty { display: none; }
fieldset { border: 0; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: .2rem 1rem; min-width: 0; }
form.tools label { min-width: 0; }
fieldset legend { float: left; margin-right: 1rem; padding: 0; }
pre { overflow-x: auto; background: var(--soft); border: 1px solid var(--line); border-radius: 4px; padding: .7rem .9rem; margin: .6rem 0; font-size: .85rem; line-height: 1.45; }
code { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: .92em; }
blockquote { margin: .8rem 0 .4rem; padding: .5rem .9rem; border-left: 4px solid var(--line); background: var(--soft); }
footer { border-top: 1px solid var(--line); margin-top: 3rem; padding-top: .8rem; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
#vg-tooltip-element { visibility: hidden; position: fixed; z-index: 1000; padding: .4rem .6rem; font-size: .85rem; background: var(--paper); color: var(--text); border: 1px solid var(--muted); border-radius: 4px; pointer-events: none; max-width: 22rem; }
#vg-tooltip-element.visible { visibility: visible; }
#vg-tooltip-element td { border: 0; padding: .05rem .5rem .05rem 0; max-width: 18rem; }
#vg-tooltip-element td.key { color: var(--muted); }
@media screen and (prefers-color-scheme: dark) {
  figure .static svg { filter: invert(.93) hue-rotate(180deg); }
}
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
@media (max-width: 40rem) {
  h1 { font-size: 1.4rem; }
  h2 { font-size: 1.15rem; }
  body { padding-inline: .8rem; }
}
@media print {
  @page { margin: 18mm 16mm; }
  :root { color-scheme: light; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  nav, .tools, .numbers, .files, .skip, form, button:not(.sort) { display: none !important; }
  .drawn .static { display: block; }
  figure .live { display: none !important; }
  figure, .verdict, .experiment, tr, pre, blockquote { break-inside: avoid; }
  figure { margin: 1rem 0 1.4rem; }
  h1, h2, h3 { break-after: avoid; }
  thead { display: table-header-group; }
  .scroll { overflow: visible; max-height: none; }
  thead { position: static !important; }
  th, td { white-space: normal; padding-right: .5rem; }
  .long { min-width: 8rem; }
  button.sort::after { content: none !important; }
  table { font-size: 8pt; }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; font-size: 8pt; }
  a { color: inherit; }
}
`;

/** The style sheet of pages whose long parts are folded, of which paper shows all; lessons fold what paper must not tell. */
export const FOLDING_STYLE = `${STYLE}
main > section:first-child h2 { margin-top: 1rem; }
main > section:first-child > p { font-size: 1.1rem; }
main > section:first-child figure { margin-block: 1rem 1.2rem; }
nav.contents ul { margin-top: 1.6rem; }
details.part { margin: 0; border-top: 1px solid var(--line); }
details.part > summary { width: auto; padding: .55rem 0; }
details.part > summary h2 { display: inline; border: 0; margin: 0; padding: 0; font-size: 1.05rem; }
details.part[open] { padding-bottom: 1.2rem; }
details.part[open] > summary h2 { font-size: 1.3rem; }
.experiment summary { font-size: .92rem; }
@media print {
  details:not(.numbers)::details-content { content-visibility: visible; block-size: auto; }
  summary { list-style: none; color: inherit; }
}
`;
