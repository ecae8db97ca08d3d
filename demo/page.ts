import type { GateState } from './gate-state.ts'
import { WORDS } from './words.ts'
import type { Language } from './words.ts'

/** The page on which a person decides: one file, nothing loaded from elsewhere. */
export function page(state: GateState, language: Language, token: string, nonce: string): string {
  const words = WORDS[language]
  const link = (url: string, text: string): string =>
    `<a href="${escape(url)}/version" target="_blank" rel="noreferrer">${escape(text)}</a>`
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(words.title)}</title>
<style nonce="${nonce}">${STYLE}</style>
</head>
<body>
<main>
<nav><a href="?lang=${language === 'ko' ? 'en' : 'ko'}">${words.other}</a></nav>
<h1>${escape(words.title)}</h1>
<p id="stage" role="status">${escape(words[state.stage])}</p>
<dl>
<dt>${words.service}</dt><dd>${escape(state.service)}</dd>
<dt>${words.cluster}</dt><dd>${escape(state.cluster)}</dd>
<dt>${words.revision}</dt><dd>${escape(state.running)} → <b>${escape(state.next)}</b></dd>
<dt>${words.deployment}</dt><dd id="deployment">${escape(state.deploymentId ?? '…')}</dd>
<dt>${words.outcome}</dt><dd id="outcome">${escape(state.outcome ?? '…')}</dd>
</dl>
<table>
<thead><tr><th>${words.version}</th><th>${words.requests}</th><th>${words.failures}</th></tr></thead>
<tbody id="requests"></tbody>
</table>
<p>${link(state.productionUrl, words.users)} · ${link(state.testUrl, words.tryNew)}</p>
<form method="post" action="/decide?lang=${language}">
<input type="hidden" name="token" value="${escape(token)}">
<button name="decision" value="approve"${state.stage === 'asked' ? '' : ' disabled'}>${words.approve}</button>
<button name="decision" value="reject"${state.stage === 'asked' ? '' : ' disabled'}>${words.reject}</button>
</form>
</main>
<script nonce="${nonce}">
const WORDS = ${JSON.stringify(words)}
${SCRIPT}
</script>
</body>
</html>
`
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;'
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? char)
}

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0; display: grid; place-items: start center; padding: 2rem 1rem; }
main { max-width: 36rem; width: 100%; }
nav { text-align: right; font-size: .9rem; }
h1 { margin: .2rem 0 .5rem; font-size: 1.6rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.25rem; }
dt { opacity: .7; } dd { margin: 0; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; font-variant-numeric: tabular-nums; }
th, td { text-align: right; padding: .35rem .5rem; border-bottom: 1px solid #8884; }
th:first-child, td:first-child { text-align: left; }
form { display: flex; gap: 1rem; margin-top: 1.5rem; }
button { flex: 1; font: inherit; font-weight: 600; padding: .75rem; border: 0; border-radius: .5rem; color: #fff; cursor: pointer; }
button[value=approve] { background: #1a7f37; } button[value=reject] { background: #b42318; }
button:disabled { background: #8888; cursor: default; }
button:focus-visible { outline: 3px solid Highlight; outline-offset: 2px; }
`

const SCRIPT = `
const show = (id, text) => { const place = document.getElementById(id); if (place.textContent !== text) place.textContent = text }
async function update() {
  let state
  try { state = await (await fetch('/state')).json() } catch { show('stage', WORDS.ended); return }
  show('stage', WORDS[state.stage])
  show('deployment', state.deploymentId ?? '…')
  show('outcome', state.outcome ?? '…')
  for (const button of document.querySelectorAll('button')) button.disabled = state.stage !== 'asked'
  document.getElementById('requests').replaceChildren(...Object.entries(state.requests).map(([version, counts]) => {
    const row = document.createElement('tr')
    for (const text of [version, counts.requests, counts.failures]) row.append(Object.assign(document.createElement('td'), { textContent: text }))
    return row
  }))
  if (state.stage !== 'ended') setTimeout(update, 1000)
}
update()
`
