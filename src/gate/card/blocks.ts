import type {
  ContextBlock,
  HeaderBlock,
  KnownBlock,
  PlainTextElement,
  SectionBlock
} from '@slack/types'
import { plain } from './escape.ts'

/** Slack's limits ("Reference: blocks"), counted in UTF-16 units, which is never too few. */
export const LIMITS = {
  blocks: 50,
  header: 150,
  section: 3_000,
  field: 2_000,
  fields: 10,
  contextElements: 10,
  button: 75,
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
  message: 3_000
} as const

export function plainText(text: string, max: number): PlainTextElement {
  return { type: 'plain_text', text: plain(text, max), emoji: true }
}

export function header(text: string): HeaderBlock {
  return { type: 'header', text: plainText(text, LIMITS.header) }
}

/** Lines of mrkdwn in one section; what does not fit is counted in a last line. Nothing for no lines. */
export function section(
  lines: readonly string[],
  more: (left: number) => string,
  most = Number.POSITIVE_INFINITY
): SectionBlock[] {
  if (lines.length === 0) return []
  return [{ type: 'section', text: { type: 'mrkdwn', text: fit(lines, more, most) } }]
}

/** Labelled facts side by side, ten at most in one section. */
export function fields(
  entries: readonly (readonly [label: string, text: string])[]
): SectionBlock[] {
  const blocks: SectionBlock[] = []
  for (let at = 0; at < entries.length; at += LIMITS.fields) {
    blocks.push({
      type: 'section',
      fields: entries
        .slice(at, at + LIMITS.fields)
        .map(([label, text]) => ({ type: 'mrkdwn', text: `*${label}*\n${text}` }))
    })
  }
  return blocks
}

export function context(texts: readonly string[]): ContextBlock[] {
  if (texts.length === 0) return []
  return [{ type: 'context', elements: texts.map((text) => ({ type: 'mrkdwn', text })) }]
}

export const DIVIDER: KnownBlock = { type: 'divider' }

function fit(lines: readonly string[], more: (left: number) => string, most: number): string {
  const room = LIMITS.section - more(lines.length).length - 1
  let text = ''
  for (const [index, line] of lines.entries()) {
    const next = index === 0 ? line : `${text}\n${line}`
    if (index >= most || next.length > room) {
      const rest = more(lines.length - index)
      return text === '' ? rest : `${text}\n${rest}`
    }
    text = next
  }
  return text
}
