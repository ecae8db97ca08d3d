import type { SectionBlock } from '@slack/types'
import { section } from '../blocks.ts'
import { moment } from '../date.ts'
import { code } from '../escape.ts'
import type { CardView } from '../view.ts'
import type { Words } from '../words/words.ts'

/** Other services' open gates and shifting traffic: two releases at once are hard to tell apart afterwards. */
export function moving({ moving: others }: CardView, words: Words): SectionBlock[] {
  if (others.length === 0) return []
  const sorted = [...others].sort((one, other) => other.since - one.since)
  const lines = sorted.map(({ what, service, since }) =>
    words.moving[what](code(service), moment(since))
  )
  return section([words.labels.moving, ...lines.map((line) => `• ${line}`)], words.more, 8)
}
