import { canonical, sha256 } from '../../ledger/canonical.ts'
import type { Gate } from '../../ledger/gate.ts'
import { findGate, openGates } from '../../ledger/gates.ts'
import { leaseCard, returnCard } from '../../ledger/gate-messages.ts'
import { renderCard } from '../card/render.ts'
import type { Message } from '../slack/slack.ts'
import { viewOf } from '../card/view-of-gate.ts'
import type { Platform } from '../platform.ts'
import type { Policy } from '../policy/policy.ts'

/** A process holds the card for longer than Slack's client ever tries, so that two processes never send at once. */
const LEASE_MS = 15_000
/** A card is sent at most this often because the gate changed while it was being sent. */
const ROUNDS = 3

/**
 * Brings the card up to date: posts it if there is none, and updates it if it
 * shows something else. Only one process at a time may send the card, so an old
 * state never overwrites a new one.
 *
 * Returns the gate, and whether its card shows it.
 * Errors: SlackError. Another process may send the card then.
 */
export async function showCard(
  platform: Platform,
  policy: Policy,
  gate: Gate
): Promise<{ readonly gate: Gate; readonly shown: boolean }> {
  const { table, clock } = platform
  let current = gate
  for (let round = 0; round < ROUNDS; round++) {
    const message = await render(platform, policy, current)
    const digest = sha256(canonical(message))
    if (current.card.ts !== '' && current.card.shown === digest)
      return { gate: current, shown: true }
    const now = clock.now()
    const leased = await leaseCard(table, current, now, now + LEASE_MS)
    if (!leased) return { gate: (await findGate(table, gate.facts.id)) ?? current, shown: false }
    current = await sendAndReturn(platform, policy, leased, message, digest)
  }
  return { gate: current, shown: false }
}

async function sendAndReturn(
  { table, slack }: Platform,
  { slack: { channel } }: Policy,
  leased: Gate,
  message: Message,
  digest: string
): Promise<Gate> {
  const { card } = leased
  const place = card.ts === '' ? { channel, ts: '' } : { channel: card.channel, ts: card.ts }
  let sent: { readonly channel: string; readonly ts: string } | undefined
  try {
    if (place.ts === '') sent = { channel, ts: await slack.post(channel, message) }
    else {
      await slack.update(place.channel, place.ts, message)
      sent = place
    }
  } finally {
    const kept = sent ? { ...sent, shown: digest } : { ...place, shown: card.shown }
    const returned = await returnCard(table, leased, kept)
    leased = returned ?? (await findGate(table, leased.facts.id)) ?? leased
  }
  return leased
}

async function render(platform: Platform, policy: Policy, gate: Gate): Promise<Message> {
  const moving = gate.state === 'PENDING' ? await openGates(platform.table) : []
  return renderCard(viewOf(gate, { policy, moving, now: platform.clock.now() }))
}
