import type { KnownBlock } from '@slack/types'
import { chapterOf } from './chapter.ts'
import { fitting, header, LIMITS, section } from './blocks.ts'
import { notice } from './escape.ts'
import { asked } from './sections/asked.ts'
import { buttons } from './sections/buttons.ts'
import { change } from './sections/change.ts'
import { evidence } from './sections/evidence.ts'
import { obstacles } from './sections/obstacles.ts'
import { outcome, step } from './sections/outcome.ts'
import { secondary } from './sections/secondary.ts'
import { subjectOf } from './versions.ts'
import type { CardView } from './view.ts'
import type { Message } from '../slack/slack.ts'
import { wordsIn } from './words/in-language.ts'
import type { Words } from './words/words.ts'

/**
 * Renders the gate's only message. The first screen of a phone has what it takes to decide, or
 * else the story of what was decided; the rest is small print, and the details are a modal. The
 * same view gives the same message, so that the sender can tell whether anything has changed.
 * Texts that are longer than Slack allows are cut.
 */
export function renderCard(view: CardView): Message {
  const words = wordsIn(view.language)
  const title = words.header[chapterOf(view)](subjectOf(view, words.imagesChange))
  const blocks = [header(title), ...body(view, words), ...secondary(view, words)]
  return {
    text: notice(title, LIMITS.message),
    blocks: fitting(blocks, LIMITS.blocksOfMessage, words.shortened)
  }
}

function body(view: CardView, words: Words): KnownBlock[] {
  const { decision } = view
  if (decision) {
    return [
      ...section(outcome(view, decision, words), words.more),
      ...section(change(view, words), words.more),
      ...(view.evidence.length > 0 ? evidence(view, words) : []),
      ...asked(view, words),
      ...buttons(view, words)
    ]
  }
  return [
    ...section(
      [
        ...change(view, words),
        `*${words.shift(view.shift)}*`,
        ...step(view.trafficResult ?? {}, words)
      ],
      words.more
    ),
    ...evidence(view, words),
    ...asked(view, words),
    ...section(obstacles(view, words), words.more),
    ...buttons(view, words)
  ]
}
