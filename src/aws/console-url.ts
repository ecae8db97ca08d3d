/**
 * The console's host in the partition of this region. The prefix of a region tells its
 * partition.
 */
function consoleHost(region: string): string {
  if (region.startsWith('cn-')) return `${region}.console.amazonaws.cn`
  if (region.startsWith('us-gov-')) return `${region}.console.amazonaws-us-gov.com`
  return `${region}.console.aws.amazon.com`
}

export function deploymentUrl(region: string, deploymentId: string): string {
  return `https://${consoleHost(region)}/codesuite/codedeploy/deployments/${enc(deploymentId)}?region=${region}`
}

export function serviceUrl(region: string, cluster: string, service: string): string {
  return `https://${consoleHost(region)}/ecs/v2/clusters/${enc(nameOf(cluster))}/services/${enc(nameOf(service))}/health?region=${region}`
}

/** A load balancer's page, with its listeners. */
export function listenerUrl(region: string, loadBalancerArn: string): string {
  return `https://${consoleHost(region)}/ec2/home?region=${region}#LoadBalancer:loadBalancerArn=${enc(loadBalancerArn)};tab=listeners`
}

export function taskUrl(region: string, cluster: string, taskArn: string): string {
  return `https://${consoleHost(region)}/ecs/v2/clusters/${enc(nameOf(cluster))}/tasks/${enc(nameOf(taskArn))}/configuration?region=${region}`
}

export function taskDefinitionUrl(region: string, arn: string): string | undefined {
  const [family, revision] = nameOf(arn).split(':')
  if (family === undefined || revision === undefined) return undefined
  return `https://${consoleHost(region)}/ecs/v2/task-definitions/${enc(family)}/${enc(revision)}?region=${region}`
}

export function functionUrl(region: string, nameOrArn: string): string {
  const name = /^arn:[^:]+:lambda:[^:]*:[^:]*:function:([^:]+)/.exec(nameOrArn)?.[1] ?? nameOrArn
  return `https://${consoleHost(region)}/lambda/home?region=${region}#/functions/${enc(name)}`
}

/** The last part of an ARN's resource. A plain name is returned as it is. */
export function nameOf(nameOrArn: string): string {
  return nameOrArn.startsWith('arn:') ? (nameOrArn.split('/').at(-1) ?? nameOrArn) : nameOrArn
}

function enc(text: string): string {
  return encodeURIComponent(text)
}
