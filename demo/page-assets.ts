import { createHash } from 'node:crypto'

/** Light and dark by the reader's own setting. */
export const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0; display: grid; justify-items: center; padding: 2rem 1rem; }
main { max-width: 40rem; width: 100%; }
nav { float: right; font-size: .9rem; }
h1 { margin: 0 0 1rem; font-size: 1.5rem; }
a { color: light-dark(#0550ae, #79c0ff); }
#stage { margin: 0; padding: .75rem 1rem; border-left: .3rem solid #8c959f; background: light-dark(#f6f8fa, #212830); }
#stage.asked { border-color: #d4a72c; background: light-dark(#fff8c5, #3b2e00); }
#stage.decided { border-color: #0969da; }
#stage.ended { border-color: #1a7f37; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .3rem 1.5rem; margin: 1.25rem 0; }
dt { color: light-dark(#59636e, #9198a1); }
dd { margin: 0; overflow-wrap: anywhere; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; padding-bottom: .25rem; }
th, td { text-align: right; padding: .45rem .5rem; border-bottom: 1px solid light-dark(#d1d9e0, #3d444d); font-weight: normal; white-space: nowrap; }
thead th { color: light-dark(#59636e, #9198a1); font-size: .875rem; }
th:first-child { text-align: left; padding-left: 0; }
th:last-child, td:last-child { padding-right: 0; }
form { display: flex; gap: 1rem; margin-top: 1.75rem; }
button { flex: 1; font: inherit; font-weight: 600; padding: .75rem; border: 0; border-radius: .5rem; color: #fff; cursor: pointer; }
button[value=approve] { background: #1a7f37; }
button[value=reject] { background: #b42318; }
button:disabled { background: light-dark(#eaeef2, #2a313c); color: light-dark(#59636e, #9198a1); cursor: default; }
:focus-visible { outline: 3px solid light-dark(#0550ae, #79c0ff); outline-offset: 2px; }
`

/** Exchanges only what differs: a reader's place and the focus stay. */
export const SCRIPT = `
const { gone } = document.currentScript.dataset
async function update() {
  let fresh
  try {
    fresh = new DOMParser().parseFromString(await (await fetch(location.href)).text(), 'text/html')
  } catch {
    document.getElementById('stage').textContent = gone
    for (const button of document.querySelectorAll('button')) button.disabled = true
    return
  }
  for (const part of document.querySelectorAll('[data-live]')) {
    const now = fresh.getElementById(part.id)
    if (part.isEqualNode(now)) continue
    if (part.role === 'status') { part.className = now.className; part.textContent = now.textContent }
    else part.replaceWith(document.adoptNode(now))
  }
  if (!document.querySelector('#stage.ended')) setTimeout(update, 1000)
}
setTimeout(update, 1000)
`

/** Nothing runs in the page but this script, and it reaches nobody but the page's own server. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  `script-src ${hashSource(SCRIPT)}`,
  `style-src ${hashSource(STYLE)}`,
  "connect-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'"
].join('; ')

function hashSource(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
}
