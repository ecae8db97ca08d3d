import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import {
  evidenceItem,
  evidenceKey,
  readEvidenceItem,
  readWholeEvidence
} from '../../src/ledger/evidence-item.ts'
import { canonical } from '../../src/ledger/canonical.ts'
import { measuredKey, releaseKey } from '../../src/ledger/keys.ts'
import { verificationItem } from '../../src/ledger/verification-item.ts'
import { sayWatched } from '../../src/ledger/watched.ts'
import type { Evidence } from '../../src/release/evidence.ts'
import { hookIn } from '../../src/controllers/codedeploy/gate/events.ts'
import { whoseHook, type HookFacts } from '../../src/controllers/codedeploy/gate/own-hook.ts'
import type { Green, VerifyPlane } from '../../src/controllers/gate-plane.ts'
import type { VerifyPlatform } from '../../src/gate/verify/platform.ts'
import { refusalOf } from '../../src/gate/runtime/origins.ts'
import { handleVerify, type Invocation } from '../../src/gate/verify/handler.ts'
import { serve, type Served } from '../verification/server.ts'
import { DEPLOYMENT, EXECUTION, stage, type Stage } from './stage.ts'

const SERVICE = 'shop/orders'
const HOOK = { DeploymentId: DEPLOYMENT, LifecycleEventHookExecutionId: 'the hook of verification' }
const ARN = 'arn:aws:lambda:eu-central-1:123456789012:function:CodeDeployHook_release-gate-verify'
const GATE_ARN = ARN.replace('verify', 'request')
/** The AppSpec's hooks, by event. */
type Hooks = Readonly<Record<string, string>>
const HOOKS: Hooks = { AfterAllowTestTraffic: ARN, BeforeAllowTraffic: GATE_ARN }
const EVENTS = {
  BeforeInstall: 'Succeeded',
  Install: 'Succeeded',
  AfterInstall: 'Succeeded',
  AllowTestTraffic: 'Succeeded',
  AfterAllowTestTraffic: 'InProgress',
  BeforeAllowTraffic: 'Pending',
  AllowTraffic: 'Pending',
  AfterAllowTraffic: 'Pending'
}
const appSpecWith = (hooks: Hooks): string =>
  JSON.stringify({
    version: 0,
    Resources: [
      {
        TargetService: {
          Type: 'AWS::ECS::Service',
          Properties: { LoadBalancerInfo: { ContainerName: 'app', ContainerPort: 80 } }
        }
      }
    ],
    Hooks: Object.entries(hooks).map(([event, name]) => ({ [event]: name }))
  })
const FILE = `
version: 1
env: [TOKEN]
checks:
  required: false
  requests:
    - { name: health, path: /health }
flows:
  - name: pay
    required: true
    steps:
      - { path: /pay, headers: { x-token: "{{env.TOKEN}}" } }
`

const INVOCATION: Invocation = { requestId: 'first', remainingMs: 900_000, functionArn: ARN }

let green: Served
/** What green answers at /pay; undefined: nothing, ever. */
let payStatus: number | undefined
/** Requests that green got, as `path token`. */
let asked: string[]

beforeEach(async () => {
  payStatus = 200
  asked = []
  green = await serve((request, response) => {
    asked.push(`${request.url ?? ''} ${String(request.headers['x-token'] ?? '')}`.trim())
    if (request.url === '/health') response.writeHead(200).end('{}')
    else if (payStatus !== undefined) response.writeHead(payStatus).end('{}')
  })
})
afterEach(() => green.close())

/** Answers one path with another protocol. */
function switchAt(path: string): void {
  green.server.prependListener('request', (request, response) => {
    if (request.url !== path) return
    response.writeHead = () => response
    response.end = () => response
    request.socket.write(
      'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: other\r\n\r\n'
    )
  })
}

interface Place extends Stage {
  /** What CodeDeploy was told of the hook. */
  readonly answers: string[]
  readonly verifyPlatform: VerifyPlatform
  readonly verifyPlane: VerifyPlane
  green: Green
  /** What the stack allows besides green's own. */
  origins: readonly string[]
  gated: boolean
  /** What CodeDeploy says of the deployment's hooks. */
  hooks: HookFacts
  /** Runs the hook to its end, moving the clock while it waits. */
  verify(more?: Partial<Invocation> & { readonly event?: object }): Promise<void>
  evidence(name: string): Evidence | undefined
}

/** A deployment at its verification hook; the file is in the ledger unless it is null. */
async function place(file: string | null = FILE): Promise<Place> {
  const world = stage()
  const answers: string[] = []
  const own: Omit<Place, keyof Stage> = {
    answers,
    green: { listener: green.origin, tasks: [], images: [] },
    origins: [],
    gated: false,
    hooks: { appSpec: appSpecWith(HOOKS), events: EVENTS },
    verifyPlatform: {
      clock: world.clock,
      log: world.platform.log,
      table: world.table,
      monotonic: () => performance.now(),
      planes: { memory: () => Promise.resolve(made.verifyPlane) },
      get origins() {
        return made.origins
      },
      values: () => Promise.resolve({ TOKEN: 'canary' })
    },
    verifyPlane: {
      waitingIn: hookIn,
      describe: (id) => world.plane.describe(id),
      answer: ({ token }, answer) => {
        answers.push(`${token}: ${answer}`)
        return Promise.resolve(answers.length === 1 ? 'accepted' : 'answered-before')
      },
      whose: (_, ownFunction) => whoseHook(made.hooks, ownFunction),
      green: () => Promise.resolve(made.green),
      gating: () =>
        Promise.resolve({
          watchedAs: 'AppECS-shop-orders/DgpECS-shop-orders',
          gating: made.gated ? { gated: true } : { gated: false, why: 'no-hook' }
        })
    },
    async verify({ event = HOOK, ...more } = {}) {
      await moving(made, handleVerify(made.verifyPlatform, event, { ...INVOCATION, ...more }))
    },
    evidence(name) {
      const item = world.table.items.get(
        JSON.stringify(Object.values(evidenceKey(SERVICE, DEPLOYMENT, name, 'function')))
      )
      return item && readWholeEvidence(item, DEPLOYMENT, 0)
    }
  }
  const made = Object.assign(world, own)
  if (file !== null) {
    await made.table.create(verificationItem(SERVICE, DEPLOYMENT, { path: 'v.yml', text: file }))
  }
  return made
}

/** Lets a second pass whenever nothing else goes on, until `work` is done. */
async function moving({ clock }: Stage, work: Promise<void>): Promise<void> {
  const ended = work.then(() => 'ended' as const)
  const tick = (): Promise<'tick'> => new Promise((resolve) => setTimeout(() => resolve('tick'), 5))
  while ((await Promise.race([ended, tick()])) === 'tick') await clock.advance(1_000)
}

/** The release's record, which announces to the gate what is to come. */
async function announce(
  { table }: Stage,
  evidence = [
    { name: 'checks', required: false, verdict: 'pending', summary: '' },
    { name: 'pay', required: true, verdict: 'pending', summary: '' }
  ]
): Promise<void> {
  const record = {
    version: 1,
    cluster: 'shop',
    service: 'orders',
    deploymentId: DEPLOYMENT,
    revision: { after: 'orders:2' },
    evidence
  }
  await table.create({ ...releaseKey(SERVICE, DEPLOYMENT), record: canonical(record) })
}

const HANGUL = /[가-힣]/
const SUCCEEDED = ['the hook of verification: go']
const FAILED = ['the hook of verification: no-go']

describe('verification inside the VPC', () => {
  test('asks what the file says, stores what it finds and lets a right version through', async () => {
    const it = await place()
    await it.verify()
    expect(it.answers).toEqual(SUCCEEDED)
    expect(asked).toEqual(['/health', '/pay canary'])
    expect(it.evidence('checks')).toMatchObject({
      section: 'checks',
      verdict: 'passed',
      required: false,
      rows: [{ name: 'health', status: 200, verdict: 'passed' }]
    })
    expect(it.evidence('pay')).toMatchObject({
      section: 'flow',
      verdict: 'passed',
      required: true,
      steps: [{ path: '/pay', status: 200 }]
    })
    // At the listener people would use, so nothing has to be said about where.
    expect(it.evidence('pay')).not.toHaveProperty('asked')
  })

  test("says what it finds in the language of the gate's policy, which the gate has left in the ledger", async () => {
    const it = await place()
    const policy = { deploymentGroups: ['*/*'], onUngated: 'stop', language: 'ko' } as const
    await sayWatched(it.table, policy)
    await it.verify()
    expect(it.answers).toEqual(SUCCEEDED)
    expect(it.evidence('checks')?.summary).toMatch(HANGUL)
    expect(it.evidence('pay')?.summary).toMatch(HANGUL)
  })

  test('speaks English where that cannot be read', async () => {
    const it = await place()
    const get = it.table.get.bind(it.table)
    it.table.get = (key) => (key.pk === 'watch#' ? Promise.reject(new Error('denied')) : get(key))
    await it.verify()
    expect(it.answers).toEqual(SUCCEEDED)
    expect(it.evidence('checks')?.summary).not.toMatch(HANGUL)
  })

  test('threat: CI writes the evidence before the function has asked: it asks all the same, and its word counts', async () => {
    const it = await place()
    it.gated = true
    payStatus = 500
    await announce(it)
    const said: Evidence = {
      ...{ section: 'flow', name: 'pay', required: true, verdict: 'passed' },
      ...{ summary: 'fine', startedAt: 1, endedAt: 2, steps: [] }
    }
    await it.table.create(evidenceItem(SERVICE, DEPLOYMENT, said, 'f'))
    const key = { ...releaseKey(SERVICE, `${DEPLOYMENT}#verifying`), by: 'CI', until: Infinity }
    await it.table.create(key)
    await it.verify()
    expect(asked).toEqual(['/health', '/pay canary'])
    await it.hook()
    expect(await it.gate()).toMatchObject({
      state: 'REJECTED',
      evidence: [
        { name: 'checks', verdict: 'passed', measuredBy: 'function' },
        { name: 'pay', verdict: 'failed', measuredBy: 'function' }
      ]
    })
  })

  test('shows none of the values that it was given', async () => {
    const it = await place()
    await it.verify()
    expect(JSON.stringify([...it.table.items.values(), it.lines])).not.toContain('canary')
  })

  test('lets a rollback through and asks nothing', async () => {
    const it = await place()
    it.plane.isRollback = true
    await it.verify()
    expect(it.answers).toEqual(SUCCEEDED)
    expect(asked).toEqual([])
  })

  test('has nothing against advisory evidence that fails', async () => {
    const it = await place(FILE.replace('required: true', 'required: false'))
    payStatus = 500
    await it.verify()
    expect(it.evidence('pay')).toMatchObject({ verdict: 'failed' })
    expect(it.answers).toEqual(SUCCEEDED)
  })

  test('an event of anybody else is refused', async () => {
    const it = await place()
    await expect(handleVerify(it.verifyPlatform, { foo: 1 }, INVOCATION)).rejects.toThrow(
      /the event is of no control plane/
    )
  })
})

describe('a wrong version', () => {
  beforeEach(() => {
    payStatus = 500
  })

  test('fails the hook where no gate is there', async () => {
    const it = await place()
    await announce(it)
    await it.verify()
    expect(it.evidence('pay')).toMatchObject({ verdict: 'failed' })
    expect(it.answers).toEqual(FAILED)
  })

  test('is left to the gate where there is one, which rejects it on record', async () => {
    const it = await place()
    it.gated = true
    await announce(it)
    await it.verify()
    expect(it.answers).toEqual(SUCCEEDED)
    await it.hook()
    expect(await it.gate()).toMatchObject({
      state: 'REJECTED',
      effect: 'APPLIED',
      decision: { reason: 'pay: fails at GET /pay: status 500, wanted 200' }
    })
    expect(it.plane.told).toMatchObject([{ answer: 'no-go' }])
  })

  test.each<[string, Parameters<typeof announce>[1] | undefined]>([
    ['has no record of the release', undefined],
    ['was told of nothing', []],
    ['takes it for advisory', [{ name: 'pay', required: false, verdict: 'pending', summary: '' }]]
  ])('is not left to a gate that %s', async (_, evidence) => {
    const it = await place()
    it.gated = true
    if (evidence) await announce(it, evidence)
    await it.verify()
    expect(it.answers).toEqual(FAILED)
  })
})

describe('what cannot be found out', () => {
  test('CodeDeploy does not answer for a minute: asked and told again, within this invocation', async () => {
    const it = await place()
    const plane = { ...it.verifyPlane }
    const later = it.clock.now() + 60_000
    const down = (): Promise<never> => Promise.reject(new Error('ThrottlingException'))
    let answers = 0
    Object.assign(it.verifyPlane, {
      describe: (id: string) => (it.clock.now() < later ? down() : plane.describe(id)),
      answer: (...given: Parameters<VerifyPlane['answer']>) =>
        answers++ < 5 ? down() : plane.answer(...given)
    })
    await it.verify()
    expect(it.answers).toEqual(SUCCEEDED)
  })

  test('a deployment that cannot be looked up at all: the hook fails rather than hang', async () => {
    const it = await place()
    Object.assign(it.verifyPlane, {
      describe: () => Promise.reject(new Error('denied'))
    })
    const before = it.clock.now()
    await it.verify()
    expect(it.answers).toEqual(FAILED)
    expect(it.clock.now() - before).toBeLessThan(180_000)
    expect(asked).toEqual([])
  })

  test('without a file in the ledger the hook fails, after the job has had its time to write it', async () => {
    const it = await place(null)
    const before = it.clock.now()
    await it.verify()
    expect(it.answers).toEqual(FAILED)
    expect(it.clock.now() - before).toBeGreaterThanOrEqual(27_000)
    expect(asked).toEqual([])
  })

  test('a file that comes while it waits is read', async () => {
    const it = await place(null)
    const done = handleVerify(it.verifyPlatform, HOOK, INVOCATION)
    await it.clock.advance(4_000)
    await it.table.create(verificationItem(SERVICE, DEPLOYMENT, { path: 'v.yml', text: FILE }))
    await moving(it, done)
    expect(it.answers).toEqual(SUCCEEDED)
  })

  test('a file of another deployment, or one that was changed, is none', async () => {
    const it = await place(null)
    const item = verificationItem(SERVICE, DEPLOYMENT, { path: 'v.yml', text: FILE })
    await it.table.create({ ...item, text: FILE.replace('required: true', 'required: false') })
    await it.verify()
    expect(it.answers).toEqual(FAILED)
    expect(asked).toEqual([])
  })

  test('nowhere to ask: unknown, and the hook fails', async () => {
    const it = await place()
    it.green = { listener: undefined, tasks: [], images: [] }
    await it.verify()
    expect(it.evidence('checks')).toMatchObject({ section: 'checks', verdict: 'unknown', rows: [] })
    expect(it.evidence('pay')).toMatchObject({
      section: 'flow',
      verdict: 'unknown',
      summary: 'there is neither a test listener nor a running task to ask'
    })
    expect(it.answers).toEqual(FAILED)
  })

  test("what takes longer than the function's time is unknown, and the hook is answered before its end", async () => {
    const it = await place()
    payStatus = undefined
    const before = it.clock.now()
    await it.verify({ remainingMs: 60_000 })
    expect(it.clock.now() - before).toBeLessThan(60_000)
    expect(it.evidence('checks')).toMatchObject({ verdict: 'passed' })
    expect(it.evidence('pay')).toMatchObject({
      verdict: 'unknown',
      summary: "not finished within the function's time"
    })
    expect(it.answers).toEqual(FAILED)
  })

  test('evidence that cannot be stored fails the hook, gated or not', async () => {
    const it = await place()
    it.gated = true
    await announce(it)
    const create = it.table.create.bind(it.table)
    it.table.create = (item) =>
      item.sk.includes('#evidence#pay') ? Promise.reject(new Error('down')) : create(item)
    await it.verify()
    expect(it.answers).toEqual(FAILED)
    expect(it.lines.join()).toContain('not verified')
  })

  test('a value that is not to be had fails the request that needs it', async () => {
    const it = await place()
    Object.assign(it.verifyPlatform, { values: () => Promise.reject(new Error('denied')) })
    await it.verify()
    expect(it.evidence('pay')).toMatchObject({
      verdict: 'failed',
      steps: [{ problems: ['a value that it needs is not there'] }]
    })
    expect(it.answers).toEqual(FAILED)
  })
})

describe('without a test listener', () => {
  test('every task is checked, flows go to one, and the evidence says so', async () => {
    const it = await place()
    const second = await serve((_, response) => response.writeHead(503).end())
    it.green = {
      listener: undefined,
      tasks: [
        { name: 'aaaa', origin: green.origin },
        { name: 'bbbb', origin: second.origin }
      ],
      images: [{ container: 'app', digest: 'sha256:aa' }]
    }
    await it.verify()
    await second.close()
    expect(it.evidence('checks')).toMatchObject({
      verdict: 'failed',
      asked: 'tasks',
      images: [{ container: 'app', digest: 'sha256:aa' }],
      rows: [
        { name: 'health (task aaaa)', verdict: 'passed' },
        { name: 'health (task bbbb)', verdict: 'failed', status: 503 }
      ]
    })
    expect(it.evidence('pay')).toMatchObject({ verdict: 'passed', asked: 'tasks' })
    expect(asked).toEqual(['/health', '/pay canary'])
  })

  test('of many tasks ten are checked', async () => {
    const it = await place()
    const tasks = Array.from({ length: 12 }, (_, n) => ({ name: `t${n}`, origin: green.origin }))
    it.green = { listener: undefined, tasks, images: [] }
    await it.verify()
    expect(asked.filter((path) => path === '/health')).toHaveLength(10)
  })

  test('an address that the file names goes before the tasks', async () => {
    const it = await place(`${FILE}target: { test: "${green.origin}" }\n`)
    it.green = {
      listener: undefined,
      tasks: [{ name: 'aaaa', origin: 'http://127.0.0.1:9' }],
      images: []
    }
    it.origins = [green.origin]
    await it.verify()
    expect(it.answers).toEqual(SUCCEEDED)
    expect(it.evidence('pay')).not.toHaveProperty('asked')
  })
})

describe('threat: a verification file leads requests inside the VPC to whatever it names', () => {
  const why = (origin: string): string =>
    `the gate's stack does not allow requests to ${origin}; add it to the stack's parameter VerifyOrigins, or leave it out of the file`
  const LISTENER = 'http://127.0.0.1:9'

  test('an origin in target.test that the stack does not allow is not asked', async () => {
    const it = await place(`${FILE}target: { test: "${green.origin}" }\n`)
    it.green = { listener: LISTENER, tasks: [], images: [] }
    it.origins = ['https://other.example.com', `${green.origin}0`]
    await it.verify()
    expect(asked).toEqual([])
    expect(it.answers).toEqual(FAILED)
    for (const name of ['checks', 'pay']) {
      expect(it.evidence(name)).toMatchObject({ verdict: 'unknown', summary: why(green.origin) })
    }
  })

  test("the listener's own origin may be named", async () => {
    const it = await place(`${FILE}target: { test: "${green.origin}" }\n`)
    await it.verify()
    expect(it.answers).toEqual(SUCCEEDED)
  })

  test.each([
    ['http://shop.example.com:80', 'http://shop.example.com', true],
    ['http://shop.example.com', 'http://shop.example.com:80', true],
    ['https://shop.example.com', 'https://SHOP.example.com:443', true],
    ['http://[fd00::7]:8080', 'http://[fd00:0::7]:8080', true],
    ['http://shop.example.com', 'https://shop.example.com', false],
    ['http://shop.example.com:81', 'http://shop.example.com', false],
    ['http://shop.example.com.evil.example', 'http://shop.example.com', false],
    ['http://user@shop.example.com', 'http://shop.example.com', false],
    ['not a URL', 'not a URL', false]
  ])('%s where the deployment is at %s: %s', (origin, own, may) => {
    expect(refusalOf(origin, [], [undefined, own])).toBe(may ? undefined : why(origin))
  })

  const ELSEWHERE = (
    origin: string
  ): string => `${FILE.replace('path: /pay', `retries: 9, url: ${origin}/pay`)}
target: { allow: ["${origin}"] }
`
  test('a url of target.allow that the stack does not allow is not asked, and the value of no secret goes there', async () => {
    let requests = 0
    const elsewhere = await serve((_, response) => {
      requests++
      response.writeHead(200).end('{}')
    })
    try {
      const it = await place(ELSEWHERE(elsewhere.origin))
      await it.verify()
      expect(requests).toBe(0)
      expect(asked).toEqual(['/health'])
      expect(it.evidence('checks')).toMatchObject({ verdict: 'passed' })
      expect(it.evidence('pay')).toMatchObject({
        verdict: 'failed',
        steps: [{ status: undefined, attempts: 1, problems: [why(elsewhere.origin)] }]
      })
      expect(it.answers).toEqual(FAILED)
    } finally {
      await elsewhere.close()
    }
  })

  test('one that the stack allows is', async () => {
    let requests = 0
    const elsewhere = await serve((_, response) => {
      requests++
      response.writeHead(200).end('{}')
    })
    try {
      const it = await place(ELSEWHERE(elsewhere.origin))
      it.origins = [elsewhere.origin]
      await it.verify()
      expect(requests).toBe(1)
      expect(it.answers).toEqual(SUCCEEDED)
    } finally {
      await elsewhere.close()
    }
  })
})

describe('a hook that is delivered twice', () => {
  test('at once: green is asked once, and both answer the same', async () => {
    const it = await place()
    await Promise.all([it.verify(), it.verify({ requestId: 'second' })])
    expect(asked).toEqual(['/health', '/pay canary'])
    expect(it.answers).toEqual([...SUCCEEDED, ...SUCCEEDED])
  })

  test('later: what was found out then still counts', async () => {
    const it = await place()
    payStatus = 500
    await it.verify()
    payStatus = 200
    await it.verify({ requestId: 'second' })
    expect(asked).toEqual(['/health', '/pay canary'])
    expect(it.answers).toEqual([...FAILED, ...FAILED])
  })

  test('a retry by Lambda goes on where the first was cut off', async () => {
    const it = await place()
    const create = it.table.create.bind(it.table)
    it.table.create = (item) =>
      item.sk.includes('#evidence#pay') ? Promise.reject(new Error('down')) : create(item)
    await it.verify()
    it.table.create = create
    await it.verify()
    expect(asked).toEqual(['/health', '/pay canary', '/pay canary'])
    expect(it.evidence('pay')).toMatchObject({ verdict: 'passed' })
  })

  test('whoever comes second takes over when the first has had its time', async () => {
    const it = await place()
    await it.table.create({
      ...measuredKey(SERVICE, `${DEPLOYMENT}#verifying`),
      by: 'one that died',
      until: it.clock.now() + 40_000
    })
    const before = it.clock.now()
    await it.verify({ requestId: 'second' })
    expect(it.clock.now() - before).toBeGreaterThanOrEqual(40_000)
    expect(it.answers).toEqual(SUCCEEDED)
  })
})

test('whoever comes second and sees nothing in its own time fails the hook: nobody knows', async () => {
  const it = await place()
  it.gated = true
  await announce(it)
  await it.table.create({
    ...measuredKey(SERVICE, `${DEPLOYMENT}#verifying`),
    by: 'one that died',
    until: it.clock.now() + 900_000
  })
  await it.verify({ requestId: 'second', remainingMs: 60_000 })
  expect(asked).toEqual([])
  expect(it.answers).toEqual(FAILED)
})

describe('an item of evidence', () => {
  test('of which the rows were too many is read without them', async () => {
    const it = await place()
    await it.verify()
    const key = evidenceKey(SERVICE, DEPLOYMENT, 'checks', 'function')
    const item = await it.table.get(key)
    if (!item) throw new Error('no evidence')
    const { detail, ...short } = item
    expect(detail).toContain('/health')
    expect(readWholeEvidence(short, DEPLOYMENT, 7)).toMatchObject({
      verdict: 'passed',
      rows: [],
      startedAt: 7
    })
    expect(readWholeEvidence({ ...item, detail: '{' }, DEPLOYMENT, 7)).toMatchObject({ rows: [] })
    expect(readWholeEvidence(item, 'd-OTHER', 7)).toBeUndefined()
    expect(readEvidenceItem(item, DEPLOYMENT)).toMatchObject({ name: 'checks', images: [] })
  })
})

describe('threat: somebody who may invoke the function has it answer another hook', () => {
  const AT_THE_GATE = {
    ...EVENTS,
    AfterAllowTestTraffic: 'Succeeded',
    BeforeAllowTraffic: 'InProgress'
  }

  test("with the gate's execution id, while a person is asked: nothing is answered, the gate stays closed", async () => {
    const it = await place()
    await it.hook()
    it.hooks = { ...it.hooks, events: AT_THE_GATE }
    const event = { DeploymentId: DEPLOYMENT, LifecycleEventHookExecutionId: EXECUTION }
    await it.verify({ event })
    expect(it.answers).toEqual([])
    expect(asked).toEqual([])
    expect(it.plane.told).toEqual([])
    expect(await it.gate()).toMatchObject({ state: 'PENDING', effect: 'NONE' })
    expect(it.lines.join()).toContain('BeforeAllowTraffic is InProgress, not Pending')
  })

  test('the moment has passed when green has been asked: nothing is answered', async () => {
    const it = await place()
    const create = it.table.create.bind(it.table)
    it.table.create = (item) => {
      it.hooks = { ...it.hooks, events: AT_THE_GATE }
      return create(item)
    }
    await it.verify()
    expect(asked).toEqual(['/health', '/pay canary'])
    expect(it.answers).toEqual([])
  })

  test.each<[string, Partial<HookFacts>, RegExp]>([
    [
      'the AppSpec names another function',
      { appSpec: appSpecWith({ ...HOOKS, AfterAllowTestTraffic: `${ARN}-of-others` }) },
      /the AppSpec does not name this function/
    ],
    [
      'another hook is in progress before its own',
      {
        appSpec: appSpecWith({ ...HOOKS, AfterInstall: 'of-others' }),
        events: { ...EVENTS, AfterInstall: 'InProgress', AfterAllowTestTraffic: 'Pending' }
      },
      /its own lifecycle event has not begun/
    ],
    [
      'its own event has had its answer, and the gate has not begun',
      { events: { ...EVENTS, AfterAllowTestTraffic: 'Succeeded' } },
      /AfterAllowTestTraffic is Succeeded/
    ],
    [
      "it stands where the gate's event is",
      { appSpec: appSpecWith({ BeforeAllowTraffic: ARN }), events: AT_THE_GATE },
      /BeforeAllowTraffic is InProgress/
    ],
    [
      'it stands after the shift',
      {
        appSpec: appSpecWith({ AfterAllowTraffic: ARN }),
        events: { ...AT_THE_GATE, BeforeAllowTraffic: 'Succeeded', AfterAllowTraffic: 'InProgress' }
      },
      /BeforeAllowTraffic is Succeeded/
    ],
    ['the deployment never starts', { events: {} }, /its own lifecycle event has not begun/]
  ])('%s: nothing is answered', async (_, hooks, why) => {
    const it = await place()
    it.hooks = { ...it.hooks, ...hooks }
    await it.verify()
    expect(it.answers).toEqual([])
    expect(asked).toEqual([])
    expect(it.lines.join()).toMatch(why)
  })

  test.each([
    ['', SUCCEEDED],
    [':$LATEST', SUCCEEDED],
    [':7', []],
    [':live', []]
  ])(
    'invoked as the function%s, while the AppSpec names it without',
    async (qualifier, answers) => {
      const it = await place()
      await it.verify({ functionArn: ARN + qualifier })
      expect(it.answers).toEqual(answers)
    }
  )

  test('named by an alias it answers as that alias', async () => {
    const it = await place()
    const alias = `${ARN}:live`
    it.hooks = { ...it.hooks, appSpec: appSpecWith({ ...HOOKS, AfterAllowTestTraffic: alias }) }
    await it.verify({ functionArn: alias })
    expect(it.answers).toEqual(SUCCEEDED)
  })

  test("a rollback's hook that is not its own gets no answer either", async () => {
    const it = await place()
    it.plane.isRollback = true
    it.hooks = { ...it.hooks, events: AT_THE_GATE }
    await it.verify()
    expect(it.answers).toEqual([])
  })
})

describe('whose hook it is', () => {
  test('shows some seconds after the function was invoked: it looks again', async () => {
    const it = await place()
    it.hooks = { ...it.hooks, events: { ...EVENTS, AfterAllowTestTraffic: 'Pending' } }
    const done = handleVerify(it.verifyPlatform, HOOK, INVOCATION)
    await it.clock.advance(4_000)
    it.hooks = { ...it.hooks, events: EVENTS }
    await moving(it, done)
    expect(it.answers).toEqual(SUCCEEDED)
  })

  test.each<[string, (it: Place) => void]>([
    [
      'CodeDeploy does not say',
      ({ verifyPlane }) =>
        Object.assign(verifyPlane, { whose: () => Promise.reject(new Error('denied')) })
    ],
    ['the AppSpec is not to be had', (it) => void (it.hooks = { ...it.hooks, appSpec: undefined })],
    ['the AppSpec cannot be read', (it) => void (it.hooks = { ...it.hooks, appSpec: 'Hooks: {' })]
  ])('cannot be told, as %s: the hook fails, which opens nothing', async (_, change) => {
    const it = await place()
    change(it)
    await it.verify()
    expect(it.answers).toEqual(FAILED)
    expect(it.lines.join()).toContain('whose hook it is cannot be told')
  })

  test('cannot be told of a rollback: it goes on, as no gate holds it', async () => {
    const it = await place()
    it.plane.isRollback = true
    it.hooks = { ...it.hooks, appSpec: undefined }
    await it.verify()
    expect(it.answers).toEqual(SUCCEEDED)
  })
})

describe('what never settles', () => {
  test('is no answer of green: one in another protocol has failed, and the hook is answered', async () => {
    switchAt('/pay')
    const made = await place()
    await made.verify()
    expect(made.evidence('pay')).toMatchObject({ verdict: 'failed' })
    expect(made.answers).toEqual(FAILED)
  })

  test('keeps no hook from its answer, in time for CodeDeploy to hear of it', async () => {
    const made = await place()
    const startedAt = made.clock.now()
    made.verifyPlane.green = () => new Promise<never>(() => undefined)
    const remainingMs = 100_000
    await moving(made, handleVerify(made.verifyPlatform, HOOK, { ...INVOCATION, remainingMs }))
    expect(made.answers).toEqual(FAILED)
    expect(made.clock.now() - startedAt).toBeLessThan(remainingMs)
  })
})
