export const id=782;export const ids=[782];export const modules={11782:((function(e,t,n){n.r(t),n.d(t,{reportToHtml:()=>Jt});var r=n(77598),i=n(18111),a=n(82641),o=n(45066);let s=`
--ground: #fff; --raised: #f6f7f9; --line: #d8dce2; --words: #1b1f24; --quiet: #57606a; --link: #0550ae;
--blue: #06376b; --green: #1f9e78; --latency: #6b7785; --failure: #c2410c;
--event: #8b96a3; --gate: #b07d00; --good: #17663f; --attention: #8a4b00; --bad: #b3261e;
--good-ground: #e3f4ea; --attention-ground: #fdf0d9; --bad-ground: #fde8e6; --plain-ground: #eceff3;`,c=`
:root { color-scheme: light dark; ${s} }
@media (prefers-color-scheme: dark) { :root { 
--ground: #0f1318; --raised: #181d24; --line: #323a45; --words: #e8ebef; --quiet: #a3adb9; --link: #7cb8ff;
--blue: #2e75b8; --green: #8ce8c8; --latency: #93a0ae; --failure: #ff8a57;
--event: #6e7b8a; --gate: #d9a521; --good: #7ddba3; --attention: #f3c06b; --bad: #ff9a90;
--good-ground: #12301f; --attention-ground: #35270d; --bad-ground: #3d1916; --plain-ground: #242b34; } }
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
  :root { color-scheme: light; ${s} }
  body { font-size: 11pt; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  header, main, footer { max-width: none; padding-left: 0; padding-right: 0; }
  .scroll { overflow: visible; }
  details::details-content { content-visibility: visible; height: auto; }
  figure, tr, li, h2, h3, .tile { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
}
`;class l{#source;constructor(e){this.#source=e}get source(){return this.#source}}function u(e,...t){let n=e[0]??``;return t.forEach((t,r)=>{n+=y(t),n+=e[r+1]??``}),new l(n)}let d=new l(`<style>${c}</style>`),f=new l(``);function p(e,t){let n=t===void 0?void 0:te(t);return n===void 0?u`${e}`:u`<a href="${n}" rel="noopener noreferrer">${e}</a>`}function m(e,t){return new l(e.map(e=>e.source).join(y(t)))}function h(e,...t){let n=e.split(/\{(\d)\}/);return new l(n.map((e,n)=>y(n%2==0?e:t[Number(e)])).join(``))}function g(e){let t=x(e).split(/(?<=[-/:.,_@\[\]=&?])(?=[^-/:.,_@\[\]=&?])/);return new l(t.map(b).join(`<wbr>`))}function _(e){let t=x(e).split(/(?<=\s)/);return new l(t.map(e=>e.length>18?g(e).source:e.includes(`-`)&&/\d/.test(e)?`<span class="whole">${b(e)}</span>`:b(e)).join(``))}let v=2e3;function y(e){return e===void 0?``:typeof e==`number`?String(e):typeof e==`string`?b(x(e)):e instanceof l?e.source:e.map(e=>e.source).join(``)}let ee={"&":`&amp;`,"<":`&lt;`,">":`&gt;`,'"':`&quot;`,"'":`&#39;`};function b(e){return e.replace(/[^\P{Cc}\t\n]|[\u202A-\u202E\u2066-\u2069]/gu,``).toWellFormed().replace(/[&<>"']/g,e=>ee[e]??``)}function x(e){return e.length<=v?e:(0,o.cv)`${e.slice(0,v)} … (${e.length-v} characters more)`}function te(e){if(!URL.canParse(e))return;let{protocol:t,href:n}=new URL(e);return t===`https:`||t===`http:`?n:void 0}var ne=n(46776),S=n(72773),re=n(58533);function C(e,...t){return u`<section>
<h2>${e}</h2>
${t}
</section>
`}function w({title:e,gist:t,isOpen:n=!1},...r){return u`<details class="part"${n?u` open`:f}>
<summary><h2>${e}</h2>${t===void 0?f:u` <span class="gist">${t}</span>`}</summary>
<div class="inside">${r}</div>
</details>
`}function T(e,...t){return u`<details class="more">
<summary>${e}</summary>
${t}</details>
`}function E(e,t,n=[]){let r=t=>n.includes(e[t]??``)?u` class="number"`:u``,i=t.slice(0,500),a=e.length-n.length,s=e.length>4||a+e.length>5;return u`<div class="scroll" tabindex="0" role="group" aria-label="${(0,o.cv)`Table: ${e.filter(e=>e!==``).join(`, `)}`}"><table role="table"${s?u` class="stacked"`:f}>
<thead role="rowgroup"><tr role="row">${e.map((e,t)=>u`<th role="columnheader" scope="col"${r(t)}>${e}</th>`)}</tr></thead>
<tbody role="rowgroup">
${i.map(t=>u`<tr role="row">${t.map((t,n)=>u`<td role="cell" data-head="${e[n]??``}"${r(n)}>${t}</td>`)}</tr>
`)}</tbody>
</table></div>
${ie(t.length-i.length,t.length)}`}function D(e){return u`<dl>
${e.flatMap(([e,t])=>t===void 0?[]:[{name:e,value:t}]).map(({name:e,value:t})=>u`<div><dt>${e}</dt><dd>${t}</dd></div>
`)}</dl>
`}function O(e){let t=e.slice(0,500);return u`<ul>
${t.map(e=>u`<li>${e}</li>
`)}</ul>
${ie(e.length-t.length,e.length)}`}function ie(e,t){return e>0?A((0,o.cv)`${e} of ${t} entries left out for size; the JSON report has them.`):f}function k(e){return u`<p>${e}</p>
`}function A(e){return u`<p class="note">${e}</p>
`}function ae(e,t){return u`<h3>${e}${t===void 0?u``:u` ${t}`}</h3>
`}function j(e){return u`<code>${g(e)}</code>`}function M(e,t){return u`<span class="badge ${oe[e]}"><span aria-hidden="true">${se[e]}</span> ${t}</span>`}let oe={good:`good`,attention:`attention`,bad:`bad`,open:`open`,skipped:`skipped`},se={good:`✓`,attention:`!`,bad:`✕`,open:`?`,skipped:`–`};function ce(e){let t=(0,i.bg)(e).filter(({deployment:e})=>e.steps.length>0);if(t.length===0)return f;let n=t.flatMap(({deployment:e})=>e.steps),r=n.filter(({status:e})=>e===`Failed`).map(({name:e})=>e);return w({title:(0,o.cv)`Lifecycle events`,gist:r.length===0?String(n.length):(0,o.cv)`failed: ${r.join(`, `)}`},...t.flatMap(({name:n,deployment:r})=>[t.length>1?ae(n,j(r.id)):f,le(r,e.startedAt)]))}function le({steps:e},t){let[n,r,a]=[(0,o.cv)`Start (UTC)`,(0,o.cv)`Elapsed`,(0,o.cv)`Took`];return E([(0,o.cv)`Event`,(0,o.cv)`Status`,n,r,a,(0,o.cv)`Message`],e.map(e=>{let{name:n,status:r,startedAt:a,endedAt:o,diagnostics:s}=e;return[u`${n}`,M(ue(e),r),u`${a===void 0?`–`:(0,i.SK)(a)}`,u`${a===void 0?`–`:(0,S.v)(a-t)}`,u`${a===void 0||o===void 0?`–`:(0,S.p)(o-a)}`,_(s?.message??``)]}),[n,r,a])}function ue({status:e}){switch(e){case`Succeeded`:return`good`;case`Failed`:return`bad`;case`InProgress`:return`open`;default:return`skipped`}}let de={OK:`good`,NG:`bad`,SKIP:`skipped`,WARN:`attention`};function fe({preflight:e,outcome:t}){if(e.length===0)return f;let n=[`NG`,`WARN`,`SKIP`,`OK`].map(t=>({verdict:t,own:e.filter(e=>e.verdict===t).length})).filter(({own:e})=>e>0).map(({verdict:e,own:t})=>`${t} ${e}`);return w({title:(0,o.cv)`Pre-flight`,gist:n.join(`, `),isOpen:t===`refused`||t===`planned`},E([(0,o.cv)`Check`,(0,o.cv)`Why`],e.map(({name:e,verdict:t,reason:n})=>[u`${M(de[t],t)} ${(0,ne.I)(e)}`,_(n)])))}function pe(e){let{timeline:t}=e;if(t.length===0)return f;let n={rollbackDeploymentId:e.rollbackDeployment?.id},[r,a]=[(0,o.cv)`At (UTC)`,(0,o.cv)`Elapsed`];return w({title:(0,o.cv)`Timeline`,gist:String(t.length)},E([r,a,(0,o.cv)`What`,(0,o.cv)`Detail`],t.map(t=>{let{subject:r,detail:a}=(0,re.C)(t,n);return[u`${(0,i.SK)(t.at)}`,u`${(0,S.v)(t.at-e.startedAt)}`,u`${r}`,_(a)]}),[r,a]))}var me=n(90445),he=n(20053),N=n(33475);function ge({decision:e,where:t}){if(!e)return f;let{state:n,by:r,breakGlass:a,openedAt:s,decidedAt:c,reason:l,votes:d,effect:p,head:m}=e,h=n===`APPROVED`?`good`:n===`PENDING`?`open`:`bad`,g=(0,N.yP)(e),v=c===void 0?void 0:(0,S.p)(c-s);return w({title:(0,o.cv)`Decision`,gist:[(0,i._C)(n),g].filter(e=>e!==void 0).join(`, `)},D([[(0,o.cv)`Decision`,M(h,(0,i._C)(n))],[(0,o.cv)`By`,g===void 0?void 0:u`${g}`],[(0,o.cv)`Break-glass`,a?M(`attention`,(0,o.cv)`approved against the rules of the gate`):void 0],[(0,o.cv)`Reason`,l===void 0?void 0:_(l)],[(0,o.cv)`Gate opened`,u`${(0,i.n$)(s)} UTC`],[(0,o.cv)`Decided`,c===void 0||v===void 0?void 0:u`${(0,o.cv)`${(0,i.n$)(c)} UTC, after ${v}`}`],[(0,o.cv)`Approvals`,d.length>1||d.length===1&&r.length!==1?u`${d.map(({id:e,name:t,at:n})=>(0,o.cv)`${(0,N.eZ)([{id:e,name:t}])} at ${(0,i.n$)(n)}`).join(`; `)}`:void 0],[(0,o.cv)`Asked for by`,u`${_e(e)}`],[t.sides?(0,o.cv)`Traffic`:`CodeDeploy`,p===`LATE`?M(`bad`,t.sides?(0,o.cv)`the traffic no longer waited for the decision`:(0,o.cv)`no longer waited when it was told`):void 0],[(0,o.cv)`On record`,m===void 0?void 0:j(m)]]))}function _e({requester:{logins:e,verified:t,why:n}}){let r=e.length===0?(0,o.cv)`not known`:e.join(`, `);return t?(0,o.cv)`${r}, proven by GitHub's token`:n===void 0?(0,o.cv)`${r}, not proven`:(0,o.cv)`${r}, not proven (${n})`}let ve={done:`good`,attention:`attention`,failed:`bad`,open:`open`,skipped:`skipped`};function P(e){switch(e){case`done`:return(0,o.cv)`done`;case`attention`:return(0,o.cv)`to look at`;case`failed`:return(0,o.cv)`failed`;case`open`:return(0,o.cv)`open`;case`skipped`:return(0,o.cv)`n/a`}}function ye(e){let t=(0,he.D)(e);return w({title:(0,o.cv)`Checklist`,gist:be(t)},u`<ul class="checklist">
${t.map(({what:t,state:n,detail:r})=>u`<li>${M(ve[n],P(n))}<span><b>${(0,me.A)(t,e.deployment?.sides)}</b> <span class="detail">${_(r)}</span></span></li>\n`)}</ul>
`)}function be(e){return[`failed`,`attention`,`open`,`done`,`skipped`].map(t=>({state:t,found:e.filter(e=>e.state===t).length})).filter(({found:e})=>e>0).map(({state:e,found:t})=>`${t} ${P(e)}`).join(`, `)}var F=n(22983);function I({from:e,until:t},n){let r=(n-e)/Math.max(1,t-e)*100;return Math.round(Math.min(100,Math.max(0,r))*1e3)/1e3}function L({from:e,until:t},n){return n>=e&&n<=t}let R=1e3,z=60*R,B=60*z,xe=[...[1,2,5,10,15,30].map(e=>e*R),...[1,2,5,10,15,30].map(e=>e*z),...[1,2,3,6,12,24].map(e=>e*B)];function Se(e){let t=e.until-e.from,n=xe.find(e=>t/e<=8)??Math.ceil(t/8/(24*B))*24*B,r=Math.ceil(e.from/n)*n;return Array.from({length:9},(e,t)=>r+t*n).filter(t=>{let n=I(e,t);return t<=e.until&&n>=3&&n<=97}).map(e=>({at:e,label:n<z?(0,i.SK)(e):(0,i.SK)(e).slice(0,5)}))}function V(e,{height:t,max:n}){let r=Math.min(1,Math.max(0,e/n));return Math.round((7+t*(1-r))*10)/10}function H(e,t){let{title:n,description:r,height:i,max:a,label:o,legend:s=[],marks:c}=t,l=`${e.id}-${t.id}`,d=i<40?[0,a]:[0,a/2,a],f=i+14;return u`<figure class="chart">
<figcaption><span>${n}</span>${U(s)}</figcaption>
<div class="plot"><svg class="levels" height="${f}" aria-hidden="true">${d.map(e=>u`<text x="100%" y="${V(e,t)}" dy="0.32em">${o(e)}</text>`)}</svg><svg class="picture" height="${f}" role="img" aria-labelledby="${l}-title" aria-describedby="${l}-description"><title id="${l}-title">${n}</title><desc id="${l}-description">${r}</desc>
${d.map(e=>u`<line class="grid" x2="100%" y1="${V(e,t)}" y2="${V(e,t)}"/>`)}
${c}
${W(e,f)}</svg></div>
</figure>
`}function U(e){return e.map(([e,t])=>u`<span class="key"><svg width="12" height="12" aria-hidden="true"><rect class="${e}" width="12" height="12" rx="2"/></svg>${t}</span>`)}function W({span:e,moments:t},n){return t.filter(({at:t})=>L(e,t)).map(({at:t,kind:r})=>{let i=I(e,t);return u`<line class="moment ${r}" x1="${i}%" x2="${i}%" y2="${n}"/>`})}function G({span:e}){return u`<div class="plot axis"><span class="levels">UTC</span><svg class="picture" height="18" aria-hidden="true">${Se(e).map(({at:t,label:n},r)=>u`<text class="${r%2==1?`tick wide`:`tick`}" x="${I(e,t)}%" y="13">${n}</text>`)}</svg></div>
`}var K=n(7487);let Ce=[`healthy-hosts`,`response-time`,`target-5xx`,`target-4xx`,`requests`];function we(e,{series:t},n){return Ce.flatMap(r=>{let i=t.filter(e=>e.metric===r).map(t=>({...t,points:Te(t.points,e)})).filter(({points:e})=>e.length>0);return i.length===0?[]:[Ee(e,`metric-${n}-${r}`,(0,F.yh)(r),i)]})}function Te(e,{span:t}){return e.filter(({at:e})=>L(t,e)).slice(-480)}function Ee(e,t,n,r){let a=r.flatMap(({points:e})=>e.map(({value:e})=>e)),s={height:60,max:Math.max(2,(0,K.Te)(a.reduce((e,t)=>Math.max(e,t),0)))},c=r.some(({unit:e})=>e===`ms`),l=c?i.Rz:i.U9;return H(e,{...s,id:t,title:c?n:(0,o.cv)`${n}, by the minute`,description:r.map(e=>`${(0,F.H)(e.side)}: ${q(e.points,l)}.`).join(` `),label:l,legend:r.map(({side:e})=>[e,(0,F.H)(e)]),marks:r.flatMap(t=>De(e,s,t,l))})}function q(e,t){let n=e.map(({value:e})=>e),r=n.reduce((e,t)=>Math.min(e,t),1/0),i=n.reduce((e,t)=>Math.max(e,t),-1/0);return r===i?t(r):(0,o.cv)`${t(r)} to ${t(i)}`}function De({span:e},t,{points:n,side:r},a){let o=n.map(({at:n,value:r})=>({at:n,value:r,x:I(e,n),y:V(r,t)})),s=o.flatMap(({x:e,y:t},n)=>{let i=o[n+1];return i?[u`<line class="course ${r}" x1="${e}%" y1="${t}" x2="${i.x}%" y2="${i.y}"/>\n`]:[]}),c=o.map(({at:e,value:t,x:n,y:o})=>u`<circle class="mark ${r}" cx="${n}%" cy="${o}" r="2.5"><title>${(0,F.H)(r)}, ${(0,i.SK)(e)}: ${a(t)}</title></circle>\n`);return[...s,...c]}function Oe({steps:e,failures:t,failed:n}){let r=e.flatMap((t,n)=>{let r=e[n+1];return r?[{from:t.at,until:r.at,what:r.what}]:[]}),[a]=e,s=e.at(-1);if(a===void 0||s===void 0||r.length===0)return f;let c=t.map(({at:e})=>e),l={from:a.at,until:Math.max(s.at,...c)},d=(r.length+ +(n>0))*24,p=r.length*24;return u`<figure class="chart">
<figcaption><span>${(0,o.cv)`From the stop until healthy: ${(0,S.p)(s.at-a.at)}`}</span></figcaption>
<div class="plot wide-levels"><svg class="levels" height="${d}" aria-hidden="true">${r.map(({what:e},t)=>u`<text x="100%" y="${t*24+9}" dy="0.32em">${(0,F.c9)(e)}</text>`)}${n>0?u`<text x="100%" y="${p+9}" dy="0.32em">${(0,o.cv)`failed`}</text>`:f}</svg><svg class="picture" height="${d}" role="img" aria-label="${(0,o.cv)`How long each step of the recovery took; the table has the same figures.`}">
${r.map(({from:e,until:t,what:n},r)=>{let a=I(l,e),s=Math.round((I(l,t)-a)*1e3)/1e3,c=a+s>70;return u`<rect class="mark shift" x="${a}%" width="${s}%" y="${r*24+2}" height="14" rx="2"><title>${(0,o.cv)`${(0,F.c9)(n)} at ${(0,i.SK)(t)}, after ${(0,S.p)(t-e)}`}</title></rect><text class="value" x="${c?a:a+s}%" dx="${c?-6:6}" y="${r*24+9}" dy="0.32em" text-anchor="${c?`end`:`start`}">${(0,S.p)(t-e)}</text>\n`})}${t.map(({at:e,reason:t})=>u`<rect class="mark failure" x="${I(l,e)}%" width="2" y="${p+2}" height="14"><title>${(0,i.SK)(e)}: ${t}</title></rect>\n`)}</svg></div>
</figure>
`}var J=n(58882);let Y=[`blue`,`green`,`latency`,`event`];function X(e){return[...new Set(e.flatMap(({byVersion:e})=>Object.keys(e)))]}function ke(e,{seconds:t},n){let r=t.filter(({at:t})=>L(e.span,t)),a=X(r);if(a.length===0)return[];let{columns:s,widthMs:c}=(0,J.xe)(r,K.Yw),l=Math.max(...s.map(({byVersion:e})=>je(Object.values(e)))),d={height:56,max:Math.max(1,(0,K.Te)(l))},f=s.flatMap(({at:t,byVersion:n})=>{let r=I(e.span,t),s=Me(I(e.span,t+c)-r),l=0;return a.flatMap((e,a)=>{let c=n[e]??0;if(c===0)return[];let f=V(l,d);l+=c;let p=V(l,d),m=(0,o.cv)`${(0,i.SK)(t)}: ${(0,i.U9)(c)} answers by ${e}`;return[u`<rect class="area ${Ae(a)}" x="${r}%" width="${s}%" y="${p}" height="${Me(f-p)}"><title>${m}</title></rect>\n`]})});return[H(e,{...d,id:`versions-${n}`,title:(0,o.cv)`Answers in each ${c/1e3} s, by version`,description:a.map(e=>(0,o.cv)`${(0,i.U9)(je(r.map(t=>t.byVersion[e]??0)))} answers by ${e}`).join(`, `),label:i.U9,legend:a.map((e,t)=>[Ae(t),e]),marks:f})]}function Ae(e){return Y[Math.min(e,Y.length-1)]??`event`}function je(e){return e.reduce((e,t)=>e+t,0)}function Me(e){return Math.round(e*1e3)/1e3}var Z=n(99542);function Ne(e){let{thresholds:t,checks:n,script:r}=e;return[D((0,Z.mM)(e).map(([e,t])=>[e,u`${t}`])),...Pe(t),...n.length===0?[]:[Fe(n)],...Le(e),...r===void 0?[]:Re(r)]}function Pe(e){let t=(0,o.cv)`Measured`;return e.length===0?[]:[E([(0,o.cv)`Threshold`,t,(0,o.cv)`Verdict`],e.map(({text:e,measured:t,passed:n})=>[j(e),u`${(0,Z.pV)(t)}`,n?M(`good`,(0,o.cv)`holds`):M(`bad`,(0,o.cv)`does not hold`)]),[t])]}function Fe(e){let[t,n,r,i]=[(0,o.cv)`Passes`,(0,o.cv)`Failures`,(0,o.cv)`Share`,(0,o.cv)`Wanted`];return E([(0,o.cv)`Check`,t,n,r,i,(0,o.cv)`Verdict`],e.map(e=>{let t=(0,Z.f3)(e);return[u`${e.name}`,u`${t.passes}`,u`${t.fails}`,u`${t.share}`,u`${t.wanted}`,Ie(e)]}),[t,n,r,i])}function Ie({passes:e,fails:t,passed:n}){return e+t===0?M(`open`,(0,o.cv)`never ran`):n?t===0?M(`good`,(0,o.cv)`holds`):M(`attention`,(0,o.cv)`fails sometimes`):M(`bad`,(0,o.cv)`does not hold`)}function Le(e){let t=(0,Z.d8)(e);if(t.length===0)return[];let n=t.map(e=>[j(e.name),...(0,Z.u5)(e).map(e=>u`${e}`)]),r=[(0,o.cv)`Trend`,...Z.gS],[i=[],...a]=n;return[E(r,[i],Z.gS),...a.length===0?[]:[T((0,o.cv)`Further trends: ${a.length}`,E(r,a,Z.gS))]]}function Re({errors:e,closing:t}){return[...e.length===0?[]:[T((0,o.cv)`Errors that the script logged: ${(0,i.U9)(e.reduce((e,{times:t})=>e+t,0))}`,O(e.map(({text:e,times:t})=>u`${t>1?`${(0,i.U9)(t)} × `:``}${e}`)))],...t===``?[]:[T((0,o.cv)`What k6 printed at its end`,u`<pre tabindex="0">${t}</pre>
`)]]}let ze={passed:`good`,failed:`bad`,unknown:`open`,skipped:`skipped`};function Be({evidence:e},t){return e.length===0?f:C((0,o.cv)`Evidence`,u`<div class="pieces">
${e.map((e,n)=>Ve(e,t,n))}</div>
`)}function Ve(e,t,n){let{name:r,verdict:i,summary:a}=e,o=He(e,t,n),s=u`<span class="piece"><b>${r}</b> ${M(ze[i],(0,F.L2)(i))} <span class="detail">${(0,F.Cp)(e)}</span></span><span class="figure">${_(a)}</span>`;return o.length===0?u`<div class="bare">${s}</div>
`:u`<details>
<summary>${s}</summary>
<div class="inside">${o}</div>
</details>
`}function He(e,t,n){switch(e.section){case`checks`:return Ue((0,o.cv)`Route`,e.rows);case`flow`:return Ue((0,o.cv)`Step`,e.steps);case`load`:return Ne(e);case`availability`:return We(e,t,n);case`metrics`:return qe(e,t,n);case`recovery`:return Ye(e)}}function Ue(e,t){if(t.length===0)return[];let[n,r]=[(0,o.cv)`Status`,(0,o.cv)`Time`];return[E([e,(0,o.cv)`Endpoint`,n,r,(0,o.cv)`Verdict`,(0,o.cv)`Not as expected`],t.map(({name:e,method:t,path:n,status:r,ms:a,verdict:s,attempts:c,problems:l})=>[u`${e}`,j(`${t} ${n}`),u`${r??`–`}`,u`${a===void 0?`–`:(0,i.Rz)(a)}`,M(ze[s],c>1?(0,o.cv)`${(0,F.L2)(s)} after ${c} attempts`:(0,F.L2)(s)),_(l.join(`; `))]),[n,r])]}function We(e,t,n){let{phases:r}=e,i=t?ke(t,e,n):[];return[...i,t&&i.length>0?G(t):f,...r.length===0?[]:[Ke(r)],...Ge(e)]}function Ge({failures:e,failed:t}){let n=e.slice(0,50);return n.length===0?[]:[T((0,o.cv)`Failures: ${(0,i.U9)(t)}`,O(n.map(({at:e,reason:t})=>u`${(0,i.SK)(e)} ${_(t)}`)),t>n.length?A((0,o.cv)`and ${(0,i.U9)(t-n.length)} more failures`):f)]}function Ke(e){let t=(0,o.cv)`From (UTC)`,[n,r,a,s]=[(0,o.cv)`Requests`,(0,o.cv)`Failed`,(0,o.cv)`Median`,(0,o.cv)`Max`];return E([(0,o.cv)`Phase`,t,n,r,a,`p99`,s,(0,o.cv)`By version`],e.map(({name:e,from:t,total:n,failed:r,byVersion:a,latency:o})=>[u`${(0,F.$i)(e)}`,u`${(0,i.SK)(t)}`,u`${(0,i.U9)(n)}`,r===0?u`0`:M(`bad`,(0,i.U9)(r)),...[o?.med,o?.p99,o?.max].map(e=>u`${e===void 0?`–`:(0,i.Rz)(e)}`),u`${Object.entries(a).map(([e,t])=>`${e}: ${(0,i.U9)(t)}`).join(`, `)}`]),[t,n,r,a,`p99`,s])}function qe(e,t,n){let{series:r,alarms:a}=e,s=t?we(t,e,n):[],c=r.filter(({points:e})=>e.length>0),[l,d]=[(0,o.cv)`By the minute`,(0,o.cv)`Last`];return[...s,t&&s.length>0?G(t):f,...c.length===0?[]:[E([(0,o.cv)`Metric`,(0,o.cv)`Side`,l,d],c.map(({metric:e,side:t,unit:n,points:r})=>{let a=n===`ms`?i.Rz:i.U9;return[u`${(0,F.yh)(e)}`,u`${(0,F.H)(t)}`,u`${q(r,a)}`,u`${a(r.at(-1)?.value??0)}`]}),[l,d]),T((0,o.cv)`Every minute as a table`,Je(c))],...a.length===0?[]:[E([(0,o.cv)`Alarm`,(0,o.cv)`State`],a.map(({name:e,state:t})=>[j(e),M(t===`OK`?`good`:t===`ALARM`?`bad`:`open`,t)]))]]}function Je(e){let t=[...new Set(e.flatMap(({points:e})=>e.map(({at:e})=>e)))].sort((e,t)=>e-t),n=e.map(({points:e})=>new Map(e.map(({at:e,value:t})=>[e,t]))),r=e.map(({metric:e,side:t})=>`${(0,F.yh)(e)}, ${(0,F.H)(t)}`);return E([(0,o.cv)`At (UTC)`,...r],t.map(t=>[u`${(0,i.SK)(t)}`,...e.map(({unit:e},r)=>{let a=n[r]?.get(t),o=e===`ms`?i.Rz:i.U9;return u`${a===void 0?`–`:o(a)}`})]),r)}function Ye(e){let{side:t,tasks:n,stoppedTask:r,steps:a,requests:s,failed:c,maxFailureRate:l}=e,d=a[0]?.at,[f,p]=[(0,o.cv)`At (UTC)`,(0,o.cv)`After the stop`];return[D([[(0,o.cv)`Side`,u`${(0,F.H)(t)}`],[(0,o.cv)`Tasks`,n===0?void 0:u`${(0,i.U9)(n)}`],[(0,o.cv)`Stopped task`,r===``?void 0:j((0,i.EU)(r))],[(0,o.cv)`Requests meanwhile`,u`${l===void 0?(0,o.cv)`${(0,i.U9)(c)} of ${(0,i.U9)(s)} failed`:(0,o.cv)`${(0,i.U9)(c)} of ${(0,i.U9)(s)} failed, at most ${(0,i.KN)(l)} may`}`]]),Oe(e),...d===void 0?[]:[E([(0,o.cv)`Seen`,f,p],a.map(e=>[u`${(0,F.c9)(e.what)}`,u`${(0,i.SK)(e.at)}`,u`${(0,S.p)(e.at-d)}`]),[f,p])],...Ge(e)]}var Xe=n(96242);function Ze(e){let t=(0,Xe.v)(e);return t.length===0?f:u`<dl class="tiles" aria-label="${(0,o.cv)`At a glance`}">
${t.map($e)}</dl>
`}let Qe={good:`✓ `,attention:`! `,bad:`✕ `,plain:``};function $e({label:e,value:t,detail:n,kind:r}){return u`<div class="tile ${r}"><dt>${e}</dt><dd><span class="value"><span aria-hidden="true">${Qe[r]}</span>${t}</span>${n===void 0?f:u`<span class="detail">${n}</span>`}</dd></div>
`}var et=n(69739);function tt({oneOffTask:e}){if(!e)return f;let{createdAt:t,stoppedAt:n,containers:r}=e,a=e.status===`STOPPED`,s=a&&(0,et.g)(e)!==void 0,c=(0,o.cv)`Exit code`;return w({title:(0,o.cv)`One-off task`,gist:a?s?(0,o.cv)`failed`:(0,o.cv)`succeeded`:e.status,isOpen:s},D([[(0,o.cv)`Task`,p(j((0,i.EU)(e.taskArn)),e.consoleUrl)],[(0,o.cv)`Result`,nt(e)],[(0,o.cv)`Started`,t===void 0?void 0:u`${(0,i.n$)(t)} UTC`],[(0,o.cv)`Took`,t===void 0||n===void 0?void 0:u`${(0,S.p)(n-t)}`]]),r.length===0?f:E([(0,o.cv)`Container`,c,(0,o.cv)`Reason`],r.map(({name:e,exitCode:t,reason:n})=>[j(e),u`${t===void 0?`–`:String(t)}`,u`${n??``}`]),[c]))}function nt(e){if(e.status!==`STOPPED`)return M(`open`,e.status);let t=(0,et.g)(e);return t===void 0?M(`good`,(0,o.cv)`succeeded`):u`${M(`bad`,(0,o.cv)`failed`)} ${t}`}var rt=n(12062),it=n(39377);function at(e,t){let n=(0,i.bg)(t).filter(({deployment:e})=>e.steps.length>0),r=lt(e),a=22+n.length*22+4;if(n.length===0&&r.length===0)return f;let s=`${e.id}-lifecycle`,c=n.some(({deployment:e})=>e.steps.some(({status:e})=>e===`Failed`)),l=e=>n.some(({deployment:t})=>(0,it.gV)(t,e)?.startedAt!==void 0),d=[...l(`gate`)?[[`gate`,(0,o.cv)`waiting at the gate`]]:[],...l(`shift`)?[[`shift`,(0,o.cv)`traffic moves`]]:[],...c?[[`failed`,(0,o.cv)`failed: a stripe below`]]:[]],p=(0,o.cv)`Lifecycle`,m=({id:e})=>e===t.rollbackDeployment?.id?(0,o.cv)`back`:(0,o.cv)`release`;return u`<figure class="chart">
<figcaption><span>${p}</span>${U(d)}</figcaption>
<div class="plot"><svg class="levels" height="${a}" aria-hidden="true">${n.map(({deployment:e},t)=>u`<text x="100%" y="${22+t*22+9}" dy="0.32em">${m(e)}</text>`)}</svg><svg class="picture" height="${a}" role="img" aria-labelledby="${s}-title" aria-describedby="${s}-description"><title id="${s}-title">${p}</title><desc id="${s}-description">${(0,o.cv)`The lifecycle events of the deployment and of its rollback as bars; the table of lifecycle events has the times.`}</desc>
${W(e,a)}
${n.map(({deployment:n},r)=>dt(e,n,t,22+r*22))}
${ut(e,r).map(t=>ot(e,t))}</svg></div>
</figure>
`}function ot(e,t){let[n]=t,r=t.at(-1);if(n===void 0||r===void 0)return f;let a=t.some(({kind:e})=>e===`bad`),o=t.every(({kind:e})=>e===`good`),s=n===r?String(n.number):`${n.number}–${r.number}`,c=10+s.length*6,l=I(e.span,(n.at+r.at)/2),d=Math.round(-c*st(l)*10)/10;return u`<svg class="number ${a?`bad`:o?`good`:`plain`}" x="${l}%" overflow="visible"><title>${t.map(({at:e,what:t})=>`${(0,i.SK)(e)} ${t}`).join(`; `)}</title><rect x="${d}" y="2" width="${c}" height="16" rx="8"/><text x="${d+c/2}" y="10" dy="0.35em">${s}</text></svg>
`}function st(e){return e<Q?e/Q*.5:e>100-Q?1-(100-e)/Q*.5:.5}let Q=5;function ct(e){let t=lt(e);return t.length===0?f:u`<ol class="moments">
${t.map(({at:e,what:t,kind:n,number:r})=>u`<li value="${r}"><span class="dot ${n}" aria-hidden="true">${r}</span><time>${(0,i.SK)(e)}</time> <span>${t}</span></li>\n`)}</ol>
`}function lt({span:e,moments:t}){return t.flatMap((t,n)=>L(e,t.at)?[{...t,number:n+1}]:[])}function ut({span:e},t){let n=[];for(let r of t){let t=n.at(-1),[i]=t??[],a=i&&I(e,r.at)-I(e,i.at)<14;t&&a?t.push(r):n.push([r])}return n}function dt({span:e},t,n,r){let a=t.id===n.rollbackDeployment?.id,o=(0,K.I$)(n).filter(({name:e})=>e===`rollback`===a);return u`${t.steps.flatMap(t=>{let{name:a,stage:s,status:c,startedAt:l,endedAt:d}=t,p=Math.max(l??0,d??n.endedAt);if(l===void 0||p<e.from||l>e.until)return[];let m=I(e,l),h=Math.round((I(e,p)-m)*1e3)/1e3,g=u`x="${m}%" width="${h}%"`,_=`${a} ${c}, ${(0,i.SK)(l)}, ${(0,S.p)(p-l)}`,v=o.find(e=>ft({from:l,until:p},e));return[u`<svg class="bar" ${g} y="${r}" height="${18}"><title>${_}</title><rect class="${mt(s)}" width="100%" height="100%" rx="2"/>${v===void 0?f:pt((0,K.V2)(v.name),h)}</svg>\n`,c===`Failed`?u`<rect class="failed" ${g} y="${r+18-4}" height="4"><title>${_}</title></rect>\n`:f]})}`}function ft(e,t){return e.from>=t.from&&e.until<=t.until&&e.until-e.from>(t.until-t.from)/2}function pt(e,t){let n=10+Array.from(e).reduce((e,t)=>e+(t>`ᄀ`?11:6.5),0);return t*8.3<n?f:u`<text${t*2.7<n?u` class="wide"`:f} x="50%" y="50%" dy="0.35em">${e}</text>`}function mt(e){return e===`gate`||e===`shift`?e:`event`}function ht(e,t,n){if(t.every(({green:e})=>e===0))return A((0,o.cv)`All production traffic stayed on ${n?.from.name??(0,o.cv)`blue`}.`);let r={blue:n?.from.name??(0,o.cv)`blue`,green:n?.to.name??(0,o.cv)`green`},{span:a}=e,s={height:56,max:100},c=t.map(({at:e,green:n},r)=>({from:e,until:t[r+1]?.at??a.until,green:n})).filter(({from:e,until:t})=>t>a.from&&e<a.until),l=c.flatMap(({from:e,until:t,green:n})=>{let c=I(a,e),l=$(I(a,t)-c),d=(e,t,n,r,i)=>t>0?[u`<rect class="area ${e}" x="${c}%" width="${l}%" y="${r}" height="${$(i-r)}"><title>${n}</title></rect>\n`]:[],f=V(n,s),p=$(100-n),m=(0,i.SK)(e);return[...d(`blue`,p,(0,o.cv)`${p} % ${r.blue} from ${m}`,V(100,s),f),...d(`green`,n,(0,o.cv)`${$(n)} % ${r.green} from ${m}`,f,V(0,s))]});return H(e,{...s,id:`traffic`,title:(0,o.cv)`Production traffic`,description:c.map(({from:e,green:t})=>(0,o.cv)`${$(t)} % ${r.green} from ${(0,i.SK)(e)}`).join(`, `),label:e=>`${e} %`,legend:[[`blue`,n?(0,o.cv)`${r.blue}, before`:(0,o.cv)`blue, before`],[`green`,n?(0,o.cv)`${r.green}, new`:(0,o.cv)`green, new`]],marks:l})}function gt(e,{seconds:t},n){let r=t.filter(({at:t})=>L(e.span,t));if(r.length===0)return[];let i=(0,J.xe)(r,K.Yw);return[_t(e,i,n),vt(e,i,n)]}function _t(e,{columns:t,widthMs:n},r){let a=t.reduce((e,t)=>t.slowestMs>e.slowestMs?t:e),{top:s,most:c,isCut:l}=(0,K.tl)(t.map(({slowestMs:e})=>e)),u={height:56,max:s},d=n/1e3;return H(e,{...u,id:`latency-${r}`,title:l?(0,o.cv)`Slowest answer in each ${d} s, cut at ${(0,i.Rz)(s)} of ${(0,i.Rz)(c)}`:(0,o.cv)`Slowest answer in each ${d} s`,description:(0,o.cv)`The slowest of all took ${(0,i.Rz)(a.slowestMs)}, at ${(0,i.SK)(a.at)}.`,label:i.Rz,marks:t.map(t=>yt(e.span,u,`latency`,t,n,t.slowestMs))})}function vt(e,{columns:t,widthMs:n},r){let a=t.filter(({failed:e})=>e>0),s=a.reduce((e,{failed:t})=>Math.max(e,t),0),c=t.reduce((e,t)=>e+t.total,0),l=a.reduce((e,t)=>e+t.failed,0),[u]=a;if(u===void 0)return A((0,o.cv)`None of ${(0,i.U9)(c)} requests failed.`);let d={height:28,max:Math.max(1,(0,K.Te)(s))};return H(e,{...d,id:`failures-${r}`,title:(0,o.cv)`Failed requests in each ${n/1e3} s: ${(0,i.U9)(l)} of ${(0,i.U9)(c)}`,description:(0,o.cv)`The first at ${(0,i.SK)(u.at)}.`,label:i.U9,marks:a.map(t=>yt(e.span,d,`failure`,t,n,t.failed))})}function yt(e,t,n,{at:r,total:a,failed:s,slowestMs:c},l,d){let f=I(e,r),p=$(I(e,r+l)-f),m=V(d,t),h=(0,o.cv)`${(0,i.SK)(r)}: ${(0,i.U9)(s)} of ${(0,i.U9)(a)} requests failed, slowest ${(0,i.Rz)(c)}`;return u`<rect class="mark ${n}" x="${f}%" width="${p}%" y="${m}" height="${$(V(0,t)-m)}"><title>${h}</title></rect>\n`}function $(e){return Math.round(e*1e3)/1e3}function bt(e){let t=(0,K.ic)(e);return t&&{id:`whole`,span:t,moments:(0,rt.a)(e)}}function xt(e,t){if(t===void 0)return f;let n=Tt(e,t.span);return C((0,o.cv)`The release over time`,St(e,t),ct(t),n===void 0?f:T((0,o.cv)`Closer: while traffic moved`,St(e,{...t,id:`shift`,span:n})),Ct(e))}function St(e,t){let n=(0,J.Be)(e);return u`${at(t,e)}${n.length>0?ht(t,n,e.deployment?.sides):f}${(0,K.Od)(e).flatMap((e,n)=>gt(t,e,n))}${G(t)}`}function Ct(e){let t=(0,J.Be)(e),n=(0,o.cv)`At (UTC)`,[r,a]=[(0,o.cv)`Green`,(0,o.cv)`Blue`],s=[...t.length===0?[]:[E([n,r,a],t.map(e=>[u`${(0,i.SK)(e.at)}`,u`${Math.round(e.green*10)/10} %`,u`${Math.round((100-e.green)*10)/10} %`]),[r,a])],...(0,K.Od)(e).flatMap(({seconds:e})=>wt(e))];return s.length===0?f:T((0,o.cv)`The figures of the charts as tables`,...s)}function wt(e){let{columns:t,widthMs:n}=(0,J.xe)(e,60),[r,a,s]=[(0,o.cv)`Requests`,(0,o.cv)`Failed`,(0,o.cv)`Slowest`],c=X(t);return t.length===0?[]:[E([(0,o.cv)`${n/1e3} s from (UTC)`,r,a,s,...c],t.map(e=>[u`${(0,i.SK)(e.at)}`,u`${(0,i.U9)(e.total)}`,u`${(0,i.U9)(e.failed)}`,u`${(0,i.Rz)(e.slowestMs)}`,...c.map(t=>u`${(0,i.U9)(e.byVersion[t]??0)}`)]),[r,a,s,...c])]}function Tt({deployment:e,rollbackDeployment:t},n){let r=e&&(0,it.gV)(e,`shift`),i=r?.startedAt;if(i===void 0)return;let a=Math.max(r?.endedAt??n.until,t?.completedAt??0),o=Math.max(5e3,(a-i)*.15),s={from:Math.max(n.from,i-o),until:Math.min(n.until,a+o)},c=(s.until-s.from)/(n.until-n.from);return s.until>s.from&&c<=.3?s:void 0}var Et=n(21033);function Dt(e){let{where:t,taskDefinition:n,deployment:r,rollbackDeployment:a}=e,s=n?.changes.filter(({path:e})=>e.endsWith(`.image`))??[],c=(0,S.p)(e.endedAt-e.startedAt);return w({title:(0,o.cv)`Release`,gist:jt(e)},D([[(0,o.cv)`Service`,t.service===``?void 0:j(t.service)],[(0,o.cv)`Cluster`,t.service===``?void 0:Ot(e)],[(0,o.cv)`Images`,s.length===0?void 0:u`${s.map(At)}`],[(0,o.cv)`Revision`,jt(e)],[(0,o.cv)`Deployment`,r&&u`${p(j(r.id),r.consoleUrl)} ${r.status}${t.deploymentConfig===void 0?f:u`, ${j(t.deploymentConfig)}`}`],[(0,o.cv)`Rollback`,a&&u`${p(j(a.id),a.consoleUrl)} ${a.status}`],[(0,o.cv)`Commit`,kt(e)],[(0,o.cv)`Run`,Mt(e)],[(0,o.cv)`Time`,u`${(0,o.cv)`${(0,i.n$)(e.startedAt)} to ${(0,i.n$)(e.endedAt)} UTC, ${c}`}`],[(0,o.cv)`AWS console`,Nt(e)]]))}function Ot({where:{cluster:e,region:t}}){return t===void 0?j(e):u`${j(e)}, ${t}`}function kt({trigger:{sha:e,ref:t,commitUrl:n}}){if(e===void 0)return;let r=p(j(e.slice(0,7)),n);return t===void 0?r:h((0,o.cv)`${`{0}`} on ${`{1}`}`,r,j(t))}function At({path:e,before:t,after:n}){let r=/^containerDefinitions\[(.*)\]\.image$/.exec(e)?.[1]??e,i=e=>e===void 0?u`${(0,o.cv)`none`}`:j(e);return u`<div>${r}: ${i(t)} → ${i(n)}</div>`}function jt({taskDefinition:e,outcome:t}){if(!e)return;let{runningArn:n,arn:r,reused:a}=e;if(a){let e=j((0,i.EU)(r??n??``));return h((0,o.cv)`${`{0}`}, reused: nothing changed`,e)}let s=n===void 0?u`${(0,o.cv)`unknown`}`:j((0,i.EU)(n)),c=t===`planned`?(0,o.cv)`a new revision`:(0,o.cv)`no revision registered`;return u`${s} → ${r===void 0?c:j((0,i.EU)(r))}`}function Mt({trigger:e}){let{runId:t,runUrl:n,runAttempt:r,actor:i,triggeringActor:a,event:s}=e,c=[...t===void 0?[]:[p(r===void 0||r===`1`?(0,o.cv)`run ${t}`:(0,o.cv)`run ${t}, attempt ${r}`,n)],...i===void 0?[]:[u`${(0,o.cv)`by ${i}`}`],...a===void 0||a===i?[]:[u`${(0,o.cv)`re-run by ${a}`}`],...s===void 0?[]:[u`(${s})`]];return c.length===0?void 0:m(c,` `)}function Nt({where:e}){let t=e.consoleLinks.map(({label:e,url:t})=>p(e,t));return t.length===0?void 0:m(t,` · `)}function Pt({taskDefinition:e,outcome:t}){if(!e||e.changes.length===0)return f;let n=e=>e===void 0?u`<span class="detail">${(0,o.cv)`not shown`}</span>`:j(e);return w({title:(0,o.cv)`What changed`,gist:String(e.changes.length),isOpen:t===`planned`},E([(0,o.cv)`Field`,(0,o.cv)`Change`,(0,o.cv)`Before`,(0,o.cv)`After`],e.changes.map(({path:e,kind:t,before:r,after:i})=>[j(e),u`${Ft(t)}`,t===`added`?u`–`:n(r),t===`removed`?u`–`:n(i)])))}function Ft(e){switch(e){case`added`:return(0,o.cv)`added`;case`removed`:return(0,o.cv)`removed`;case`changed`:return(0,o.cv)`changed`}}function It({warnings:e}){return e.length===0?f:w({title:(0,o.cv)`Warnings`,gist:M(`attention`,String(e.length))},O(e.map(_)))}function Lt(){return A((0,o.cv)`Times are UTC. Made by ecs-gated-deploy ${Et.x} from report.json, which has every field.`)}var Rt=n(18326),zt=n(60538);function Bt({deployment:e}){let t=e?.targets??[],n=e?.drained?(0,zt.i)(e.drained):(0,Rt.MJ)(e?.oldTasks);return t.length===0&&n===void 0?f:w({title:e?.sides?(0,o.cv)`Targets`:(0,o.cv)`Targets of green`,gist:Vt(t)},n===void 0?f:k(u`${n}`),t.length===0?f:Ut(t))}function Vt(e){let t=new Map;for(let{state:n}of e)t.set(n,(t.get(n)??0)+1);return[...t].map(([e,t])=>`${t} ${e}`).join(`, `)}let Ht={healthy:`good`,unhealthy:`bad`};function Ut(e){return E([(0,o.cv)`Target`,(0,o.cv)`State`,(0,o.cv)`Reason`,(0,o.cv)`Description`],e.map(({id:e,state:t,reason:n,description:r})=>[j(e),M(Ht[t]??`open`,t),u`${n??`–`}`,u`${r??`–`}`]))}function Wt({problems:e}){return e.length===0?f:C((0,o.cv)`Problems`,O(e.map(_)))}function Gt({diagnosis:e}){if(e===void 0)return f;let{cause:t,whereToLook:n,stoppedTasks:r,targets:a,serviceEvents:s}=e,c=n.map(({label:e,url:t})=>p(e,t));return C((0,o.cv)`Cause`,k(_(t)),c.length===0?f:k(u`${(0,o.cv)`Where to look:`} ${m(c,` · `)}`),r.length===0?f:T((0,o.cv)`Stopped tasks: ${r.length}`,Kt(r)),a.length===0?f:T((0,o.cv)`Targets: ${a.length}`,Ut(a)),s.length===0?f:T((0,o.cv)`Events of the service: ${s.length}`,E([(0,o.cv)`At (UTC)`,(0,o.cv)`Service event`],s.map(({at:e,message:t})=>[u`${(0,i.n$)(e)}`,_(t)]))))}function Kt(e){return E([(0,o.cv)`Stopped task`,(0,o.cv)`Code`,(0,o.cv)`Reason`,(0,o.cv)`Containers`],e.map(({taskArn:e,stopCode:t,stoppedReason:n,containers:r})=>[j((0,i.EU)(e)),u`${t??`–`}`,_(n??`–`),r.length===0?u`–`:u`${r.map(qt).join(`; `)}`]))}function qt({name:e,exitCode:t,reason:n}){let r=t===void 0?(0,o.cv)`${e}: exit code unknown`:(0,o.cv)`${e}: exit code ${t}`;return n===void 0?r:`${r} (${n})`}function Jt(e){return`<!doctype html>\n${Yt(e).source}`}function Yt(e){let{outcome:t,where:n}=e,[,r=``,s=``]=/^(\S+) (.*)$/u.exec((0,i.wX)(t))??[],l=n.service===``?(0,o.cv)`Release`:n.service,f=bt(e),p=`default-src 'none'; style-src 'sha256-${$t(c)}'; base-uri 'none'; form-action 'none'`;return u`<html lang="${(0,o.XT)()}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${p}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${s}: ${l}</title>
${d}
</head>
<body>
<header class="${(0,a.W)(t)?`good`:`bad`}">
<p class="where">${[l,...Zt(e),`${(0,i.n$)(e.endedAt)} UTC`].join(` · `)}</p>
<h1><span aria-hidden="true">${r}</span> ${s}</h1>
<p class="headline">${_(e.headline)}</p>
</header>
<main>
${Wt(e)}${Ze(e)}${xt(e,f)}${Gt(e)}${Be(e,f)}${Xt(e)}</main>
<footer>${Lt()}</footer>
</body>
</html>
`}function Xt(e){let t=e.outcome!==`planned`&&e.outcome!==`refused`,n=[Pt(e),fe(e)];return[...t?[]:n,It(e),ye(e),ge(e),Dt(e),...t?n.slice(0,1):[],tt(e),ce(e),e.diagnosis===void 0?Bt(e):u``,...t?n.slice(1):[],pe(e)]}function Zt({taskDefinition:e}){let[t,...n]=e?.changes.filter(({path:e})=>e.endsWith(`.image`))??[];if(t?.before===void 0||t.after===void 0||n.length>0)return[];let[r,i]=[Qt(t.before),Qt(t.after)];return[`${r} → ${r.split(`:`)[0]===i.split(`:`)[0]?i.slice(i.indexOf(`:`)+1):i}`]}function Qt(e){return(e.split(`/`).at(-1)??e).replace(/@(sha256:[0-9a-f]{12})[0-9a-f]*$/,`@$1`)}function $t(e){return(0,r.createHash)(`sha256`).update(e).digest(`base64`)}}))};