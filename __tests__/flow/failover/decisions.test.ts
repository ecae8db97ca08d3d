import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from '@jest/globals'
import { DECISIONS, decisionsTable, FOREIGN, type Decision } from './decisions.ts'
import { openPlace, type Pair, type Place, type Run } from './stage.ts'

const SHARES = [10, 25, 50, 75] as const
const START: Pair = [100, 0]

/** Runs a release, and does what the row says while this step is watched. */
async function play(
  { inputs, act }: Decision,
  share: number
): Promise<{ readonly place: Place; readonly run: Run }> {
  const place = await openPlace()
  const cancelling = new AbortController()
  place.emulator.world.alarms.put('orders-5xx', 'OK')
  const workspace = fileURLToPath(new URL('workspace', import.meta.url))
  const run = place.run(inputs, { cancelled: cancelling.signal, workspace })
  if (act) void whenWatched(place, run, share).then(() => act(place, run, () => cancelling.abort()))
  await place.advance(run.ended)
  return { place, run }
}

async function whenWatched({ clock }: Place, run: Run, share: number): Promise<void> {
  const isThere = (): boolean =>
    run.draft.deployment?.steps.some(
      ({ name, status }) => name.startsWith(`${share} %`) && status === 'InProgress'
    ) ?? false
  while (!isThere()) await clock.sleep(1_000)
  await clock.sleep(20_000)
}

describe.each(DECISIONS.filter(({ act }) => act !== undefined))('$name', (row) => {
  it.each(SHARES)('at %i percent', async (share) => {
    const { place, run } = await play(row, share)
    const report = await run.ended
    const { outcome, rollback, headline } = report
    expect({ outcome, rollback }).toEqual({ outcome: row.outcome, rollback: row.rollback })
    expect(headline).toMatch(row.says)
    const expected: Record<Decision['weights'], Pair> = {
      start: START,
      step: [100 - share, share],
      foreign: FOREIGN,
      released: [0, 100]
    }
    expect(place.weights()).toEqual(expected[row.weights])
    // The side that was deployed keeps what it got, and without traffic that hurts nobody.
    expect(place.versions()).toEqual(['2', '3'])
  })
})

describe.each(DECISIONS.filter(({ act }) => act === undefined))('$name', (row) => {
  it('ends as the table has it', async () => {
    const { place, run } = await play(row, 0)
    const { outcome, rollback, headline } = await run.ended
    expect({ outcome, rollback }).toEqual({ outcome: row.outcome, rollback: row.rollback })
    expect(headline).toMatch(row.says)
    const [, released] = place.weights()
    if (row.weights === 'start') expect(released).toBe(0)
    if (row.weights === 'released') expect(released).toBe(100)
    if (row.weights === 'step') expect(SHARES).toContain(released)
  })
})

it('docs/failover.md has these rows', () => {
  const page = readFileSync(new URL('../../../docs/failover.md', import.meta.url), 'utf8')
  const [, shown = ''] = /<!-- start decisions -->([^]*)<!-- end decisions -->/.exec(page) ?? []
  expect(shown.trim()).toBe(decisionsTable())
})
