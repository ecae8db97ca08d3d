import MarkdownIt, { type Token } from 'markdown-it'

/** What a Markdown parser that nobody here wrote finds live in a text. */
export interface Live {
  /** Elements written as HTML. */
  readonly elements: readonly string[]
  readonly links: readonly string[]
  readonly images: number
  /** Number of cells of each table row. */
  readonly rows: readonly number[]
  /** Kinds of blocks, in their order. */
  readonly blocks: readonly string[]
  /** What a reader sees outside of code. */
  readonly words: string
  readonly code: readonly string[]
}

/** As GitHub reads it: HTML is live, bare addresses become links. */
const parser = new MarkdownIt({ html: true, linkify: true })
parser.linkify.set({ fuzzyLink: false, fuzzyEmail: true }).add('//', null)

export function judge(markdown: string): Live {
  const blocks = parser.parse(markdown, {})
  const all = blocks.flatMap((token) => [token, ...(token.children ?? [])])
  return {
    elements: all.flatMap(elementsOf),
    links: all.flatMap((token) =>
      token.type === 'link_open' ? [String(token.attrGet('href'))] : []
    ),
    images: all.filter((token) => token.type === 'image').length,
    rows: rowWidths(blocks),
    blocks: blocks.filter((token) => token.nesting >= 0).map((token) => token.type),
    words: wordsOf(all),
    code: all.flatMap((token) =>
      token.type === 'code_inline' || token.type === 'fence' ? [token.content] : []
    )
  }
}

function elementsOf(token: Token): string[] {
  if (token.type !== 'html_inline' && token.type !== 'html_block') return []
  return [...token.content.matchAll(/<\/?([a-z!?][^\s>/]*)/gi)].map(([, name = '']) => name)
}

/** The cells before each row's end, however the row came about. */
function rowWidths(tokens: readonly Token[]): number[] {
  const widths: number[] = []
  let cells = 0
  for (const token of tokens) {
    if (token.type === 'td_open' || token.type === 'th_open') cells++
    if (token.type === 'tr_close') {
      widths.push(cells)
      cells = 0
    }
  }
  return widths
}

/** Text split where an element is, as a page's text nodes are: GitHub looks for mentions in each. */
function wordsOf(tokens: readonly Token[]): string {
  return tokens
    .map((token) => {
      if (token.type === 'text' || token.type === 'text_special') return token.content
      return token.type === 'html_inline' ? '\n' : ''
    })
    .join('')
}
