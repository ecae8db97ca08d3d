import type { ClosedState } from '../../ledger/gate.ts'

/** Why a gate closes by itself: the codes by which card/words/ finds its sentence. */
export const OWN_REASONS = [
  'policy-unusable',
  'card-not-posted',
  'superseded',
  'deployment-ended'
] as const

export type OwnReason = (typeof OWN_REASONS)[number]

/**
 * As they stand in the ledger: in English whatever the policy's language, which
 * may change, or may be what could not be read. Sealed rows say them so; a
 * sentence that is reworded here is no longer known in them.
 */
export const IN_LEDGER = {
  'policy-unusable': (problem: string) => `the policy cannot be used: ${problem}`,
  'card-not-posted': () => 'the card could not be posted to Slack',
  superseded: (deploymentId: string) => `superseded by ${deploymentId}`,
  'deployment-ended': () => 'the deployment has ended'
} satisfies Sentences

/** Plain text; `about` is what a sentence ends with, where it has such an end. */
export type Sentences = Readonly<Record<OwnReason, (about: string) => string>>

/**
 * The reason in the words of `sentences` where the gate gave it to itself, else
 * as it stands. The text alone does not tell, nor that no person is named:
 * people, evidence that rejects and a job that breaks the glass choose their own
 * words. Only the gate itself lets a gate fail or withdraws it.
 */
export function reasonIn(
  sentences: Sentences,
  decision: { readonly state: ClosedState; readonly by: readonly unknown[] },
  reason: string
): string {
  const { state, by } = decision
  if (by.length > 0 || (state !== 'FAILED' && state !== 'WITHDRAWN')) return reason
  const known: Sentences = IN_LEDGER
  for (const code of OWN_REASONS) {
    const about = reason.slice(known[code]('').length)
    if (known[code](about) === reason) return sentences[code](about)
  }
  return reason
}
