import type { Card, Digest, Gate } from './gate.ts'
import { PENDING, step } from './gate-step.ts'
import type { Condition, Table } from './table.ts'

// What a gate has said in Slack: who may say it now, and what has been said.

/** Leases the card. Only the process that has the lease may send the card to Slack. */
export function leaseCard(
  table: Table,
  gate: Gate,
  now: number,
  until: number
): Promise<Gate | undefined> {
  return step(table, gate, { set: { 'card.lease': until } }, [
    { is: 'below', path: 'card.lease', value: now + 1 }
  ])
}

/** Ends the lease and notes what the card shows now. */
export function returnCard(
  table: Table,
  gate: Gate,
  card: Omit<Card, 'lease'>
): Promise<Gate | undefined> {
  return step(table, gate, { set: { card: { ...card, lease: 0 } } }, [
    { is: 'equal', path: 'card.lease', value: gate.card.lease }
  ])
}

/** Leases the digest. Only the process that has the lease may post it. */
export function leaseDigest(
  table: Table,
  gate: Gate,
  channel: string,
  now: number,
  until: number
): Promise<Gate | undefined> {
  const { digest } = gate
  const free: Condition = digest
    ? { is: 'below', path: 'digest.lease', value: now + 1 }
    : { is: 'absent', path: 'digest' }
  const set = { channel, ts: '', details: '', ...digest, lease: until }
  return step(table, gate, { set: { digest: set } }, [free, ...sameDigest(digest)])
}

/** Notes what of the digest is posted. A lease of 0 ends the lease. */
export function noteDigest(
  table: Table,
  gate: Gate & { readonly digest: Digest },
  digest: Digest
): Promise<Gate | undefined> {
  return step(table, gate, { set: { digest: { ...digest } } }, [
    { is: 'equal', path: 'digest.lease', value: gate.digest.lease }
  ])
}

/** Whoever leases it has read what was posted last, and posts none of it again. */
function sameDigest(digest: Digest | undefined): Condition[] {
  if (!digest) return []
  return [
    { is: 'equal', path: 'digest.ts', value: digest.ts },
    { is: 'equal', path: 'digest.details', value: digest.details }
  ]
}

/** Notes one more reminder. The process whose write succeeds sends it. */
export function takeReminder(table: Table, gate: Gate): Promise<Gate | undefined> {
  return step(table, gate, { set: { reminded: gate.reminded + 1 } }, [
    PENDING,
    { is: 'equal', path: 'reminded', value: gate.reminded }
  ])
}
