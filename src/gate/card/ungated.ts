import type { UngatedWhy } from '../../controllers/gate-plane.ts'
import type { Language } from '../../words/language.ts'
import { fields, header, LIMITS, section } from './blocks.ts'
import { code, notice, plain } from './escape.ts'
import type { Message } from '../slack/slack.ts'
import { wordsIn } from './words/in-language.ts'
import type { UngatedEnd } from './words/words.ts'

/** A deployment without the gate, which the watchdog found. */
export interface UngatedView {
  readonly language: Language
  readonly deploymentId: string
  /** What the plane calls the things that it releases to, as the policy's patterns name them. */
  readonly watchedAs: string
  /** A sentence of `whyUngated`. */
  readonly because: string
  readonly result: 'stopped' | 'reported' | 'too-late' | 'not-stopped'
  /** How the rollback of a deployment that was stopped has ended; absent until it has. */
  readonly end?: UngatedEnd
}

/** Why the deployment counts as one without the gate. `found`: what it carries instead, such as a function or a key. */
export function whyUngated(language: Language, why: UngatedWhy, found: string | undefined): string {
  return wordsIn(language).ungatedWhy[why](code(found ?? '?', 200))
}

export function renderUngated(view: UngatedView): Message {
  const words = wordsIn(view.language)
  const { because, deploymentId, end } = view
  const state = end === undefined ? undefined : words.ungatedEnd[end]
  const title = words.ungatedHeader(plain(view.watchedAs, 100), state?.header)
  return {
    text: notice(title, LIMITS.message),
    blocks: [
      header(title),
      ...section([state?.sentence ?? words.ungatedResult[view.result], because], words.more),
      ...fields([[words.labels.deployment, code(deploymentId)]])
    ]
  }
}
