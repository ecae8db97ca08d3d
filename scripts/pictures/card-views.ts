import type { CardView, DecisionView } from '../../src/gate/card/view.ts'
import type { ChangeFacts, EvidenceFacts } from '../../src/ledger/gate-facts.ts'

/** Who is in the pictures. The first one looks at them. */
export const PEOPLE = {
  approver: 'U0MINJI2K',
  other: 'U0ALEX7RV',
  requester: 'U0OCTO4CT'
} as const

const REGISTRY = '123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop'
const MINUTE = 60_000

const EVIDENCE: readonly EvidenceFacts[] = [
  {
    name: 'routes',
    verdict: 'passed',
    required: true,
    summary: '3 of 3 routes answer, the slowest in 17 ms'
  },
  {
    name: 'order and pay',
    verdict: 'passed',
    required: true,
    summary: '12 of 12 steps, 1.9 s in all'
  },
  {
    name: 'load',
    verdict: 'warning',
    required: false,
    summary: 'p99 is 214 ms, blue answers in 178 ms'
  }
]

const CHANGES: readonly ChangeFacts[] = [
  { path: 'containerDefinitions[app].environment[LOG_LEVEL]', kind: 'changed' },
  { path: 'containerDefinitions[app].environment[PAYMENT_TIMEOUT_MS]', kind: 'added' },
  { path: 'containerDefinitions[app].secrets[PAYMENT_KEY]', kind: 'changed' },
  { path: 'containerDefinitions[app].healthCheck.interval', kind: 'changed' },
  { path: 'containerDefinitions[proxy].memoryReservation', kind: 'changed' },
  { path: 'containerDefinitions[proxy].logConfiguration.options[awslogs-group]', kind: 'changed' },
  { path: 'cpu', kind: 'changed' },
  { path: 'memory', kind: 'changed' }
]

/** A release as an approver sees it who opens Slack at `now`. */
export function waiting(now: number): CardView {
  return {
    gateId: 'd-A1B2C3D4E#0123456789abcdef0123456789abcdef',
    language: 'en',
    now,
    cluster: 'shop-prod',
    service: 'orders',
    deploymentId: 'd-A1B2C3D4E',
    consoleUrl:
      'https://eu-central-1.console.aws.amazon.com/codesuite/codedeploy/deployments/d-A1B2C3D4E',
    images: [
      {
        container: 'app',
        before: `${REGISTRY}/orders:1.4.1`,
        after: `${REGISTRY}/orders:1.4.2`,
        digest: `sha256:${'9f3c1ab27e44'.padEnd(64, '0d')}`
      },
      {
        container: 'proxy',
        before: `${REGISTRY}/envoy:1.31`,
        after: `${REGISTRY}/envoy:1.31`,
        digest: `sha256:${'5511ce80aa02'.padEnd(64, '1f')}`
      }
    ],
    revision: { before: 'orders:41', after: 'orders:42' },
    changes: CHANGES,
    shift: { kind: 'canary', percentage: 10, minutes: 5 },
    commit: { sha: '3f2c9b1d7a55', url: 'https://github.com/octo/shop/commit/3f2c9b1d7a55' },
    run: { label: 'run 4711', url: 'https://github.com/octo/shop/actions/runs/4711' },
    requester: { logins: ['octocat'], users: [PEOPLE.requester], verified: true },
    health: {
      targetGroup: 'orders-green',
      states: { healthy: 2 },
      unavailable: undefined,
      targets: [
        { id: '10.0.12.31:8080', state: 'healthy' },
        { id: '10.0.27.118:8080', state: 'healthy' }
      ]
    },
    testUrl: { text: 'https://orders-test.shop.example:8443/', isLink: true },
    evidence: EVIDENCE,
    moving: [{ service: 'shop-prod/payment', what: 'traffic-shifting', since: now - 2 * MINUTE }],
    openedAt: now - 14 * MINUTE,
    expiresAt: now + 41 * MINUTE,
    quorum: 1,
    votes: [],
    frozenBy: [],
    closedBecause: undefined,
    breakGlass: true,
    breakGlassRefused: undefined,
    decision: undefined,
    trafficResult: undefined,
    awaitsRollback: false,
    availability: undefined,
    head: undefined
  }
}

/** Every state of a card that has a look of its own, by the name of its picture. */
export function cardStates(now: number): Readonly<Record<string, CardView>> {
  const view = waiting(now)
  const withEvidence = (change: Partial<EvidenceFacts>): CardView['evidence'] =>
    EVIDENCE.map((each) => (each.name === 'order and pay' ? { ...each, ...change } : each))
  const decided = (change: Partial<DecisionView> = {}): Pick<CardView, 'decision' | 'head'> => ({
    decision: {
      state: 'APPROVED',
      at: now - 9 * MINUTE,
      by: [PEOPLE.approver],
      names: ['Minji Kim'],
      reason: undefined,
      breakGlass: false,
      effect: 'APPLIED',
      ...change
    },
    head: `7-${'3fa9c2d07b1e'.padEnd(64, '0')}`
  })
  const moved = { beganAt: now - 8 * MINUTE, at: now - 8 * MINUTE } as const
  const shifted = { ...moved, shiftedAt: now - 3 * MINUTE }
  return {
    'evidence-pending': { ...view, evidence: withEvidence({ verdict: 'pending', summary: '' }) },
    'all-passed': { ...view, evidence: EVIDENCE.slice(0, 2), moving: [] },
    'failed-required': {
      ...view,
      evidence: withEvidence({
        verdict: 'failed',
        summary: 'step 4 of 12: POST /payments answered 502, wanted 201'
      })
    },
    approved: { ...view, ...decided() },
    shifting: {
      ...view,
      ...decided(),
      trafficResult: { status: 'shifting', rollback: 'none', ...moved }
    },
    completed: {
      ...view,
      ...decided(),
      trafficResult: { status: 'released', rollback: 'none', ...shifted, at: now - 2 * MINUTE },
      availability: { verdict: 'passed', total: 9_856, failed: 0, summary: '' }
    },
    'rolled-back': {
      ...view,
      ...decided(),
      trafficResult: {
        status: 'stopped',
        rollback: 'succeeded',
        ...moved,
        at: now - 6 * MINUTE,
        rolledBackAt: now - 5 * MINUTE,
        stoppedBy: 'observer',
        stoppedBecause: '3 requests in a row failed, 2 are allowed'
      },
      availability: { verdict: 'failed', total: 4_120, failed: 12, summary: '12 of 4,120 failed' }
    },
    rejected: {
      ...view,
      ...decided({
        state: 'REJECTED',
        by: [PEOPLE.other],
        names: ['Alex Rivera'],
        reason: 'Totals of 1.4.2 are wrong for orders with a voucher'
      }),
      trafficResult: {
        status: 'failed',
        rollback: 'succeeded',
        at: now - 8 * MINUTE,
        rolledBackAt: now - 7 * MINUTE
      }
    },
    expired: {
      ...view,
      ...decided({ state: 'EXPIRED', by: [], names: [] }),
      trafficResult: { status: 'failed', rollback: 'none', at: now - 8 * MINUTE }
    },
    ...rareStates(view, decided),
    'rollback-failed': {
      ...view,
      ...decided(),
      trafficResult: {
        status: 'failed',
        rollback: 'failed',
        ...moved,
        at: now - 6 * MINUTE,
        why: 'ALARM_ACTIVE: One or more alarms have been activated'
      }
    }
  }
}

/** States that most approvers never see. */
function rareStates(
  view: CardView,
  decided: (change?: Partial<DecisionView>) => Pick<CardView, 'decision' | 'head'>
): Readonly<Record<string, CardView>> {
  const { now } = view
  const nobody = { by: [], names: [] } as const
  return {
    frozen: { ...view, frozenBy: ['year end'] },
    quorum: { ...view, quorum: 2, votes: [{ user: PEOPLE.other, at: now - MINUTE }] },
    unproven: {
      ...view,
      requester: { logins: ['octocat'], users: [], verified: false },
      closedBecause: { why: 'unverified', fault: 'wrong-run' }
    },
    unmapped: {
      ...view,
      requester: { logins: ['hubot'], users: [], verified: true },
      closedBecause: { why: 'unmapped', logins: ['hubot'] }
    },
    'green-changed': { ...view, greenChangedAt: now - 3 * MINUTE },
    'glass-refused': { ...view, breakGlassRefused: { why: 'digest-differs', about: 'app' } },
    'glass-broken': {
      ...view,
      ...decided({ breakGlass: true, reason: 'Payments fail for everybody, and this mends it' })
    },
    'gate-failed': {
      ...view,
      ...decided({
        state: 'FAILED',
        ...nobody,
        reason: 'the gate gave up: the policy cannot be read'
      })
    },
    withdrawn: {
      ...view,
      ...decided({ state: 'WITHDRAWN', ...nobody, reason: 'the deployment has ended' })
    },
    'too-late': { ...view, ...decided({ effect: 'LATE' }) }
  }
}
