import type { GateState, ListenerState } from './gate-state.ts'
import { SCRIPT, STYLE } from './page-assets.ts'
import { WORDS } from './words.ts'
import type { Language } from './words.ts'

export interface PageOptions {
  readonly language: Language
  /** What a decision must carry. */
  readonly token: string
}

/**
 * The page on which a person decides: one file, nothing loaded from elsewhere.
 * Its script fetches it again and exchanges the `data-live` parts that differ;
 * without a script it reloads by itself.
 */
export function page(state: GateState, { language, token }: PageOptions): string {
  const words = WORDS[language]
  const other = language === 'ko' ? 'en' : 'ko'
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(`${words.title} · ${state.service}`)}</title>
<noscript><meta http-equiv="refresh" content="3"></noscript>
<style>${STYLE}</style>
</head>
<body>
<main>
<nav><a href="?lang=${other}" lang="${other}" hreflang="${other}">${words.other}</a></nav>
<h1>${escape(words.title)}</h1>
<p id="stage" class="${state.stage}" role="status" data-live>${escape(told(state, language))}</p>
<dl>
<dt>${words.service}</dt><dd>${escape(state.service)}</dd>
<dt>${words.cluster}</dt><dd>${escape(state.cluster)}</dd>
<dt>${words.revision}</dt><dd>${escape(state.running)} → <strong>${escape(state.next)}</strong></dd>
<dt>${words.deployment}</dt><dd id="deployment" data-live>${escape(state.deploymentId ?? '…')}</dd>
<dt>${words.outcome}</dt><dd id="outcome" data-live>${escape(state.outcome ?? '…')}</dd>
</dl>
${table(state, language)}
<form id="decision" method="post" action="/decide?lang=${language}" data-live>
<input type="hidden" name="token" value="${escape(token)}">
${button('approve', state, words.approve)}
${button('reject', state, words.reject)}
</form>
</main>
<script data-gone="${escape(words.gone)}">${SCRIPT}</script>
</body>
</html>
`
}

/** Where the release is, in a sentence. */
function told({ stage, decision, outcome = '' }: GateState, language: Language): string {
  const words = WORDS[language]
  if (stage === 'decided') {
    return decision === 'reject' ? words.decidedReject : words.decidedApprove
  }
  return words[stage].replace('{outcome}', () => outcome)
}

function table({ production, test }: GateState, language: Language): string {
  const words = WORDS[language]
  const versions = Object.keys(production.counts.versions).filter((name) => /^\d+$/.test(name))
  const named = (version: string): string => words.version.replace('{version}', () => version)
  const head = [words.listener, ...versions.map(named), words.failed, words.answers]
  const row = (name: string, { url, latest, counts }: ListenerState): string => {
    const cells = [
      ...versions.map((version) => String(counts.versions[version]?.requests ?? 0)),
      String(counts.failures),
      latest === undefined ? '…' : named(latest)
    ]
    const link = `<a href="${escape(url)}/version" target="_blank" rel="noreferrer" aria-label="${escape(`${name}: ${words.open}`)}">${escape(words.open)}</a>`
    return `<tr><th scope="row">${escape(name)} ${link}</th>${cells.map((cell) => `<td>${escape(cell)}</td>`).join('')}</tr>`
  }
  return `<div class="wide"><table>
<caption>${escape(words.requests)}</caption>
<thead><tr>${head.map((cell) => `<th scope="col">${escape(cell)}</th>`).join('')}</tr></thead>
<tbody id="requests" data-live>
${row(words.production, production)}
${row(words.test, test)}
</tbody>
</table></div>`
}

function button(decision: 'approve' | 'reject', { stage }: GateState, text: string): string {
  const disabled = stage === 'asked' ? '' : ' disabled'
  return `<button name="decision" value="${decision}"${disabled}>${escape(text)}</button>`
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
