import { canonical } from '../../src/ledger/canonical.ts'
import { record, recordResult } from '../../src/ledger/chain.ts'
import { evidenceItem } from '../../src/ledger/evidence-item.ts'
import {
  markAnswered,
  noteAvailability,
  noteTrafficResult,
  settle
} from '../../src/ledger/gate-results.ts'
import { approveWith, castVote, noteEvidence, openGate } from '../../src/ledger/gates.ts'
import { keepToken } from '../../src/ledger/hold.ts'
import { releaseKey, serviceId } from '../../src/ledger/keys.ts'
import type { Item } from '../../src/ledger/table.ts'
import { verificationItem } from '../../src/ledger/verification-item.ts'
import { sayWatched } from '../../src/ledger/watched.ts'
import type { Evidence } from '../../src/release/evidence.ts'
import { followedOf } from '../helpers/followed.ts'
import { MemoryTable } from '../ledger/memory-table.ts'
import { RECORD } from '../ledger/record.ts'
import { factsOf, localSeal } from '../ledger/samples.ts'

export const DEPLOYMENT = 'd-ABCDEF123'
const SERVICE = serviceId('shop', 'orders')
const MINUTE = 60_000

const CHECKS: Evidence = {
  name: 'checks',
  section: 'checks',
  required: true,
  verdict: 'passed',
  summary: '1 of 1 routes answer',
  startedAt: 1 * MINUTE,
  endedAt: 2 * MINUTE,
  images: [{ container: 'app', digest: 'sha256:a' }],
  rows: [
    {
      name: '/',
      method: 'GET',
      path: '/',
      verdict: 'passed',
      status: 200,
      ms: 12,
      attempts: 1,
      problems: []
    }
  ]
}

/** The items that job and gate of this version leave of one release, from its start to its end. */
export async function writeAll(version: string): Promise<readonly Item[]> {
  const table = new MemoryTable()
  const seal = localSeal('the key')
  // The job.
  const written = { ...RECORD, deploymentId: DEPLOYMENT, followed: followedOf(DEPLOYMENT) }
  const key = releaseKey(SERVICE, DEPLOYMENT)
  await table.create({ ...key, record: canonical(written), token: 'a.b.c', ttl: 1 })
  const file = { path: 'verification.yml', text: 'version: 1\nchecks: { routes: [/] }\n' }
  await table.create({ ...verificationItem(SERVICE, DEPLOYMENT, file), ttl: 1 })
  await table.create({ ...evidenceItem(SERVICE, DEPLOYMENT, CHECKS, 'digest'), ttl: 1 })
  const byFunction = { ...CHECKS, name: 'inside' }
  const measured = evidenceItem(SERVICE, DEPLOYMENT, byFunction, 'digest', 'function')
  await table.create({ ...measured, ttl: 1 })
  // The gate.
  const keys = { at: 7 * MINUTE, why: 'no answer' }
  const issuer = 'https://token.actions.githubusercontent.com'
  const watched = { deploymentGroups: ['*/*'], onUngated: 'stop' } as const
  await sayWatched(table, { ...watched, version, language: 'ko', issuer, keys })
  const facts = factsOf('token', DEPLOYMENT)
  const [hold] = facts.holds
  await keepToken(table, facts, hold, 'token')
  const { gate: opened } = await openGate(table, facts, ['pending'])
  const evidence = [
    { name: 'checks', verdict: 'passed', required: true, summary: '1 of 1' } as const
  ]
  const seen = (await noteEvidence(table, opened, evidence)) ?? opened
  const ann = { user: 'U0ANN', name: '김민수', at: 3 * MINUTE, group: undefined }
  const voted = (await castVote(table, seen, ann)) ?? seen
  const ben = {
    user: 'U0BEN',
    name: 'Ben',
    at: 4 * MINUTE,
    group: { id: 'S0OPS', members: ['U0BEN'] }
  }
  const decision = {
    at: 4 * MINUTE,
    by: [ann, ben].map(({ user, name }) => ({ id: user, name })),
    reason: 'looks right',
    breakGlass: false,
    policy: 'digest'
  }
  const closed = await approveWith(table, voted, { decision }, ben)
  if (!closed) throw new Error('not closed')
  const recorded = await record(table, seal, closed)
  const answered = (await markAnswered(table, recorded, hold, 'APPLIED')) ?? recorded
  const result = {
    status: 'stopped',
    rollback: 'succeeded',
    at: 9 * MINUTE,
    beganAt: 5 * MINUTE,
    shiftedAt: 6 * MINUTE,
    rolledBackAt: 9 * MINUTE,
    stoppedBy: 'observer',
    stoppedBecause: '3 % of requests failed',
    why: 'stopped'
  } as const
  const noted = (await noteTrafficResult(table, answered, hold, result)) ?? answered
  const availability = {
    verdict: 'failed',
    total: 900,
    failed: 27,
    summary: '27 of 900',
    measuredBy: 'observer'
  } as const
  const known = (await noteAvailability(table, noted, availability)) ?? noted
  const told = { at: 9 * MINUTE, stoppedByObserver: '3 % of requests failed' }
  const ended = await recordResult(table, seal, { ...known, head: recorded.head }, 'ended', told)
  await settle(table, ended)
  return [...table.items.values()].toSorted((a, b) =>
    `${a.pk} ${a.sk}` < `${b.pk} ${b.sk}` ? -1 : 1
  )
}
