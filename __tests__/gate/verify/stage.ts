import { afterEach, beforeEach } from '@jest/globals'
import { evidenceKey, readWholeEvidence } from '../../../src/ledger/evidence-item.ts'
import { canonical } from '../../../src/ledger/canonical.ts'
import { releaseKey } from '../../../src/ledger/keys.ts'
import { verificationItem } from '../../../src/ledger/verification-item.ts'
import type { Evidence } from '../../../src/release/evidence.ts'
import { hookIn } from '../../../src/controllers/codedeploy/gate/events.ts'
import { whoseHook, type HookFacts } from '../../../src/controllers/codedeploy/gate/own-hook.ts'
import type { Green, VerifyPlane } from '../../../src/controllers/gate-plane.ts'
import type { VerifyPlatform } from '../../../src/gate/verify/platform.ts'
import { handleVerify, type Invocation } from '../../../src/gate/verify/handler.ts'
import { serve, type Served } from '../../verification/server.ts'
import { DEPLOYMENT, stage, type Stage } from '../stage.ts'

export const SERVICE = 'shop/orders'
export const HOOK = {
  DeploymentId: DEPLOYMENT,
  LifecycleEventHookExecutionId: 'the hook of verification'
}
export const ARN =
  'arn:aws:lambda:eu-central-1:123456789012:function:CodeDeployHook_release-gate-verify'
export const GATE_ARN = ARN.replace('verify', 'request')
/** The AppSpec's hooks, by event. */
type Hooks = Readonly<Record<string, string>>
export const HOOKS: Hooks = { AfterAllowTestTraffic: ARN, BeforeAllowTraffic: GATE_ARN }
export const EVENTS = {
  BeforeInstall: 'Succeeded',
  Install: 'Succeeded',
  AfterInstall: 'Succeeded',
  AllowTestTraffic: 'Succeeded',
  AfterAllowTestTraffic: 'InProgress',
  BeforeAllowTraffic: 'Pending',
  AllowTraffic: 'Pending',
  AfterAllowTraffic: 'Pending'
}
export const appSpecWith = (hooks: Hooks): string =>
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
export const FILE = `
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

export const INVOCATION: Invocation = { requestId: 'first', remainingMs: 900_000, functionArn: ARN }

/** Green, as the function asks it. */
interface Shop {
  readonly origin: string
  readonly server: Served['server']
  /** What green answers at /pay; undefined: nothing, ever. */
  payStatus: number | undefined
  /** Requests that green got, as `path token`. */
  asked: string[]
}

/** A new one stands before every test. */
export const shop = serveGreen()

function serveGreen(): Shop {
  let served: Served
  const made: Shop = {
    get origin() {
      return served.origin
    },
    get server() {
      return served.server
    },
    payStatus: 200,
    asked: []
  }
  beforeEach(async () => {
    made.payStatus = 200
    made.asked = []
    served = await serve((request, response) => {
      made.asked.push(`${request.url ?? ''} ${String(request.headers['x-token'] ?? '')}`.trim())
      if (request.url === '/health') response.writeHead(200).end('{}')
      else if (made.payStatus !== undefined) response.writeHead(made.payStatus).end('{}')
    })
  })
  afterEach(() => served.close())
  return made
}

export interface Place extends Stage {
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
export async function place(file: string | null = FILE): Promise<Place> {
  const world = stage()
  const answers: string[] = []
  const own: Omit<Place, keyof Stage> = {
    answers,
    green: { listener: shop.origin, tasks: [], images: [] },
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
export async function moving({ clock }: Stage, work: Promise<void>): Promise<void> {
  const ended = work.then(() => 'ended' as const)
  const tick = (): Promise<'tick'> => new Promise((resolve) => setTimeout(() => resolve('tick'), 5))
  while ((await Promise.race([ended, tick()])) === 'tick') await clock.advance(1_000)
}

/** The release's record, which announces to the gate what is to come. */
export async function announce(
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

export const SUCCEEDED = ['the hook of verification: go']
export const FAILED = ['the hook of verification: no-go']
