import type { Gate } from '../../ledger/gate.ts'
import type { Platform } from '../platform.ts'
import type { Policy } from '../policy/policy.ts'
import { reconcile } from '../reconcile/reconcile.ts'

/** Over 46 s: what failed may be the ledger or the secret, and Slack's own disturbances pass as well. */
const ATTEMPTS = 6
/** Slack asks for about a second between messages to one channel ("Rate limits", chat.postMessage). Each pause doubles it. */
const BETWEEN_MS = 1_500

/**
 * Posts the card of a new gate, and tries again if that fails: without a card
 * nobody can be asked. What fails at a card that is there already, the sweep
 * sends again a minute later. Returns the gate if its card could not be posted.
 */
export async function retryCard(
  platform: Platform,
  policy: Policy,
  gate: Gate
): Promise<Gate | undefined> {
  const { clock } = platform
  let current = gate
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (attempt > 0) await clock.sleep(BETWEEN_MS * 2 ** (attempt - 1))
    current = await reconcile(platform, current, policy)
    if (current.state !== 'PENDING' || current.card.ts !== '') return undefined
    // Another invocation is posting the card.
    if (current.card.lease > clock.now()) return undefined
  }
  return current
}
