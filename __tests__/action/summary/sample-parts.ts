import type { Evidence, RequestResult } from '../../../src/release/evidence.ts'
import type { GateDecision } from '../../../src/release/decision.ts'
import { headline, type HeadlineFacts } from '../../../src/release/headline.ts'
import type { DeploymentReport, Report, TaskDefinitionReport } from '../../../src/release/report.ts'
import { stageOfEvent, stateOf } from '../../../src/controllers/codedeploy/reader/words.ts'
import type { Step, StepStatus } from '../../../src/release/snapshot.ts'
import type { TimelineEvent } from '../../../src/release/timeline.ts'

/** What the sample reports are put together from. */
const START = Date.UTC(2026, 10, 20, 21, 57, 3)
export const REGION = 'ap-northeast-2'
export const CONSOLE = `https://${REGION}.console.aws.amazon.com`
export const ARN = `arn:aws:ecs:${REGION}:123456789012`

/** Milliseconds since the epoch, from seconds into the release. */
export function at(seconds: number): number {
  return START + Math.round(seconds * 1000)
}

export function event(
  name: string,
  status: StepStatus,
  from?: number,
  to?: number,
  message?: string
): Step {
  return {
    name,
    stage: stageOfEvent(name, true),
    status,
    startedAt: from === undefined ? undefined : at(from),
    endedAt: to === undefined ? undefined : at(to),
    diagnostics: message === undefined ? undefined : { code: 'UnknownError', message }
  }
}

export function seen(deploymentId: string, events: readonly Step[]): TimelineEvent[] {
  return events.flatMap((one): TimelineEvent[] => {
    if (one.startedAt === undefined) return []
    const base = { kind: 'lifecycle', deploymentId, event: one.name } as const
    const message = one.diagnostics?.message
    const begun: TimelineEvent = {
      ...base,
      at: one.startedAt + 900,
      status: 'InProgress',
      durationMs: undefined,
      message: undefined
    }
    if (one.endedAt === undefined) return [begun]
    const durationMs = one.endedAt - one.startedAt
    const ended: TimelineEvent = {
      ...base,
      at: one.endedAt + 900,
      status: one.status,
      durationMs,
      message
    }
    return durationMs > 1000 ? [begun, ended] : [ended]
  })
}

export function sorted(events: readonly TimelineEvent[]): TimelineEvent[] {
  return [...events].sort((a, b) => a.at - b.at)
}

export function deployment(id: string, facts: Partial<DeploymentReport>): DeploymentReport {
  return {
    id,
    state: stateOf(facts.status ?? 'Succeeded'),
    status: 'Succeeded',
    error: undefined,
    createdAt: undefined,
    completedAt: undefined,
    steps: [],
    trafficShiftedAt: undefined,
    traffic: undefined,
    targets: undefined,
    oldTasks: undefined,
    consoleUrl: `${CONSOLE}/codesuite/codedeploy/deployments/${id}?region=${REGION}`,
    ...facts
  }
}

/** Green's targets, all well. */
export const TARGETS: NonNullable<DeploymentReport['targets']> = [1, 2, 3].map((host) => ({
  id: `10.0.12.${host}:8080`,
  state: 'healthy',
  reason: undefined,
  description: undefined
}))

export const TRIGGER: Report['trigger'] = {
  actor: 'minji-kim',
  triggeringActor: 'minji-kim',
  repository: 'acme/order',
  ref: 'refs/heads/main',
  sha: '3f5a9c1be0d24b7f8a6c5d4e3f2a1b0c9d8e7f60',
  event: 'push',
  runId: '9184736251',
  runAttempt: '1',
  runUrl: 'https://github.com/acme/order/actions/runs/9184736251',
  commitUrl: 'https://github.com/acme/order/commit/3f5a9c1be0d24b7f8a6c5d4e3f2a1b0c9d8e7f60'
}

export const WHERE: Report['where'] = {
  region: REGION,
  cluster: 'production',
  service: 'order',
  application: 'order-release',
  deploymentGroup: 'order-blue-green',
  deploymentConfig: 'CodeDeployDefault.ECSCanary10Percent5Minutes',
  hasTestListener: true,
  allAtOnce: false,
  consoleLinks: [
    {
      label: 'Service order',
      url: `${CONSOLE}/ecs/v2/clusters/production/services/order/health?region=${REGION}`
    },
    {
      label: 'Task definition order:42',
      url: `${CONSOLE}/ecs/v2/task-definitions/order/42?region=${REGION}`
    }
  ]
}

export const TASK_DEFINITION: TaskDefinitionReport = {
  runningArn: `${ARN}:task-definition/order:41`,
  arn: `${ARN}:task-definition/order:42`,
  reused: false,
  changes: [
    {
      path: 'containerDefinitions[order].image',
      kind: 'changed',
      before: '123456789012.dkr.ecr.ap-northeast-2.amazonaws.com/order:1.8.3',
      after: '123456789012.dkr.ecr.ap-northeast-2.amazonaws.com/order:1.9.0'
    },
    { path: 'containerDefinitions[order].environment[FEATURE_REFUND]', kind: 'added' },
    { path: 'memory', kind: 'changed', before: '1024', after: '2048' }
  ]
}

export const PREFLIGHT: Report['preflight'] = [
  { name: 'service', verdict: 'OK', reason: 'order is ACTIVE and controlled by CODE_DEPLOY' },
  { name: 'deployment group', verdict: 'OK', reason: 'order-blue-green owns production/order' },
  { name: 'AppSpec', verdict: 'OK', reason: 'container order, port 8080 exist in the revision' },
  { name: 'gate', verdict: 'OK', reason: 'BeforeAllowTraffic runs CodeDeployHook_gate' },
  { name: 'active deployment', verdict: 'OK', reason: 'none' },
  { name: 'auto-rollback', verdict: 'OK', reason: 'DEPLOYMENT_FAILURE, DEPLOYMENT_STOP_ON_ALARM' },
  {
    name: 'listeners',
    verdict: 'SKIP',
    reason: 'AccessDenied: not authorized to perform elasticloadbalancing:DescribeListeners'
  }
]

export const APP_SPEC = `version: 0.0
Resources:
  - TargetService:
      Type: AWS::ECS::Service
      Properties:
        TaskDefinition: ${ARN}:task-definition/order:42
        LoadBalancerInfo:
          ContainerName: order
          ContainerPort: 8080
Hooks:
  - BeforeAllowTraffic: CodeDeployHook_gate
`

export const ID = 'd-RPCR1U3TW'
export const ROLLBACK_ID = 'd-QX7K2M9LW'

/** Two approvals, or one rejection with its reason. */
export function decision(state: 'APPROVED' | 'REJECTED'): GateDecision {
  const minsu = { id: 'U01MINSU', name: '김민수' }
  const jane = { id: 'U02JANE', name: 'Jane Doe' }
  return {
    state,
    openedAt: at(104),
    decidedAt: at(494),
    by: state === 'APPROVED' ? [minsu, jane] : [jane],
    reason: state === 'APPROVED' ? undefined : 'order totals are wrong | see #12',
    breakGlass: false,
    votes:
      state === 'APPROVED'
        ? [
            { ...minsu, at: at(301) },
            { ...jane, at: at(494) }
          ]
        : [],
    effect: 'APPLIED',
    head: `42-${'9f3c'.repeat(16)}`,
    requester: { logins: ['octocat'], verified: true, why: undefined }
  }
}

export function report(facts: Partial<HeadlineFacts>, parts: Partial<Report>): Report {
  const { outcome = 'released', rollback = 'none', problems = [] } = parts
  return {
    outcome,
    rollback,
    approval: 'approved',
    decision: undefined,
    evidence: [],
    announced: [],
    headline: headline({
      outcome,
      rollback,
      problems,
      service: 'order',
      cluster: 'production',
      revision: 'order:42',
      deploymentId: parts.deployment?.id,
      goal: 'completed',
      decision: parts.decision,
      ...facts
    }),
    diagnosis: undefined,
    problems,
    warnings: [],
    trigger: TRIGGER,
    where: WHERE,
    taskDefinition: TASK_DEFINITION,
    oneOffTask: undefined,
    preflight: PREFLIGHT,
    appSpec: APP_SPEC,
    deployment: undefined,
    rollbackDeployment: undefined,
    timeline: [],
    startedAt: START,
    endedAt: START,
    ...parts
  }
}

export const OPENING: readonly TimelineEvent[] = [
  { kind: 'phase', at: at(0), name: 'render' },
  { kind: 'phase', at: at(0.2), name: 'pre-flight' },
  {
    kind: 'skipped',
    at: at(0.9),
    what: 'elasticloadbalancing:DescribeListeners',
    reason: 'AccessDenied'
  },
  { kind: 'phase', at: at(1.1), name: 'register' },
  {
    kind: 'registered',
    at: at(1.4),
    taskDefinitionArn: `${ARN}:task-definition/order:42`,
    reused: false
  },
  { kind: 'phase', at: at(1.4), name: 'deploy' },
  { kind: 'created', at: at(1.9), deploymentId: ID, recovered: false, attached: false },
  { kind: 'phase', at: at(1.9), name: 'watch' }
]

/** A routing table, and a flow that a health check would not have missed. */
export const EVIDENCE: readonly [Evidence, ...Evidence[]] = [
  {
    section: 'checks',
    name: 'checks',
    required: false,
    verdict: 'passed',
    summary: '2 of 2 routes answer, the slowest in 41 ms',
    startedAt: at(105),
    endedAt: at(106),
    rows: [
      request('health', 'GET', '/health', 200, 12),
      { ...request('orders | all', 'GET', '/orders', 200, 41), attempts: 3 }
    ]
  },
  {
    section: 'flow',
    name: 'order and pay',
    required: true,
    verdict: 'failed',
    summary: 'fails at pay: status 500, wanted 200',
    startedAt: at(106),
    endedAt: at(107),
    steps: [
      request('order', 'POST', '/orders', 201, 20),
      {
        ...request('pay', 'POST', '/orders/{{order}}/payment', 500, 35),
        verdict: 'failed',
        problems: ['status 500, wanted 200']
      },
      {
        ...request('read back', 'GET', '/orders/{{order}}', undefined, undefined),
        verdict: 'skipped',
        attempts: 0
      }
    ]
  },
  {
    section: 'load',
    name: 'load',
    required: false,
    verdict: 'failed',
    summary:
      'k6 1.8.1: p99 612 ms, 7 of 9,857 requests failed (0.07 %), 2 of 3 checks pass, not "total is right" (passed 0 of 3,285 times), "status is 200" failed 7 of 9,856 times, 1 of 2 thresholds hold, not p99 < 500 ms, the script logged 8 errors',
    startedAt: at(107),
    endedAt: at(167),
    engine: 'k6',
    engineVersion: '1.8.1',
    thresholds: [
      { text: 'p99 < 500 ms', measured: 612.400_831, passed: false },
      { text: 'failure-rate < 1 %', measured: 0.071_015_521, passed: true }
    ],
    latency: { avg: 48.2, min: 3.04, med: 31, max: 900, p90: 101, p95: 240, p99: 612.4 },
    requests: 9_857,
    rate: 164.28,
    failureRate: 7 / 9_857,
    failed: 7,
    checks: [
      { name: 'status is 200', passes: 9_849, fails: 7, wanted: undefined, passed: true },
      { name: 'pay::total is right', passes: 0, fails: 3_285, wanted: 1, passed: false },
      { name: 'pay::order is paid', passes: 3_285, fails: 0, wanted: 0.999, passed: true }
    ],
    script: {
      iterations: 3_285,
      vus: 20,
      dataReceived: 2_951_204,
      dataSent: 874_310,
      trends: [
        {
          name: 'http_req_waiting',
          unit: 'ms',
          trend: { avg: 47.9, min: 2.9, med: 30.8, max: 899, p90: 100, p95: 239, p99: 611 }
        },
        {
          name: 'iteration_duration',
          unit: 'ms',
          trend: { avg: 348, min: 214, med: 301, max: 1_402, p90: 498, p95: 702, p99: 1_210 }
        },
        {
          name: 'basket_size',
          unit: '',
          trend: { avg: 2.1, min: 1, med: 2, max: 9, p90: 4, p95: 5, p99: 7 }
        }
      ],
      errors: [
        { text: 'order failed with status 503', times: 7 },
        { text: 'Error: boom\n\tat default (file:///orders.js:2:77(3))', times: 1 }
      ],
      closing: [
        '  █ THRESHOLDS ',
        '',
        '    http_req_duration',
        "    ✗ 'p(99)<500' p(99)=612.4ms",
        '',
        '  █ TOTAL RESULTS ',
        '',
        '    checks_succeeded...: 79.94% 13134 out of 16426',
        '    http_reqs..........: 9857   164.28/s'
      ].join('\n')
    }
  }
]

function request(
  name: string,
  method: string,
  path: string,
  status: number | undefined,
  ms: number | undefined
): RequestResult {
  return { name, method, path, verdict: 'passed', status, ms, attempts: 1, problems: [] }
}
