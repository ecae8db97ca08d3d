import { describe, expect, it } from '@jest/globals'
import { faulty, run } from './stage.ts'
import type { Released } from './stage.ts'
import { checkJob } from '../../src/action/job-checks.ts'

const NOW = Date.UTC(2026, 0, 1, 12)
type Settings = Parameters<typeof checkJob>[0]

async function settings(): Promise<Settings> {
  const { parseInputs } = await import('../../src/action/inputs/parse.ts')
  return parseInputs({ INPUT_SERVICE: 'orders' }).settings
}

async function verdict(
  name: string,
  env: Record<string, string>,
  minutes: number,
  more: Partial<Settings> = {}
): Promise<string> {
  const checks = checkJob({ ...(await settings()), ...more }, env, NOW, minutes)
  const found = checks.find((check) => check.name === name)
  return `${found?.verdict ?? 'no'}: ${found?.reason ?? 'check'}`
}

describe('what may end before the longest wait does', () => {
  const session = { AWS_SESSION_TOKEN: 'x' }

  it('is a role session of unknown end, when the wait is longer than an hour', async () => {
    expect(await verdict('credentials', session, 60)).toMatch(/^OK/)
    expect(await verdict('credentials', session, 90)).toMatch(/^WARN: .*90 min.*role-to-assume/)
  })

  it('is a session whose end is known', async () => {
    const ends = { ...session, AWS_CREDENTIAL_EXPIRATION: '2026-01-01T13:00:00Z' }
    expect(await verdict('credentials', ends, 59)).toMatch(/^OK: good for 60 min/)
    expect(await verdict('credentials', ends, 61)).toMatch(/^WARN: they expire in 60 min/)
  })

  it('are no keys of a user, and no credentials that the action renews', async () => {
    expect(await verdict('credentials', {}, 600)).toMatch(/^OK/)
    const roleToAssume = 'arn:aws:iam::123456789012:role/release'
    expect(await verdict('credentials', session, 600, { roleToAssume })).toMatch(/^OK: .*renewed/)
  })

  it('is the job: six hours on a hosted runner, five days on another', async () => {
    expect(await verdict('job limit', {}, 360)).toMatch(/^OK/)
    expect(await verdict('job limit', {}, 361)).toMatch(/^WARN: .*hosted/)
    const own = { RUNNER_ENVIRONMENT: 'self-hosted' }
    expect(await verdict('job limit', own, 361)).toMatch(/^OK/)
    expect(await verdict('job limit', own, 7201)).toMatch(/^WARN/)
  })
})

describe('the group that owns the service', () => {
  const found = ({ draft }: Released): string | undefined =>
    draft.preflight.find(({ name }) => name === 'deployment group')?.reason

  /** The group under names that follow no default, and no task set of CodeDeploy's that names it. */
  const renamed: NonNullable<Parameters<typeof run>[0]>['prepare'] = ({ world }) => {
    const { applications } = world.codedeploy
    const application = applications.get('AppECS-shop-orders')
    applications.delete('AppECS-shop-orders')
    if (application) applications.set('release-everything', application)
  }

  it('is found by a scan where nothing names it, throttled or not', async () => {
    const calm = await run({ prepare: renamed, inputs: { 'wait-for': 'started' } })
    expect(found(calm)).toMatch(/release-everything/)
    const throttled = await run({
      inputs: { 'wait-for': 'started', 'max-retries': '0' },
      prepare: (emulator, demo) => {
        renamed(emulator, demo)
        faulty('codedeploy:ListDeploymentGroups', { kind: 'throttling' }, { to: 3 })(emulator, demo)
      }
    })
    expect(found(throttled)).toMatch(/release-everything/)
    expect(
      throttled.operations.filter((each) => each === 'codedeploy:ListDeploymentGroups').length
    ).toBeGreaterThan(3)
  })
})

it('the tags of the running revision are those of the next', async () => {
  const { emulator, draft } = await run({
    prepare: ({ operations, world }, demo) =>
      void operations.ecs.TagResource(
        { resourceArn: demo.taskDefinitionArn, tags: [{ key: 'team', value: '주문' }] },
        world,
        { accessKeyId: '', arn: `arn:aws:iam::${world.account}:user/platform` }
      )
  })
  const [registered] = emulator.calls.list('ecs:RegisterTaskDefinition')
  expect(registered?.input?.['tags']).toEqual([{ key: 'team', value: '주문' }])
  expect(draft.taskDefinition?.arn).toMatch(/orders:2$/)
})
