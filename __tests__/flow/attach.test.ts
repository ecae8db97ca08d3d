import { describe, expect, it } from '@jest/globals'
import type { VirtualOptions, VirtualRelease, VirtualRun } from '../../runner/virtual-release.ts'
import { faulty, start } from './stage.ts'

const HOUR = 3_600_000

/** A deployment that has just been created, and a run that finds it; nothing of green exists yet. */
async function inTheFirstSeconds(
  options: VirtualOptions = {},
  inputs: Readonly<Record<string, string>> = {}
): Promise<{ release: VirtualRelease; run: VirtualRun; id: string }> {
  const release = await start({
    ...options,
    inputs: { 'wait-for': 'started', ...options.inputs }
  })
  await release.advance(HOUR, release.ended)
  const id = release.draft.deployment?.id ?? ''
  const service = release.emulator.world.ecsControl.findService('shop', 'orders')
  expect(service?.taskSets).toHaveLength(1)
  const run = release.again({
    'on-active-deployment': 'attach',
    'wait-for': 'completed',
    ...inputs
  })
  await release.advance(HOUR, run.ended)
  return { release, run, id }
}

describe('on-active-deployment: attach, in the first seconds of a deployment', () => {
  it('follows it, as its AppSpec names the revision and the gate', async () => {
    const { release, run, id } = await inTheFirstSeconds({ gateAnswers: 'Succeeded' })
    expect((await run.ended).ending).toMatchObject({ outcome: 'released', approval: 'approved' })
    expect(run.draft.deployment?.id).toBe(id)
    expect(release.emulator.world.codedeploy.deployments.size).toBe(1)
  })

  it('refuses one of another revision', async () => {
    const { run } = await inTheFirstSeconds({}, { image: 'orders:3' })
    const { ending } = await run.ended
    expect(ending.outcome).toBe('refused')
    expect(ending.problems.join()).toMatch(/its revision .*orders:2 is not the one asked for/)
  })

  it('refuses one that does not carry the gate, and says what it carries', async () => {
    const { run, release } = await inTheFirstSeconds(
      { inputs: { 'gate-function': '', 'require-approval': 'false' } },
      { 'gate-function': 'CodeDeployHook_gate', 'require-approval': 'true' }
    )
    const { ending } = await run.ended
    expect(ending.problems.join()).toMatch(/it is not gated: no BeforeAllowTraffic hook/)
    expect(release.emulator.world.codedeploy.deployments.size).toBe(1)
  })

  it('refuses where the AppSpec may not be read, and says which right is missing', async () => {
    const { run } = await inTheFirstSeconds({
      prepare: faulty('codedeploy:GetApplicationRevision', { kind: 'denied' })
    })
    const { ending } = await run.ended
    expect(ending.problems.join()).toMatch(/which revision it releases is not known/)
    expect(run.lines.join('\n')).toMatch(/codedeploy:GetApplicationRevision: .*not authorized/)
  })
})
