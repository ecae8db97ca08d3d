import type { Followed } from '../../src/release/followed.ts'

/** A deployment of CodeDeploy as a job keeps it. */
export function followedOf(deploymentId: string, more: Partial<Followed> = {}): Followed {
  return {
    plane: 'codedeploy',
    deploymentId,
    where: {
      region: 'eu-central-1',
      cluster: 'shop',
      service: 'orders',
      application: 'AppECS-shop-orders',
      deploymentGroup: 'DgpECS-shop-orders',
      deploymentConfig: 'CodeDeployDefault.ECSAllAtOnce',
      hasTestListener: true,
      allAtOnce: true,
      consoleLinks: [{ label: 'Deployment', url: `https://console.example.com/${deploymentId}` }]
    },
    lookWith: `aws deploy get-deployment --deployment-id ${deploymentId} --region eu-central-1`,
    revision: 'arn:aws:ecs:eu-central-1:123456789012:task-definition/orders:2',
    gate: 'hook',
    onlyHook: false,
    hooks: { AfterAllowTestTraffic: 'verify', BeforeAllowTraffic: 'gate' },
    rollsBackOn: ['failure', 'request'],
    verification: undefined,
    ...more
  }
}
