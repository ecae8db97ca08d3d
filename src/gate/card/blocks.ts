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
  /** We keep small print small; Slack takes 3,000. */
  context: 1_500,
  button: 75,
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
  message: 3_000,
  /** All blocks of a message as JSON: not documented, measured by slackapi/bolt-js#2509 at 13,200. */
  blocksOfMessage: 13_000
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
  most = Number.POSITIVE_INFINITY,
  longest: number = LIMITS.section
): SectionBlock[] {
  if (lines.length === 0) return []
  return [{ type: 'section', text: { type: 'mrkdwn', text: fit(lines, more, most, longest) } }]
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

/** Small print: parts of one line, as many as have room. */
export function context(
  parts: readonly string[],
  more: (left: number) => string,
  between = '  ·  '
): ContextBlock[] {
  if (parts.length === 0) return []
  const text = fit(parts, more, Number.POSITIVE_INFINITY, LIMITS.context, between)
  return [{ type: 'context', elements: [{ type: 'mrkdwn', text }] }]
}

export const DIVIDER: KnownBlock = { type: 'divider' }

/** How long a text may be while everything together still has to become shorter. */
const ROOMS = [2_000, 1_200, 700, 400, 200]

/**
 * The same blocks, with their texts cut at the ends of lines until all of them together have at
 * most so many characters of JSON. Where a text is cut, `shortened` stands in place of the rest.
 */
export function fitting(
  blocks: readonly KnownBlock[],
  most: number,
  shortened: string
): KnownBlock[] {
  let fitted = [...blocks]
  for (const room of ROOMS) {
    if (JSON.stringify(fitted).length <= most) break
    fitted = blocks.map((block) => cut(block, room, shortened))
  }
  return fitted
}

/**
 * The blocks with as much room for each text as they may have, if all of them together have at
 * most so many characters of JSON. They are made anew for each room, so that they count what
 * they leave out.
 */
export function inRooms(make: (room: number) => KnownBlock[], most: number): KnownBlock[] {
  let blocks = make(LIMITS.section)
  for (const room of ROOMS) {
    if (JSON.stringify(blocks).length <= most) break
    blocks = make(room)
  }
  return blocks
}

function cut(block: KnownBlock, room: number, shortened: string): KnownBlock {
  if (block.type !== 'section' || block.text === undefined) return block
  if (block.text.text.length <= room) return block
  const lines = block.text.text.split('\n')
  const text = fit(lines, () => shortened, Number.POSITIVE_INFINITY, room)
  return { ...block, text: { ...block.text, text } }
}

function fit(
  lines: readonly string[],
  more: (left: number) => string,
  most: number,
  longest: number = LIMITS.section,
  between = '\n'
): string {
  const room = longest - more(lines.length).length - between.length
  let text = ''
  for (const [index, line] of lines.entries()) {
    const next = index === 0 ? line : `${text}${between}${line}`
    if (index >= most || next.length > room) {
      const rest = more(lines.length - index)
      return text === '' ? rest : `${text}${between}${rest}`
    }
    text = next
  }
  return text
}
