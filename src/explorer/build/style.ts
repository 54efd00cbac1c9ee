/** @file The look of the page: calm, light and dark, phone and paper. Pure. */

/** The style sheet. */
export const STYLE = `
:root {
  --pad: 26px;
  color-scheme: light dark;
  --ground: #f6f6f3; --paper: #ffffff; --soft: #f1f2f0; --line: #dcdedb; --text: #1c1f23; --muted: #5a616a;
  --link: #0b5394; --focus: #0b5394; --bad: #9d2f00; --badsoft: #fdf1ea;
  --forward: #0072b2; --reverse: #d55e00; --mixed: #5e3c99; --product: #009e73; --product2: #cc79a7;
  --forwardtext: #00619a; --reversetext: #a84400; --band: #e9ecee; --bar: #39424c; --block: #8fa5b4;
  --primary: #1c1f23; --onprimary: #ffffff; --factor: #9db4c4;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --ground: #0f1113; --paper: #191c1f; --soft: #22262a; --line: #363c42; --text: #e8eaec; --muted: #a8b0b8;
    --link: #8fc1f0; --focus: #8fc1f0; --bad: #f3a47b; --badsoft: #33231b;
    --forward: #56b4e9; --reverse: #e69f00; --mixed: #b8a2e3; --product: #2fc79a; --product2: #e3a3c6;
    --forwardtext: #7cc6f0; --reversetext: #f0b440; --band: #262b30; --bar: #cfd5da; --block: #6f8fa6;
    --primary: #e8eaec; --onprimary: #14171a; --factor: #6f8fa6;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0 auto; padding: 1.1rem 1.25rem 4rem; max-width: 74rem; background: var(--ground); color: var(--text);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; overflow-wrap: break-word;
}
h1, h2, h3 { letter-spacing: -.012em; line-height: 1.2; font-weight: 650; }
h1 { font-size: 1.9rem; margin: .1rem 0 .35rem; }
h2 { font-size: 1.4rem; margin: 0 0 .6rem; }
h3 { font-size: 1.05rem; margin: 0 0 .6rem; }
p { margin: 0 0 .6rem; }
p, figcaption, li { max-width: 46rem; text-wrap: pretty; }
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; border-radius: 4px; }
.top { margin-bottom: 1rem; }
.top p:last-child { max-width: none; }
.kicker, .note, figcaption, footer, small { color: var(--muted); font-size: .875rem; }
.kicker { margin: 0; letter-spacing: .01em; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
section { background: var(--paper); border: 1px solid var(--line); border-radius: 14px; padding: 1.5rem var(--pad) 1.4rem; margin: 0 0 1.4rem; }
.hero { padding-top: 1.1rem; }
.part { margin-bottom: 1rem; }
.part .kicker { margin-top: .7rem; }

button, select, input { font: inherit; color: inherit; }
button, select, input[type="text"], input[type="number"] {
  background: var(--paper); border: 1px solid var(--line); border-radius: 8px; padding: .35rem .8rem; min-height: 2.3rem;
}
select { padding-right: .4rem; max-width: 100%; }
button { cursor: pointer; }
button:hover:not(:disabled) { border-color: var(--muted); }
button:disabled { opacity: .45; cursor: default; }
button.primary { background: var(--primary); color: var(--onprimary); border-color: var(--primary); font-weight: 600; padding-inline: 1.2rem; }
button.quiet { border-color: transparent; background: none; text-decoration: underline; text-underline-offset: .2em; }
.choose { display: flex; flex-wrap: wrap; justify-content: space-between; gap: .6rem 1rem; align-items: center; }
.presets { display: flex; flex-wrap: wrap; gap: .45rem; }
.chip { border-radius: 99px; font-size: .9rem; padding: .25rem .95rem; }
.chip[aria-pressed="true"], .segments button[aria-pressed="true"] { background: var(--primary); color: var(--onprimary); border-color: var(--primary); }

.network { display: block; margin: .9rem 0 .2rem; user-select: none; -webkit-user-select: none; overflow: visible; max-width: 100%; }
.band { fill: var(--band); }
.bar { fill: var(--bar); }
.column { cursor: ns-resize; outline: none; }
.column .hit { fill: transparent; }
.column .ring { fill: none; stroke: none; }
.column .handle { fill: var(--paper); stroke: var(--bar); stroke-width: 1.5; }
.column:hover .handle, .column.dragged .handle { fill: var(--bar); }
.column:focus-visible .ring { stroke: var(--focus); stroke-width: 3; }
.column.loss { cursor: default; }
.column.loss .bar { fill: var(--reverse); }
.widths { display: grid; margin: .3rem 0 1rem; }
${[2, 3, 4, 5, 6, 7, 8, 9, 10].map((count) => `.columns-${count} { grid-template-columns: repeat(${count}, minmax(0, 1fr)); }`).join("\n")}
.width { text-align: center; min-width: 0; padding: 0 2px; }
.width label { display: block; font-size: .85rem; color: var(--muted); font-style: italic; }
.width input { width: 100%; max-width: 5.4rem; text-align: center; padding: .2rem .1rem; font-variant-numeric: tabular-nums; appearance: textfield; -moz-appearance: textfield; }
.width input::-webkit-inner-spin-button, .width input::-webkit-outer-spin-button { appearance: none; margin: 0; }
.width output { display: inline-block; padding: .3rem; font-variant-numeric: tabular-nums; }
.tools { display: flex; flex-wrap: wrap; gap: .6rem 1.3rem; align-items: center; font-size: .9rem; padding-top: 1rem; margin-top: 1.3rem; border-top: 1px solid var(--line); }
.tools label { display: inline-flex; align-items: center; gap: .45rem; color: var(--muted); min-width: 0; }
.tools select, .tools input { color: var(--text); }
.stepper { display: inline-flex; align-items: center; gap: .5rem; }
.stepper button { width: 2.3rem; padding: 0; font-size: 1.1rem; line-height: 1; }
.stepper span { min-width: 4.6rem; text-align: center; font-size: .9rem; }
.paste { display: inline-flex; gap: .4rem; min-width: 0; }
.paste input { width: 13.5rem; min-width: 0; font-variant-numeric: tabular-nums; }
.problem { background: var(--badsoft); color: var(--bad); border-left: 4px solid var(--bad); border-radius: 6px; padding: .6rem .9rem; margin: .6rem 0; max-width: none; }
.problem p { margin: 0 0 .3rem; }
.refused { color: var(--muted); }

.answer { margin: 1.3rem 0 1.1rem; }
#answer { font-size: 1.15rem; line-height: 1.4; margin: 0; max-width: 52rem; }
#answer strong { display: block; font-size: 1.75rem; line-height: 1.2; letter-spacing: -.018em; font-weight: 680; margin-bottom: .25rem; }
#answer span { color: var(--muted); }
#answer:focus { outline: none; }
.guessed { margin: .7rem 0 0; padding: .45rem .9rem; background: var(--soft); border-radius: 8px; width: fit-content; }
.lead { margin-bottom: .7rem; }
.blocks { margin-top: 1.2rem; padding-top: 1.1rem; border-top: 1px solid var(--line); }
.blocks svg { display: block; max-width: 100%; }
.blocks .block { fill: var(--block); }
.blocks text, .tree text, .live text { fill: var(--muted); font-size: 12px; }
.blocks text { text-anchor: middle; font-style: italic; }
.blocks .note { margin: .5rem 0 0; }
.copies { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 1.5rem; margin-top: 1.3rem; }
.copies.three { grid-template-columns: repeat(3, minmax(0, 1fr)); }
.copy.mixed b:first-child { color: var(--mixed); }
.copies .note { grid-column: 1 / -1; margin: 0; }
figure { margin: 0; min-width: 0; }
.copy { border: 1px solid var(--line); border-radius: 10px; padding: 12px; }
.copy canvas { display: block; max-width: 100%; }
.copy figcaption { color: var(--text); margin-bottom: .6rem; }
.copy.forward b:first-child, .mode.forward b { color: var(--forwardtext); }
.copy.reverse b:first-child, .mode.reverse b { color: var(--reversetext); }

.guess { margin-top: 1.1rem; padding-top: 1rem; border-top: 1px solid var(--line); }
.guess h2 { max-width: 52rem; font-size: 1.4rem; margin: .15rem 0 .9rem; text-wrap: balance; }
fieldset { border: 0; margin: 0 0 .8rem; padding: 0; display: flex; flex-wrap: wrap; gap: .7rem; min-width: 0; }
fieldset.times { align-items: center; }
fieldset.times:disabled { opacity: .45; }
fieldset.times legend { float: left; padding: 0 .4rem 0 0; color: var(--muted); }
.option { display: flex; gap: .6rem; align-items: center; border: 1px solid var(--line); border-radius: 10px; padding: .7rem 1rem; cursor: pointer; flex: 1 1 15rem; max-width: 23rem; }
.option.small { flex: 0 0 auto; padding: .35rem .8rem; }
.option b, .option small { display: block; line-height: 1.35; }
.option:has(:checked) { border-color: var(--text); box-shadow: inset 0 0 0 1px var(--text); }
.option.forward b { color: var(--forwardtext); }
.option.reverse b { color: var(--reversetext); }
.actions { display: flex; flex-wrap: wrap; gap: .6rem; margin: .4rem 0 0; }

.scroll { overflow-x: auto; margin-bottom: .8rem; }
#plot-bars { margin-top: 1.2rem; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: left; font-weight: normal; padding: .42rem 1rem .42rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
thead th { color: var(--muted); font-size: .85rem; vertical-align: bottom; }
tr.group th { color: var(--muted); font-size: .85rem; padding-top: 1rem; border-bottom: 0; }
.number { text-align: right; white-space: nowrap; }
th:last-child, td:last-child { padding-right: .2rem; }
.formula { white-space: nowrap; color: var(--muted); }
.least { font-weight: 700; }
tbody th small { display: block; }
.short { display: none !important; }
details { margin-bottom: .6rem; } summary { cursor: pointer; color: var(--link); font-size: .875rem; width: fit-content; }
.swatch { display: inline-block; width: .8em; height: .8em; border-radius: 3px; margin-right: .55em; background: var(--mixed); }
.swatch.forward, .swatch.tree-tangent { background: var(--forward); }
.swatch.reverse, .swatch.tree-adjoint { background: var(--reverse); }
.swatch.from-right, .swatch.tree-product { background: var(--product); }
.swatch.from-left, .swatch.tree-inner { background: var(--product2); }
.swatch.tree-factor { background: var(--factor); }
.plot { min-height: 3rem; }
#plot-bars { min-height: 16.5rem; }
#plot-grid { min-height: 20rem; }
.plot .chart { display: block; width: 100%; }
.plot svg { display: block; max-width: 100%; }
figcaption { margin-top: .5rem; }
.two { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 2.5rem; margin-top: 2.2rem; }
.segments { display: inline-flex; flex-wrap: wrap; margin-bottom: .9rem; }
.segments button { border-radius: 0; margin-left: -1px; font-size: .9rem; padding-inline: .9rem; }
.segments button:first-child { border-radius: 8px 0 0 8px; margin-left: 0; }
.segments button:last-child { border-radius: 0 8px 8px 0; }
.tree { display: block; margin: 0 auto; }
.plan .scroll { margin-bottom: .4rem; }
.tree text { text-anchor: middle; dominant-baseline: middle; fill: var(--text); }
.tree rect.tree-factor { fill: var(--factor); } .tree rect.tree-tangent { fill: var(--forward); }
.tree rect.tree-adjoint { fill: var(--reverse); } .tree rect.tree-product { fill: var(--product); } .tree rect.tree-inner { fill: var(--product2); }
.tree line { stroke-width: 1.2; stroke: var(--muted); } .tree line.tree-tangent { stroke: var(--forward); }
.tree line.tree-adjoint { stroke: var(--reverse); } .tree line.tree-product { stroke: var(--product); }
.tree line.through { stroke-dasharray: 2 3; }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; margin: .8rem 0; padding: 0; font-size: .875rem; }
.bracketing { overflow-x: auto; }
.advice p { margin-bottom: .35rem; font-size: .925rem; }

.player { display: flex; flex-wrap: wrap; gap: .5rem .6rem; align-items: center; margin: 0 0 1rem; }
.player .note { margin: 0 .4rem 0 0; }
.player label { display: inline-flex; align-items: center; gap: .5rem; color: var(--muted); }
.player .play, .player .start, .player .cancel { min-width: 7.4rem; }
.speed output { min-width: 3.6rem; font-variant-numeric: tabular-nums; }
input[type="range"], input[type="checkbox"], input[type="radio"] { accent-color: var(--primary); }
.race { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 1.5rem; margin-bottom: .8rem; }
.mode { border: 1px solid var(--line); border-radius: 10px; padding: 12px; }
.mode canvas { display: block; width: 100%; height: 230px; }
.mode figcaption { margin: 0 0 .5rem; display: flex; gap: .7rem; color: var(--text); font-variant-numeric: tabular-nums; max-width: none; }
.place { color: var(--muted); }
.mode.done .place { color: var(--text); font-weight: 600; }
progress { width: 100%; height: .5rem; margin-top: .6rem; display: block; accent-color: var(--muted); }
.mode.forward progress { accent-color: var(--forward); } .mode.reverse progress { accent-color: var(--reverse); }
.progress { max-width: none; font-variant-numeric: tabular-nums; }
.live { display: block; max-width: 100%; }
.live .rule { stroke: var(--line); }
.live .forward { fill: var(--forward); } .live .reverse { fill: var(--reverse); }
.warning { border-left: 3px solid var(--line); padding-left: .7rem; }
.findings { padding-left: 1.2rem; }
#code .bar { display: flex; flex-wrap: wrap; justify-content: space-between; gap: .5rem; align-items: flex-start; }
#code .segments { margin-bottom: .4rem; }
pre { overflow-x: auto; background: var(--soft); border-radius: 10px; padding: 1rem 1.1rem; margin: .4rem 0 0; font-size: .85rem; line-height: 1.5; max-height: 26rem; }
code { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: .92em; }
footer { padding: 0 .3rem; }
#vg-tooltip-element { visibility: hidden; position: fixed; z-index: 9; padding: .4rem .6rem; font-size: .85rem; background: var(--paper); color: var(--text); border: 1px solid var(--muted); border-radius: 6px; pointer-events: none; }
#vg-tooltip-element.visible { visibility: visible; }
#vg-tooltip-element table { width: auto; }
#vg-tooltip-element td { border: 0; padding: .05rem .5rem .05rem 0; }
#vg-tooltip-element td.key { color: var(--muted); }
:root:not([data-view="all"]) body { padding: .6rem; }
:root:not([data-view="all"]) :is(.top, footer) { display: none; }
:root:not([data-view="all"]) section:last-child { margin-bottom: 0; }
@media (max-width: 60rem) { .two { grid-template-columns: minmax(0, 1fr); } }
@media (max-width: 45rem) {
  body { padding: 1rem .7rem 3rem; }
  h1 { font-size: 1.55rem; }
  h2 { font-size: 1.2rem; }
  :root { --pad: 14px; }
  section { padding-block: 1rem; border-radius: 12px; }
  #answer strong { font-size: 1.4rem; }
  #answer { font-size: 1.02rem; }
  .guess h2 { font-size: 1.2rem; }
  .copies, .copies.three, .race { grid-template-columns: minmax(0, 1fr); gap: .9rem; }
  .chip { padding-inline: .75rem; font-size: .85rem; }
  .paste { width: 100%; } .paste label { flex: 1; } .paste input { flex: 1; width: 0; }
  .width input { font-size: .8rem; min-height: 2rem; border-radius: 6px; }
  th, td { padding-right: .5rem; font-size: .84rem; }
  .what, .formula { display: none !important; } .short { display: block !important; }
  .choose { align-items: flex-start; }
}
@media (forced-colors: active) { .bar, .block { forced-color-adjust: none; } .chip[aria-pressed="true"] { outline: 2px solid; } }
@media print {
  @page { margin: 14mm; }
  body { background: none; padding: 0; max-width: none; font-size: 10pt; }
  section { border: 0; padding: 0; margin: 0 0 1.2rem; }
  .presets, .tools, .player, .guess, .segments, .copy-button, .actions, button, .handle, #measure:not(:has(.outcome)) { display: none !important; }
  .copy, .mode, figure, tr, .plan { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
  pre { max-height: none; white-space: pre-wrap; }
  .network, .blocks svg, .live, .tree { height: auto; max-width: 100%; }
  :root[data-drawn="dark"] :is(.plot svg, canvas) { filter: invert(.93) hue-rotate(180deg); }
  .scroll { overflow: visible; }
}
`;
