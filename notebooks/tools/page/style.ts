/** @file The look of lessons' pages, on top of that of the reports: code, outputs, exercises, formulas. Pure. */

import { STYLE } from "../../../analysis/report/html/style.ts";

/** The style sheet of a lesson, without that of the mathematics. */
export const LESSON_STYLE = `${STYLE}
body { max-width: 52rem; }
main > h2 { max-width: 46rem; }
nav.lessons { display: flex; flex-wrap: wrap; justify-content: space-between; gap: .3rem 1.2rem; font-size: .92rem; }
nav.lessons span { color: var(--muted); }
pre, .output, .exercise, details.solution, .chart { max-width: 46rem; }
pre.code { white-space: pre-wrap; tab-size: 2; margin-bottom: .2rem; }
pre.output { background: none; border: 0; border-left: 4px solid var(--line); border-radius: 0; padding: .2rem .9rem; margin-top: .3rem; }
pre.output.error { border-left-color: var(--bad); white-space: pre-wrap; }
div.output { border-left: 4px solid var(--line); padding: .1rem .9rem; margin: .3rem 0 .6rem; }
div.output > :first-child { margin-top: .2rem; } div.output > :last-child { margin-bottom: .2rem; }
samp { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
.formula { max-width: 46rem; overflow-x: auto; overflow-y: hidden; padding: .1rem 0; margin: .8rem 0; }
.formula .katex-display { margin: .2rem 0; }
.katex { font-size: 1.12em; }
table .katex { font-size: 1em; white-space: nowrap; }
td p { margin: 0; }
.exercise { border: 1px solid var(--line); border-left: 6px solid var(--focus); border-radius: 4px; padding: .1rem 1rem .3rem; margin: 1.6rem 0 .8rem; background: var(--soft); }
.exercise h3 { margin-top: .6rem; }
details.solution { border: 1px solid var(--line); border-radius: 4px; padding: .4rem .9rem; margin: .8rem 0; }
details.solution[open] > summary { margin-bottom: .4rem; }
main h3 { margin-top: 1.6rem; }
figure.chart { margin: .8rem 0 1.6rem; }
figure.chart .static { overflow-x: auto; }
main > details.contents { margin: .6rem 0 1.4rem; }
details.contents ol { margin: .3rem 0 0; padding-left: 1.4rem; }
ol.lessons { list-style: none; padding: 0; }
ol.lessons > li { border: 1px solid var(--line); border-radius: 4px; background: var(--soft); padding: .5rem 1rem .7rem; margin: .8rem 0; }
ol.lessons h2 { border: 0; margin: 0; padding: 0; font-size: 1.15rem; }
ol.lessons p { margin: .3rem 0 0; }
@media (max-width: 40rem) {
  figure.chart .static svg { max-width: none; width: max(100%, 33rem); }
}
@media print {
  body { max-width: none; }
  pre, .output, .exercise, details.solution, .chart, .formula { max-width: none; }
  .exercise { break-inside: avoid; }
  figure.chart .static, .formula { overflow: visible; }
  figure.chart .static svg { filter: none; }
}
`;
