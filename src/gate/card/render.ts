import type { KnownBlock } from '@slack/types'
import { context, header, LIMITS } from './blocks.ts'
import { code, notice, plain } from './escape.ts'
import { buttons } from './sections/buttons.ts'
import { change, imagesInPlain } from './sections/change.ts'
import { evidence } from './sections/evidence.ts'
import { facts } from './sections/facts.ts'
import { moving } from './sections/moving.ts'
import { obstacles } from './sections/obstacles.ts'
import { outcome } from './sections/outcome.ts'
import type { CardView } from './view.ts'
import type { Message } from '../slack/slack.ts'
import { wordsIn } from './words/in-language.ts'
import type { Words } from './words/words.ts'

/**
 * Renders the gate's only message, with the most important parts first. The same
 * view gives the same message, so that the sender can tell whether anything has
 * changed. Texts that are longer than Slack allows are cut.
 */
export function renderCard(view: CardView): Message {
  const words = wordsIn(view.language)
  const state = view.decision?.state ?? 'PENDING'
  const service = plain(`${view.cluster}/${view.service}`, 80)
  return {
    text: notice(words.notice[state](service, imagesInPlain(view, 120)), LIMITS.message),
    blocks: [header(words.header[state](service)), ...body(view, words), ...record(view, words)]
  }
}

function body(view: CardView, words: Words): KnownBlock[] {
  if (view.decision) {
    return [
      ...outcome(view, view.decision, words),
      ...change(view, words),
      ...facts(view, words),
      ...(view.evidence.length > 0 ? evidence(view, words) : [])
    ]
  }
  return [
    ...change(view, words),
    ...facts(view, words),
    ...evidence(view, words),
    ...moving(view, words),
    ...obstacles(view, words),
    ...buttons(view, words)
  ]
}

/** People compare this many digits. */
const HEAD_DIGITS = 12

function record({ head }: CardView, words: Words): KnownBlock[] {
  if (head === undefined) return []
  const [number = '', digest = ''] = head.split('-')
  return context([words.head(code(`${number}-${digest.slice(0, HEAD_DIGITS)}`))])
}
