/**
 * Every colour of a chart has a contrast of 3:1 to its background. Blue and green have it to
 * each other too, so that people can tell them apart by lightness alone, without colour
 * vision and in grey print. A test computes it.
 */
const LIGHT = `
--ground: #fff; --raised: #f6f7f9; --line: #d8dce2; --words: #1b1f24; --quiet: #57606a; --link: #0550ae;
--blue: #06376b; --green: #1f9e78; --latency: #6b7785; --failure: #c2410c;
--event: #8b96a3; --gate: #b07d00; --good: #17663f; --attention: #8a4b00; --bad: #b3261e;
--good-ground: #e3f4ea; --attention-ground: #fdf0d9; --bad-ground: #fde8e6; --plain-ground: #eceff3;`
const DARK = `
--ground: #0f1318; --raised: #181d24; --line: #323a45; --words: #e8ebef; --quiet: #a3adb9; --link: #7cb8ff;
--blue: #2e75b8; --green: #8ce8c8; --latency: #93a0ae; --failure: #ff8a57;
--event: #6e7b8a; --gate: #d9a521; --good: #7ddba3; --attention: #f3c06b; --bad: #ff9a90;
--good-ground: #12301f; --attention-ground: #35270d; --bad-ground: #3d1916; --plain-ground: #242b34;`

export const STYLE = `
:root { color-scheme: light dark; ${LIGHT} }
@media (prefers-color-scheme: dark) { :root { ${DARK} } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--ground); color: var(--words);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Apple SD Gothic Neo", "Malgun Gothic", "Noto Sans KR", sans-serif; overflow-wrap: break-word; }
:lang(ko) { word-break: keep-all; }
header, main, footer { max-width: 60rem; margin: 0 auto; padding: 0 1rem; }
header { padding-top: 1.5rem; }
.where { margin: 0; color: var(--quiet); font-size: .875rem; }
h1 { margin: .125rem 0 .375rem; font-size: 1.625rem; line-height: 1.2; letter-spacing: -.01em; }
header.good h1 { color: var(--good); }
header.bad h1 { color: var(--bad); }
.headline { margin: 0; font-size: 1.0625rem; line-height: 1.45; max-width: 46rem; }
section { margin-top: 1.5rem; }
h2 { margin: 0 0 .5rem; font-size: 1.0625rem; font-weight: 600; line-height: 1.3; }
h3 { margin: 1rem 0 .375rem; font-size: .9375rem; line-height: 1.4; }
p { margin: 0 0 .5rem; }
.note, .detail, .gist { color: var(--quiet); }
.note { font-size: .875rem; }
.whole { white-space: nowrap; }
a { color: var(--link); text-underline-offset: .15em; }
code { font: .875em/1.4 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
pre { margin: 0 0 .75rem; padding: .5rem .75rem; overflow-x: auto; border: 1px solid var(--line); border-radius: .375rem; background: var(--raised); font: .8125rem/1.45 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
ul { margin: 0 0 .75rem; padding-left: 1.25rem; }
dl { margin: 0 0 .75rem; }
.tiles { display: grid; grid-template-columns: repeat(5, minmax(0, 1fr)); gap: .5rem; margin: 1rem 0 0; }
.tile { padding: .5rem .75rem .5625rem; border: 1px solid var(--line); border-radius: .5rem; background: var(--raised); }
.tile dt { font-size: .8125rem; }
.tile .value { display: block; font-size: 1.0625rem; font-weight: 600; line-height: 1.3; }
.tile .detail { display: block; font-size: .8125rem; line-height: 1.35; }
.tile.good .value { color: var(--good); }
.tile.attention .value { color: var(--attention); }
.tile.bad .value { color: var(--bad); }
summary { cursor: pointer; }
details.part { border-top: 1px solid var(--line); }
section + details.part, main > details.part:first-child { margin-top: 1rem; }
details.part:last-child { border-bottom: 1px solid var(--line); }
details.part > summary { padding: .5625rem 0; }
details.part > summary h2 { display: inline; margin: 0; font-size: 1rem; }
.gist { margin-left: .375rem; font-size: .875rem; }
.inside { padding: .25rem 0 .5rem; }
details.more { margin: .25rem 0; }
details.more > summary { color: var(--quiet); font-size: .875rem; padding: .1875rem 0; }
.pieces > * { border-top: 1px solid var(--line); padding: .5rem 0; }
.pieces .figure { display: block; font-size: .9375rem; line-height: 1.4; }
.pieces details > summary { padding-left: 1.125rem; text-indent: -1.125rem; list-style-position: inside; }
.pieces details > summary > * { text-indent: 0; }
.pieces .bare { padding-left: 1.125rem; }
.pieces .detail { font-size: .875rem; }
dl:not(.tiles) > div { padding: .25rem 0; }
dt { color: var(--quiet); font-size: .875rem; }
dd { margin: 0; }
@media (min-width: 40rem) { dl:not(.tiles) > div { display: grid; grid-template-columns: 9rem minmax(0, 1fr); gap: 0 1rem; } dl:not(.tiles) dt { line-height: 1.714; } }
@media (max-width: 40rem) { .tiles { grid-template-columns: repeat(2, minmax(0, 1fr)); } .tile:last-child { grid-column: 1 / -1; } .tile { padding: .375rem .625rem .4375rem; } }
.checklist { list-style: none; padding: 0; }
.checklist li { display: grid; grid-template-columns: 6.25rem 1fr; gap: .75rem; align-items: start; padding: .4rem 0; }
.checklist li + li { border-top: 1px solid var(--line); }
.checklist b { font-weight: 600; }
.checklist .detail { display: block; font-size: .875rem; }
.badge { display: inline-block; padding: .0625rem .5rem; border-radius: 1rem; font-size: .8125rem; font-weight: 600; line-height: 1.45; white-space: nowrap; justify-self: start; background: var(--plain-ground); color: var(--words); }
.badge.good { background: var(--good-ground); color: var(--good); }
.badge.attention { background: var(--attention-ground); color: var(--attention); }
.badge.bad { background: var(--bad-ground); color: var(--bad); }
.scroll { overflow-x: auto; margin: 0 0 .75rem; }
.scroll:focus-visible, pre:focus-visible, a:focus-visible, summary:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
table { border-collapse: collapse; width: 100%; font-size: .875rem; font-variant-numeric: tabular-nums; overflow-wrap: normal; }
th, td { padding: .4rem .75rem .4rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
th { color: var(--quiet); font-weight: 600; white-space: nowrap; }
td { max-width: 28rem; min-width: 3rem; overflow-wrap: break-word; }
tbody tr:last-child, tbody tr:last-child td { border-bottom: 0; }
.number { text-align: right; }
td.number { white-space: nowrap; }
.chart { margin: 0 0 .25rem; }
figcaption { display: flex; flex-wrap: wrap; gap: .125rem .875rem; margin-bottom: .125rem; font-size: .8125rem; color: var(--quiet); }
figcaption > span:first-child { color: var(--words); font-weight: 600; }
.key { display: inline-flex; align-items: center; gap: .3rem; }
.plot { display: grid; grid-template-columns: 3.75rem minmax(0, 1fr); gap: .5rem; }
.plot.wide-levels { grid-template-columns: 5rem minmax(0, 1fr); }
svg { display: block; }
.levels, .picture { width: 100%; }
.picture { overflow: visible; }
svg text { font-size: 11px; fill: var(--quiet); font-variant-numeric: tabular-nums; }
.levels text { text-anchor: end; }
.value { fill: var(--words); }
.axis { margin-bottom: .5rem; color: var(--quiet); font-size: 11px; }
span.levels { text-align: right; line-height: 18px; }
.tick { text-anchor: middle; }
@media (max-width: 40rem) {
  .wide { display: none; }
  th { white-space: normal; }
  .checklist li { grid-template-columns: 1fr auto; }
  .checklist .badge { order: 1; margin-top: .125rem; }
  .stacked, .stacked tbody, .stacked tr { display: block; }
  .stacked thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .stacked tr:not(:last-child) { padding: .5rem 0; border-bottom: 1px solid var(--line); }
  .stacked tr:last-child { padding: .5rem 0; }
  .stacked td, .stacked td.number { display: grid; grid-template-columns: 6.5rem minmax(0, 1fr); gap: .75rem; max-width: none; padding: .125rem 0; border: 0; text-align: left; white-space: normal; }
  .stacked td::before { content: attr(data-head); color: var(--quiet); }
  .stacked td:first-child:not(.number) { display: block; font-weight: 600; }
  .stacked td:first-child:not(.number)::before { content: none; }
  .stacked td:empty { display: none; }
}
.grid { stroke: var(--line); stroke-width: 1; shape-rendering: crispEdges; }
rect.blue, circle.blue { fill: var(--blue); }
rect.green, circle.green { fill: var(--green); }
rect.latency { fill: var(--latency); }
rect.failure { fill: var(--failure); stroke: var(--failure); stroke-width: 1.5; }
rect.event { fill: var(--event); }
.area { shape-rendering: crispEdges; }
rect.gate { fill: var(--gate); }
rect.shift { fill: var(--green); }
rect.failed { fill: var(--bad); stroke: var(--ground); stroke-width: .5; }
.bar rect { stroke: var(--ground); stroke-width: .5; }
.bar text { fill: #000; text-anchor: middle; }
.course { stroke-width: 2; }
.course.blue { stroke: var(--blue); }
.course.green { stroke: var(--green); stroke-dasharray: 6 3; }
.moment { stroke: var(--words); stroke-width: 1; stroke-dasharray: 2 3; opacity: .55; }
.moment.bad { stroke: var(--bad); opacity: 1; }
svg.number rect { fill: var(--words); }
svg.number.good rect { fill: var(--good); }
svg.number.bad rect { fill: var(--bad); }
svg.number text { fill: var(--ground); text-anchor: middle; font-size: 10px; font-weight: 700; }
.moments { list-style: none; margin: .5rem 0; padding: 0; font-size: .875rem; display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 17rem), 1fr)); gap: .125rem 1.5rem; }
.moments li { display: grid; grid-template-columns: 1.125rem auto 1fr; gap: .5rem; align-items: baseline; }
.moments time { font-variant-numeric: tabular-nums; color: var(--quiet); }
.dot { width: 1.125rem; border-radius: 50%; background: var(--words); color: var(--ground); font-size: .6875rem; font-weight: 700; line-height: 1.125rem; text-align: center; }
.dot.good { background: var(--good); }
.dot.bad { background: var(--bad); }
footer { margin-top: 1rem; padding-bottom: 2rem; }
@media print {
  :root { color-scheme: light; ${LIGHT} }
  body { font-size: 11pt; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  header, main, footer { max-width: none; padding-left: 0; padding-right: 0; }
  .scroll { overflow: visible; }
  details::details-content { content-visibility: visible; height: auto; }
  figure, tr, li, h2, h3, .tile { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
}
`
