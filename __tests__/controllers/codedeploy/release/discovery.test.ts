import { describe, expect, it } from '@jest/globals'
import type { Emulator } from '../../../../emulator/emulator.ts'
import type { VirtualOptions } from '../../../../runner/virtual-release.ts'
import { faulty, run, start, verdictOf } from '../../../flow/stage.ts'

const SCAN = [
  'codedeploy:ListApplications',
  'codedeploy:ListDeploymentGroups',
  'codedeploy:BatchGetDeploymentGroups'
]
const NO_RETRIES = { 'max-retries': '0' }

/** The group under names that nobody can guess, the last of some. */
function renamed({ world }: Emulator): void {
  const { applications } = world.codedeploy
  const application = applications.get('AppECS-shop-orders')
  const group = application?.groups.get('DgpECS-shop-orders')
  if (!application || !group) throw new Error('the world has other names now')
  applications.clear()
  for (const name of ['billing', 'search', 'the-orders']) {
    applications.set(name, { ...application, name, groups: new Map() })
  }
  const elsewhere = { ...group, ecsServices: [{ clusterName: 'other', serviceName: 'orders' }] }
  add('search', 'other-cluster', elsewhere)
  add('the-orders', 'other-cluster', elsewhere)
  add('the-orders', 'blue-green', group)

  function add(applicationName: string, deploymentGroupName: string, info: typeof group): void {
    const named = { ...info, applicationName, deploymentGroupName }
    applications.get(applicationName)?.groups.set(deploymentGroupName, named)
  }
}

type Prepare = NonNullable<VirtualOptions['prepare']>

function both(...all: readonly Prepare[]): Prepare {
  return (emulator, demo) => {
    for (const each of all) each(emulator, demo)
  }
}

describe('the deployment group is found', () => {
  it('under the names that the console gives, with no other call', async () => {
    const release = await run()
    expect(release.ending.outcome).toBe('released')
    expect(verdictOf(release, 'deployment group')).toMatch(/^OK: .*default name/)
    expect(release.operations).not.toContain('codedeploy:ListApplications')
  })

  it('through the deployment that made the live task set, which names its owner', async () => {
    const release = await start({ gateAnswers: 'Succeeded' })
    await release.advance(3_600_000, release.ended)
    const { ending } = await release.ended
    expect(ending.outcome).toBe('released')
    const first = release.draft.deployment?.id
    release.emulator.calls.clear()

    const second = release.again({ image: 'orders:3' })
    await release.advance(3_600_000, second.ended)
    expect((await second.ended).ending.outcome).toBe('released')
    expect(verdictOf(second, 'deployment group')).toMatch(`through deployment ${first ?? '?'}`)
    const asked = release.emulator.calls.list('codedeploy:GetDeployment')[0]
    expect(asked?.input).toEqual({ deploymentId: first })
    for (const operation of SCAN) expect(release.emulator.calls.count(operation)).toBe(0)
  })

  it('by the default names where that deployment may not be read', async () => {
    const release = await start({ gateAnswers: 'Succeeded' })
    await release.advance(3_600_000, release.ended)
    release.emulator.faults.add({
      operation: 'codedeploy:GetDeployment',
      fault: { kind: 'denied' },
      to: 1
    })
    const second = release.again({ image: 'orders:3' })
    await release.advance(3_600_000, second.ended)
    expect((await second.ended).ending.outcome).toBe('released')
    expect(verdictOf(second, 'deployment group')).toMatch(/default name/)
  })

  it('by a scan, which tells services of one name in two clusters apart', async () => {
    const release = await run({ prepare: renamed })
    expect(release.ending.outcome).toBe('released')
    expect(verdictOf(release, 'deployment group')).toMatch(
      'the-orders / blue-green (found by a scan'
    )
  })

  it('by a scan that waits where it is throttled', async () => {
    const throttled = SCAN.map((operation) => faulty(operation, { kind: 'throttling' }, { to: 2 }))
    const release = await run({ inputs: NO_RETRIES, prepare: both(renamed, ...throttled) })
    expect(release.ending.outcome).toBe('released')
    expect(release.emulator.calls.count('codedeploy:ListApplications')).toBe(3)
    const [first, second, third] = release.emulator.calls.list('codedeploy:ListApplications')
    expect(second?.at).toBeGreaterThanOrEqual((first?.at ?? 0) + 500)
    expect(third?.at).toBeGreaterThanOrEqual((second?.at ?? 0) + 1_000)
  })

  it('by a scan that leaves out an application it may not look into', async () => {
    const release = await run({
      prepare: both(
        renamed,
        faulty('codedeploy:ListDeploymentGroups', { kind: 'denied' }, { to: 1 })
      )
    })
    expect(release.ending.outcome).toBe('released')
  })

  it('within the application that is given', async () => {
    const release = await run({
      inputs: { 'codedeploy-application': 'the-orders' },
      prepare: renamed
    })
    expect(release.ending.outcome).toBe('released')
    expect(release.operations).not.toContain('codedeploy:ListApplications')
    const listed = release.emulator.calls.list('codedeploy:ListDeploymentGroups')
    expect(listed.map(({ input }) => input?.['applicationName'])).toEqual(['the-orders'])
  })

  it('by a group name alone, wherever its application is', async () => {
    const release = await run({
      inputs: { 'codedeploy-deployment-group': 'blue-green' },
      prepare: renamed
    })
    expect(release.ending.outcome).toBe('released')
  })
})

describe('the deployment group is not found', () => {
  it.each<[string, VirtualOptions]>([
    [
      'where no group owns the service',
      { prepare: ({ world }) => world.codedeploy.applications.clear() }
    ],
    [
      'where it has another name than the one given',
      { inputs: { 'codedeploy-deployment-group': 'green-blue' }, prepare: renamed }
    ],
    [
      'where the scan is denied',
      { prepare: both(renamed, faulty('codedeploy:ListApplications', { kind: 'denied' })) }
    ],
    [
      'where no application may be looked into',
      { prepare: both(renamed, faulty('codedeploy:ListDeploymentGroups', { kind: 'denied' })) }
    ]
  ])('%s: refused, saying what to set, and nothing is written', async (_, options) => {
    const release = await run(options)
    expect(release.ending.outcome).toBe('refused')
    expect(verdictOf(release, 'deployment group')).toMatch(/^NG: .*`codedeploy-deployment-group`/)
    expect(release.emulator.calls.writes()).toEqual([])
  })

  it('in time, where throttling does not end', async () => {
    const release = await run({
      inputs: NO_RETRIES,
      prepare: both(renamed, faulty('codedeploy:ListApplications', { kind: 'throttling' }))
    })
    expect(release.ending.outcome).toBe('refused')
    expect(release.ending.problems.join()).toMatch(/Throttling|Rate exceeded/)
    expect(release.seconds).toBeLessThanOrEqual(150)
  })
})
