import type { Digest, Gate } from '../../ledger/gate.ts'
import { findGate } from '../../ledger/gates.ts'
import { leaseDigest, noteDigest } from '../../ledger/gate-messages.ts'
import { renderDigest, renderDigestDetails } from '../card/digest.ts'
import { viewOf } from '../card/view-of-gate.ts'
import type { Platform } from '../platform.ts'
import type { Policy } from '../policy/policy.ts'

/** A process holds the digest for longer than it takes to send two messages. */
const LEASE_MS = 15_000

/**
 * Posts the line that says how the release has ended, and its details in the line's thread. It
 * comes after the card and before the gate is settled, so that a release whose line could not be
 * posted is driven again. Only one process at a time may post, and each message is noted as soon
 * as Slack has it, so neither is posted twice unless a process ends, or Slack's answer is lost,
 * between the two: Slack has no key by which it would know the message again.
 *
 * Returns the gate, and whether both messages are posted.
 * Errors: SlackError, and those of the table.
 */
export async function postDigest(
  platform: Platform,
  policy: Policy,
  gate: Gate
): Promise<{ readonly gate: Gate; readonly posted: boolean }> {
  if (isPosted(gate.digest)) return { gate, posted: true }
  const { table, slack, clock } = platform
  const now = clock.now()
  const { channel } = policy.slack
  const leased = await leaseDigest(table, gate, channel, now, now + LEASE_MS)
  if (!leased?.digest) {
    const read = (await findGate(table, gate.facts.id)) ?? gate
    return { gate: read, posted: isPosted(read.digest) }
  }
  const held = { ...leased, digest: leased.digest }
  let digest = leased.digest
  let current: Gate = leased
  const view = viewOf(leased, { policy, moving: [], now })
  try {
    if (digest.ts === '') {
      digest = { ...digest, ts: await slack.post(digest.channel, renderDigest(view)) }
      current = (await noteDigest(table, held, digest)) ?? current
    }
    const details = await slack.reply(digest.channel, renderDigestDetails(view), digest.ts)
    digest = { ...digest, details }
  } finally {
    current = (await noteDigest(table, held, { ...digest, lease: 0 })) ?? current
  }
  return { gate: current, posted: isPosted(current.digest) }
}

function isPosted(digest: Digest | undefined): boolean {
  return digest !== undefined && digest.ts !== '' && digest.details !== ''
}
