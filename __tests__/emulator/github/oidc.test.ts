import { afterEach, describe, expect, it } from '@jest/globals'
import { createRemoteJWKSet, decodeProtectedHeader, errors, jwtVerify } from 'jose'
import { ManualClock } from '../../../emulator/clock.ts'
import type { Job } from '../../../emulator/github/job.ts'
import { startGitHub } from '../../../emulator/github/server.ts'
import type { GitHub } from '../../../emulator/github/server.ts'

const NOW = Date.UTC(2026, 0, 1, 12)
const JOB: Job = {
  repository: 'octo/shop',
  runId: '4242',
  runAttempt: '2',
  actor: 'octocat',
  ref: 'refs/heads/main',
  sha: '0123456789abcdef0123456789abcdef01234567',
  workflow: 'Release'
}
let github: GitHub | undefined
let clock: ManualClock

afterEach(async () => {
  await github?.close()
  github = undefined
})

async function open(job: Partial<Job> = {}): Promise<GitHub> {
  clock = new ManualClock(NOW)
  return (github = await startGitHub({ clock, job: { ...JOB, ...job } }))
}

type Keys = ReturnType<typeof createRemoteJWKSet>

const keysOf = ({ issuer }: GitHub): Keys =>
  createRemoteJWKSet(new URL(`${issuer}/.well-known/jwks`), { cooldownDuration: 0 })

function verify({ issuer }: GitHub, token: string, keys: Keys, audience = 'd-ONE') {
  return jwtVerify(token, keys, {
    issuer,
    audience,
    algorithms: ['RS256'],
    currentDate: new Date(clock.now())
  })
}

/** As `core.getIDToken` asks. */
async function request(
  { environment }: GitHub,
  audience?: string,
  bearer = environment['ACTIONS_ID_TOKEN_REQUEST_TOKEN']
): Promise<{ status: number; body: { value?: string } }> {
  const more = audience === undefined ? '' : `&audience=${encodeURIComponent(audience)}`
  const answer = await fetch(`${environment['ACTIONS_ID_TOKEN_REQUEST_URL'] ?? ''}${more}`, {
    headers: { authorization: `Bearer ${bearer ?? ''}` }
  })
  return { status: answer.status, body: (await answer.json()) as { value?: string } }
}

describe("the runner's token endpoint", () => {
  it("hands out a token that the issuer's published keys verify", async () => {
    const github = await open()
    const { status, body } = await request(github, 'd-ONE')
    expect(status).toBe(200)
    const { payload, protectedHeader } = await verify(github, body.value ?? '', keysOf(github))
    expect(protectedHeader).toEqual({ alg: 'RS256', typ: 'JWT', kid: expect.any(String) })
    expect(payload).toEqual({
      iss: github.issuer,
      aud: 'd-ONE',
      sub: 'repo:octo/shop:ref:refs/heads/main',
      jti: expect.any(String),
      iat: NOW / 1000,
      nbf: NOW / 1000 - 600,
      exp: NOW / 1000 + 300,
      repository: 'octo/shop',
      repository_id: '74',
      repository_owner: 'octo',
      repository_owner_id: '65',
      repository_visibility: 'private',
      run_id: '4242',
      run_number: '7',
      run_attempt: '2',
      actor: 'octocat',
      actor_id: '12',
      workflow: 'Release',
      workflow_ref: 'octo/shop/.github/workflows/release.yml@refs/heads/main',
      workflow_sha: JOB.sha,
      job_workflow_ref: 'octo/shop/.github/workflows/release.yml@refs/heads/main',
      job_workflow_sha: JOB.sha,
      head_ref: '',
      base_ref: '',
      event_name: 'push',
      ref: 'refs/heads/main',
      ref_type: 'branch',
      ref_protected: 'true',
      sha: JOB.sha,
      runner_environment: 'github-hosted'
    })
  })

  it("without an audience means the repository's owner", async () => {
    const github = await open()
    const { body } = await request(github)
    const owner = 'https://github.com/octo'
    const { payload } = await verify(github, body.value ?? '', keysOf(github), owner)
    expect(payload.aud).toBe(owner)
  })

  it('takes any text for an audience, and gives every token an id of its own', async () => {
    const github = await open()
    const audience = 'a b&audience=c#é'
    const tokens = [await request(github, audience), await request(github, audience)]
    const ids: unknown[] = []
    for (const { body } of tokens) {
      const { payload } = await verify(github, body.value ?? '', keysOf(github), audience)
      ids.push(payload.jti)
    }
    expect(new Set(ids).size).toBe(2)
  })

  it('gives nothing to who has not the token for it', async () => {
    const github = await open()
    for (const bearer of ['', 'another', github.token]) {
      const { status, body } = await request(github, 'd-ONE', bearer)
      expect(status).toBe(401)
      expect(body.value).toBeUndefined()
    }
  })
})

describe('a token', () => {
  it.each<[string, Partial<Job>, string]>([
    ['of a tag', { ref: 'refs/tags/v1' }, 'repo:octo/shop:ref:refs/tags/v1'],
    ['of a pull request', { event: 'pull_request' }, 'repo:octo/shop:pull_request'],
    [
      'of a job with an environment',
      { environment: 'prod:eu', event: 'pull_request' },
      'repo:octo/shop:environment:prod%3Aeu'
    ]
  ])('%s says so in its subject', async (_, job, subject) => {
    const github = await open(job)
    const { payload } = await verify(github, await github.mint('d-ONE'), keysOf(github))
    expect(payload.sub).toBe(subject)
    expect(payload['environment']).toBe(job.environment)
    expect(payload['ref_type']).toBe(job.ref === undefined ? 'branch' : 'tag')
  })

  it('lives for five minutes of the emulated time', async () => {
    const github = await open()
    const token = await github.mint('d-ONE')
    await clock.advance(299_000)
    await verify(github, token, keysOf(github))
    await clock.advance(1000)
    await expect(verify(github, token, keysOf(github))).rejects.toThrow(errors.JWTExpired)
  })

  it('of another issuer does not verify, though it claims the same', async () => {
    const github = await open()
    const other = await startGitHub({ clock, job: JOB })
    const forged = await other.mint('d-ONE', { iss: github.issuer })
    await other.close()
    await expect(verify(github, forged, keysOf(github))).rejects.toThrow(errors.JWKSNoMatchingKey)
  })

  it('may be given claims that GitHub would not make, to try who checks them', async () => {
    const github = await open()
    const token = await github.mint('d-ONE', { actor: 'mallory', run_id: undefined })
    const { payload } = await verify(github, token, keysOf(github))
    expect(payload).toMatchObject({ actor: 'mallory', repository: 'octo/shop' })
    expect(payload).not.toHaveProperty('run_id')
  })

  it('of before a change of keys still verifies, and one of after does once the keys are read again', async () => {
    const github = await open()
    const keys = keysOf(github)
    const before = await github.mint('d-ONE')
    await verify(github, before, keys)
    await github.rotateKeys()
    const after = await github.mint('d-ONE')
    expect(decodeProtectedHeader(after).kid).not.toBe(decodeProtectedHeader(before).kid)
    await verify(github, after, keys)
    await verify(github, before, keys)
  })
})

it('the issuer says where its keys are, and publishes no secret part of them', async () => {
  const github = await open()
  const read = async (path: string): Promise<Record<string, unknown>> =>
    (await (await fetch(`${github.issuer}/.well-known/${path}`)).json()) as Record<string, unknown>
  expect(await read('openid-configuration')).toMatchObject({
    issuer: github.issuer,
    jwks_uri: `${github.issuer}/.well-known/jwks`,
    id_token_signing_alg_values_supported: ['RS256']
  })
  const { keys } = (await read('jwks')) as { keys: Record<string, unknown>[] }
  expect(keys.map((key) => Object.keys(key).toSorted())).toEqual([
    ['alg', 'e', 'kid', 'kty', 'n', 'use']
  ])
})
