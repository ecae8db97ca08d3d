import { DescribeServicesCommand } from '@aws-sdk/client-ecs'
import { DescribeListenersCommand } from '@aws-sdk/client-elastic-load-balancing-v2'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { createAccountStack, createDomainStack } from '../../../emulator/worlds/account-template.ts'
import { openEmptyAccount, type EmptyAccount } from '../empty-account.ts'

let account: EmptyAccount
beforeEach(async () => {
  account = await openEmptyAccount()
  await createAccountStack(account.emulator, { Name: 'production', Egress: 'endpoints' })
})
afterEach(() => account.emulator.close())

const DOMAIN = {
  Name: 'orders',
  Port: '9001',
  Image: '123456789012.dkr.ecr.eu-central-1.amazonaws.com/orders:1'
}

test('a domain of a failover is two services that ECS deploys, behind weights 100 and 0', async () => {
  const stack = await createDomainStack(account.emulator, { ...DOMAIN, Strategy: 'failover' })
  const ecs = account.ecs()
  const elb = account.elb()
  const { services } = await ecs.send(
    new DescribeServicesCommand({
      cluster: 'production',
      services: ['orders-prod1', 'orders-prod2']
    })
  )
  const { Listeners } = await elb.send(
    new DescribeListenersCommand({ ListenerArns: [stack.outputs['ListenerArn'] ?? ''] })
  )
  ecs.destroy()
  elb.destroy()
  expect(services).toMatchObject([
    { deploymentController: { type: 'ECS' }, desiredCount: 2 },
    { deploymentController: { type: 'ECS' }, desiredCount: 2 }
  ])
  expect(Listeners?.[0]?.DefaultActions).toMatchObject([
    { ForwardConfig: { TargetGroups: [{ Weight: 100 }, { Weight: 0 }] } }
  ])
  expect(stack.outputs['Sides']).toBe(
    'prod1=orders-prod1,prod2=orders-prod2,prod1-service=orders-prod1,prod2-service=orders-prod2'
  )
  expect(account.emulator.world.codedeploy.applications.size).toBe(0)
})

test('a domain named by nothing but its name is found by the names that the action looks for', async () => {
  const { outputs } = await createDomainStack(account.emulator, DOMAIN)
  expect(outputs).toMatchObject({
    ServiceName: 'orders',
    ApplicationName: 'AppECS-production-orders',
    DeploymentGroupName: 'DgpECS-production-orders'
  })
  expect(account.emulator.world.ecsControl.findService('production', 'orders')).toMatchObject({
    desiredCount: 2
  })
})
