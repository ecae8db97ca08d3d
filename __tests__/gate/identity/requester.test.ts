import { beforeAll, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  CompactSign,
  createLocalJWKSet,
  exportJWK,
  generateKeyPair,
  SignJWT,
  type JWK,
  type JWTVerifyGetKey
} from 'jose'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { requesterFinder } from '../../../src/gate/identity/requester.ts'
import type { Claim } from '../../../src/gate/request/facts.ts'
import { policyWith } from '../memory-world.ts'

const CREATED_AT = Date.UTC(2026, 0, 1)
const ISSUER = 'https://token.actions.githubusercontent.com'
const policy = policyWith(
  {},
  {
    github: {
      issuer: ISSUER,
      repositories: ['org/shop'],
      identities: { octocat: 'U0ASK', hubot: 'U0BOT' }
    }
  }
)

type Key = Awaited<ReturnType<typeof generateKeyPair>>['privateKey']
let key: Key
let jwk: JWK
let keys: JWTVerifyGetKey

beforeAll(async () => {
  const pair = await generateKeyPair('RS256')
  key = pair.privateKey
  jwk = { ...(await exportJWK(pair.publicKey)), kid: 'one', alg: 'RS256' }
  keys = createLocalJWKSet({ keys: [jwk] })
})

interface Making {
  readonly claims?: Record<string, unknown>
  readonly issuer?: string
  readonly audience?: string
  /** Seconds after the deployment's creation. */
  readonly issuedAfter?: number
  /** Seconds by which `nbf` is moved. */
  readonly validAfter?: number
  readonly signer?: Key | Uint8Array
  readonly algorithm?: string
  readonly kid?: string
}

function token(making: Making = {}): Promise<string> {
  const { issuedAfter = 2, algorithm = 'RS256', kid = 'one' } = making
  const issued = CREATED_AT / 1000 + issuedAfter
  return new SignJWT({
    repository: 'org/shop',
    run_id: '4711',
    run_attempt: '1',
    actor: 'octocat',
    ...making.claims
  })
    .setProtectedHeader({ alg: algorithm, kid })
    .setIssuer(making.issuer ?? ISSUER)
    .setAudience(making.audience ?? 'd-ONE')
    .setIssuedAt(issued)
    .setNotBefore(issued - 300 + (making.validAfter ?? 0))
    .setExpirationTime(issued + 300)
    .sign(making.signer ?? key)
}

/** GitHub's own signature over a token that lacks one claim. */
async function without(claim: string): Promise<string> {
  const [, body = ''] = (await token()).split('.')
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<string, unknown>
  return signedText(
    JSON.stringify(Object.fromEntries(Object.entries(claims).filter(([name]) => name !== claim)))
  )
}

function signedText(text: string, header: object = {}): Promise<string> {
  return new CompactSign(Buffer.from(text))
    .setProtectedHeader({ alg: 'RS256', kid: 'one', ...header })
    .sign(key, { crit: { odd: true } })
}

const CLAIM: Omit<Claim, 'token'> = {
  deploymentId: 'd-ONE',
  deploymentCreatedAt: CREATED_AT,
  repository: 'org/shop',
  runId: '4711',
  runAttempt: '1',
  triggeringActor: undefined,
  actors: ['octocat']
}

const ask = (
  text: string | undefined,
  claim: Partial<Claim> = {}
): ReturnType<ReturnType<typeof requesterFinder>> =>
  requesterFinder(() => keys)({ ...CLAIM, token: text, ...claim }, policy)

describe('who asked', () => {
  test("is whom GitHub's token names, as a Slack user of the policy's map", async () => {
    expect(await ask(await token())).toEqual({
      verified: true,
      why: undefined,
      logins: ['octocat'],
      users: ['U0ASK'],
      unmapped: []
    })
  })

  test('and who re-ran it, whom the record names beside', async () => {
    expect(await ask(await token(), { actors: ['OctoCat', 'Hubot'] })).toMatchObject({
      verified: true,
      logins: ['OctoCat', 'Hubot'],
      users: ['U0ASK', 'U0BOT']
    })
  })

  test('a record cannot take away whom the token names', async () => {
    expect(await ask(await token(), { actors: ['hubot'] })).toMatchObject({
      users: ['U0ASK', 'U0BOT']
    })
    expect(await ask(await token(), { actors: [] })).toMatchObject({ users: ['U0ASK'] })
  })

  test('a login without an entry in the map is named as such', async () => {
    const made = await token({ claims: { actor: 'constructor' } })
    expect(await ask(made)).toMatchObject({
      verified: true,
      users: ['U0ASK'],
      unmapped: ['constructor']
    })
  })

  test('names of repositories and logins are compared without case', async () => {
    const made = await token({ claims: { repository: 'Org/Shop', actor: 'OCTOCAT' } })
    expect(await ask(made, { repository: 'ORG/shop' })).toMatchObject({
      verified: true,
      logins: ['octocat'],
      users: ['U0ASK']
    })
  })

  test("a run's number counts as its text", async () => {
    expect(await ask(await token({ claims: { run_id: 4711 } }))).toMatchObject({ verified: true })
    expect(await ask(await token({ claims: { run_attempt: 1 } }))).toMatchObject({ verified: true })
  })

  test('two logins of one person are one user', async () => {
    const identities = { octocat: 'U0ASK', second: 'U0ASK' }
    const both = policyWith({}, { github: { ...policy.github, identities } })
    const claim = { ...CLAIM, token: await token(), actors: ['second'] }
    expect((await requesterFinder(() => keys)(claim, both)).users).toEqual(['U0ASK'])
  })

  test("the token's own end is judged at the deployment's creation: a gate is longer than a token", async () => {
    expect(await ask(await token({ issuedAfter: 600 }))).toMatchObject({ verified: true })
    expect(await ask(await token({ issuedAfter: -600 }))).toMatchObject({ verified: true })
  })
})

// GitHub's token has `actor` and `run_attempt`, and no claim for who re-ran
// (docs.github.com, "OpenID Connect reference").
describe('threat: who re-ran is left out of the record', () => {
  const rerun = (): Promise<string> => token({ claims: { run_attempt: '2' } })

  test('so nobody proves who asked', async () => {
    expect(await ask(await rerun(), { runAttempt: '2' })).toMatchObject({
      verified: false,
      why: 'rerun-unnamed'
    })
    expect(await ask(await rerun(), { runAttempt: '2', triggeringActor: '' })).toMatchObject({
      verified: false,
      why: 'rerun-unnamed'
    })
  })

  test('or the record says that it is no re-run', async () => {
    expect(await ask(await rerun())).toMatchObject({ verified: false, why: 'wrong-run' })
  })

  test('a named one is excluded, and may be the person who started the run', async () => {
    const named = (login: string): Partial<Claim> => ({
      runAttempt: '2',
      triggeringActor: login,
      actors: ['octocat', login]
    })
    expect(await ask(await rerun(), named('hubot'))).toMatchObject({
      verified: true,
      users: ['U0ASK', 'U0BOT']
    })
    expect(await ask(await rerun(), named('octocat'))).toMatchObject({
      verified: true,
      users: ['U0ASK']
    })
  })
})

describe('a token that proves nothing', () => {
  const cases: [string, () => Promise<string | undefined>, Partial<Claim>, string][] = [
    ['none', () => Promise.resolve(undefined), {}, 'no-token'],
    ['an empty one', () => Promise.resolve(''), {}, 'no-token'],
    ['no token at all', () => Promise.resolve('x.y.z'), {}, 'malformed'],
    ['one of any length', () => Promise.resolve('x'.repeat(20_000)), {}, 'malformed'],
    ['of another issuer', () => token({ issuer: 'https://evil.example.com' }), {}, 'wrong-issuer'],
    ['for another deployment', () => token({ audience: 'd-TWO' }), {}, 'wrong-audience'],
    [
      "for AWS's own audience",
      () => token({ audience: 'sts.amazonaws.com' }),
      {},
      'wrong-audience'
    ],
    [
      'of a repository that is not listed',
      () => token({ claims: { repository: 'org/evil' } }),
      {},
      'wrong-repository'
    ],
    [
      'of another repository than the record says',
      () => token(),
      { repository: 'org/other' },
      'wrong-repository'
    ],
    [
      'with a record that names no repository',
      () => token(),
      { repository: undefined },
      'wrong-repository'
    ],
    ['of another run', () => token({ claims: { run_id: '1' } }), {}, 'wrong-run'],
    ['of another attempt', () => token(), { runAttempt: '2' }, 'wrong-run'],
    ['with a record that names no attempt', () => token(), { runAttempt: undefined }, 'wrong-run'],
    ['with a record that names no run', () => token(), { runId: undefined }, 'wrong-run'],
    ['issued long before', () => token({ issuedAfter: -601 }), {}, 'wrong-time'],
    ['issued long after', () => token({ issuedAfter: 601 }), {}, 'wrong-time'],
    ['of years ago', () => token({ issuedAfter: -1e8 }), {}, 'wrong-time'],
    ['without an actor', () => token({ claims: { actor: undefined } }), {}, 'malformed'],
    ['with an actor that is no text', () => token({ claims: { actor: 7 } }), {}, 'malformed'],
    [
      'of any length, though GitHub has signed it',
      () => token({ claims: { more: 'x'.repeat(13_000) } }),
      {},
      'malformed'
    ],
    ['that is not valid yet', () => token({ validAfter: 10_000 }), {}, 'wrong-time'],
    ['without an end', () => without('exp'), {}, 'wrong-time'],
    ['without a time of issue', () => without('iat'), {}, 'wrong-time'],
    ['without a repository', () => without('repository'), {}, 'malformed'],
    ['without a run', () => without('run_id'), {}, 'malformed'],
    ['without an attempt', () => without('run_attempt'), {}, 'malformed'],
    ['without an audience', () => without('aud'), {}, 'wrong-audience'],
    ['without an issuer', () => without('iss'), {}, 'wrong-issuer'],
    [
      'with a repository that is no text',
      () => token({ claims: { repository: ['org/shop'] } }),
      {},
      'malformed'
    ],
    ['whose claims are no JSON', () => signedText('octocat'), {}, 'malformed'],
    ['in too many parts', async () => `${await token()}.x`, {}, 'malformed'],
    [
      'signed with an extension that nobody knows',
      () => signedText('{}', { crit: ['odd'], odd: 1 }),
      {},
      'bad-signature'
    ],
    [
      'signed by somebody else',
      async () => token({ signer: (await generateKeyPair('RS256')).privateKey }),
      {},
      'bad-signature'
    ],
    ['with a key that is not published', () => token({ kid: 'two' }), {}, 'bad-signature'],
    [
      'signed with a shared secret',
      () => token({ signer: new Uint8Array(32), algorithm: 'HS256' }),
      {},
      'bad-signature'
    ],
    [
      'not signed',
      async () => {
        const [, body = ''] = (await token()).split('.')
        return `${Buffer.from('{"alg":"none"}').toString('base64url')}.${body}.`
      },
      {},
      'bad-signature'
    ]
  ]
  test.each(cases)('%s', async (_, make, claim, why) => {
    expect(await ask(await make(), claim)).toMatchObject({
      verified: false,
      why,
      logins: ['octocat']
    })
  })

  test('keys that cannot be fetched are a fault of their own', async () => {
    const unreachable = requesterFinder(() => () => Promise.reject(new Error('ECONNREFUSED')))
    expect(await unreachable({ ...CLAIM, token: await token() }, policy)).toMatchObject({
      verified: false,
      why: 'keys-unavailable'
    })
  })

  test('a changed byte anywhere', async () => {
    const good = await token()
    await fc.assert(
      fc.asyncProperty(
        fc.nat(good.length - 1),
        fc.constantFrom('a', 'b', 'X', '0', '-', '_', '.'),
        async (at, letter) => {
          fc.pre(good[at] !== letter)
          const { verified } = await ask(good.slice(0, at) + letter + good.slice(at + 1))
          // The last letter of a base64url part may carry bits that mean nothing.
          const isLast = good[at + 1] === '.' || at === good.length - 1
          expect(verified && !isLast).toBe(false)
        }
      ),
      { numRuns: 1_000 }
    )
  })

  test('whatever the text: no throw, and nothing proven', async () => {
    const part = fc.oneof(
      fc.base64String({ maxLength: 40 }),
      fc.jsonValue().map((value) => Buffer.from(JSON.stringify(value)).toString('base64url'))
    )
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string({ maxLength: 300 }),
          fc.array(part, { maxLength: 5 }).map((parts) => parts.join('.'))
        ),
        async (text) => {
          expect((await ask(text)).verified).toBe(false)
        }
      ),
      { numRuns: 5_000 }
    )
  })
})

describe("GitHub's keys", () => {
  test('are fetched from the issuer once, and for an unknown key not again at once', async () => {
    const paths: (string | undefined)[] = []
    const server = createServer((request, response) => {
      paths.push(request.url)
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [jwk] }))
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    try {
      const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
      const own = policyWith({}, { github: { ...policy.github, issuer } })
      const findRequester = requesterFinder()
      const heard = async (making: Making): Promise<string> => {
        const { verified, why } = await findRequester(
          { ...CLAIM, token: await token({ issuer, ...making }) },
          own
        )
        return verified ? 'verified' : String(why)
      }
      expect(await heard({})).toBe('verified')
      expect(await heard({})).toBe('verified')
      expect(await heard({ kid: 'two' })).toBe('bad-signature')
      expect(paths).toEqual(['/.well-known/jwks'])
    } finally {
      server.closeAllConnections()
      server.close()
    }
  })

  test('that fit twice prove nothing', async () => {
    const twice = createLocalJWKSet({ keys: [jwk, jwk] })
    const made = await token()
    expect(await requesterFinder(() => twice)({ ...CLAIM, token: made }, policy)).toMatchObject({
      verified: false,
      why: 'bad-signature'
    })
  })
})
