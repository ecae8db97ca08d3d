import { expect, it } from '@jest/globals'
import { ManualClock } from '../../emulator/clock.ts'
import { openLedger, type Ledger, type LedgerOptions } from '../../src/action/ledger.ts'
import { Lookups } from '../../src/aws/lookups.ts'
import { MemoryTable } from '../ledger/memory-table.ts'

const octocat = { actor: 'octocat', triggeringActor: undefined, repository: 'octo/shop' }

function ledger(more: Partial<LedgerOptions>): Ledger {
  return openLedger({
    table: () => Promise.resolve(new MemoryTable()),
    tableName: 'release-gate-ledger',
    cluster: 'shop',
    service: 'orders',
    lookups: new Lookups(new ManualClock(), () => undefined),
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
    const checks = await ledger({ trigger: { ...octocat, ...by } }).check()
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
  expect(await ledger({ idToken: undefined }).check()).toContainEqual(expected)
  // A table that may only be written says nothing of the token.
  const table = () => Promise.reject(new Error('not authorized'))
  expect(await ledger({ idToken: undefined, table }).check()).toEqual([
    expect.objectContaining({ name: 'ledger', verdict: 'WARN' }),
    expected
  ])
})
