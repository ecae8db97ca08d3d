import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { createClients } from '../../src/aws/clients.ts'
import { OptionalReads } from '../../src/aws/optional-reads.ts'
import { withCodeDeploy } from '../../src/controllers/codedeploy/clients.ts'
import { findDeploymentGroup } from '../../src/controllers/codedeploy/release/discovery.ts'
import { originOfListener } from '../../src/controllers/codedeploy/reader/listener-origin.ts'
import { serve, type Served } from '../verification/server.ts'
import { GROUP, faulty, run, runUndecided, start, verdictOf } from './stage.ts'

let workspace: string
let green: Served
/** What green answers at /pay. */
let payStatus: number

beforeEach(async () => {
  workspace = await mkdtemp(join(tmpdir(), 'workspace-'))
  process.env['GITHUB_WORKSPACE'] = workspace
  payStatus = 200
  green = await serve((request, response) => {
    response.writeHead(request.url === '/pay' ? payStatus : 200).end('{}')
  })
})
afterEach(async () => {
  delete process.env['GITHUB_WORKSPACE']
  await green.close()
  await rm(workspace, { recursive: true, force: true })
})

const write = (text: string): Promise<void> =>
  writeFile(join(workspace, 'verification.yml'), `version: 1\n${text}`)
const pay = (required: boolean): string =>
  `flows: [{ name: pay, required: ${required}, steps: [{ path: /pay }] }]`
const target = (): string => `target: { test: "${green.origin}" }\n`
const inputs = { verification: 'verification.yml' }

describe('a verification file', () => {
  it('with problems is refused before anything is asked, all of them at once', async () => {
    await write('flows: [{ name: pay }]\nfoo: 1')
    const { ending, emulator } = await run({ inputs })
    expect(ending.outcome).toBe('refused')
    expect(ending.problems).toEqual([
      '`verification`: verification.yml: flows[0].steps: is empty, wanted at least one',
      '`verification`: verification.yml: flows[0].required: is missing',
      '`verification`: verification.yml: foo: is not known, accepted: version, env, target, checks, flows, load, availability, metrics, recovery'
    ])
    expect(emulator.calls.list()).toEqual([])
  })

  it('that is not there is refused', async () => {
    const { ending } = await run({ inputs })
    expect(ending.problems.join()).toMatch(
      /`verification`: cannot read "verification.yml": there is no such file; give a path/
    )
  })
})

describe('a k6 script', () => {
  it('that is not there is found out before anything is asked', async () => {
    await write('load: { required: true, script: load/orders.js, thresholds: [max < 1 s] }')
    const { ending, emulator } = await run({ inputs })
    expect(ending.problems.join()).toMatch(
      /`verification`: cannot read "load\/orders.js": there is no such file/
    )
    expect(emulator.calls.list()).toEqual([])
  })
})

describe('pre-flight', () => {
  it('refuses what cannot be asked: green has no listener of its own', async () => {
    await write(pay(true))
    const release = await run({ inputs, testListener: false })
    expect(release.ending.outcome).toBe('refused')
    expect(verdictOf(release, 'verification')).toMatch(/^NG: .*no test listener.*`target.test`/)
    expect(release.emulator.calls.writes()).toEqual([])
  })

  it('refuses to end before green can be asked', async () => {
    await write(target() + pay(true))
    const release = await run({ inputs: { ...inputs, 'wait-for': 'started' } })
    expect(verdictOf(release, 'verification')).toMatch(/^NG: .*wait-for: started/)
  })

  it('says what is to come, and that nothing waits for it without the ledger', async () => {
    await write(target() + pay(true))
    const release = await run({ inputs: { ...inputs, 'dry-run': 'true' } })
    expect(verdictOf(release, 'verification')).toMatch(/^WARN: pay: nothing holds traffic back/)
    await write(target() + pay(false))
    const advisory = await run({ inputs: { ...inputs, 'dry-run': 'true' } })
    expect(verdictOf(advisory, 'verification')).toBe('OK: pay (advisory)')
  })

  it('has nothing to say where nothing is verified', async () => {
    expect(verdictOf(await run({ inputs: { 'dry-run': 'true' } }), 'verification')).toBe(
      'no: check'
    )
  })
})

describe('green', () => {
  it('that has no test listener is asked where the file says, as soon as it is installed', async () => {
    await write(target() + pay(true))
    const { ending, draft } = await run({ inputs, testListener: false })
    expect(ending.outcome).toBe('released')
    expect(draft.evidence).toMatchObject([{ name: 'pay', verdict: 'passed' }])
  })

  it('is asked as soon as it serves the test listener, and what it answers is in the report', async () => {
    await write(target() + pay(true))
    const { ending, draft, text } = await run({ inputs })
    expect(ending.outcome).toBe('released')
    expect(draft.evidence).toMatchObject([{ name: 'pay', verdict: 'passed', required: true }])
    const lines = text.split('\n')
    const [shown, asked] = [/AllowTestTraffic .*Succeeded/, /pay passed/].map((pattern) =>
      lines.findIndex((line) => pattern.test(line))
    )
    expect(shown).toBeGreaterThan(0)
    expect(asked).toBeGreaterThan(shown ?? 0)
  })

  it('is asked before a job ends that waits for test traffic only', async () => {
    await write(target() + pay(false))
    const { ending, draft } = await runUndecided({
      inputs: { ...inputs, 'wait-for': 'test-traffic' }
    })
    expect(ending.outcome).toBe('started')
    expect(draft.evidence).toMatchObject([{ name: 'pay', verdict: 'passed' }])
  })

  it('that fails what is required is stopped and rolled back, where no gate does it', async () => {
    payStatus = 500
    await write(target() + pay(true))
    const { ending, draft, operations } = await runUndecided({ inputs })
    expect(ending).toMatchObject({
      outcome: 'stopped',
      rollback: 'succeeded',
      reason: 'pay failed: fails at GET /pay: status 500, wanted 200'
    })
    expect(operations).toContain('codedeploy:StopDeployment')
    expect(draft.deployment?.traffic?.green ?? 0).toBe(0)
  })

  it('that fails what is advisory is not stopped', async () => {
    payStatus = 500
    await write(target() + pay(false))
    const { ending, operations } = await run({ inputs })
    expect(ending.outcome).toBe('released')
    expect(operations).not.toContain('codedeploy:StopDeployment')
  })

  it('that cannot be stopped is said, and the release goes on', async () => {
    payStatus = 500
    await write(target() + pay(true))
    const { ending, draft } = await runUndecided({
      inputs,
      prepare: faulty('codedeploy:StopDeployment', { kind: 'denied' })
    })
    expect(ending.outcome).toBe('expired')
    expect(draft.stoppedBecause).toBeUndefined()
    expect(draft.warnings.join()).toMatch(/the deployment could not be stopped \(pay failed/)
  })
})

describe('where green is asked', () => {
  it("is the test listener's port at its load balancer's name", async () => {
    const { emulator, demo } = await start()
    const clients = withCodeDeploy(
      createClients({
        region: emulator.world.region,
        credentials: () => Promise.resolve(emulator.userKeys),
        maxRetries: 0
      })
    )
    const group = await findDeploymentGroup({
      clients,
      backoff: {
        clock: emulator.world.clock,
        random: Math.random,
        limitMs: 1_000,
        signal: new AbortController().signal
      },
      cluster: demo.cluster,
      service: demo.service,
      externalId: undefined,
      application: GROUP['codedeploy-application'],
      deploymentGroup: GROUP['codedeploy-deployment-group']
    })
    if (!group) throw new Error('no group')
    const optionalReads = new OptionalReads(emulator.world.clock, () => undefined)
    const origin = (listener: 'test' | 'production'): Promise<string | undefined> =>
      originOfListener({ clients, optionalReads }, group.info, listener)
    expect(await origin('test')).toMatch(/^http:\/\/shop-[\w.-]+\.elb\.amazonaws\.com:8443$/)
    expect(await origin('production')).toMatch(/^http:\/\/shop-[\w.-]+\.amazonaws\.com:80$/)
    expect(await originOfListener({ clients, optionalReads }, {}, 'test')).toBeUndefined()
  })
})

describe('what is still asked when the release is over', () => {
  const asked = `flows: [{ name: pay, required: false, steps: [{ path: /pay, timeout: 60s, retries: 5 }] }]`
  let silent: Served
  beforeEach(async () => {
    silent = await serve(() => undefined)
    await write(`target: { test: "${silent.origin}" }\n${asked}`)
  })
  afterEach(() => silent.close())

  it('ends with the time of the job', async () => {
    const release = await run({
      inputs: { ...inputs, 'wait-for-minutes': '5' },
      silent: silent.origin
    })
    expect(release.ending.outcome).toBe('released')
    expect(release.draft.evidence.map(({ verdict }) => verdict)).toEqual(['failed'])
    expect(release.seconds).toBeLessThan(6 * 60)
  })

  it('ends when the job is cancelled, which undoes nothing', async () => {
    const cancel = new AbortController()
    const release = await start({
      inputs,
      silent: silent.origin,
      gateAnswers: 'Succeeded',
      cancelled: cancel.signal
    })
    await release.advance(120_000, release.ended)
    expect(release.lines.join('\n')).toMatch(/deployment +Succeeded/)
    cancel.abort()
    await release.advance(10_000, release.ended)
    expect((await release.ended).ending.outcome).toBe('released')
  })
})
