import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { renderSummary } from '../../../src/action/summary/render.ts'
import { reportToHtml } from '../../../src/report-html/render.ts'
import { speaking } from '../../../src/words/say.ts'
import { interrupt } from '../../../src/release/interrupt.ts'
import { OptionalReads } from '../../../src/aws/optional-reads.ts'
import { createClients } from '../../../src/aws/clients.ts'
import { PLANES, planeOfKind } from '../../../src/controllers/choose.ts'
import type { Report } from '../../../src/release/report.ts'
import { openPlace, type Place, type Run } from './stage.ts'

const WRITES = [
  'ecs:RegisterTaskDefinition',
  'ecs:UpdateService',
  'elasticloadbalancing:ModifyListener'
]

async function released(
  place: Place,
  inputs: Readonly<Record<string, string>> = {}
): Promise<Report & { readonly run: Run }> {
  const run = place.run(inputs)
  await place.advance(run.ended)
  return { ...(await run.ended), run }
}

const writesOf = ({ emulator }: Place): readonly string[] =>
  emulator.calls
    .list()
    .map(({ operation }) => operation)
    .filter((operation) => WRITES.includes(operation))

const stepsOf = ({ deployment }: Report): readonly string[] =>
  (deployment?.steps ?? []).map(({ name, status }) => `${name}: ${status}`)

const image = (version: number): Readonly<Record<string, string>> => ({
  image: `123456789012.dkr.ecr.eu-central-1.amazonaws.com/orders:${version}`
})

describe('a failover', () => {
  it('deploys to the side without traffic, and moves it in steps; the next one goes the other way', async () => {
    const place = await openPlace()
    const there = await released(place)
    expect(there).toMatchObject({ outcome: 'released', rollback: 'none', approval: 'not-required' })
    expect(stepsOf(there)).toEqual([
      'deploy prod2: Succeeded',
      '10 % to prod2: Succeeded',
      '25 % to prod2: Succeeded',
      '50 % to prod2: Succeeded',
      '75 % to prod2: Succeeded',
      '100 % to prod2: Succeeded',
      'watch prod2: Succeeded'
    ])
    expect(place.weights()).toEqual([0, 100])
    const back = await released(place, image(4))
    expect(back.outcome).toBe('released')
    expect(place.weights()).toEqual([100, 0])
    expect(place.versions()).toEqual(['4', '3'])
  })

  it('from an even split, gathers the traffic at the side that `first` names', async () => {
    const place = await openPlace({ weights: [50, 50] })
    const report = await released(place, { first: 'prod2', steps: '50, 100' })
    expect(report.outcome).toBe('released')
    expect(stepsOf(report)).toEqual([
      '100 % to prod2: Succeeded',
      'watch prod2: Succeeded',
      'deploy prod1: Succeeded',
      '50 % to prod1: Succeeded',
      '100 % to prod1: Succeeded',
      'watch prod1: Succeeded'
    ])
    expect(place.weights()).toEqual([100, 0])
    expect(place.versions()).toEqual(['3', '1'])
  })

  it('with `finish: balanced`, deploys to both sides and ends with an even split', async () => {
    const place = await openPlace()
    const report = await released(place, { finish: 'balanced', steps: '25, 100' })
    expect(report.outcome).toBe('released')
    expect(stepsOf(report)).toEqual([
      'deploy prod2: Succeeded',
      '25 % to prod2: Succeeded',
      '100 % to prod2: Succeeded',
      'watch prod2: Succeeded',
      'deploy prod1: Succeeded',
      '25 % to prod1: Succeeded',
      '50 % to prod1: Succeeded',
      'watch prod1: Succeeded'
    ])
    expect(place.weights()).toEqual([50, 50])
    expect(place.versions()).toEqual(['3', '3'])
    expect(report.headline).toMatch(
      /^orders:\d+ serves on both sides, prod1 and prod2, half of production traffic each, /
    )
    expect(report.deployment?.sides).toEqual({
      from: { name: 'prod1', share: 50 },
      to: { name: 'prod2', share: 50 }
    })
    for (const told of [renderSummary(report), reportToHtml(report)]) {
      expect(told).not.toContain('serves all production traffic')
      expect(told).not.toMatch(/100 % green|AppSpec|CodeDeploy|deployment group/)
    }
    const korean = await speaking('ko', () => Promise.resolve(renderSummary(report)))
    expect(korean).toContain('최종 운영 트래픽 비율')
  })

  it('with `deploy: none`, only moves the traffic', async () => {
    const place = await openPlace()
    const report = await released(place, {
      deploy: 'none',
      sides: 'prod1=shop-prod1\nprod2=shop-prod2',
      'container-name': '',
      image: '',
      steps: '100'
    })
    expect(report.outcome).toBe('released')
    expect(stepsOf(report)).toEqual([
      'prod2 is ready: Succeeded',
      '100 % to prod2: Succeeded',
      'watch prod2: Succeeded'
    ])
    expect(place.weights()).toEqual([0, 100])
    expect(place.versions()).toEqual(['2', '1'])
    expect(new Set(writesOf(place))).toEqual(new Set(['elasticloadbalancing:ModifyListener']))
  })

  it('keeps to the start if another deployment takes the place of its own', async () => {
    const place = await openPlace()
    const run = place.run()
    void place.clock.sleep(500).then(() => place.deployBeside(1))
    await place.advance(run.ended)
    const report = await run.ended
    expect(report).toMatchObject({ outcome: 'failed', rollback: 'none' })
    expect(report.headline).toContain('the deployment to prod2 has failed: another deployment')
    expect(place.weights()).toEqual([100, 0])
  })

  it('with `dry-run`, says what it would do and writes nothing', async () => {
    const place = await openPlace()
    const report = await released(place, { 'dry-run': 'true' })
    expect(report.outcome).toBe('planned')
    expect(report.appSpec).toContain('2. move traffic from prod1 to prod2, which has 0 % now: 10 %')
    expect(writesOf(place)).toEqual([])
  })

  it('asks the side that was deployed before any traffic moves, and stops if it does not answer as it should', async () => {
    const place = await openPlace()
    const workspace = await mkdtemp(join(tmpdir(), 'workspace-'))
    await writeFile(
      join(workspace, 'verification.yml'),
      'version: 1\nchecks: { required: true, requests: [{ path: / }] }\n'
    )
    const run = place.run(
      { verification: 'verification.yml', 'test-url': 'http://127.0.0.1:9' },
      { workspace }
    )
    await place.advance(run.ended)
    const report = await run.ended
    await rm(workspace, { recursive: true, force: true })
    expect(report).toMatchObject({ outcome: 'stopped', rollback: 'succeeded' })
    expect(report.headline).toContain('checks failed')
    expect(report.headline).toContain('production stayed on the revision before')
    expect(writesOf(place)).toEqual(['ecs:RegisterTaskDefinition', 'ecs:UpdateService'])
  })
})

describe('the pre-flight of a failover', () => {
  it('says everything at once, and nothing is written', async () => {
    const place = await openPlace({ weights: [60, 40] })
    place.loseTargets(1)
    const report = await released(place, {
      sides: 'prod1=shop-prod1\nprod2=shop-prod2\nprod1-service=shop-prod2\nprod2-service=absent',
      'wait-for': 'started',
      'rehearsed-on': 'shop-dev:80'
    })
    expect(report.outcome).toBe('refused')
    const problems = report.problems.join('\n')
    for (const part of [
      'name in `first` the side',
      'does not register its tasks with that target group',
      'absent',
      'cannot end with `wait-for: started`',
      'there is no load balancer shop-dev',
      'prod2 has 0 healthy targets'
    ]) {
      expect(problems).toContain(part)
    }
    expect(writesOf(place)).toEqual([])
  })

  it('refuses a revision that serves already', async () => {
    const place = await openPlace()
    const report = await released(place, image(2))
    expect(report.outcome).toBe('refused')
    expect(report.problems.join()).toContain('nothing to release')
  })
})

describe('the post phase', () => {
  it.each(['stop-and-rollback', 'stop', 'leave'] as const)(
    'after a job that was killed at 25 percent, with on-cancel: %s',
    async (policy) => {
      const place = await openPlace()
      const dead = place.run({ steps: '25, 100', bake: '10 min' })
      while (place.weights()[1] !== 25) await place.advance(place.clock.sleep(1_000))
      const followed = dead.followed()
      if (!followed) throw new Error('nothing was begun')
      const { cluster, service } = followed.where
      const controller = await planeOfKind(PLANES, followed.plane).openController({
        clients: createClients({
          region: place.emulator.world.region,
          credentials: () => Promise.resolve(place.emulator.userKeys),
          maxRetries: 0
        }),
        optionalReads: new OptionalReads(place.clock, () => undefined),
        clock: place.clock,
        cluster,
        service,
        kept: followed.kept
      })
      const end = interrupt({
        cause: 'cancel',
        policy,
        controller,
        clock: place.clock,
        deploymentId: followed.deploymentId,
        last: undefined,
        emit: () => undefined
      })
      await place.advance(end, 5_000)
      expect(await end).toMatchObject({ done: policy === 'leave' ? 'left' : 'stopped' })
      expect(place.weights()).toEqual(policy === 'stop-and-rollback' ? [100, 0] : [75, 25])
    }
  )
})
