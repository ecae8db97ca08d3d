import {
  CreateRuleCommand,
  DescribeRulesCommand,
  ModifyListenerCommand
} from '@aws-sdk/client-elastic-load-balancing-v2'
import type { Action } from '@aws-sdk/client-elastic-load-balancing-v2'
import { afterEach, beforeEach, expect, it } from '@jest/globals'
import { openLab } from '../lab.ts'
import type { Lab } from '../lab.ts'

let lab: Lab
beforeEach(async () => {
  lab = await openLab()
})
afterEach(async () => lab.close())

const MINUTE = 60_000
const CLOSED: Action = {
  Type: 'fixed-response',
  Order: 1,
  FixedResponseConfig: { StatusCode: '404' }
}

/** The role has ModifyRule, and people have it rewrite rules (traveloka/terraform-aws-alb-single-listener#47). */
it('where only a rule forwards to blue, CodeDeploy shifts the rule and leaves the default action', async () => {
  const { productionListenerArn: ListenerArn, targetGroupArns } = lab.demo
  await lab.elb.send(
    new CreateRuleCommand({
      ListenerArn,
      Priority: 1,
      Conditions: [{ Field: 'path-pattern', Values: ['/shop/*'] }],
      Actions: [{ Type: 'forward', TargetGroupArn: targetGroupArns[0] }]
    })
  )
  await lab.elb.send(new ModifyListenerCommand({ ListenerArn, DefaultActions: [CLOSED] }))
  const shown = async (): Promise<unknown> => {
    const { Rules = [] } = await lab.elb.send(new DescribeRulesCommand({ ListenerArn }))
    return Rules.map(({ Actions }) => {
      const [action] = Actions ?? []
      const weights = action?.ForwardConfig?.TargetGroups?.map(({ Weight }) => Weight)
      return [action?.Type, weights]
    })
  }
  const id = await lab.release({ hooks: {} })
  await lab.clock.advance(5 * MINUTE)
  expect(await lab.events(id)).toMatchObject({ AllowTraffic: 'Succeeded' })
  expect(await shown()).toEqual([
    ['forward', [0, 100]],
    ['fixed-response', undefined]
  ])
})
