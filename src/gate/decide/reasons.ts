import type { ClosedState } from '../../ledger/gate.ts'
import type { Closing } from '../../ledger/gates.ts'
import type { Policy } from '../policy/policy.ts'

/** Why a gate closes without a person. card/words/ has a sentence for each of these codes. */
export const OWN_REASONS = [
  'policy-unusable',
  'card-not-posted',
  'gave-up',
  'told-before',
  'superseded',
  'deployment-ended'
] as const

export type OwnReason = (typeof OWN_REASONS)[number]

/**
 * The reasons as the ledger records them. They are in English whatever the
 * policy's language is, because the language may change, and because the policy
 * may be what could not be read. Sealed rows contain these sentences: if one is
 * reworded here, the card no longer recognises it in older rows.
 */
export const IN_LEDGER = {
  'policy-unusable': (problem: string) => `the policy cannot be used: ${problem}`,
  'card-not-posted': () => 'the card could not be posted to Slack',
  'gave-up': (problem: string) => `the gate gave up: ${problem}`,
  'told-before': () =>
    'nobody was asked: the deployment was told no, or had ended, before the gate could open',
  superseded: (deploymentId: string) => `superseded by ${deploymentId}`,
  'deployment-ended': () => 'the deployment has ended'
} satisfies Sentences

/** Plain text. `about` is the end of those sentences that end with a detail. */
export type Sentences = Readonly<Record<OwnReason, (about: string) => string>>

/**
 * Returns the reason in the words of `sentences` if the gate's own functions
 * gave it, else unchanged. The text alone does not tell that, nor does the
 * absence of a person: approvers, evidence that rejects the gate and a job that
 * breaks the glass choose their own words. The state does, because only the
 * gate's functions set FAILED and WITHDRAWN.
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

/** Makes a closing that no person decided. */
export function nobody(
  at: number,
  reason: string | undefined,
  policy: Policy | undefined
): Closing {
  return { decision: { at, by: [], reason, breakGlass: false, policy: policy?.digest } }
}
