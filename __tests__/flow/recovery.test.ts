import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { SWITCH_SETTINGS } from '../../emulator/switches.ts'
import type { RecoveryEvidence } from '../../src/release/evidence.ts'
import { serve, type Served } from '../verification/server.ts'
import { faulty, run, runUndecided, verdictOf, type Released } from './stage.ts'

let workspace: string
let green: Served

beforeEach(async () => {
  workspace = await mkdtemp(join(tmpdir(), 'workspace-'))
  process.env['GITHUB_WORKSPACE'] = workspace
  green = await serve((_, response) => void response.end())
})
afterEach(async () => {
  delete process.env['GITHUB_WORKSPACE']
  await green.close()
  await rm(workspace, { recursive: true, force: true })
})

const inputs = { verification: 'verification.yml' }
/** The job ends once green has been asked, and nobody has to decide. */
const untilAsked = { ...inputs, 'wait-for': 'test-traffic' }

interface Asked {
  readonly required?: boolean
  readonly cluster?: string
  readonly within?: string
  readonly side?: 'green' | 'blue'
  readonly more?: string
}

function write({
  required = true,
  cluster = 'shop',
  within = '2 min',
  side = 'green',
  more = ''
}: Asked = {}): Promise<void> {
  return writeFile(
    join(workspace, 'verification.yml'),
    `version: 1
target: { test: "${green.origin}", production: "${green.origin}" }
recovery: { required: ${required}, cluster: ${cluster}, path: /version, within: ${within}, side: ${side} }
${more}`
  )
}

function recoveryOf({ draft }: Released): RecoveryEvidence | undefined {
  return draft.evidence.find((each) => each.section === 'recovery')
}

/** Tasks that somebody stopped, by the task set they were of. */
const stoppedIn = ({ emulator }: Released): (string | undefined)[] =>
  [...emulator.world.ecs.tasks.values()]
    .filter(({ stopCode }) => stopCode === 'UserInitiated')
    .map(({ taskSet }) => taskSet?.externalId)

describe.each(SWITCH_SETTINGS.stoppedTask)('a recovery, a stopped task %s,', (stoppedTask) => {
  it('stops one task of green, and is over when green is whole again', async () => {
    await write()
    const release = await runUndecided({ inputs: untilAsked, switches: { stoppedTask } })
    expect(recoveryOf(release)).toMatchObject({ required: true, verdict: 'passed' })
    expect(
      recoveryOf(release)
        ?.steps.map(({ what }) => what)
        .toSorted()
    ).toEqual(['draining', 'healthy', 'registered', 'started', 'stopped'])
    expect(release.emulator.calls.list('ecs:StopTask')).toHaveLength(1)
    const stopped = release.emulator.world.ecs.tasks.get(recoveryOf(release)?.stoppedTask ?? '')
    expect(stopped?.desiredStatus).toBe('STOPPED')
    expect(stopped?.taskSet?.externalId).toBe(release.draft.deployment?.id)
    expect(release.ending.outcome).toBe('started')
  })
})

describe('a recovery', () => {
  it('of the serving side stops one task of blue, and says so before', async () => {
    await write({ side: 'blue' })
    const release = await runUndecided({ inputs: untilAsked })
    expect(verdictOf(release, 'recovery')).toBe(
      'OK: one task of blue, which serves production, will be stopped in shop'
    )
    expect(recoveryOf(release)).toMatchObject({ verdict: 'passed', side: 'blue', tasks: 2 })
    const stopped = release.emulator.world.ecs.tasks.get(recoveryOf(release)?.stoppedTask ?? '')
    expect(stopped?.desiredStatus).toBe('STOPPED')
    expect(stopped?.taskSet?.externalId).not.toBe(release.draft.deployment?.id)
    // The images of green are not what was asked.
    expect(recoveryOf(release)?.images).toBeUndefined()
  })

  it('that takes too long rejects what requires it', async () => {
    await write({ within: '2 s' })
    const { ending, draft } = await runUndecided({ inputs })
    expect(ending).toMatchObject({
      outcome: 'stopped',
      rollback: 'succeeded',
      reason: expect.stringMatching(/^recovery failed: not whole again within 2 s/)
    })
    expect(draft.deployment?.traffic?.green ?? 0).toBe(0)
  })

  it('that is advisory does not', async () => {
    await write({ within: '2 s', required: false })
    const release = await runUndecided({ inputs: untilAsked })
    expect(recoveryOf(release)?.verdict).toBe('failed')
    expect(release.operations).not.toContain('codedeploy:StopDeployment')
  })

  it('comes after all else that asks green, and in no figure of CloudWatch', async () => {
    await write({
      more: `checks: { required: true, requests: [{ path: / }] }
metrics: { required: true, limits: [green healthy-hosts >= 2] }`
    })
    const { draft, emulator } = await runUndecided({ inputs: untilAsked })
    expect(draft.evidence.map(({ name, verdict }) => [name, verdict])).toEqual([
      ['checks', 'passed'],
      ['recovery', 'passed'],
      ['metrics', 'passed']
    ])
    const [checks, recovery, metrics] = draft.evidence
    expect(recovery?.startedAt).toBeGreaterThanOrEqual(checks?.endedAt ?? Infinity)
    expect(recovery?.startedAt).toBeGreaterThanOrEqual(metrics?.endedAt ?? Infinity)
    expect(emulator.calls.list('ecs:StopTask')).toHaveLength(1)
  })

  it('stops nothing once traffic moves', async () => {
    await write({ required: false })
    // The gate says yes at once, and the shift goes on for minutes.
    const release = await run({
      inputs,
      deploymentConfig: 'CodeDeployDefault.ECSLinear10PercentEvery1Minutes'
    })
    expect(release.ending.outcome).toBe('released')
    expect(recoveryOf(release)).toMatchObject({
      verdict: 'unknown',
      summary: 'no task was stopped: production traffic moves to green'
    })
    expect(stoppedIn(release)).toEqual([])
  })

  it.each([
    'ecs:StopTask',
    'ecs:ListTasks',
    'ecs:DescribeTasks',
    'elasticloadbalancing:DescribeTargetHealth'
  ])('without %s is unknown, stops nothing and says so', async (right) => {
    await write({ required: false })
    const release = await runUndecided({
      inputs: untilAsked,
      prepare: faulty(right, { kind: 'denied' })
    })
    expect(recoveryOf(release)).toMatchObject({ verdict: 'unknown', stoppedTask: '' })
    expect(recoveryOf(release)?.summary).toContain(`no task was stopped: ${right}`)
    expect(stoppedIn(release)).toEqual([])
  })

  it('says so where it is not known whether a task was stopped', async () => {
    await write({ required: false })
    const release = await runUndecided({
      inputs: { ...untilAsked, 'max-retries': '0' },
      prepare: faulty('ecs:StopTask', { kind: 'server-error' })
    })
    expect(recoveryOf(release)?.summary).toMatch(
      /^whether a task was stopped is not known: ecs:StopTask: /
    )
  })
})

describe('pre-flight', () => {
  it('refuses a release into another cluster than the file names', async () => {
    await write({ cluster: 'shop-staging' })
    const release = await run({ inputs })
    expect(release.ending.outcome).toBe('refused')
    expect(verdictOf(release, 'recovery')).toMatch(
      /^NG: .*in the cluster shop-staging, and this release is in shop;/
    )
    expect(release.emulator.calls.writes()).toEqual([])
  })

  it('refuses a release without a gate', async () => {
    await write()
    const release = await run({ inputs: { ...inputs, 'gate-function': '' } })
    expect(release.ending.outcome).toBe('refused')
    expect(verdictOf(release, 'recovery')).toMatch(/^NG: .*needs a gate$/)
    expect(release.emulator.calls.writes()).toEqual([])
  })

  it('says that a task will be stopped, and says nothing where none will', async () => {
    await write()
    const release = await run({ inputs: { ...inputs, 'dry-run': 'true' } })
    expect(verdictOf(release, 'recovery')).toBe('OK: one task of green in shop will be stopped')
    expect(verdictOf(await run({ inputs: { 'dry-run': 'true' } }), 'recovery')).toBe('no: check')
  })
})
