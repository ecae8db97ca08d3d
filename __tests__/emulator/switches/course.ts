import {
  CreateRuleCommand,
  DescribeListenersCommand,
  DescribeRulesCommand
} from '@aws-sdk/client-elastic-load-balancing-v2'
import type { Action } from '@aws-sdk/client-elastic-load-balancing-v2'
import { DescribeServicesCommand } from '@aws-sdk/client-ecs'
import { HOUR, MINUTE } from '../lab.ts'
import type { Observations } from './observation.ts'

const UNGATED = { hooks: {} }

/** Switches about traffic, waits and stops. */
export const COURSE: Observations<
  | 'manualStopCode'
  | 'terminationStatus'
  | 'listenerRules'
  | 'readyWaitLimit'
  | 'stopWithoutFlag'
  | 'primarySwitch'
  | 'groupRewritesListener'
> = {
  manualStopCode: {
    see: async (lab) => {
      const id = await lab.release()
      await lab.untilEvent(id, 'BeforeAllowTraffic')
      await lab.stop(id)
      const { status, errorInformation } = await lab.deployment(id)
      return { status, code: errorInformation?.code }
    },
    expected: {
      MANUAL_STOP: { status: 'Stopped', code: 'MANUAL_STOP' },
      absent: { status: 'Stopped', code: undefined }
    }
  },

  terminationStatus: {
    lab: { terminationWaitMinutes: 30 },
    see: async (lab) => {
      const id = await lab.release(UNGATED)
      await lab.clock.advance(5 * MINUTE)
      const { status, instanceTerminationWaitTimeStarted } = await lab.deployment(id)
      return { status, instanceTerminationWaitTimeStarted }
    },
    expected: {
      InProgress: { status: 'InProgress', instanceTerminationWaitTimeStarted: true },
      Baking: { status: 'Baking', instanceTerminationWaitTimeStarted: true }
    }
  },

  listenerRules: {
    see: async (lab) => {
      const { productionListenerArn: ListenerArn, targetGroupArns } = lab.demo
      await lab.elb.send(
        new CreateRuleCommand({
          ListenerArn,
          Priority: 1,
          Conditions: [{ Field: 'path-pattern', Values: ['/api/*'] }],
          Actions: [{ Type: 'forward', TargetGroupArn: targetGroupArns[0] }]
        })
      )
      const id = await lab.release(UNGATED)
      await lab.clock.advance(5 * MINUTE)
      expectDone((await lab.events(id))['AllowTraffic'])
      const { Rules = [] } = await lab.elb.send(new DescribeRulesCommand({ ListenerArn }))
      return Rules.map(({ Priority, Actions }) => [Priority, weights(Actions, targetGroupArns)])
    },
    expected: {
      'default-action-only': [
        ['1', [1, undefined]],
        ['default', [0, 100]]
      ],
      'all-rules': [
        ['1', [0, 100]],
        ['default', [0, 100]]
      ]
    }
  },

  readyWaitLimit: {
    // Rare health checks: nothing else happens in these five days.
    lab: { readyWaitMinutes: 121 * 60, healthCheckIntervalSeconds: 300, autoRollback: false },
    see: async (lab) => {
      const id = await lab.release(UNGATED)
      await lab.untilStatus(id, 'Ready')
      await lab.clock.advance(120 * HOUR)
      return (await lab.deployment(id)).status
    },
    expected: { '120h': 'Stopped', none: 'Ready' }
  },

  stopWithoutFlag: {
    lab: { autoRollback: ['DEPLOYMENT_STOP_ON_REQUEST'] },
    see: async (lab) => {
      const id = await lab.release()
      await lab.untilEvent(id, 'BeforeAllowTraffic')
      await lab.stop(id)
      return (await lab.rollbackOf(id)) !== undefined
    },
    expected: { 'follows-configuration': true, 'never-rolls-back': false }
  },

  primarySwitch: {
    see: async (lab) => {
      const { cluster, service, gate } = lab.demo
      const id = await lab.release({ hooks: { AfterAllowTraffic: gate.name } })
      await lab.untilEvent(id, 'AfterAllowTraffic')
      const answer = await lab.ecs.send(
        new DescribeServicesCommand({ cluster, services: [service] })
      )
      const { taskSets = [] } = answer.services?.[0] ?? {}
      return taskSets
        .find(({ status }) => status === 'PRIMARY')
        ?.taskDefinition?.split(':')
        .at(-1)
    },
    expected: { 'after-allow-traffic': '2', 'after-after-allow-traffic': '1' }
  },

  groupRewritesListener: {
    see: async (lab) => {
      const { productionListenerArn, targetGroupArns } = lab.demo
      const command = new DescribeListenersCommand({ ListenerArns: [productionListenerArn] })
      const [listener] = (await lab.elb.send(command)).Listeners ?? []
      return weights(listener?.DefaultActions, targetGroupArns)
    },
    expected: { 'at-creation': [100, 0], 'at-first-deployment': [1, undefined] }
  }
}

/** The weight of each of these target groups in an action. */
function weights(
  actions: Action[] | undefined,
  targetGroupArns: readonly string[]
): (number | undefined)[] {
  const groups = actions?.[0]?.ForwardConfig?.TargetGroups ?? []
  return targetGroupArns.map(
    (arn) => groups.find(({ TargetGroupArn }) => TargetGroupArn === arn)?.Weight
  )
}

function expectDone(status: string | undefined): void {
  if (status !== 'Succeeded') throw new Error(`traffic has not moved: ${status ?? 'no event'}`)
}
