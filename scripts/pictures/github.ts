import MarkdownIt from 'markdown-it'
import type { Page } from 'playwright-core'
import type { Language } from '../../src/words/language.ts'

/**
 * A job summary as GitHub shows it, as near as another Markdown parser and GitHub's own measures
 * of a page come (fonts, tables, headings, colours of both themes, read off github.com). GitHub
 * draws `mermaid` blocks with Mermaid; see `drawDiagrams`.
 */
export function asOnGitHub(markdown: string, language: Language): string {
  const html = new MarkdownIt({ html: true, linkify: true })
    .render(markdown)
    .replaceAll(
      /<pre><code class="language-mermaid">([\s\S]*?)<\/code><\/pre>/g,
      '<pre class="mermaid">$1</pre>'
    )
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Job summary</title><style>${STYLE}</style></head>
<body><main>${html}</main></body></html>`
}

/**
 * Draws the diagrams where `MERMAID` is the path of Mermaid's `dist/mermaid.min.js`, which is too
 * large to be installed with every checkout. Without it their source stays. A diagram that Mermaid
 * does not accept is an error.
 */
export async function drawDiagrams(page: Page, theme: 'light' | 'dark'): Promise<void> {
  const script = process.env['MERMAID']
  if (script === undefined || (await page.locator('pre.mermaid').count()) === 0) return
  // A folded diagram has no width; GitHub draws it when it is opened.
  const inSight = 'pre.mermaid:not(details:not([open]) pre)'
  await page.addScriptTag({ path: script })
  await page.evaluate(
    `mermaid.initialize({ startOnLoad: false, theme: '${theme === 'dark' ? 'dark' : 'default'}' });
    mermaid.run({ querySelector: '${inSight}' })`
  )
}

const STYLE = `
:root { color-scheme: light dark; --ground: #fff; --words: #1f2328; --line: #d1d9e0; --soft: #f6f8fa; --code: #818b981f; --link: #0969da; }
@media (prefers-color-scheme: dark) { :root { --ground: #0d1117; --words: #f0f6fc; --line: #3d444d; --soft: #151b23; --code: #656c7633; --link: #4493f8; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--words); font: 16px/1.5 -apple-system, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; overflow-wrap: break-word; }
main { max-width: 896px; margin: 0 auto; padding: 16px; }
a { color: var(--link); }
h2, h3 { margin: 24px 0 16px; line-height: 1.25; font-weight: 600; }
h2 { margin-top: 0; padding-bottom: .3em; border-bottom: 1px solid var(--line); font-size: 1.5em; }
h3 { font-size: 1.25em; }
p, ul, ol, table, pre, details, blockquote { margin: 0 0 16px; }
ul { padding-left: 2em; }
li + li { margin-top: .25em; }
blockquote { padding: 0 1em; border-left: .25em solid var(--line); }
summary { cursor: pointer; }
table { display: block; width: max-content; max-width: 100%; overflow: auto; border-spacing: 0; border-collapse: collapse; font-variant: tabular-nums; }
tr { background: var(--ground); border-top: 1px solid var(--line); }
tr:nth-child(2n) { background: var(--soft); }
th, td { padding: 6px 13px; border: 1px solid var(--line); }
th { font-weight: 600; }
code { padding: .2em .4em; border-radius: 6px; background: var(--code); font: 85%/1.45 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
pre { padding: 16px; overflow: auto; border-radius: 6px; background: var(--soft); font: 85%/1.45 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
pre code { padding: 0; background: none; font-size: 100%; }
pre.mermaid:has(svg) { padding: 0; background: none; text-align: center; }
`
