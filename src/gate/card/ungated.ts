import type { UngatedWhy } from '../../controllers/gate-plane.ts'
import type { Language } from '../../words/language.ts'
import { fields, header, LIMITS, section } from './blocks.ts'
import { code, notice, plain } from './escape.ts'
import type { Message } from '../slack/slack.ts'
import { wordsIn } from './words/in-language.ts'

/** A deployment without the gate, which the watchdog found. */
export interface UngatedView {
  readonly language: Language
  readonly deploymentId: string
  /** What the plane calls the things that it releases to, as the policy's patterns name them. */
  readonly watchedAs: string
  readonly why: UngatedWhy
  /** What the deployment carries instead: a function, a key, a path or a sign. */
  readonly found: string | undefined
  readonly result: 'stopped' | 'reported' | 'too-late' | 'not-stopped'
}

export function renderUngated(view: UngatedView): Message {
  const words = wordsIn(view.language)
  const { why, found, deploymentId } = view
  const title = words.ungatedHeader(plain(view.watchedAs, 110))
  const because = words.ungatedWhy[why](code(found ?? '?', 200))
  return {
    text: notice(title, LIMITS.message),
    blocks: [
      header(title),
      ...section([words.ungatedResult[view.result], because], words.more),
      ...fields([[words.labels.deployment, code(deploymentId)]])
    ]
  }
}
