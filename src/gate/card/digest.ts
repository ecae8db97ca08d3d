import { count } from '../../release/report-words.ts'
import type { Message } from '../slack/slack.ts'
import { fitting, LIMITS, section } from './blocks.ts'
import { CHAPTER_MARKS, chapterOf } from './chapter.ts'
import { notice, said } from './escape.ts'
import { change } from './sections/change.ts'
import { evidence } from './sections/evidence.ts'
import { decidedBy, outcome } from './sections/outcome.ts'
import { secondary } from './sections/secondary.ts'
import { subjectOf } from './versions.ts'
import type { CardView } from './view.ts'
import { wordsIn } from './words/in-language.ts'

/**
 * One line in the channel for a release that has ended, so that scrolling the channel reads as a
 * history. People are named and not mentioned, because the line is for readers and calls nobody.
 */
export function renderDigest(view: CardView): Message {
  const words = wordsIn(view.language)
  const { decision, availability } = view
  const chapter = chapterOf(view)
  const title = words.header[chapter](subjectOf(view, words.imagesChange))
  const parts = [`${CHAPTER_MARKS[chapter]} *${said(title, LIMITS.header)}*`]
  const state = decision?.state
  if (decision && (state === 'APPROVED' || state === 'REJECTED')) {
    const people = decidedBy(view, decision, 'name') || words.theEvidence
    parts.push(words.digest.decidedBy[state](people))
    if (decision.breakGlass) parts.push(words.digest.withBreakGlass)
  }
  if (availability) {
    parts.push(words.digest.requestsFailed(count(availability.failed), count(availability.total)))
  }
  return {
    text: notice(title, LIMITS.message),
    blocks: section([parts.join('  ·  ')], words.more)
  }
}

/** What stands in the thread of that line: the whole story, and what was released. */
export function renderDigestDetails(view: CardView): Message {
  const words = wordsIn(view.language)
  const { decision } = view
  const title = words.header[chapterOf(view)](subjectOf(view, words.imagesChange))
  const blocks = [
    ...section(decision ? outcome(view, decision, words, 'name') : [], words.more),
    ...section(change(view, words), words.more),
    ...(view.evidence.length > 0 ? evidence(view, words) : []),
    ...secondary(view, words)
  ]
  return {
    text: notice(title, LIMITS.message),
    blocks: fitting(blocks, LIMITS.blocksOfMessage, words.shortened)
  }
}
