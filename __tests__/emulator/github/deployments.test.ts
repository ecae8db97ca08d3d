import { afterEach, describe, expect, it } from '@jest/globals'
import { ManualClock } from '../../../emulator/clock.ts'
import { startGitHub } from '../../../emulator/github/server.ts'
import type { GitHub, GitHubOptions } from '../../../emulator/github/server.ts'

const SHA = '0123456789abcdef0123456789abcdef01234567'
const OLD = 'fedcba9876543210fedcba9876543210fedcba98'
const JOB = {
  repository: 'octo/shop',
  runId: '4242',
  runAttempt: '1',
  actor: 'octocat',
  ref: 'refs/heads/main',
  sha: SHA,
  workflow: 'Release'
}

type Body = Record<string, unknown>
interface Seen {
  readonly status: number
  readonly body: Body & { readonly id?: number; readonly message?: string }
}

let github: GitHub
let clock: ManualClock

afterEach(async () => github.close())

async function open(options: Partial<GitHubOptions> = {}): Promise<void> {
  clock = new ManualClock()
  github = await startGitHub({ clock, job: JOB, ...options })
}

async function call(
  method: string,
  path: string,
  body?: unknown,
  token = github.token
): Promise<Seen> {
  const answer = await fetch(`${github.environment['GITHUB_API_URL'] ?? ''}${path}`, {
    method,
    headers: { authorization: `token ${token}` },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) })
  })
  return { status: answer.status, body: (await answer.json()) as Seen['body'] }
}

const HOME = '/repos/octo/shop/deployments'

/** As the action asks: this commit, whatever else there is. */
const create = (more: Body = {}): Promise<Seen> =>
  call('POST', HOME, { ref: SHA, auto_merge: false, required_contexts: [], ...more })

const addStatus = (id: number | undefined, state: string, more: Body = {}): Promise<Seen> =>
  call('POST', `${HOME}/${id ?? 0}/statuses`, { state, ...more })

describe('a deployment', () => {
  it('is answered with everything that GitHub says of it, and can be read again', async () => {
    await open()
    const made = await create({ environment: 'staging', description: 'orders', payload: { a: 1 } })
    const { apiUrl, id } = { apiUrl: github.environment['GITHUB_API_URL'], id: made.body.id }
    expect(made).toEqual({
      status: 201,
      body: {
        url: `${apiUrl ?? ''}${HOME}/${id ?? ''}`,
        id: expect.any(Number),
        node_id: expect.any(String),
        task: 'deploy',
        original_environment: 'staging',
        environment: 'staging',
        description: 'orders',
        created_at: '2026-01-01T00:00:00Z',
        updated_at: '2026-01-01T00:00:00Z',
        statuses_url: `${apiUrl ?? ''}${HOME}/${id ?? ''}/statuses`,
        repository_url: `${apiUrl ?? ''}/repos/octo/shop`,
        creator: expect.objectContaining({ login: 'github-actions[bot]' }),
        sha: SHA,
        ref: SHA,
        payload: { a: 1 },
        transient_environment: false,
        production_environment: false,
        performed_via_github_app: null
      }
    })
    expect(await call('GET', `${HOME}/${id ?? ''}`)).toEqual({ status: 200, body: made.body })
  })

  it('is to production unless it says where, and by branch has the commit of the branch', async () => {
    await open()
    const { body } = await create({ ref: 'main' })
    expect(body).toMatchObject({
      ref: 'main',
      sha: SHA,
      environment: 'production',
      production_environment: true,
      description: null
    })
  })

  it('is found by what it is of, newest first, a page at a time', async () => {
    await open({ repository: { refs: { main: { sha: SHA }, old: { sha: OLD } } } })
    for (const environment of ['a', 'b', 'a']) await create({ environment })
    await create({ ref: 'old', environment: 'a' })
    const ids = async (query: string): Promise<unknown[]> => {
      const { body } = await call('GET', `${HOME}${query}`)
      return Object.values(body).map((each) => (each as { id: number }).id - 1000)
    }
    expect(await ids('')).toEqual([3, 2, 1, 0])
    expect(await ids(`?environment=a&sha=${SHA}`)).toEqual([2, 0])
    expect(await ids('?ref=old')).toEqual([3])
    expect(await ids('?per_page=3&page=2')).toEqual([0])
    expect(await ids('?task=other')).toEqual([])
  })

  it('with a branch behind the default one is merged first, and made by the next request', async () => {
    await open({ repository: { refs: { topic: { sha: SHA, behind: 'mergeable' } } } })
    const request = { ref: 'topic', auto_merge: true }
    expect(await create(request)).toEqual({
      status: 202,
      body: { message: 'Auto-merged main into topic on deployment.' }
    })
    expect(github.deployments).toEqual([])
    expect((await create(request)).status).toBe(201)
  })

  it('that does not want to be merged is made of a branch that is behind', async () => {
    await open({ repository: { refs: { topic: { sha: SHA, behind: 'conflicting' } } } })
    const merging = await call('POST', HOME, { ref: 'topic', required_contexts: [] })
    expect([merging.status, merging.body.message]).toEqual([
      409,
      'Conflict merging main into topic.'
    ])
    expect((await create({ ref: 'topic' })).status).toBe(201)
  })

  it('waits for the checks that it requires: all there are, those it names, or none', async () => {
    const checks = { [SHA]: { build: 'success', lint: 'failure' } } as const
    await open({ repository: { refs: { main: { sha: SHA } }, checks } })
    const all = await call('POST', HOME, { ref: 'main' })
    expect(all).toEqual({
      status: 409,
      body: {
        message: 'Conflict: Commit status checks failed for main.',
        errors: [
          {
            resource: 'Deployment',
            field: 'required_contexts',
            code: 'invalid',
            contexts: [
              { context: 'build', state: 'success' },
              { context: 'lint', state: 'failure' }
            ]
          }
        ],
        status: '409'
      }
    })
    expect((await create({ required_contexts: ['build'] })).status).toBe(201)
    expect((await create({ required_contexts: ['build', 'never-ran'] })).status).toBe(409)
    expect((await create({ required_contexts: [] })).status).toBe(201)
  })
})

describe('a status', () => {
  it('is answered in full, and the newest is the first of the list', async () => {
    await open()
    const { id } = (await create({ environment: 'staging' })).body
    await addStatus(id, 'queued')
    await clock.advance(60_000)
    const made = await addStatus(id, 'success', {
      description: 'released',
      log_url: 'https://github.com/octo/shop/actions/runs/4242',
      environment_url: 'https://shop.example'
    })
    expect(made).toMatchObject({
      status: 201,
      body: {
        state: 'success',
        description: 'released',
        environment: 'staging',
        log_url: 'https://github.com/octo/shop/actions/runs/4242',
        target_url: 'https://github.com/octo/shop/actions/runs/4242',
        environment_url: 'https://shop.example',
        created_at: '2026-01-01T00:01:00Z'
      }
    })
    const { body } = await call('GET', `${HOME}/${id ?? 0}/statuses`)
    expect(Object.values(body).map((each) => (each as { state: string }).state)).toEqual([
      'success',
      'queued'
    ])
    const one = await call('GET', `${HOME}/${id ?? 0}/statuses/${made.body.id ?? 0}`)
    expect(one).toEqual({ status: 200, body: made.body })
  })

  it('of success makes older successes in the same place inactive, unless told not to', async () => {
    await open()
    const environment = 'staging'
    const ids: (number | undefined)[] = []
    for (const more of [{}, {}, { environment: 'other' }, { transient_environment: true }]) {
      ids.push((await create({ environment, ...more })).body.id)
    }
    await addStatus(ids[0], 'success')
    for (const id of ids.slice(2)) await addStatus(id, 'success', { auto_inactive: false })
    const states = (): unknown[] => github.deployments.map(({ state }) => state)
    expect(states()).toEqual(['success', undefined, 'success', 'success'])
    const last = (await create({ environment })).body.id
    await addStatus(last, 'success')
    expect(states()).toEqual(['inactive', undefined, 'success', 'success', 'success'])
    expect(github.deployments[0]?.statuses).toEqual([{ state: 'success' }])
  })

  it('in production leaves older ones as they are', async () => {
    await open()
    for (const id of [(await create()).body.id, (await create()).body.id])
      await addStatus(id, 'success')
    expect(github.deployments.map(({ state }) => state)).toEqual(['success', 'success'])
  })
})

describe('GitHub refuses', () => {
  it('a token that it does not know, and one without the right', async () => {
    await open({ deploymentsRight: 'none' })
    const unknown = await call('POST', HOME, { ref: SHA }, 'ghs_other')
    expect(unknown).toEqual({ status: 401, body: { message: 'Bad credentials', status: '401' } })
    expect(await create()).toEqual({
      status: 403,
      body: { message: 'Resource not accessible by integration', status: '403' }
    })
    expect((await call('GET', HOME)).status).toBe(403)
  })

  it('a write where the token may only read', async () => {
    await open({ deploymentsRight: 'read' })
    expect((await create()).status).toBe(403)
    expect((await call('GET', HOME)).status).toBe(200)
  })

  it('what is not there: another repository, another deployment, another path', async () => {
    await open()
    const paths = [
      '/repos/octo/other/deployments',
      `${HOME}/1`,
      `${HOME}/1/statuses`,
      `${HOME}/x`,
      '/user'
    ]
    for (const path of paths) {
      const { status, body } = await call('GET', path)
      expect([path, status, body.message]).toEqual([path, 404, 'Not Found'])
    }
    expect((await addStatus(1, 'success')).status).toBe(404)
  })

  it.each<[string, unknown, number, string]>([
    ['no JSON', '{', 400, 'Problems parsing JSON'],
    ['no ref', {}, 422, 'Invalid request.\n\n"ref" wasn\'t supplied.'],
    ['a ref that is no text', { ref: 7 }, 422, "Invalid request.\n\nFor 'properties/ref', 7 is"],
    ['an unknown ref', { ref: 'gone' }, 422, 'No ref found for: gone'],
    [
      'contexts that are no list',
      { ref: SHA, required_contexts: 'build' },
      422,
      "Invalid request.\n\nFor 'properties/required_contexts'"
    ]
  ])('a deployment with %s', async (_, body, status, message) => {
    await open()
    const refused = await call('POST', HOME, body)
    expect(refused.status).toBe(status)
    expect(refused.body.message).toContain(message)
    expect(github.deployments).toEqual([])
  })

  it.each<[string, Body, Body]>([
    ['a state there is not', { state: 'done' }, { field: 'state', code: 'invalid' }],
    [
      'more than 140 characters',
      { state: 'success', description: 'x'.repeat(141) },
      { field: 'description', code: 'custom' }
    ],
    [
      'a URL that is none',
      { state: 'success', environment_url: 'shop.example' },
      { field: 'environment_url', code: 'invalid' }
    ]
  ])('a status with %s', async (_, body, complaint) => {
    await open()
    const { id } = (await create()).body
    const refused = await call('POST', `${HOME}/${id ?? 0}/statuses`, body)
    expect(refused).toMatchObject({
      status: 422,
      body: {
        message: 'Validation Failed',
        errors: [{ resource: 'DeploymentStatus', ...complaint }]
      }
    })
    expect(github.deployments[0]?.statuses).toEqual([])
    expect((await addStatus(id, 'success', { description: 'x'.repeat(140) })).status).toBe(201)
  })
})
