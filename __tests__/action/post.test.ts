import * as core from '@actions/core'
import { afterAll, afterEach, beforeAll, expect, it, jest } from '@jest/globals'
import { ManualClock } from '../../emulator/clock.ts'
import { startGitHub } from '../../emulator/github/server.ts'
import type { GitHub } from '../../emulator/github/server.ts'
import { JOB } from '../../runner/job.ts'
import { startVirtualRelease } from '../../runner/virtual-release.ts'
import type { VirtualOptions, VirtualRelease } from '../../runner/virtual-release.ts'
import { gitHubDeployment } from '../../src/action/github-deployment.ts'
import type { Io } from '../../src/action/io.ts'
import { post } from '../../src/action/post.ts'
import {
  forgetGitHubDeployment,
  saveDeployment,
  saveGitHubDeployment,
  saveOneOffTask,
  settle,
  type DeploymentState,
  type StateCore
} from '../../src/action/state.ts'
import { triggerOf } from '../../src/action/trigger.ts'
import { followedOf } from '../helpers/followed.ts'

jest.setTimeout(30_000)

const ENV = {
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_REPOSITORY: JOB.repository,
  GITHUB_RUN_ID: JOB.runId,
  GITHUB_SHA: JOB.sha
}
const RUN = 'https://github.com/octo/shop/actions/runs/4242'
const HOUR = 3_600_000

let github: GitHub
const releases: VirtualRelease[] = []

beforeAll(async () => {
  github = await startGitHub({ clock: new ManualClock(), job: JOB })
  // GitHub's toolkit reads where the API is when it is loaded.
  Object.assign(process.env, github.environment)
})
afterEach(async () => {
  for (const release of releases.splice(0)) await release.close()
})
afterAll(() => github.close())

/** What a main phase leaves behind that is killed once GitHub's deployment is in progress. */
async function killed() {
  const values = new Map<string, string>()
  const state: StateCore = {
    getState: (name) => values.get(name) ?? '',
    saveState: (name: string, value: unknown) => void values.set(name, String(value))
  }
  const environmentUrl = 'https://shop.example.com'
  const following = gitHubDeployment({
    token: github.token,
    environment: 'production',
    environmentUrl,
    trigger: triggerOf(ENV),
    task: { service: 'orders', cluster: 'shop' },
    warn: (message) => expect(message).toBe('no warning'),
    onMade: (id) => saveGitHubDeployment(state, { id, environmentUrl })
  })
  await following.inProgress()
  const made = github.deployments.at(-1)?.id
  return {
    state,
    following,
    /** What GitHub was told since, as `state: description`. */
    told: () =>
      (github.deployments.find(({ id }) => id === made)?.statuses ?? [])
        .slice(1)
        .map((status) => `${String(status['state'])}: ${String(status['description'])}`),
    last: () => github.deployments.find(({ id }) => id === made)?.statuses.at(-1)
  }
}

/** The post phase, and what it warned of or failed with. */
async function runPost(
  state: StateCore,
  { token = github.token, release }: { token?: string; release?: VirtualRelease } = {}
): Promise<string[]> {
  const warnings: string[] = []
  let spared = false
  const atExit: Io['atExit'] = () => () => {
    spared = true
  }
  const done = post({
    core: {
      ...core,
      getState: state.getState,
      info: () => undefined,
      debug: () => undefined,
      warning: (message) => void warnings.push(String(message)),
      setFailed: (message) => void warnings.push(`failed: ${String(message)}`)
    },
    env: { ...ENV, 'INPUT_GITHUB-TOKEN': token },
    clock: release?.clock ?? new ManualClock(),
    random: Math.random,
    cancelled: new AbortController().signal,
    atExit
  })
  await release?.advance(HOUR, done)
  const succeeded = await done
  expect(spared).toBe(true)
  expect(succeeded).toBe(!warnings.some((warning) => warning.startsWith('failed: ')))
  return warnings
}

function deploymentOf(deploymentId: string, more: Partial<DeploymentState> = {}): DeploymentState {
  return {
    followed: followedOf(deploymentId),
    onCancel: 'stop-and-rollback',
    roleToAssume: undefined,
    roleSessionName: 'ecs-gated-deploy-4242',
    ...more
  }
}

/** A deployment of CodeDeploy, so long after the release began, or at its end. */
async function deployed(options: VirtualOptions, ms: number) {
  const release = await startVirtualRelease(options)
  releases.push(release)
  await release.advance(ms, release.ended)
  const deploymentId = release.draft.deployment?.id ?? ''
  expect(deploymentId).toMatch(/^d-/)
  return { release, deploymentId }
}

it('what was stopped is a failure, with the log and the place', async () => {
  const { state, told, last } = await killed()
  const { release, deploymentId } = await deployed({}, 60_000)
  saveDeployment(state, deploymentOf(deploymentId))
  expect(await runPost(state, { release })).toEqual([])
  expect(told()).toEqual([
    `failure: The job broke off; ${deploymentId}: asked to stop and roll back`
  ])
  expect(last()).toMatchObject({ log_url: RUN, environment_url: 'https://shop.example.com' })
})

it('what goes on without the job is an error that says so', async () => {
  const { state, told } = await killed()
  const { release, deploymentId } = await deployed({}, 60_000)
  saveDeployment(state, deploymentOf(deploymentId, { onCancel: 'leave' }))
  expect(await runPost(state, { release })).toEqual([])
  expect(told()).toEqual([
    `error: The job broke off; ${deploymentId}: the deployment goes on (on-cancel: leave)`
  ])
})

it.each([
  ['Succeeded', 'success'],
  ['Failed', 'failure']
] as const)('what had ended %s by itself is a %s', async (gateAnswers, expected) => {
  const { state, told } = await killed()
  const { release, deploymentId } = await deployed({ gateAnswers }, HOUR)
  saveDeployment(state, deploymentOf(deploymentId))
  expect(await runPost(state, { release })).toEqual([])
  expect(told()).toEqual([
    expect.stringMatching(new RegExp(`^${expected}: .*had already ended: ${gateAnswers}$`))
  ])
})

/** A release whose one-off task runs. */
async function migrating(onCancel: 'stop' | 'leave') {
  const release = await startVirtualRelease({
    inputs: { 'run-task': 'true', 'run-task-subnets': 'subnet-1' }
  })
  releases.push(release)
  await release.advance(60_000)
  const { taskArn = '' } = release.draft.oneOffTask ?? {}
  const { state } = await killed()
  forgetGitHubDeployment(state)
  saveOneOffTask(state, {
    taskArn,
    cluster: release.demo.cluster,
    region: undefined,
    onCancel,
    roleToAssume: undefined,
    roleSessionName: 'ecs-gated-deploy-4242'
  })
  const status = (): string | undefined => release.emulator.world.ecs.tasks.get(taskArn)?.lastStatus
  expect(status()).toBe('RUNNING')
  return { release, state, status }
}

it.each([
  ['stop', 'STOPPED'],
  ['leave', 'RUNNING']
] as const)('a one-off task that was left behind: on-cancel %s', async (onCancel, expected) => {
  const { release, state, status } = await migrating(onCancel)
  expect(await runPost(state, { release })).toEqual([])
  expect(status()).toBe(expected)
})

it('a one-off task that may not be stopped fails the job', async () => {
  const { release, state } = await migrating('stop')
  release.emulator.faults.add({ operation: 'ecs:StopTask', fault: { kind: 'denied' } })
  expect(await runPost(state, { release })).toEqual([
    expect.stringMatching(/^failed: The one-off task arn:.* could not be stopped: .*not authorized/)
  ])
})

it('where AWS cannot be asked, it may go on', async () => {
  const { state, told } = await killed()
  const roleToAssume = 'arn:aws:iam::123456789012:role/deploy'
  saveDeployment(state, deploymentOf('d-ABC', { roleToAssume }))
  const [failure = '', ...others] = await runPost(state)
  expect(failure).toMatch(/^failed: Deployment d-ABC could not be looked after: .*id-token/)
  expect(failure).toContain('aws deploy get-deployment --deployment-id d-ABC --region eu-central-1')
  expect(others).toEqual([])
  expect(told()).toEqual([
    'error: The job broke off; d-ABC: AWS could not be asked, so it may go on without the job'
  ])
})

it('what may not be stopped fails the job, so that somebody looks', async () => {
  const { state, told } = await killed()
  const { release, deploymentId } = await deployed({}, 60_000)
  const operation = 'codedeploy:StopDeployment'
  release.emulator.faults.add({ operation, fault: { kind: 'denied' } })
  saveDeployment(state, deploymentOf(deploymentId))
  const [failure = '', ...others] = await runPost(state, { release })
  expect(failure).toMatch(/^failed: Deployment d-\w+: .*StopDeployment.* It may go on without/)
  expect(others).toEqual([])
  expect(told()).toEqual([expect.stringMatching(/^error: The job broke off/)])
})

it('before there was anything at AWS, it ends all the same', async () => {
  const { state, told } = await killed()
  expect(await runPost(state)).toEqual([])
  expect(told()).toEqual(['error: The job broke off before it knew of a deployment'])
})

it('what the main phase has ended itself is left alone', async () => {
  const forgotten = await killed()
  expect(await forgotten.following.ended('released', 'all of it')).toBe(true)
  forgetGitHubDeployment(forgotten.state)
  expect(await runPost(forgotten.state)).toEqual([])
  expect(forgotten.told()).toEqual(['success: all of it'])

  const settled = await killed()
  settle(settled.state)
  expect(await runPost(settled.state)).toEqual([])
  expect(settled.told()).toEqual([])
})

it.each([
  ['', /`github-token` is not set/],
  ['ghs_of-another-job', /GitHub's deployment does not follow this release: Bad credentials/]
])('what GitHub cannot be told (token %j) is a warning', async (token, warning) => {
  const { state, told } = await killed()
  expect(await runPost(state, { token })).toEqual([expect.stringMatching(warning)])
  expect(told()).toEqual([])
})
