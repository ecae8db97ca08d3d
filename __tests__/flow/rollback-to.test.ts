import { describe, expect, it } from '@jest/globals'
import type { VirtualOptions, VirtualRun } from '../../runner/virtual-release.ts'
import { faulty, start } from './stage.ts'

const HOUR = 3_600_000
const NO_EDITS = { image: '', 'container-name': '', 'task-definition': '' }

/** Version 2 has been released; then a run with these inputs. */
async function afterRelease(
  inputs: Readonly<Record<string, string>>,
  options: VirtualOptions = {}
): Promise<{ run: VirtualRun; outcome: string; problems: string; serves: string | undefined }> {
  const release = await start({ gateAnswers: 'Succeeded', ...options })
  await release.advance(HOUR, release.ended)
  expect((await release.ended).ending.outcome).toBe('released')
  const run = release.again({ ...NO_EDITS, ...inputs })
  await release.advance(HOUR, run.ended)
  const { ending } = await run.ended
  const service = release.emulator.world.ecsControl.findService('shop', 'orders')
  const primary = service?.taskSets.find(({ status }) => status === 'PRIMARY')
  return {
    run,
    outcome: ending.outcome,
    problems: ending.problems.join('\n'),
    serves: primary?.taskDefinitionArn.split('/').at(-1)
  }
}

/** The world's first deployment is not CodeDeploy's, so `previous` needs two releases. */
async function afterTwo(inputs: Readonly<Record<string, string>>, options: VirtualOptions = {}) {
  const release = await start({ gateAnswers: 'Succeeded', ...options })
  await release.advance(HOUR, release.ended)
  const second = release.again({ image: 'orders:1' })
  await release.advance(HOUR, second.ended)
  expect((await second.ended).ending.outcome).toBe('released')
  const run = release.again({ ...NO_EDITS, ...inputs })
  await release.advance(HOUR, run.ended)
  return { run, ending: (await run.ended).ending }
}

describe('rollback-to', () => {
  it.each(['1', 'orders:1'])('releases the revision %s as it was, through the gate', async (to) => {
    const { run, outcome, serves } = await afterRelease({ 'rollback-to': to })
    expect(outcome).toBe('released')
    expect(serves).toBe('orders:1')
    expect(run.draft.taskDefinition).toMatchObject({ reused: true })
    expect(run.draft.deployment?.steps).toContainEqual(
      expect.objectContaining({ name: 'BeforeAllowTraffic', status: 'Succeeded' })
    )
  })

  it('previous is what the latest other deployment released', async () => {
    const { run, ending } = await afterTwo({ 'rollback-to': 'previous' })
    expect(ending.outcome).toBe('released')
    expect(run.draft.taskDefinition?.arn).toMatch(/:2$/)
    expect(run.lines.join('\n')).toMatch(/going back to .*:2, released by d-/)
  })

  it('previous is refused where no deployment released anything else', async () => {
    const { outcome, problems, serves } = await afterRelease({ 'rollback-to': 'previous' })
    expect(outcome).toBe('refused')
    expect(problems).toMatch(/none of the last 1 deployments released another revision/)
    expect(problems).toContain('name the revision, as family:revision')
    expect(serves).toBe('orders:2')
  })

  it('previous is refused where what it released may not be read', async () => {
    const { ending } = await afterTwo(
      { 'rollback-to': 'previous' },
      { prepare: faulty('codedeploy:GetApplicationRevision', { kind: 'denied' }) }
    )
    expect(ending.outcome).toBe('refused')
    expect(ending.problems.join()).toMatch(
      /the AppSpec of deployment d-\w+ could not be read: .*not authorized.*name the revision/
    )
  })

  it('a revision that does not exist is refused', async () => {
    const { outcome, problems } = await afterRelease({ 'rollback-to': '77' })
    expect(outcome).toBe('refused')
    expect(problems).toMatch(/`rollback-to`: ".*:77" could not be read/)
  })
})
