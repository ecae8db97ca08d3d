import type { Block } from './workspace.ts'

/**
 * Blocks as Slack keeps and sends them back: with an id for every block and
 * element that came without one, and the text objects' defaults written out.
 * The blocks must have been checked.
 */
export function filled(blocks: readonly Block[], nextId: () => string): Block[] {
  return blocks.map((block) => {
    const { type, block_id: id = nextId(), ...rest } = block
    return { type, block_id: id, ...mapped(rest, nextId) }
  })
}

function mapped(object: Block, nextId: () => string): Block {
  const entries = Object.entries(object).map(([name, value]) => [name, inside(value, nextId)])
  return Object.fromEntries(entries) as Block
}

function inside(value: unknown, nextId: () => string): unknown {
  if (Array.isArray(value)) return value.map((each) => inside(each, nextId))
  if (typeof value !== 'object' || value === null) return value
  const object = mapped(value as Block, nextId)
  switch (object['type']) {
    case 'plain_text':
      return { emoji: true, ...object }
    case 'mrkdwn':
      return { verbatim: false, ...object }
    case 'button':
    case 'overflow':
    case 'plain_text_input':
      return { action_id: nextId(), ...object }
    default:
      return object
  }
}
