import { getOctokit } from '@actions/github'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { ManualClock } from '../../../emulator/clock.ts'
import { startGitHub } from '../../../emulator/github/server.ts'
import type { GitHub } from '../../../emulator/github/server.ts'

const SHA = '0123456789abcdef0123456789abcdef01234567'
const REPOSITORY = { owner: 'octo', repo: 'shop' }
let github: GitHub

beforeAll(async () => {
  github = await startGitHub({
    clock: new ManualClock(),
    job: {
      repository: 'octo/shop',
      runId: '4242',
      runAttempt: '1',
      actor: 'octocat',
      ref: 'refs/heads/main',
      sha: SHA,
      workflow: 'Release'
    },
    repository: { refs: { main: { sha: SHA } }, checks: { [SHA]: { build: 'failure' } } }
  })
})
afterAll(async () => github.close())

const client = (token = github.token): ReturnType<typeof getOctokit>['rest']['repos'] =>
  getOctokit(token, { baseUrl: github.environment['GITHUB_API_URL'] ?? '' }).rest.repos

it("GitHub's own client creates a deployment, follows it and reads it back", async () => {
  const repos = client()
  const { data } = await repos.createDeployment({
    ...REPOSITORY,
    ref: SHA,
    environment: 'staging',
    auto_merge: false,
    required_contexts: []
  })
  if (!('id' in data)) throw new Error('no deployment')
  const deployment = { ...REPOSITORY, deployment_id: data.id }
  await repos.createDeploymentStatus({ ...deployment, state: 'in_progress' })
  await repos.createDeploymentStatus({ ...deployment, state: 'success', description: 'released' })
  const statuses = await repos.listDeploymentStatuses(deployment)
  expect(statuses.data.map(({ state, description }) => [state, description])).toEqual([
    ['success', 'released'],
    ['in_progress', '']
  ])
  expect((await repos.getDeployment(deployment)).data).toEqual(data)
  expect(github.deployments.at(-1)).toMatchObject({
    repository: 'octo/shop',
    request: { ref: SHA, environment: 'staging', auto_merge: false, required_contexts: [] },
    statuses: [{ state: 'in_progress' }, { state: 'success', description: 'released' }],
    state: 'success'
  })
})

it("GitHub's own client reports a refusal with its status and its words", async () => {
  const refused = client().createDeployment({ ...REPOSITORY, ref: 'main' })
  await expect(refused).rejects.toMatchObject({ status: 409 })
  await expect(refused).rejects.toThrow('Commit status checks failed for main')
  await expect(
    client('ghs_unknown').getDeployment({ ...REPOSITORY, deployment_id: 1 })
  ).rejects.toMatchObject({ status: 401 })
})
