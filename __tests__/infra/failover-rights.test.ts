import { expect, it } from '@jest/globals'
import { openPlace } from '../flow/failover/stage.ts'
import { isAllowed, statementsOf } from './iam.ts'
import { requestsOf } from './request-of.ts'
import { IN_A_VPC, resolveTemplate } from './template.ts'

it('a failover without a ledger needs what the policies of CI allow, and no more of its own two', async () => {
  const place = await openPlace()
  const { calls, world } = place.emulator
  const service = (side: number): string =>
    `arn:aws:ecs:${world.region}:${world.account}:service/shop/shop-prod${side}`
  const template = resolveTemplate({
    CodeBucket: 'code',
    CodeKey: 'gate.zip',
    SlackSecretArn: 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:slack-1',
    CiPassRoles: `arn:aws:iam::${world.account}:role/ecsTaskExecutionRole`,
    FailoverServices: `${service(1)},${service(2)}`,
    FailoverListeners: place.listener,
    ...IN_A_VPC
  })
  const { CI = [] } = statementsOf(template)
  const run = place.run({ steps: '50, 100' })
  await place.advance(run.ended)
  expect(await run.ended).toMatchObject({ outcome: 'released' })
  const asked = (await Promise.all(calls.list().map((call) => requestsOf(call, world)))).flat()
  const denied = asked.filter((request) => !isAllowed(CI, request))
  expect(denied).toEqual([])
  const actions = new Set(asked.map(({ action }) => action))
  for (const action of ['ecs:UpdateService', 'elasticloadbalancing:ModifyListener']) {
    expect(actions).toContain(action)
  }
})
