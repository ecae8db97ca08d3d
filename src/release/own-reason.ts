import { say } from '../words/say.ts'
import type { GateDecision } from './decision.ts'

/** The sentences with which the gate closes itself, as the ledger has them, and in the run's language. */
const OWN: readonly (readonly [RegExp, (about: string) => string])[] = [
  [/^the policy cannot be used: (.*)$/s, (about) => say`the policy cannot be used: ${about}`],
  [/^the card could not be posted to Slack()$/, () => say`the card could not be posted to Slack`],
  [/^the gate gave up: (.*)$/s, (about) => say`the gate gave up: ${about}`],
  [
    /^nobody was asked: the deployment was told no, or had ended, before the gate could open()$/,
    () =>
      say`nobody was asked: the deployment was told no, or had ended, before the gate could open`
  ],
  [/^superseded by (.*)$/s, (about) => say`superseded by ${about}`],
  [/^the deployment has ended()$/, () => say`the deployment has ended`]
]

/**
 * Why a gate was closed, for people. The ledger has the gate's own reasons in English, whatever
 * the language; a person's reason, and that of evidence, is shown as it is.
 */
export function reasonWords({
  state,
  by,
  reason
}: Pick<GateDecision, 'state' | 'by' | 'reason'>): string | undefined {
  if (reason === undefined || by.length > 0) return reason
  if (state !== 'FAILED' && state !== 'WITHDRAWN') return reason
  for (const [pattern, words] of OWN) {
    const about = pattern.exec(reason)?.[1]
    if (about !== undefined) return words(about)
  }
  return reason
}
