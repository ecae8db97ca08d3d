import { expect, it } from '@jest/globals'
import { ManualClock } from '../../emulator/clock.ts'
import { openLedger, type Ledger, type LedgerOptions } from '../../src/action/ledger.ts'
import { OptionalReads } from '../../src/aws/optional-reads.ts'
import { sayWatched, type GateSays, type Watched } from '../../src/ledger/watched.ts'
import type { CheckResult } from '../../src/release/report.ts'
import { evidenceItem } from '../../src/ledger/evidence-item.ts'
import { releaseKey } from '../../src/ledger/keys.ts'
import type { FlowEvidence } from '../../src/release/evidence.ts'
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
    'who started it and re-ran it once',
    { triggeringActor: 'octocat' },
    `${proof} lists octo/shop and maps octocat`
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
  expect(checks.filter(({ name }) => name === 'watchdog')).toEqual([
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
    ['issuer', 'SKIP'],
    ['watchdog', 'SKIP']
  ])
  expect(checks[3]?.reason).toMatch(/denied; whether AppECS-shop-orders.* is not known$/)
})

const GITHUB = 'https://token.actions.githubusercontent.com'
const GHES = 'https://ghes.example.com/_services/token'
const MINUTE = 60_000
const NOW = 1_000 * MINUTE

/** A token as far as pre-flight reads it; its signature is the gate's matter. */
function tokenOf(claims: unknown): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part({ alg: 'RS256' })}.${part(claims)}.signature`
}

interface IssuerCase {
  readonly says?: Partial<GateSays> | 'nothing' | 'unusable'
  readonly token?: string
}

/** Pre-flight's lines of who asks, where the gate says this and the job gets this token. */
async function proofOf({ says = {}, token = tokenOf({ iss: GITHUB }) }: IssuerCase): Promise<{
  readonly checks: CheckResult[]
  readonly audiences: string[]
}> {
  const table = new MemoryTable()
  const all = { deploymentGroups: ['*/*'], onUngated: 'stop' } as const
  if (says !== 'nothing') {
    await sayWatched(table, says === 'unusable' ? undefined : { ...all, ...says })
  }
  const audiences: string[] = []
  const checks = await ledger({
    table: () => Promise.resolve(table),
    now: () => NOW,
    idToken: (audience) => {
      audiences.push(audience)
      return token === '' ? Promise.reject(new Error('status 502')) : Promise.resolve(token)
    }
  }).check(GROUP)
  return {
    checks: checks.filter(({ name }) => name === 'who asks' || name === 'issuer'),
    audiences
  }
}

const fetched = { keys: { at: NOW - 7 * MINUTE } }

it.each<[string, IssuerCase, CheckResult['verdict'], string | RegExp]>([
  [
    'believes this issuer and could fetch its keys',
    { says: { issuer: GITHUB, ...fetched } },
    'OK',
    `the gate believes tokens of ${GITHUB}, and could fetch the keys 7 min ago`
  ],
  [
    'believes this issuer and does not reach it, as of GitHub Enterprise Server in a network of its own',
    {
      says: { issuer: GHES, keys: { at: NOW - MINUTE, why: 'getaddrinfo ENOTFOUND' } },
      token: tokenOf({ iss: GHES })
    },
    'WARN',
    /could not fetch the keys of https:\/\/ghes\.example\.com\/_services\/token 1 min ago \(getaddrinfo ENOTFOUND\); .*let the functions reach this address/
  ],
  [
    'believes another issuer',
    { says: { issuer: GITHUB, ...fetched }, token: tokenOf({ iss: GHES }) },
    'WARN',
    /is of https:\/\/ghes.*, while the gate believes https:\/\/token\.actions.*: set `github\.issuer: https:\/\/ghes\.example\.com\/_services\/token` in the policy$/
  ],
  [
    'has not tried the keys yet',
    { says: { issuer: GITHUB } },
    'SKIP',
    /whether its functions reach the keys of that issuer now is not known$/
  ],
  [
    'has last tried the keys long ago, because its sweep stands still',
    { says: { issuer: GITHUB, keys: { at: NOW - 300 * MINUTE } } },
    'SKIP',
    /now is not known$/
  ],
  ['is older than this action', { says: {} }, 'SKIP', /has not said yet which issuer/],
  ['has said nothing', { says: 'nothing' }, 'SKIP', /has not said yet which issuer/],
  ['cannot use its policy', { says: 'unusable' }, 'SKIP', /has not said yet which issuer/],
  [
    'is handed a token without an issuer',
    { says: { issuer: GITHUB, ...fetched }, token: tokenOf({}) },
    'SKIP',
    /names no issuer/
  ],
  ['is handed what is no token', { token: 'no token' }, 'SKIP', /names no issuer/]
])('pre-flight says whether the gate %s', async (_, given, verdict, reason) => {
  const { checks, audiences } = await proofOf(given)
  expect(checks).toEqual([
    expect.objectContaining({ name: 'who asks', verdict: 'OK' }),
    {
      name: 'issuer',
      verdict,
      reason: typeof reason === 'string' ? reason : expect.stringMatching(reason)
    }
  ])
  // The gate takes none but tokens whose audience is the deployment's id.
  expect(audiences).toEqual(['ecs-gated-deploy/pre-flight'])
})

it('a job that gets no token although it may ask for one hears of it before anything is written', async () => {
  const { checks } = await proofOf({ says: { issuer: GITHUB, ...fetched }, token: '' })
  expect(checks).toEqual([
    {
      name: 'who asks',
      verdict: 'WARN',
      reason: expect.stringMatching(
        /^GitHub gave this job no OIDC token: .*status 502; .*nobody will be able to approve/
      )
    }
  ])
})

it('a release without a gate asks for no token', async () => {
  const idToken = (): Promise<string> => Promise.reject(new Error('asked'))
  const checks = await ledger({ idToken }).check(undefined)
  expect(checks.map(({ name, verdict }) => [name, verdict])).toEqual([
    ['ledger', 'OK'],
    ['who asks', 'OK']
  ])
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

const MEASURED: FlowEvidence = {
  ...{ section: 'flow', name: 'pay', required: true, verdict: 'passed' },
  ...{ summary: 'of the job', startedAt: 1, endedAt: 2, steps: [] }
}

it('of what a function and a job have measured the former counts, and of each the other where it is alone', async () => {
  const table = new MemoryTable()
  const open = (): Ledger => ledger({ table: () => Promise.resolve(table) })
  await open().writeEvidence('d-A1', MEASURED, 'f')
  expect(await open().evidence('d-A1', ['pay', 'other'])).toMatchObject([{ summary: 'of the job' }])
  const better = { ...MEASURED, summary: 'of the function' }
  await table.create(evidenceItem('shop/orders', 'd-A1', better, 'f', 'function'))
  expect(await open().evidence('d-A1', ['pay'])).toMatchObject([{ summary: 'of the function' }])
})

it("a job whose policy is an older gate's reads what jobs have measured", async () => {
  const table = new MemoryTable()
  const skipped: string[] = []
  const get = table.get.bind(table)
  table.get = (key) =>
    key.pk.startsWith('measured#') ? Promise.reject(new Error('not authorized')) : get(key)
  const opened = ledger({
    table: () => Promise.resolve(table),
    optionalReads: new OptionalReads(new ManualClock(), (what) => void skipped.push(what))
  })
  await opened.writeEvidence('d-A1', MEASURED, 'f')
  expect(await opened.evidence('d-A1', ['pay'])).toMatchObject([{ summary: 'of the job' }])
  expect(await opened.observation('d-A1')).toEqual({ evidence: undefined, stopped: undefined })
  expect(skipped).toEqual(['dynamodb:GetItem on measured#'])
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
