import type { Report } from '../../../src/release/report.ts'
import { expiredReport, rejectedByPerson } from './sample-endings.ts'
import { availability, METRICS, RECOVERY } from './sample-evidence.ts'
import {
  APP_SPEC,
  EVIDENCE,
  ARN,
  at,
  CONSOLE,
  decision,
  deployment,
  event,
  ID,
  OPENING,
  REGION,
  report,
  ROLLBACK_ID,
  seen,
  sorted,
  TASK_DEFINITION,
  TRIGGER,
  WHERE,
  TARGETS
} from './sample-parts.ts'

function releasedReport(): Report {
  const lifecycle = [
    event('BeforeInstall', 'Succeeded', 4, 4.3),
    event('Install', 'Succeeded', 5, 96),
    event('AfterInstall', 'Succeeded', 97, 97.2),
    event('AllowTestTraffic', 'Succeeded', 98, 101),
    event('AfterAllowTestTraffic', 'Succeeded', 102, 102.4),
    event('BeforeAllowTraffic', 'Succeeded', 103, 494),
    event('AllowTraffic', 'Succeeded', 495, 798),
    event('AfterAllowTraffic', 'Succeeded', 799, 799.3)
  ]
  return report(
    {},
    {
      decision: decision('APPROVED'),
      evidence: [
        { ...EVIDENCE[0], required: true },
        RECOVERY,
        ...EVIDENCE.slice(2),
        METRICS,
        availability({ shift: 495, after: 798, until: 809, failing: { 497: 1 } })
      ],
      deployment: deployment(ID, {
        createdAt: at(1.9),
        completedAt: at(1100),
        steps: lifecycle,
        trafficShiftedAt: at(798),
        traffic: { blue: 0, green: 100 },
        targets: TARGETS,
        oldTasks: { told: 3, stopped: 3, toldAt: at(1_098), stoppedAt: at(1_101) }
      }),
      timeline: sorted([
        ...OPENING,
        { kind: 'status', at: at(5), deploymentId: ID, status: 'InProgress', message: undefined },
        ...seen(ID, lifecycle),
        {
          kind: 'health',
          at: at(62),
          deploymentId: ID,
          counts: { initial: 1, healthy: 2 },
          reasons: ['Elb.InitialHealthChecking']
        },
        { kind: 'health', at: at(94), deploymentId: ID, counts: { healthy: 3 }, reasons: [] },
        {
          kind: 'waiting',
          at: at(104),
          deploymentId: ID,
          what: 'approval',
          step: 'BeforeAllowTraffic'
        },
        { kind: 'traffic', at: at(497), deploymentId: ID, blue: 90, green: 10 },
        { kind: 'traffic', at: at(798), deploymentId: ID, blue: 0, green: 100 },
        { kind: 'waiting', at: at(801), deploymentId: ID, what: 'termination', step: undefined },
        { kind: 'status', at: at(1102), deploymentId: ID, status: 'Succeeded', message: undefined },
        { kind: 'goal', at: at(1102), goal: 'completed' }
      ]),
      endedAt: at(1103)
    }
  )
}

/** Green serves errors once it gets traffic: production is seen to suffer, and it is rolled back. */
function stoppedReport(): Report {
  const lifecycle = [
    event('BeforeInstall', 'Succeeded', 4, 4.3),
    event('Install', 'Succeeded', 5, 96),
    event('AfterInstall', 'Succeeded', 97, 97.2),
    event('AllowTestTraffic', 'Succeeded', 98, 101),
    event('AfterAllowTestTraffic', 'Succeeded', 102, 102.4),
    event('BeforeAllowTraffic', 'Succeeded', 103, 494),
    event('AllowTraffic', 'Failed', 495, 520, 'The deployment was stopped.'),
    event('AfterAllowTraffic', 'Skipped')
  ]
  const back = [
    event('BeforeAllowTraffic', 'Succeeded', 523, 523.3),
    event('AllowTraffic', 'Succeeded', 524, 527),
    event('AfterAllowTraffic', 'Succeeded', 527, 527.1)
  ]
  const failing = Object.fromEntries(Array.from({ length: 25 }, (_, index) => [500 + index, 2]))
  return report(
    { rollbackDeploymentId: ROLLBACK_ID, trafficMoved: true, reason: 'availability: 12 % failed' },
    {
      outcome: 'stopped',
      rollback: 'succeeded',
      decision: { ...decision('APPROVED'), breakGlass: true, reason: 'the fix for #12' },
      evidence: [availability({ shift: 495, after: 9_999, rollback: 524, until: 540, failing })],
      deployment: deployment(ID, {
        status: 'Stopped',
        createdAt: at(1.9),
        completedAt: at(521),
        steps: lifecycle,
        traffic: { blue: 90, green: 10 }
      }),
      rollbackDeployment: deployment(ROLLBACK_ID, {
        createdAt: at(522),
        completedAt: at(528),
        steps: back
      }),
      timeline: sorted([
        ...OPENING,
        ...seen(ID, lifecycle),
        {
          kind: 'waiting',
          at: at(104),
          deploymentId: ID,
          what: 'approval',
          step: 'BeforeAllowTraffic'
        },
        { kind: 'traffic', at: at(497), deploymentId: ID, blue: 90, green: 10 },
        { kind: 'interrupted', at: at(519), cause: 'evidence', action: 'stopped' },
        { kind: 'rollback', at: at(523), deploymentId: ID, rollbackDeploymentId: ROLLBACK_ID },
        ...seen(ROLLBACK_ID, back),
        { kind: 'traffic', at: at(527), deploymentId: ROLLBACK_ID, blue: 100, green: 0 }
      ]),
      endedAt: at(542)
    }
  )
}

function rejectedReport(): Report {
  const message =
    'The deployment failed because one or more of the lifecycle event validation functions failed.'
  const lifecycle = [
    event('BeforeInstall', 'Succeeded', 4, 4.3),
    event('Install', 'Succeeded', 5, 66),
    event('AfterInstall', 'Succeeded', 67, 67.2),
    event('BeforeAllowTraffic', 'Failed', 68, 2310, 'The hook reported Failed.'),
    event('AllowTraffic', 'Skipped'),
    event('AfterAllowTraffic', 'Skipped')
  ]
  const back = [
    event('BeforeInstall', 'Succeeded', 2316, 2316.2),
    event('Install', 'Succeeded', 2316.5, 2321),
    event('AfterInstall', 'Succeeded', 2321, 2321.1),
    event('BeforeAllowTraffic', 'Succeeded', 2322, 2322.3),
    event('AllowTraffic', 'Succeeded', 2323, 2328),
    event('AfterAllowTraffic', 'Succeeded', 2328, 2328.1)
  ]
  return report(
    { rollbackDeploymentId: ROLLBACK_ID, trafficMoved: false },
    {
      evidence: EVIDENCE,
      outcome: 'rejected',
      rollback: 'succeeded',
      approval: 'rejected',
      where: {
        ...WHERE,
        deploymentConfig: 'CodeDeployDefault.ECSAllAtOnce',
        hasTestListener: false,
        allAtOnce: true
      },
      warnings: ['The longest wait may outlive the job’s credentials (1 h): set role-to-assume.'],
      deployment: deployment(ID, {
        status: 'Failed',
        error: { code: 'HOOK_EXECUTION_FAILURE', message },
        createdAt: at(1.9),
        completedAt: at(2312),
        steps: lifecycle,
        traffic: { blue: 100, green: 0 }
      }),
      rollbackDeployment: deployment(ROLLBACK_ID, {
        createdAt: at(2314),
        completedAt: at(2330),
        steps: back
      }),
      diagnosis: {
        cause:
          'The gate’s function reported Failed for BeforeAllowTraffic after 37 min 22 s: a person rejected the release, or nobody decided in time. Nothing points at the new revision itself.',
        whereToLook: [
          {
            label: 'Function CodeDeployHook_gate',
            url: `${CONSOLE}/lambda/home?region=${REGION}#/functions/CodeDeployHook_gate`
          }
        ],
        stoppedTasks: [],
        targets: [],
        serviceEvents: []
      },
      timeline: sorted([
        ...OPENING,
        ...seen(ID, lifecycle),
        {
          kind: 'waiting',
          at: at(70),
          deploymentId: ID,
          what: 'approval',
          step: 'BeforeAllowTraffic'
        },
        { kind: 'status', at: at(2313), deploymentId: ID, status: 'Failed', message },
        { kind: 'rollback', at: at(2315), deploymentId: ID, rollbackDeploymentId: ROLLBACK_ID },
        ...seen(ROLLBACK_ID, back),
        {
          kind: 'status',
          at: at(2332),
          deploymentId: ROLLBACK_ID,
          status: 'Succeeded',
          message: undefined
        }
      ]),
      endedAt: at(2334)
    }
  )
}

/** The one-off task has failed, so nothing was deployed. */
function migrationReport(): Report {
  const taskArn = `${ARN}:task/production/5b6c7d8e9f0a1b2c3d4e5f0c1d2e3f4a`
  const reason = 'Essential container in task exited'
  return report(
    {
      sentence:
        'The one-off task 5b6c7d8e9f0a1b2c3d4e5f0c1d2e3f4a failed: container order ended with exit code 1; nothing was deployed'
    },
    {
      outcome: 'failed',
      approval: 'pending',
      oneOffTask: {
        taskArn,
        status: 'STOPPED',
        createdAt: at(2),
        startedAt: at(14),
        stoppedAt: at(61),
        stopCode: 'EssentialContainerExited',
        stoppedReason: reason,
        containers: [
          { name: 'order', exitCode: 1, reason: undefined },
          { name: 'log-router', exitCode: 0, reason: undefined }
        ],
        consoleUrl: `${CONSOLE}/ecs/v2/clusters/production/tasks/5b6c7d8e9f0a1b2c3d4e5f0c1d2e3f4a/configuration?region=${REGION}`
      },
      timeline: sorted([
        ...OPENING.filter(({ kind }) => kind !== 'created'),
        { kind: 'phase', at: at(1.9), name: 'one-off-task' },
        { kind: 'task', at: at(2), taskArn, status: 'PROVISIONING', message: undefined },
        {
          kind: 'task',
          at: at(62),
          taskArn,
          status: 'STOPPED',
          message: 'container order ended with exit code 1'
        }
      ]),
      endedAt: at(63)
    }
  )
}

function failedReport(): Report {
  const message =
    'The deployment timed out while waiting for the replacement task set to become healthy. This time out period is 60 minutes.'
  const lifecycle = [
    event('BeforeInstall', 'Succeeded', 4, 4.2),
    event('Install', 'Failed', 5, 3606, message),
    ...['AfterInstall', 'AllowTestTraffic', 'AfterAllowTestTraffic', 'BeforeAllowTraffic'].map(
      (name) => event(name, 'Skipped')
    ),
    event('AllowTraffic', 'Skipped'),
    event('AfterAllowTraffic', 'Skipped')
  ]
  const task = (id: string): string => `${ARN}:task/production/${id}`
  return report(
    { failedEvent: 'Install', reason: message, trafficMoved: false },
    {
      outcome: 'failed',
      approval: 'pending',
      trigger: { ...TRIGGER, triggeringActor: 'j.park', runAttempt: '2' },
      warnings: [
        'No auto-rollback for failures: green keeps running after a rejection or failure.'
      ],
      deployment: deployment(ID, {
        status: 'Failed',
        error: { code: 'HEALTH_CONSTRAINTS', message },
        createdAt: at(1.9),
        completedAt: at(3607),
        steps: lifecycle,
        traffic: { blue: 100, green: 0 }
      }),
      diagnosis: {
        cause:
          'Green never became healthy: container "order" stopped with exit code 137 (OutOfMemoryError) in 2 of 2 tasks. Its memory limit is the most probable cause.',
        whereToLook: [
          {
            label: 'Service events',
            url: `${CONSOLE}/ecs/v2/clusters/production/services/order/events?region=${REGION}`
          },
          {
            label: 'Logs of container order',
            url: `${CONSOLE}/cloudwatch/home?region=${REGION}#logsV2:log-groups/log-group/$252Fecs$252Forder`
          }
        ],
        stoppedTasks: [
          {
            taskArn: task('0c1d2e3f4a5b6c7d8e9f0a1b2c3d4e5f'),
            stopCode: 'EssentialContainerExited',
            stoppedReason: 'Essential container in task exited',
            containers: [
              {
                name: 'order',
                exitCode: 137,
                reason: 'OutOfMemoryError: Container killed due to memory usage'
              },
              { name: 'envoy', exitCode: 0, reason: undefined }
            ]
          },
          {
            taskArn: task('1f2e3d4c5b6a79880716253443526170'),
            stopCode: 'TaskFailedToStart',
            stoppedReason:
              'CannotPullContainerError: pull image manifest has been retried 1 time(s)',
            containers: []
          }
        ],
        targets: [
          {
            id: '10.0.3.17:8080',
            state: 'unhealthy',
            reason: 'Target.Timeout',
            description: 'Request timed out'
          },
          {
            id: '10.0.4.201:8080',
            state: 'unhealthy',
            reason: 'Target.ResponseCodeMismatch',
            description: 'Health checks failed with these codes: [503]'
          }
        ],
        serviceEvents: [
          {
            at: at(3580),
            message: '(service order) (task 0c1d2e3f) failed container health checks.'
          },
          {
            at: at(3400),
            message: '(service order, taskSet ecs-svc/123) has started 1 tasks: (task 0c1d2e3f).'
          }
        ]
      },
      timeline: sorted([
        ...OPENING,
        ...seen(ID, lifecycle),
        {
          kind: 'trouble',
          at: at(1800),
          what: 'reading the deployment',
          reason: 'ThrottlingException: Rate exceeded'
        },
        { kind: 'status', at: at(3608), deploymentId: ID, status: 'Failed', message },
        { kind: 'phase', at: at(3608), name: 'diagnose' }
      ]),
      endedAt: at(3610)
    }
  )
}

const PROBLEMS = [
  'container-name: container "orders" is not in the task definition; it has "order" and "envoy".',
  'wait-for: "done" is not accepted; one of started, test-traffic, approval, traffic-shifted, completed.',
  'images, line 2: "envoy:v1" is not container=image.',
  'codedeploy-appspec: deploy/appspec.yaml, line 7, column 3: a mapping entry is expected here.'
]

function refusedReport(): Report {
  return report(
    {},
    {
      outcome: 'refused',
      approval: 'not-required',
      problems: PROBLEMS,
      taskDefinition: undefined,
      preflight: [],
      appSpec: undefined,
      where: {
        ...WHERE,
        application: undefined,
        deploymentGroup: undefined,
        deploymentConfig: undefined,
        hasTestListener: undefined,
        allAtOnce: undefined,
        consoleLinks: []
      },
      timeline: [{ kind: 'phase', at: at(0), name: 'render' }],
      endedAt: at(0.2)
    }
  )
}

function plannedReport(): Report {
  return report(
    { revision: undefined },
    {
      outcome: 'planned',
      approval: 'pending',
      taskDefinition: { ...TASK_DEFINITION, arn: undefined },
      appSpec: APP_SPEC.replace('order:42', 'order:(new)'),
      where: { ...WHERE, consoleLinks: WHERE.consoleLinks.slice(0, 1) },
      timeline: OPENING.slice(0, 3),
      endedAt: at(1.2)
    }
  )
}

/** Whole reports as a release leaves them, in the language that is spoken here. */
export function samples() {
  return {
    released: releasedReport(),
    stopped: stoppedReport(),
    rejected: rejectedReport(),
    'rejected by a person': rejectedByPerson(),
    expired: expiredReport(),
    failed: failedReport(),
    migration: migrationReport(),
    refused: refusedReport(),
    planned: plannedReport()
  } satisfies Record<string, Report>
}

/** For goldens, schema and the preview. */
export const SAMPLES = samples()
