import { expect, it } from '@jest/globals'
import { ManualClock } from '../../emulator/clock.ts'
import { openLedger, type Ledger, type LedgerOptions } from '../../src/action/ledger.ts'
import { OptionalReads } from '../../src/aws/optional-reads.ts'
import { sayWatched, type Watched } from '../../src/ledger/watched.ts'
import type { CheckResult } from '../../src/release/report.ts'
import { releaseKey } from '../../src/ledger/keys.ts'
import { followedOf } from '../helpers/followed.ts'
import { MemoryTable } from '../ledger/memory-table.ts'
import { RECORD } from '../ledger/record.ts'

const octocat = { actor: 'octocat', triggeringActor: undefined, repository: 'octo/shop' }

function ledger(more: Partial<LedgerOptions>): Ledger {
  return openLedger({
    table: () => Promise.resolve(new MemoryTable()),
    tableName: 'release-gate-ledger',
    cluster: 'shop',
    service: 'orders',
    optionalReads: new OptionalReads(new ManualClock(), () => undefined),
    now: () => 0,
    trigger: octocat,
    idToken: () => Promise.resolve('token'),
    ...more
  })
}

const proof = "GitHub's token will prove it to the gate, if its policy"

it.each<[string, Partial<LedgerOptions['trigger']>, string]>([
  ['who started the run', {}, `${proof} lists octo/shop and maps octocat`],
  [
    'who re-ran it too',
    { triggeringActor: 'hubot' },
    `${proof} lists octo/shop and maps octocat and hubot`
  ],
  [
    'what it cannot name',
    { actor: undefined, repository: undefined },
    `${proof} lists the repository and maps who asks`
  ]
])(
  'a job cannot read the policy, so pre-flight says that it must know %s',
  async (_, by, reason) => {
    const checks = await ledger({ trigger: { ...octocat, ...by } }).check(undefined)
    expect(checks).toEqual([
      { name: 'ledger', verdict: 'OK', reason: 'release-gate-ledger can be read' },
      { name: 'who asks', verdict: 'OK', reason }
    ])
  }
)

it('without a token nobody can be excluded, and pre-flight says what to add', async () => {
  const expected = {
    name: 'who asks',
    verdict: 'WARN',
    reason: expect.stringMatching(/nobody will be able to approve: .*id-token: write/)
  }
  expect(await ledger({ idToken: undefined }).check(undefined)).toContainEqual(expected)
  // A table that may only be written says nothing of the token.
  const table = () => Promise.reject(new Error('not authorized'))
  expect(await ledger({ idToken: undefined, table }).check(undefined)).toEqual([
    expect.objectContaining({ name: 'ledger', verdict: 'WARN' }),
    expected
  ])
})

const GROUP = 'AppECS-shop-orders/DgpECS-shop-orders'

it.each<[string, Watched | undefined, CheckResult['verdict'], RegExp]>([
  [
    'watches it and stops',
    { deploymentGroups: ['AppECS-*/DgpECS-*'], onUngated: 'stop' },
    'OK',
    /^a deployment of AppECS-shop-orders\/DgpECS-shop-orders without the gate is stopped$/
  ],
  [
    'watches it and reports',
    { deploymentGroups: ['*/*'], onUngated: 'report' },
    'OK',
    /is reported in Slack, not stopped$/
  ],
  [
    'watches others',
    { deploymentGroups: ['AppECS-shop-pay/*'], onUngated: 'stop' },
    'WARN',
    /does not watch AppECS-shop-orders\/DgpECS-shop-orders, .*`watch.deployment-groups`$/
  ],
  ['cannot be used', undefined, 'WARN', /cannot use its policy: nobody can approve/]
])("pre-flight warns where the gate's policy %s", async (_, watched, verdict, reason) => {
  const table = new MemoryTable()
  await sayWatched(table, watched)
  const checks = await ledger({ table: () => Promise.resolve(table) }).check(GROUP)
  expect(checks.slice(2)).toEqual([
    { name: 'watchdog', verdict, reason: expect.stringMatching(reason) }
  ])
})

it('whether a group is watched that nobody has spoken of is not known, and pre-flight says why', async () => {
  const checks = await ledger({}).check(GROUP)
  expect(checks).toContainEqual({
    name: 'watchdog',
    verdict: 'SKIP',
    reason: expect.stringMatching(/the gate has not said yet what it watches/)
  })
})

it('a job that may not read what is watched does not know it, and releases', async () => {
  const table = new MemoryTable()
  const get = table.get.bind(table)
  table.get = (key) => (key.pk === 'watch#' ? Promise.reject(new Error('denied')) : get(key))
  const checks = await ledger({ table: () => Promise.resolve(table) }).check(GROUP)
  expect(checks.map(({ name, verdict }) => [name, verdict])).toEqual([
    ['ledger', 'OK'],
    ['who asks', 'OK'],
    ['watchdog', 'SKIP']
  ])
  expect(checks[2]?.reason).toMatch(/denied; whether AppECS-shop-orders.* is not known$/)
})

it('what the gate says is read once, whoever asks for it', async () => {
  const table = new MemoryTable()
  await sayWatched(table, { deploymentGroups: ['*/*'], onUngated: 'stop', language: 'ko' })
  const read: string[] = []
  const get = table.get.bind(table)
  table.get = (key) => {
    read.push(key.pk)
    return get(key)
  }
  const opened = ledger({ table: () => Promise.resolve(table) })
  expect(await opened.gateSays()).toMatchObject({ language: 'ko' })
  await opened.check(GROUP)
  expect(read.filter((pk) => pk === 'watch#')).toHaveLength(1)
})

it('what the job that started a deployment has kept of it can be read by another', async () => {
  const table = new MemoryTable()
  const first = ledger({ table: () => Promise.resolve(table) })
  const followed = followedOf('d-A1', {
    verification: { digest: 'abc', isInside: true, askAfter: 'verify' }
  })
  await first.write({ ...RECORD, deploymentId: 'd-A1', followed })
  const another = ledger({ table: () => Promise.resolve(table) })
  expect(await another.followed('d-A1')).toEqual(followed)
  expect(await another.followed('d-B2')).toBeUndefined()
})

it.each([
  ['no record', undefined],
  ['no JSON', '{'],
  ['a record without it', '{}'],
  [
    'another service’s',
    JSON.stringify({
      followed: { ...followedOf('d-A1'), where: { cluster: 'shop', service: 'pay' } }
    })
  ]
])('of %s nothing is read', async (_, record) => {
  const table = new MemoryTable()
  await table.create({
    ...releaseKey('shop/orders', 'd-A1'),
    ...(record !== undefined && { record })
  })
  expect(await ledger({ table: () => Promise.resolve(table) }).followed('d-A1')).toBeUndefined()
})
