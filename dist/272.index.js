export const id=272;export const ids=[272];export const modules={67272:((function(e,t,n){n.d(t,{reportToHtml:()=>ct});var r=n(77598),i=n(18111),a=n(82641);let o=`
--ground: #fff; --raised: #f6f7f9; --line: #d8dce2; --words: #1b1f24; --quiet: #57606a; --link: #0550ae;
--blue: #06376b; --green: #1f9e78; --latency: #6b7785; --failure: #c2410c;
--event: #8b96a3; --gate: #b07d00; --good: #17663f; --attention: #8a4b00; --bad: #b3261e;
--good-ground: #e3f4ea; --attention-ground: #fdf0d9; --bad-ground: #fde8e6; --plain-ground: #eceff3;`,s=`
:root { color-scheme: light dark; ${o} }
@media (prefers-color-scheme: dark) { :root { 
--ground: #0f1318; --raised: #181d24; --line: #323a45; --words: #e8ebef; --quiet: #a3adb9; --link: #7cb8ff;
--blue: #2e75b8; --green: #8ce8c8; --latency: #93a0ae; --failure: #ff8a57;
--event: #6e7b8a; --gate: #d9a521; --good: #7ddba3; --attention: #f3c06b; --bad: #ff9a90;
--good-ground: #12301f; --attention-ground: #35270d; --bad-ground: #3d1916; --plain-ground: #242b34; } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--ground); color: var(--words);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans KR", sans-serif; overflow-wrap: anywhere; }
header, main, footer { max-width: 60rem; margin: 0 auto; padding: 0 1rem; }
header { padding-top: 2rem; }
.where { margin: 0; color: var(--quiet); font-size: .875rem; }
h1 { margin: .25rem 0 .5rem; font-size: 1.75rem; line-height: 1.2; letter-spacing: -.01em; }
header.good h1 { color: var(--good); }
header.bad h1 { color: var(--bad); }
.headline { margin: 0; font-size: 1.0625rem; max-width: 46rem; }
section, details { margin-top: 2.25rem; }
section details { margin-top: .75rem; }
h2, main > details > summary { margin: 0 0 .75rem; padding-bottom: .375rem; border-bottom: 1px solid var(--line); font-size: 1.125rem; font-weight: 600; line-height: 1.3; }
summary { cursor: pointer; }
section summary { color: var(--quiet); font-size: .875rem; }
h3 { margin: 1.5rem 0 .375rem; font-size: 1rem; line-height: 1.4; }
h3 .detail { font-weight: 400; }
p { margin: 0 0 .75rem; }
.note, .detail, .after { color: var(--quiet); }
.note, .after { font-size: .875rem; }
.after { white-space: nowrap; }
a { color: var(--link); text-underline-offset: .15em; }
code { font: .875em/1.4 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
ul { margin: 0 0 .75rem; padding-left: 1.25rem; }
dl { margin: 0 0 .75rem; }
dl > div { padding: .3rem 0; }
dt { color: var(--quiet); font-size: .875rem; }
dd { margin: 0; }
@media (min-width: 40rem) { dl > div { display: grid; grid-template-columns: 9rem 1fr; gap: 0 1rem; } dt { line-height: 1.714; } }
.checklist { list-style: none; padding: 0; }
.checklist li { display: grid; grid-template-columns: 5.5rem 1fr; gap: .75rem; align-items: start; padding: .4rem 0; }
.checklist li + li { border-top: 1px solid var(--line); }
.checklist b { font-weight: 600; }
.checklist .detail { display: block; font-size: .875rem; }
.badge { display: inline-block; padding: .0625rem .5rem; border-radius: 1rem; font-size: .8125rem; font-weight: 600; line-height: 1.45; white-space: nowrap; justify-self: start; background: var(--plain-ground); color: var(--words); }
.badge.good { background: var(--good-ground); color: var(--good); }
.badge.attention { background: var(--attention-ground); color: var(--attention); }
.badge.bad { background: var(--bad-ground); color: var(--bad); }
.scroll { overflow-x: auto; margin: 0 0 .75rem; }
.scroll:focus-visible, a:focus-visible, summary:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
table { border-collapse: collapse; width: 100%; font-size: .875rem; font-variant-numeric: tabular-nums; overflow-wrap: normal; }
th, td { padding: .4rem .75rem .4rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
th { color: var(--quiet); font-weight: 600; white-space: nowrap; }
td { max-width: 28rem; overflow-wrap: break-word; min-width: 3rem; }
td code { overflow-wrap: anywhere; display: inline-block; min-width: 9rem; }
tbody tr:last-child, tbody tr:last-child td { border-bottom: 0; }
.number { text-align: right; }
td.number { white-space: nowrap; }
.chart { margin: 0 0 .75rem; }
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
  td { overflow-wrap: anywhere; }
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
  td code { min-width: 0; }
}
.grid { stroke: var(--line); stroke-width: 1; shape-rendering: crispEdges; }
rect.blue, circle.blue { fill: var(--blue); }
rect.green, circle.green { fill: var(--green); }
rect.latency { fill: var(--latency); }
rect.failure { fill: var(--failure); stroke: var(--failure); stroke-width: 1.5; }
rect.event { fill: var(--event); }
rect.gate { fill: var(--gate); }
rect.shift { fill: var(--green); }
rect.failed { fill: var(--bad); stroke: var(--ground); stroke-width: .5; }
.bar { stroke: var(--ground); stroke-width: .5; }
.course { stroke-width: 2; }
.course.blue { stroke: var(--blue); }
.course.green { stroke: var(--green); stroke-dasharray: 6 3; }
.moment { stroke: var(--words); stroke-width: 1; stroke-dasharray: 2 3; opacity: .55; }
.moment.bad { stroke: var(--bad); opacity: 1; }
svg.number rect { fill: var(--words); }
svg.number.good rect { fill: var(--good); }
svg.number.bad rect { fill: var(--bad); }
svg.number text { fill: var(--ground); text-anchor: middle; font-size: 10px; font-weight: 700; }
.moments { list-style: none; margin: .75rem 0; padding: 0; font-size: .875rem; display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 17rem), 1fr)); gap: .25rem 1.5rem; }
.moments li { display: grid; grid-template-columns: 1.125rem auto 1fr; gap: .5rem; align-items: baseline; }
.moments time { font-variant-numeric: tabular-nums; color: var(--quiet); }
.dot { width: 1.125rem; border-radius: 50%; background: var(--words); color: var(--ground); font-size: .6875rem; font-weight: 700; line-height: 1.125rem; text-align: center; }
.dot.good { background: var(--good); }
.dot.bad { background: var(--bad); }
article + article { border-top: 1px solid var(--line); }
footer { margin-top: 2rem; padding-bottom: 2rem; }
@media print {
  :root { color-scheme: light; ${o} }
  body { font-size: 11pt; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  header, main, footer { max-width: none; padding-left: 0; padding-right: 0; }
  .scroll { overflow: visible; }
  details::details-content { content-visibility: visible; height: auto; }
  figure, tr, li, h2, h3 { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
}
`;class c{#source;constructor(e){this.#source=e}get source(){return this.#source}}function l(e,...t){let n=e[0]??``;return t.forEach((t,r)=>{n+=h(t),n+=e[r+1]??``}),new c(n)}let u=new c(`<style>${s}</style>`),d=new c(``);function f(e,t){let n=t===void 0?void 0:te(t);return n===void 0?l`${e}`:l`<a href="${n}" rel="noopener noreferrer">${e}</a>`}function p(e,t){return new c(e.map(e=>e.source).join(h(t)))}let m=2e3;function h(e){return e===void 0?``:typeof e==`number`?String(e):typeof e==`string`?_(ee(e)):e instanceof c?e.source:e.map(e=>e.source).join(``)}let g={"&":`&amp;`,"<":`&lt;`,">":`&gt;`,'"':`&quot;`,"'":`&#39;`};function _(e){return e.replace(/[^\P{Cc}\t\n]|[\u202A-\u202E\u2066-\u2069]/gu,``).toWellFormed().replace(/[&<>"']/g,e=>g[e]??``)}function ee(e){return e.length<=m?e:`${e.slice(0,m)} … (${e.length-m} characters more)`}function te(e){if(!URL.canParse(e))return;let{protocol:t,href:n}=new URL(e);return t===`https:`||t===`http:`?n:void 0}var v=n(72773),ne=n(58533);function y(e,...t){return l`<section>
<h2>${e}</h2>
${t}
</section>
`}function b(e,t,n=[]){let r=t=>n.includes(e[t]??``)?l` class="number"`:l``,i=t.slice(0,500);return l`<div class="scroll" tabindex="0" role="group" aria-label="Table: ${e.filter(e=>e!==``).join(`, `)}"><table role="table"${e.length>3?l` class="stacked"`:l``}>
<thead role="rowgroup"><tr role="row">${e.map((e,t)=>l`<th role="columnheader" scope="col"${r(t)}>${e}</th>`)}</tr></thead>
<tbody role="rowgroup">
${i.map(t=>l`<tr role="row">${t.map((t,n)=>l`<td role="cell" data-head="${e[n]??``}"${r(n)}>${t}</td>`)}</tr>
`)}</tbody>
</table></div>
${C(t.length-i.length,t.length,`rows`)}`}function x(e){return l`<dl>
${e.flatMap(([e,t])=>t===void 0?[]:[{name:e,value:t}]).map(({name:e,value:t})=>l`<div><dt>${e}</dt><dd>${t}</dd></div>
`)}</dl>
`}function S(e){let t=e.slice(0,500);return l`<ul>
${t.map(e=>l`<li>${e}</li>
`)}</ul>
${C(e.length-t.length,e.length,`entries`)}`}function C(e,t,n){return e>0?T(`${e} of ${t} ${n} left out for size; the JSON report has them.`):d}function w(e){return l`<p>${e}</p>
`}function T(e){return l`<p class="note">${e}</p>
`}function E(e,t){return l`<h3>${e}${t===void 0?l``:l` ${t}`}</h3>
`}function D(e){return l`<code>${e}</code>`}function O(e,t){return l`<span class="badge ${re[e]}"><span aria-hidden="true">${ie[e]}</span> ${t}</span>`}let re={good:`good`,attention:`attention`,bad:`bad`,open:`open`,skipped:`skipped`},ie={good:`✓`,attention:`!`,bad:`✕`,open:`?`,skipped:`–`};function ae(e){let t=(0,i.bg)(e).filter(({deployment:e})=>e.steps.length>0);return t.length===0?d:y(`Lifecycle events`,...t.flatMap(({name:n,deployment:r})=>[t.length>1?E(n,D(r.id)):d,oe(r,e.startedAt)]))}function oe({steps:e},t){return b([`Event`,`Status`,`Start (UTC)`,`Elapsed`,`Took`,`Message`],e.map(e=>{let{name:n,status:r,startedAt:a,endedAt:o,diagnostics:s}=e;return[l`${n}`,O(se(e),r),l`${a===void 0?`–`:(0,i.SK)(a)}`,l`${a===void 0?`–`:(0,v.v)(a-t)}`,l`${a===void 0||o===void 0?`–`:(0,v.p)(o-a)}`,l`${s?.message??``}`]}),[`Start (UTC)`,`Elapsed`,`Took`])}function se({status:e}){switch(e){case`Succeeded`:return`good`;case`Failed`:return`bad`;case`InProgress`:return`open`;default:return`skipped`}}let ce={OK:`good`,NG:`bad`,SKIP:`skipped`,WARN:`attention`};function le({preflight:e}){return e.length===0?d:y(`Pre-flight`,b([`Check`,`Verdict`,`Why`],e.map(({name:e,verdict:t,reason:n})=>[l`${e}`,O(ce[t],t),l`${n}`])))}function ue(e){let{timeline:t}=e;if(t.length===0)return d;let n={rollbackDeploymentId:e.rollbackDeployment?.id};return l`<details>
<summary>Timeline: ${t.length} ${t.length===1?`event`:`events`}</summary>
${b([`At (UTC)`,`Elapsed`,`What`,`Detail`],t.map(t=>{let{subject:r,detail:a}=(0,ne.C)(t,n);return[l`${(0,i.SK)(t.at)}`,l`${(0,v.v)(t.at-e.startedAt)}`,l`${r}`,l`${a}`]}),[`At (UTC)`,`Elapsed`])}</details>
`}var k=n(20053),A=n(33475);function de({decision:e}){if(!e)return d;let{state:t,by:n,breakGlass:r,openedAt:a,decidedAt:o,reason:s,votes:c,effect:u,head:f}=e,{logins:p,verified:m,why:h}=e.requester,g=t===`APPROVED`?`good`:t===`PENDING`?`open`:`bad`,_=(0,A.yP)(e);return y(`Decision`,x([[`Decision`,O(g,i.np[t])],[`By`,_===void 0?void 0:l`${_}`],[`Break-glass`,r?O(`attention`,`approved against the rules of the gate`):void 0],[`Reason`,s===void 0?void 0:l`${s}`],[`Gate opened`,l`${(0,i.n$)(a)} UTC`],[`Decided`,o===void 0?void 0:l`${(0,i.n$)(o)} UTC, after ${(0,v.p)(o-a)}`],[`Approvals`,c.length>1||c.length===1&&n.length!==1?l`${c.map(({id:e,name:t,at:n})=>`${(0,A.eZ)([{id:e,name:t}])} at ${(0,i.n$)(n)}`).join(`; `)}`:void 0],[`Asked for by`,l`${p.length===0?`not known`:p.join(`, `)}, ${m?`proven by GitHub's token`:`not proven${h===void 0?``:` (${h})`}`}`],[`CodeDeploy`,u===`LATE`?O(`bad`,`no longer waited when it was told`):void 0],[`On record`,f===void 0?void 0:D(f)]]))}let fe={done:[`good`,`done`],attention:[`attention`,`look`],failed:[`bad`,`failed`],open:[`open`,`open`],skipped:[`skipped`,`n/a`]};function pe(e){return y(`Checklist`,l`<ul class="checklist">
${(0,k.D)(e).map(({what:e,state:t,detail:n})=>l`<li>${O(...fe[t])}<span><b>${k.T[e]}</b> <span class="detail">${n}</span></span></li>\n`)}</ul>
`)}function j({from:e,until:t},n){let r=(n-e)/Math.max(1,t-e)*100;return Math.round(Math.min(100,Math.max(0,r))*1e3)/1e3}function M({from:e,until:t},n){return n>=e&&n<=t}let N=1e3,P=60*N,F=60*P,me=[...[1,2,5,10,15,30].map(e=>e*N),...[1,2,5,10,15,30].map(e=>e*P),...[1,2,3,6,12,24].map(e=>e*F)];function he(e){let t=e.until-e.from,n=me.find(e=>t/e<=8)??Math.ceil(t/8/(24*F))*24*F,r=Math.ceil(e.from/n)*n;return Array.from({length:9},(e,t)=>r+t*n).filter(t=>{let n=j(e,t);return t<=e.until&&n>=3&&n<=97}).map(e=>({at:e,label:n<P?(0,i.SK)(e):(0,i.SK)(e).slice(0,5)}))}function I(e){if(!(e>0)||e===1/0)return 1;let t=10**Math.floor(Math.log10(e));return[1,2,5,10].map(e=>e*t).find(t=>t>=e)??e}function L(e,{height:t,max:n,logFrom:r}){let i=r===void 0?e/n:Math.log(e/r)/Math.log(n/r);return Math.round((7+t*(1-Math.min(1,Math.max(0,i))))*10)/10}function R(e,t){let{title:n,description:r,height:i,max:a,logFrom:o,label:s,legend:c=[],marks:u}=t,d=`${e.id}-${t.id}`,f=o===void 0?[0,a/2,a]:ge(o,a),p=i+14;return l`<figure class="chart">
<figcaption><span>${n}</span>${c.map(([e,t])=>l`<span class="key"><svg width="12" height="12" aria-hidden="true"><rect class="${e}" width="12" height="12" rx="2"/></svg>${t}</span>`)}</figcaption>
<div class="plot"><svg class="levels" height="${p}" aria-hidden="true">${f.map(e=>l`<text x="100%" y="${L(e,t)}" dy="0.32em">${s(e)}</text>`)}</svg><svg class="picture" height="${p}" role="img" aria-labelledby="${d}-title" aria-describedby="${d}-description"><title id="${d}-title">${n}</title><desc id="${d}-description">${r}</desc>
${f.map(e=>l`<line class="grid" x2="100%" y1="${L(e,t)}" y2="${L(e,t)}"/>`)}
${u}
${z(e,p)}</svg></div>
</figure>
`}function ge(e,t){let n=Math.round(Math.log10(e)),r=Math.round(Math.log10(t));return Array.from({length:r-n+1},(e,t)=>10**(n+t))}function z({span:e,moments:t},n){return t.filter(({at:t})=>M(e,t)).map(({at:t,kind:r})=>{let i=j(e,t);return l`<line class="moment ${r}" x1="${i}%" x2="${i}%" y2="${n}"/>`})}function B({span:e}){return l`<div class="plot axis"><span class="levels">UTC</span><svg class="picture" height="18" aria-hidden="true">${he(e).map(({at:t,label:n},r)=>l`<text class="${r%2==1?`tick wide`:`tick`}" x="${j(e,t)}%" y="13">${n}</text>`)}</svg></div>
`}let _e=[[`healthy-hosts`,`Healthy hosts`],[`response-time`,`Response time`],[`target-5xx`,`5xx answers`],[`target-4xx`,`4xx answers`],[`requests`,`Requests`]];function ve(e,{series:t},n){return _e.flatMap(([r,i])=>{let a=t.filter(e=>e.metric===r).map(t=>({...t,points:ye(t.points,e)})).filter(({points:e})=>e.length>0);return a.length===0?[]:[be(e,`metric-${n}-${r}`,i,a)]})}function ye(e,{span:t}){return e.filter(({at:e})=>M(t,e)).slice(-480)}function be(e,t,n,r){let a=r.flatMap(({points:e})=>e.map(({value:e})=>e)),o={height:60,max:Math.max(2,I(a.reduce((e,t)=>Math.max(e,t),0)))},s=r.some(({unit:e})=>e===`ms`),c=s?i.Rz:i.U9;return R(e,{...o,id:t,title:`${n}${s?``:`, by the minute`}`,description:r.map(e=>`${V[e.side]}: ${H(e.points,c)}.`).join(` `),label:e=>s?`${(0,i.U9)(e)} ms`:(0,i.U9)(e),legend:r.map(({side:e})=>[V[e],V[e]]),marks:r.flatMap(t=>xe(e,o,t,c))})}let V={blue:`blue`,green:`green`};function H(e,t){let n=e.map(({value:e})=>e),r=n.reduce((e,t)=>Math.min(e,t),1/0),i=n.reduce((e,t)=>Math.max(e,t),-1/0);return r===i?t(r):`${t(r)} to ${t(i)}`}function xe({span:e},t,{points:n,side:r},a){let o=n.map(({at:n,value:r})=>({at:n,value:r,x:j(e,n),y:L(r,t)})),s=o.flatMap(({x:e,y:t},n)=>{let i=o[n+1];return i?[l`<line class="course ${V[r]}" x1="${e}%" y1="${t}" x2="${i.x}%" y2="${i.y}"/>\n`]:[]}),c=o.map(({at:e,value:t,x:n,y:o})=>l`<circle class="mark ${V[r]}" cx="${n}%" cy="${o}" r="2.5"><title>${V[r]}, ${(0,i.SK)(e)}: ${a(t)}</title></circle>\n`);return[...s,...c]}function Se({steps:e}){let t=e.flatMap((t,n)=>{let r=e[n+1];return r?[{from:t.at,until:r.at,what:r.what}]:[]}),[n]=e,r=e.at(-1);if(n===void 0||r===void 0||t.length===0)return d;let a={from:n.at,until:r.at},o=t.length*24;return l`<figure class="chart">
<figcaption><span>From the stop until healthy: ${(0,v.p)(r.at-n.at)}</span></figcaption>
<div class="plot wide-levels"><svg class="levels" height="${o}" aria-hidden="true">${t.map(({what:e},t)=>l`<text x="100%" y="${t*24+9}" dy="0.32em">${e}</text>`)}</svg><svg class="picture" height="${o}" role="img" aria-label="How long each step of the recovery took; the table has the same figures.">
${t.map(({from:e,until:t,what:n},r)=>{let o=j(a,e),s=Math.round((j(a,t)-o)*1e3)/1e3,c=o+s>70;return l`<rect class="mark shift" x="${o}%" width="${s}%" y="${r*24+2}" height="14" rx="2"><title>${n} at ${(0,i.SK)(t)}, after ${(0,v.p)(t-e)}</title></rect><text class="value" x="${c?o:o+s}%" dx="${c?-6:6}" y="${r*24+9}" dy="0.32em" text-anchor="${c?`end`:`start`}">${(0,v.p)(t-e)}</text>\n`})}</svg></div>
</figure>
`}let U={passed:`good`,failed:`bad`,unknown:`open`,skipped:`skipped`};function Ce({evidence:e},t){return e.length===0?d:y(`Evidence`,...e.map((e,n)=>we(e,t,n)))}function we(e,t,n){let{name:r,verdict:i,summary:a}=e;return l`<article>
${E(r,l`${O(U[i],i)} <span class="detail">${Te(e)}</span>`)}${w(l`${a}`)}${Ee(e,t,n)}</article>
`}function Te({section:e,required:t}){return e===`availability`?t?`a breach stops`:`a breach is reported`:t?`required`:`advisory`}function Ee(e,t,n){switch(e.section){case`checks`:return W(`Route`,e.rows);case`flow`:return W(`Step`,e.steps);case`load`:return De(e);case`availability`:return Oe(e);case`metrics`:return ke(e,t,n);case`recovery`:return Ae(e)}}function W(e,t){return t.length===0?d:b([e,`Endpoint`,`Status`,`Time`,`Verdict`,`Not as expected`],t.map(({name:e,method:t,path:n,status:r,ms:a,verdict:o,attempts:s,problems:c})=>[l`${e}`,D(`${t} ${n}`),l`${r??`–`}`,l`${a===void 0?`–`:(0,i.Rz)(a)}`,O(U[o],`${o}${s>1?` after ${s} attempts`:``}`),l`${c.join(`; `)}`]),[`Status`,`Time`])}let G=[`avg`,`min`,`med`,`max`,`p90`,`p95`,`p99`];function De({engine:e,engineVersion:t,latency:n,requests:r,rate:a,failureRate:o,thresholds:s}){return l`${x([[`Engine`,l`${e} ${t}`],[`Requests`,l`${(0,i.U9)(r)}, ${(0,i.U9)(a)} a second`],[`Failed`,l`${(0,i.KN)(o)}`]])}${s.length>0?b([`Threshold`,`Measured`,`Verdict`],s.map(({text:e,measured:t,passed:n})=>[D(e),l`${t===void 0?`–`:(0,i.U9)(t)}`,n?O(`good`,`holds`):O(`bad`,`does not hold`)]),[`Measured`]):d}${n===void 0?d:b(G,[G.map(e=>l`${(0,i.Rz)(n[e])}`)],G)}`}function Oe({phases:e,failures:t,failed:n}){let r=t.slice(0,50);return l`${e.length===0?d:b([`Phase`,`From (UTC)`,`Requests`,`Failed`,`Median`,`p99`,`Max`,`By version`],e.map(({name:e,from:t,total:n,failed:r,byVersion:a,latency:o})=>[l`${e}`,l`${(0,i.SK)(t)}`,l`${(0,i.U9)(n)}`,r===0?l`0`:O(`bad`,(0,i.U9)(r)),...[o?.med,o?.p99,o?.max].map(e=>l`${e===void 0?`–`:(0,i.Rz)(e)}`),l`${Object.entries(a).map(([e,t])=>`${e}: ${(0,i.U9)(t)}`).join(`, `)}`]),[`From (UTC)`,`Requests`,`Failed`,`Median`,`p99`,`Max`])}${r.length===0?d:l`<details>
<summary>Failures: ${(0,i.U9)(n)}</summary>
${S(r.map(({at:e,reason:t})=>l`${(0,i.SK)(e)} ${t}`))}${n>r.length?T(`and ${(0,i.U9)(n-r.length)} more`):d}</details>
`}`}function ke(e,t,n){let{series:r,alarms:a}=e,o=t?ve(t,e,n):[],s=r.filter(({points:e})=>e.length>0);return l`${o}${t&&o.length>0?B(t):d}${s.length>0?b([`Metric`,`Side`,`By the minute`,`Last`],s.map(({metric:e,side:t,unit:n,points:r})=>{let a=n===`ms`?i.Rz:i.U9;return[l`${e}`,l`${t}`,l`${H(r,a)}`,l`${a(r.at(-1)?.value??0)}`]}),[`By the minute`,`Last`]):d}${a.length>0?b([`Alarm`,`State`],a.map(({name:e,state:t})=>[D(e),O(t===`OK`?`good`:t===`ALARM`?`bad`:`open`,t)])):d}`}function Ae(e){let{stoppedTask:t,steps:n,requests:r,failed:a}=e,o=n[0]?.at;return l`${x([[`Stopped task`,D((0,i.EU)(t))],[`Requests meanwhile`,l`${(0,i.U9)(a)} of ${(0,i.U9)(r)} failed`]])}${Se(e)}${o===void 0?d:b([`Seen`,`At (UTC)`,`After the stop`],n.map(({what:e,at:t})=>[l`${e}`,l`${(0,i.SK)(t)}`,l`${(0,v.p)(t-o)}`]),[`At (UTC)`,`After the stop`])}`}var je=n(69739);function Me({oneOffTask:e}){if(!e)return d;let{createdAt:t,stoppedAt:n,containers:r}=e;return y(`One-off task`,x([[`Task`,f(D((0,i.EU)(e.taskArn)),e.consoleUrl)],[`Result`,Ne(e)],[`Started`,t===void 0?void 0:l`${(0,i.n$)(t)} UTC`],[`Took`,t===void 0||n===void 0?void 0:l`${(0,v.p)(n-t)}`]]),r.length===0?d:b([`Container`,`Exit code`,`Reason`],r.map(({name:e,exitCode:t,reason:n})=>[D(e),l`${t===void 0?`–`:String(t)}`,l`${n??``}`]),[`Exit code`]))}function Ne(e){if(e.status!==`STOPPED`)return O(`open`,e.status);let t=(0,je.g)(e);return t===void 0?O(`good`,`succeeded`):l`${O(`bad`,`failed`)} ${t}`}var K=n(12062),Pe=n(39377),q=n(58882);function Fe(e,t){let n=(0,i.bg)(t).filter(({deployment:e})=>e.steps.length>0),r=Y(e),a=22+n.length*20+4;if(n.length===0&&r.length===0)return d;let o=`${e.id}-lifecycle`;return l`<figure class="chart">
<figcaption><span>Lifecycle</span>${Ie.map(([e,t])=>l`<span class="key"><svg width="12" height="12" aria-hidden="true"><rect class="${e}" width="12" height="12" rx="2"/></svg>${t}</span>`)}</figcaption>
<div class="plot"><svg class="levels" height="${a}" aria-hidden="true">${n.map(({name:e},t)=>l`<text x="100%" y="${22+t*20+8}" dy="0.32em">${e===`Rollback`?`back`:`release`}</text>`)}</svg><svg class="picture" height="${a}" role="img" aria-labelledby="${o}-title" aria-describedby="${o}-description"><title id="${o}-title">Lifecycle</title><desc id="${o}-description">The lifecycle events of the deployment and of its rollback as bars; the table of lifecycle events has the times.</desc>
${z(e,a)}
${n.map(({deployment:n},r)=>He(e,n,22+r*20,t.endedAt))}
${Ve(e,r).map(t=>Le(e,t))}</svg></div>
</figure>
`}let Ie=[[`event`,`event`],[`gate`,`waiting at the gate`],[`shift`,`traffic moves`],[`failed`,`failed: a stripe below`]];function Le(e,t){let[n]=t,r=t.at(-1);if(n===void 0||r===void 0)return d;let a=t.some(({kind:e})=>e===`bad`),o=t.every(({kind:e})=>e===`good`),s=n===r?String(n.number):`${n.number}–${r.number}`,c=10+s.length*6,u=j(e.span,(n.at+r.at)/2),f=Math.round(-c*Re(u)*10)/10;return l`<svg class="number ${a?`bad`:o?`good`:`plain`}" x="${u}%" overflow="visible"><title>${t.map(({at:e,what:t})=>`${(0,i.SK)(e)} ${t}`).join(`; `)}</title><rect x="${f}" y="2" width="${c}" height="16" rx="8"/><text x="${f+c/2}" y="10" dy="0.35em">${s}</text></svg>
`}function Re(e){return e<J?e/J*.5:e>100-J?1-(100-e)/J*.5:.5}let J=5;function ze(e,t){let n=Y(e);return n.length===0?d:l`<ol class="moments">
${n.map(({at:e,what:n,kind:r,number:a})=>l`<li value="${a}"><span class="dot ${r}" aria-hidden="true">${a}</span><time>${(0,i.SK)(e)}</time> <span>${n}<span class="after"> ${Be(e,t)}</span></span></li>\n`)}</ol>
`}function Be(e,t){return e<=t?``:`after ${(0,v.p)(e-t)}`}function Y({span:e,moments:t}){return t.flatMap((t,n)=>M(e,t.at)?[{...t,number:n+1}]:[])}function Ve({span:e},t){let n=[];for(let r of t){let t=n.at(-1),[i]=t??[],a=i&&j(e,r.at)-j(e,i.at)<14;t&&a?t.push(r):n.push([r])}return n}function He({span:e},{steps:t},n,r){return l`${t.flatMap(t=>{let{name:a,stage:o,status:s,startedAt:c,endedAt:u}=t,f=u??r;if(c===void 0||f<e.from||c>e.until)return[];let p=j(e,c),m=l`x="${p}%" width="${Math.round((j(e,Math.max(f,c))-p)*1e3)/1e3}%"`,h=`${a} ${s}, ${(0,i.SK)(c)}, ${(0,v.p)(f-c)}`;return[l`<rect class="bar ${Ue(o)}" ${m} y="${n}" height="${16}" rx="2"><title>${h}</title></rect>\n`,s===`Failed`?l`<rect class="failed" ${m} y="${n+16-5}" height="5"><title>${h}</title></rect>\n`:d]})}`}function Ue(e){return e===`gate`||e===`shift`?e:`event`}function We(e,t){let{span:n}=e,r={height:84,max:100},a=t.map(({at:e,green:r},i)=>({from:e,until:t[i+1]?.at??n.until,green:r})).filter(({from:e,until:t})=>t>n.from&&e<n.until),o=a.flatMap(({from:e,until:t,green:a})=>{let o=j(n,e),s=Q(j(n,t)-o),c=`from ${(0,i.SK)(e)}`,u=(e,t,n,r)=>t>0?[l`<rect class="area ${e}" x="${o}%" width="${s}%" y="${n}" height="${Q(r-n)}"><title>${t} % ${e} ${c}</title></rect>\n`]:[],d=L(a,r);return[...u(`blue`,Q(100-a),L(100,r),d),...u(`green`,Q(a),d,L(0,r))]});return R(e,{...r,id:`traffic`,title:`Production traffic`,description:`Share of green: ${a.map(({from:e,green:t})=>`${Q(t)} % from ${(0,i.SK)(e)}`).join(`, `)}.`,label:e=>`${e} %`,legend:[[`blue`,`blue, before`],[`green`,`green, new`]],marks:o})}function Ge(e,{seconds:t},n){let r=t.filter(({at:t})=>M(e.span,t));if(r.length===0)return[];let i=(0,q.xe)(r,240);return[Ke(e,i,n),Je(e,i,n)]}function Ke(e,{columns:t,widthMs:n},r){let a=t.reduce((e,t)=>t.slowestMs>e.slowestMs?t:e),{words:o,...s}=qe(t.map(({slowestMs:e})=>e)),c={height:96,...s};return R(e,{...c,id:`latency-${r}`,title:`Slowest answer in each ${Z(n)}${o}`,description:`The slowest of all took ${(0,i.Rz)(a.slowestMs)}, at ${(0,i.SK)(a.at)}.`,label:e=>e<1e3?`${(0,i.U9)(e)} ms`:`${(0,i.U9)(e/1e3)} s`,marks:t.map(t=>X(e.span,c,`latency`,t,n,t.slowestMs))})}function qe(e){let t=e.filter(e=>e>0).sort((e,t)=>e-t),n=t[Math.floor(t.length/4)]??0,r=t.at(-1)??0;if(r<=n*8)return{max:I(r),words:``};let i=Math.max(1,t[0]??1),a=10**Math.floor(Math.log10(i));return{max:Math.max(10**Math.ceil(Math.log10(r)),a*10),logFrom:a,words:`, logarithmic scale`}}function Je(e,{columns:t,widthMs:n},r){let a=t.filter(({failed:e})=>e>0),o=a.reduce((e,{failed:t})=>Math.max(e,t),0),s=t.reduce((e,t)=>e+t.total,0),c=a.reduce((e,t)=>e+t.failed,0),l={height:48,max:Math.max(2,I(o))};return R(e,{...l,id:`failures-${r}`,title:`Failed requests in each ${Z(n)}: ${(0,i.U9)(c)} of ${(0,i.U9)(s)}`,description:a.length===0?`None failed.`:`The first at ${(0,i.SK)(a[0]?.at??0)}.`,label:i.U9,marks:a.map(t=>X(e.span,l,`failure`,t,n,t.failed))})}function X(e,t,n,{at:r,total:a,failed:o,slowestMs:s},c,u){let d=j(e,r),f=Q(j(e,r+c)-d),p=L(u,t),m=`${(0,i.SK)(r)}: ${(0,i.U9)(a)} requests, ${(0,i.U9)(o)} failed, slowest ${(0,i.Rz)(s)}`;return l`<rect class="mark ${n}" x="${d}%" width="${f}%" y="${p}" height="${Q(L(0,t)-p)}"><title>${m}</title></rect>\n`}function Z(e){return e===1e3?`second`:`${e/1e3} seconds`}function Q(e){return Math.round(e*1e3)/1e3}function Ye(e){if(e.deployment===void 0)return;let t=(0,K.a)(e),n=[e.startedAt,e.endedAt,...t.map(({at:e})=>e),...$(e).flatMap(({startedAt:e,endedAt:t})=>[e,t])].filter(K.K),r={from:Math.min(...n),until:Math.max(...n)};return r.until>r.from?{id:`whole`,span:r,moments:t}:void 0}function Xe(e,t){if(t===void 0)return d;let n=Qe(e,t.span);return y(`Over time`,Ze(e,t),ze(t,e.startedAt),n===void 0?d:l`${E(`While traffic moved`)}${Ze(e,{...t,id:`shift`,span:n})}`)}function Ze(e,t){let n=(0,q.Be)(e);return l`${Fe(t,e)}${n.length>0?We(t,n):d}${$(e).flatMap((e,n)=>Ge(t,e,n))}${B(t)}`}function $({evidence:e}){return e.filter(e=>e.section===`availability`)}function Qe({deployment:e,rollbackDeployment:t},n){let r=e&&(0,Pe.gV)(e,`shift`),i=r?.startedAt;if(i===void 0)return;let a=Math.max(r?.endedAt??n.until,t?.completedAt??0),o=Math.max(5e3,(a-i)*.15),s={from:Math.max(n.from,i-o),until:Math.min(n.until,a+o)},c=(s.until-s.from)/(n.until-n.from);return s.until>s.from&&c<=.3?s:void 0}function $e(e){let{where:t,trigger:n,taskDefinition:r,deployment:a,rollbackDeployment:o}=e,s=r?.changes.filter(({path:e})=>e.endsWith(`.image`))??[];return y(`Release`,x([[`Service`,t.service===``?void 0:l`${D(t.service)} in cluster ${D(t.cluster)}${t.region===void 0?d:l`, ${t.region}`}`],[`Images`,s.length===0?void 0:l`${s.map(et)}`],[`Revision`,tt(e)],[`Deployment`,a&&l`${f(D(a.id),a.consoleUrl)} ${a.status}${t.deploymentConfig===void 0?d:l`, ${D(t.deploymentConfig)}`}`],[`Rollback`,o&&l`${f(D(o.id),o.consoleUrl)} ${o.status}`],[`Commit`,n.sha===void 0?void 0:l`${f(D(n.sha.slice(0,7)),n.commitUrl)}${n.ref===void 0?d:l` on ${D(n.ref)}`}`],[`Run`,nt(e)],[`Time`,l`${(0,i.n$)(e.startedAt)} to ${(0,i.n$)(e.endedAt)} UTC, ${(0,v.p)(e.endedAt-e.startedAt)}`],[`AWS console`,rt(e)]]))}function et({path:e,before:t,after:n}){return l`<div>${/^containerDefinitions\[(.*)\]\.image$/.exec(e)?.[1]??e}: ${t===void 0?`none`:D(t)} → ${n===void 0?`none`:D(n)}</div>`}function tt({taskDefinition:e,outcome:t}){if(!e)return;let{runningArn:n,arn:r,reused:a}=e;return a?l`${D((0,i.EU)(r??n??``))}, reused: nothing changed`:l`${n===void 0?l`unknown`:D((0,i.EU)(n))} → ${r===void 0?t===`planned`?`a new revision`:`none registered`:D((0,i.EU)(r))}`}function nt({trigger:e}){let{runId:t,runUrl:n,runAttempt:r,actor:i,triggeringActor:a,event:o}=e,s=[...t===void 0?[]:[f(`run ${t}${r===void 0||r===`1`?``:`, attempt ${r}`}`,n)],...i===void 0?[]:[l`by ${i}`],...a===void 0||a===i?[]:[l`re-run by ${a}`],...o===void 0?[]:[l`(${o})`]];return s.length===0?void 0:p(s,` `)}function rt({where:e}){let t=e.consoleLinks.map(({label:e,url:t})=>f(e,t));return t.length===0?void 0:p(t,` · `)}function it({taskDefinition:e}){if(!e||e.changes.length===0)return d;let t=e=>e===void 0?l`<span class="detail">not shown</span>`:D(e);return y(`What changed`,b([`Field`,`Change`,`Before`,`After`],e.changes.map(({path:e,kind:n,before:r,after:i})=>[D(e),l`${n}`,n===`added`?l`–`:t(r),n===`removed`?l`–`:t(i)])))}function at(e){let{problems:t,warnings:n,diagnosis:r}=e;return l`${t.length>0?y(`Problems`,S(t.map(e=>l`${e}`))):d}${r===void 0?d:y(`Diagnosis`,w(l`${r.cause}`),r.whereToLook.length>0?S(r.whereToLook.map(({label:e,url:t})=>f(e,t))):d,ot(r),r.targets.length>0?b([`Target`,`State`,`Reason`,`Description`],r.targets.map(({id:e,state:t,reason:n,description:r})=>[D(e),l`${t}`,l`${n??`–`}`,l`${r??`–`}`])):d,r.serviceEvents.length>0?b([`At (UTC)`,`Service event`],r.serviceEvents.map(({at:e,message:t})=>[l`${(0,i.n$)(e)}`,l`${t}`])):d)}${n.length>0?y(`Warnings`,S(n.map(e=>l`${e}`))):d}`}function ot({stoppedTasks:e}){return e.length===0?d:b([`Stopped task`,`Code`,`Reason`,`Containers`],e.map(({taskArn:e,stopCode:t,stoppedReason:n,containers:r})=>[D((0,i.EU)(e)),l`${t??`–`}`,l`${n??`–`}`,r.length===0?l`–`:l`${r.map(({name:e,exitCode:t,reason:n})=>`${e}: exit code ${t??`unknown`}${n===void 0?``:` (${n})`}`).join(`; `)}`]))}function st(){return T(`Times are UTC. Made by ecs-gated-deploy from report.json, which has every field.`)}function ct(e){return`<!doctype html>\n${lt(e).source}`}function lt(e){let{outcome:t,where:n}=e,[,r=``,o=``]=/^(\S+) (.*)$/u.exec(i.nx[t])??[],c=n.service===``?`Release`:n.service,d=Ye(e);return l`<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${`default-src 'none'; style-src 'sha256-${ut(s)}'; base-uri 'none'; form-action 'none'`}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${o}: ${c}</title>
${u}
</head>
<body>
<header class="${(0,a.W)(t)?`good`:`bad`}">
<p class="where">${c} · ${(0,i.n$)(e.endedAt)} UTC</p>
<h1><span aria-hidden="true">${r}</span> ${o}</h1>
<p class="headline">${e.headline}</p>
</header>
<main>
${at(e)}${pe(e)}${$e(e)}${de(e)}${Xe(e,d)}${Ce(e,d)}${it(e)}${Me(e)}${ae(e)}${le(e)}${ue(e)}</main>
<footer>${st()}</footer>
</body>
</html>
`}function ut(e){return(0,r.createHash)(`sha256`).update(e).digest(`base64`)}}))};