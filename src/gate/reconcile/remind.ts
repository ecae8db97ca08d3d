import type { Gate } from '../../ledger/gate.ts'
import { takeReminder } from '../../ledger/gate-messages.ts'
import { renderReminder } from '../card/reminder.ts'
import type { Platform } from '../platform.ts'
import type { Policy } from '../policy/policy.ts'

/** How long before the gate expires the last reminder is sent. */
const LAST_CALL_MS = 10 * 60_000

/** When somebody is reminded: at half time and ten minutes before the end. */
function reminderTimes({ facts: { openedAt, expiresAt } }: Gate): number[] {
  return [openedAt + (expiresAt - openedAt) / 2, expiresAt - LAST_CALL_MS]
}

/**
 * Reminds the approvers in the card's thread when it is time. Each reminder is sent at
 * most once, and of several that are due only the last.
 * Errors: SlackError; the reminder then counts as sent.
 */
export async function remind(platform: Platform, policy: Policy, gate: Gate): Promise<Gate> {
  const { table, slack, clock } = platform
  const now = clock.now()
  const due = reminderTimes(gate).filter((at) => at <= now).length
  let current = gate
  if (gate.state !== 'PENDING' || gate.card.ts === '' || due <= gate.reminded) return gate
  for (let sent = gate.reminded; sent < due; sent++) {
    const taken = await takeReminder(table, current)
    if (!taken) return current
    current = taken
  }
  const { channel, ts } = current.card
  await slack.post(channel, renderReminder(current.facts, policy, now), ts)
  return current
}
