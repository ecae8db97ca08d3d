import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { ManualClock } from '../../emulator/clock.ts'
import { ledgerOf } from './ledger.ts'
import { askAfter, collectVerification } from '../../src/flow/collect-verification.ts'
import { newDraft } from '../../src/release/draft.ts'
import type { Evidence } from '../../src/release/evidence.ts'
import type { Snapshot } from '../../src/release/snapshot.ts'
import type { TimelineEvent } from '../../src/release/timeline.ts'
import { lifecycleAt, snapshotOf, type EventName } from '../helpers/snapshots.ts'
import { run, verdictOf, type Released } from './stage.ts'

const FUNCTION = 'CodeDeployHook_release-gate-verify'
const FLOW = 'flows: [{ name: pay, required: true, steps: [{ path: /pay }] }]\n'
const LOAD = 'load: { required: true, thresholds: [max < 1 s], requests: [{ path: / }] }\n'

let workspace: string
beforeEach(async () => {
  workspace = await mkdtemp(join(tmpdir(), 'workspace-'))
  process.env['GITHUB_WORKSPACE'] = workspace
})
afterEach(async () => {
  delete process.env['GITHUB_WORKSPACE']
  await rm(workspace, { recursive: true, force: true })
})

/** The plan of a release whose verification file says so. */
async function planned(
  file: string,
  inputs: Readonly<Record<string, string>> = {},
  testListener = true
): Promise<Released> {
  await writeFile(join(workspace, 'v.yml'), `version: 1\n${file}`)
  const given = {
    verification: 'v.yml',
    'verify-function': FUNCTION,
    'ledger-table': 'release-gate'
  }
  return run({ inputs: { ...given, 'dry-run': 'true', ...inputs }, testListener })
}

const hooksIn = ({ draft }: Released): unknown =>
  (JSON.parse(draft.appSpec ?? '{}') as { Hooks?: unknown }).Hooks

describe('the AppSpec', () => {
  it.each([
    ['behind the test listener', true, 'AfterAllowTestTraffic'],
    ['once its tasks run, where there is none', false, 'AfterInstall']
  ])('names the function %s', async (_, testListener, event) => {
    expect(hooksIn(await planned(FLOW, {}, testListener))).toEqual([
      { [event]: FUNCTION },
      { BeforeAllowTraffic: 'CodeDeployHook_gate' }
    ])
  })

  it('may name it itself', async () => {
    const hooks = `AfterAllowTestTraffic=${FUNCTION}`
    expect(hooksIn(await planned(FLOW, { hooks }))).toHaveLength(2)
  })

  it('that names another function there is refused', async () => {
    const { ending } = await planned(FLOW, { hooks: 'AfterAllowTestTraffic=somebody-else' })
    expect(ending.outcome).toBe('refused')
    expect(ending.problems.join()).toMatch(/AfterAllowTestTraffic: two functions are named/)
  })

  it('does not name it where nothing is verified', async () => {
    expect(hooksIn(await planned(FLOW, { verification: '' }))).toEqual([
      { BeforeAllowTraffic: 'CodeDeployHook_gate' }
    ])
  })
})

describe('pre-flight', () => {
  it('refuses without the ledger, in which the function finds what to ask', async () => {
    expect(verdictOf(await planned(FLOW, { 'ledger-table': '' }), 'verification')).toMatch(
      /^NG: `verify-function`.*`ledger-table`/
    )
  })

  it.each<[string, string, boolean, string]>([
    ['says who asks', FLOW, true, 'OK: pay (asked from inside the VPC)'],
    [
      'says that tasks are asked directly where there is no test listener',
      FLOW,
      false,
      "OK: pay (asked from inside the VPC at green's tasks directly: the deployment group has no test listener)"
    ],
    [
      'says that an address of the file is asked in their place',
      `target: { test: http://green.example.com }\n${FLOW}`,
      false,
      'OK: pay (asked from inside the VPC)'
    ],
    [
      'says that production is observed',
      'availability: { on-breach: stop, path: / }\n',
      true,
      'OK: availability (observed from inside the VPC)'
    ]
  ])('%s', async (_, file, testListener, verdict) => {
    expect(verdictOf(await planned(file, {}, testListener), 'verification')).toBe(verdict)
  })

  it('refuses a load without a test listener: that stays with the job', async () => {
    expect(verdictOf(await planned(FLOW + LOAD, {}, false), 'verification')).toMatch(
      /^NG: .*no test listener, so load cannot be asked/
    )
  })

  it.each([
    [FLOW, /^OK: pay/],
    [FLOW + LOAD, /^NG: .*wait-for: started/]
  ])('lets a job end early only where nothing is left to it: %j', async (file, verdict) => {
    const release = await planned(file, { 'wait-for': 'started' })
    expect(verdictOf(release, 'verification')).toMatch(verdict)
  })

  it('does not warn of evidence that the hook itself holds, where no gate does', async () => {
    const ungated = { 'gate-function': '', 'require-approval': 'false' }
    expect(verdictOf(await planned(FLOW, ungated), 'verification')).toMatch(/^OK: pay/)
    expect(verdictOf(await planned(FLOW + LOAD, ungated), 'verification')).toMatch(
      /^WARN: load: nothing holds/
    )
  })
})

describe('what the function has found out', () => {
  const found = (name: string): Evidence => ({
    section: 'flow',
    name,
    required: true,
    verdict: 'passed',
    summary: 'fine',
    startedAt: 1,
    endedAt: 2,
    steps: []
  })
  const at = (
    event: EventName,
    status: 'InProgress' | 'Succeeded' | 'Failed',
    hasTestListener = true
  ): Snapshot =>
    snapshotOf({ deploymentId: 'd-1', steps: lifecycleAt(event, status, hasTestListener) })
  const setUp = (stored: readonly string[][]) => {
    const asked: (readonly string[])[] = []
    const draft = newDraft('shop', 'orders')
    const events: TimelineEvent[] = []
    const followed = collectVerification(
      {
        draft,
        clock: new ManualClock(),
        emit: (event) => void events.push(event),
        ledger: ledgerOf({
          evidence: (_, names) => {
            const there = stored[asked.push(names) - 1] ?? []
            return Promise.resolve(there.map(found))
          }
        })
      },
      'd-1',
      [
        { name: 'order', required: true },
        { name: 'pay', required: false }
      ]
    )
    return { asked, draft, events, followed }
  }

  it('is read once its hook has ended, not before and not again', async () => {
    const { asked, draft, events, followed } = setUp([['order', 'pay']])
    followed.see(at('AfterAllowTestTraffic', 'InProgress'))
    expect(asked).toEqual([])
    followed.see(at('AfterAllowTestTraffic', 'Succeeded'))
    followed.see(at('BeforeAllowTraffic', 'InProgress'))
    await followed.ended()
    expect(asked).toEqual([['order', 'pay']])
    expect(draft.evidence.map(({ name }) => name)).toEqual(['order', 'pay'])
    expect(events).toMatchObject([
      { kind: 'evidence', name: 'order', verdict: 'passed' },
      { kind: 'evidence', name: 'pay' }
    ])
  })

  it('is read after the hook that runs where there is no test listener', async () => {
    const { asked, followed } = setUp([['order', 'pay']])
    followed.see(at('AfterInstall', 'Failed', false))
    await followed.ended()
    expect(asked).toHaveLength(1)
  })

  it('is asked for once more at the end, and what is still missing is unknown', async () => {
    const { asked, draft, followed } = setUp([[], ['order']])
    followed.see(at('AfterAllowTestTraffic', 'Failed'))
    await followed.ended()
    expect(asked).toEqual([
      ['order', 'pay'],
      ['order', 'pay']
    ])
    expect(draft.evidence).toMatchObject([
      { name: 'order', verdict: 'passed' },
      { name: 'pay', verdict: 'unknown', summary: expect.stringContaining('has written nothing') }
    ])
  })

  it('is not missed by a job that ends before the hook has', async () => {
    const { asked, draft, followed } = setUp([])
    followed.see(at('AllowTestTraffic', 'Succeeded'))
    followed.see(
      snapshotOf({ deploymentId: 'd-2', steps: lifecycleAt('AfterAllowTestTraffic', 'Failed') })
    )
    await followed.ended()
    expect(asked).toEqual([])
    expect(draft.evidence).toEqual([])
  })
})

describe('the job begins to ask green', () => {
  it.each([
    [true, false, 'AllowTestTraffic'],
    [false, false, 'AfterInstall'],
    [true, true, 'AfterAllowTestTraffic'],
    [false, true, 'AfterInstall']
  ] as const)(
    'with a test listener: %s, with a function that asks too: %s, after %s',
    (hasTestListener, isAskedInside, event) => {
      const stage = askAfter(hasTestListener, isAskedInside)
      const steps = lifecycleAt('BeforeInstall', 'Pending', hasTestListener)
      expect(steps.filter((step) => step.stage === stage).map(({ name }) => name)).toEqual([event])
    }
  )
})
