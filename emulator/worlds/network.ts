import type { Ground } from './ground.ts'
import type { WorldOptions } from './options.ts'

/** Creates a load balancer and returns its ARN. */
export function createLoadBalancer(
  { operations }: Ground,
  name: string,
  scheme: 'internet-facing' | 'internal'
): string {
  const made = operations.elasticloadbalancing.CreateLoadBalancer({ Name: name, Scheme: scheme })
  return made.LoadBalancers?.[0]?.LoadBalancerArn ?? ''
}

/** Creates a target group that is checked at `/health` and returns its ARN. */
export function createTargetGroup(
  { operations }: Ground,
  name: string,
  options: Pick<WorldOptions, 'healthCheckIntervalSeconds' | 'deregistrationDelaySeconds'>,
  targetType: 'ip' | 'instance' = 'ip'
): string {
  const { elasticloadbalancing: elb } = operations
  const made = elb.CreateTargetGroup({
    Name: name,
    Port: CONTAINER_PORT,
    Protocol: 'HTTP',
    TargetType: targetType,
    HealthCheckPath: '/health',
    HealthCheckIntervalSeconds: options.healthCheckIntervalSeconds ?? 5,
    HealthCheckTimeoutSeconds: 2,
    HealthyThresholdCount: 2,
    UnhealthyThresholdCount: 2
  })
  const arn = made.TargetGroups?.[0]?.TargetGroupArn ?? ''
  elb.ModifyTargetGroupAttributes({
    TargetGroupArn: arn,
    Attributes: [
      {
        Key: 'deregistration_delay.timeout_seconds',
        Value: String(options.deregistrationDelaySeconds ?? 5)
      }
    ]
  })
  return arn
}

/** Creates a listener that forwards to one target group and returns its ARN. */
export async function createListener(
  { operations }: Ground,
  loadBalancerArn: string,
  port: number,
  targetGroupArn: string
): Promise<string> {
  const made = await operations.elasticloadbalancing.CreateListener({
    LoadBalancerArn: loadBalancerArn,
    Port: port,
    Protocol: 'HTTP',
    DefaultActions: [{ Type: 'forward', TargetGroupArn: targetGroupArn }]
  })
  return made.Listeners?.[0]?.ListenerArn ?? ''
}

/** Where the proxy of a listener is; undefined in an account without proxies. */
export function urlOf({ world }: Ground, listenerArn: string): string | undefined {
  const port = world.elb.listeners.get(listenerArn)?.boundPort
  return port ? `http://127.0.0.1:${port}` : undefined
}

/** Every container that serves, in every world. */
export const CONTAINER_PORT = 8080
