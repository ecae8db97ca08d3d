import { readAsking, readShares } from '../../controllers/listener/steps.ts'
import type { FailoverSettings, ListenerName, SideSettings } from '../../release/settings.ts'
import type { NameValue } from '../../taskdef/render.ts'
import { say } from '../../words/say.ts'
import { ORIGIN, SIDE_NAME, TARGET_GROUP } from './failover-patterns.ts'
import { SERVICE, type Form } from './patterns.ts'
import { quoted, type Problem } from './problems.ts'
import { INPUTS } from './table.ts'

/** Inputs that say how a failover runs, and mean nothing without `strategy: failover`. */
const FAILOVER_INPUTS: readonly { readonly name: string }[] = [
  INPUTS.listener,
  INPUTS.rule,
  INPUTS.sides,
  INPUTS.steps,
  INPUTS.bake,
  INPUTS.approve,
  INPUTS.finish,
  INPUTS.deploy,
  INPUTS.first,
  INPUTS.minHealthy,
  INPUTS.rehearsedOn
]

/** Inputs that tell CodeDeploy something, and mean nothing with `strategy: failover`. */
const CODEDEPLOY_INPUTS: readonly { readonly name: string }[] = [
  INPUTS.application,
  INPUTS.deploymentGroup,
  INPUTS.appSpec,
  INPUTS.description,
  INPUTS.deploymentConfig,
  INPUTS.hooks,
  INPUTS.gateFunction,
  INPUTS.verifyFunction
]

/** Inputs that say what to deploy, and mean nothing with `deploy: none`. */
const REVISION_INPUTS: readonly { readonly name: string }[] = [
  INPUTS.taskDefinition,
  INPUTS.taskDefinitionArn,
  INPUTS.taskDefinitionFamily,
  INPUTS.containers,
  INPUTS.image,
  INPUTS.images,
  INPUTS.environment,
  INPUTS.secrets,
  INPUTS.environmentFiles,
  INPUTS.dockerLabels,
  INPUTS.logDriver,
  INPUTS.logOptions,
  INPUTS.command,
  INPUTS.taskRole,
  INPUTS.executionRole,
  INPUTS.rollbackTo,
  INPUTS.forceNewDeployment,
  INPUTS.runTask
]

/** What the inputs say of a failover, each read by itself. */
interface Given {
  readonly strategy: 'failover' | undefined
  readonly listener: string | undefined
  readonly rule: string | undefined
  readonly sides: readonly NameValue[]
  readonly steps: string | undefined
  readonly bake: string | undefined
  readonly approve: string | undefined
  readonly finish: 'switched' | 'balanced' | undefined
  readonly deploy: 'ecs' | 'none' | undefined
  readonly first: string | undefined
  readonly minHealthy: number | undefined
  readonly rehearsedOn: string | undefined
  readonly ledgerTable: string | undefined
}

type Sink = (problem: Problem) => void
/** Whether an input has a text. */
type IsSet = (input: { readonly name: string }) => boolean

/** The shares of a failover whose `steps` is empty, and how long each is watched. */
const SHARES = '10, 25, 50, 75, 100'
const BAKE_MS = 5 * 60_000

/** Reads a failover; undefined if the inputs ask for none, or for one that cannot be. */
export function failoverInput(
  given: Given,
  isSet: IsSet,
  problem: Sink
): FailoverSettings | undefined {
  if (given.strategy === undefined) {
    refuseSet(
      FAILOVER_INPUTS,
      isSet,
      problem,
      (name) =>
        say`\`${name}\` belongs to a failover, and \`strategy\` is not \`failover\`. Set \`strategy: failover\`, or remove it.`
    )
    return undefined
  }
  refuseSet(
    CODEDEPLOY_INPUTS,
    isSet,
    problem,
    (name) =>
      say`\`${name}\` tells CodeDeploy something, and with \`strategy: failover\` no CodeDeploy takes part. Remove it.`
  )
  const deploy = given.deploy ?? 'ecs'
  if (deploy === 'none') {
    refuseSet(
      REVISION_INPUTS,
      isSet,
      problem,
      (name) =>
        say`\`${name}\` says what to deploy, and \`deploy: none\` deploys nothing. Remove one of them.`
    )
  }
  const listener = given.listener ?? missing(INPUTS.listener.name, isSet, problem)
  const sides = sidesOf(given.sides, deploy, isSet, problem)
  const { shares, asks } = stepsOf(given, problem)
  firstOf(given.first, sides, problem)
  if (listener === undefined || sides === undefined) return undefined
  return {
    listener: listenerOf(listener),
    rule: given.rule,
    sides,
    shares,
    bakeMs: given.bake === undefined ? BAKE_MS : durationOf(given.bake),
    asks,
    finish: given.finish ?? 'switched',
    deploy,
    first: given.first,
    minHealthy: given.minHealthy,
    rehearsedOn: given.rehearsedOn === undefined ? undefined : rehearsalOf(given.rehearsedOn)
  }
}

/**
 * The name of a release whose `service` is empty: its load balancer, and what tells its listener
 * and its rule from others. It is made from the texts alone, because the ledger is opened by it.
 */
export function nameOfFailover({ listener, rule }: FailoverSettings): string {
  const [balancer, place] =
    'arn' in listener
      ? [listener.arn.split('/').at(-3) ?? '', listener.arn.split('/').at(-1) ?? '']
      : [listener.loadBalancer, String(listener.port)]
  const ofRule = rule === undefined ? '' : `-${rule.split('/').at(-1) ?? rule}`
  return `${balancer}-${place}${ofRule}`
}

function refuseSet(
  inputs: readonly { readonly name: string }[],
  isSet: IsSet,
  problem: Sink,
  message: (name: string) => string
): void {
  for (const input of inputs) {
    if (isSet(input)) problem({ input: input.name, message: message(input.name) })
  }
}

function missing(name: string, isSet: IsSet, problem: Sink): undefined {
  // A text that was refused has its own problem.
  if (isSet({ name })) return
  problem({
    input: name,
    message: say`\`${name}\` is required with \`strategy: failover\`. Set it.`
  })
}

const PARTS = ['service', 'url'] as const
type Part = (typeof PARTS)[number] | 'targetGroup'
const FORMS: Readonly<Record<Part, Form>> = {
  targetGroup: TARGET_GROUP,
  service: SERVICE,
  url: ORIGIN
}

/** Lines such as `prod1=group`, `prod1-service=name` and `prod1-url=origin`. */
function sidesOf(
  lines: readonly NameValue[],
  deploy: FailoverSettings['deploy'],
  isSet: IsSet,
  problem: Sink
): FailoverSettings['sides'] | undefined {
  const { name: input } = INPUTS.sides
  const note = (message: string): void => problem({ input, message: `\`${input}\`: ${message}` })
  if (lines.length === 0) {
    missing(input, isSet, problem)
    return undefined
  }
  const sides = new Map<string, Partial<Record<Part, string>>>()
  let problems = 0
  const refuse = (message: string): void => {
    problems++
    note(message)
  }
  for (const { name, value } of lines) {
    const part: Part = PARTS.find((each) => name.endsWith(`-${each}`)) ?? 'targetGroup'
    const side = part === 'targetGroup' ? name : name.slice(0, -part.length - 1)
    if (!SIDE_NAME.pattern.test(side)) refuse(say`${quoted(name)} is not ${SIDE_NAME.accepts}.`)
    else if (!FORMS[part].pattern.test(value)) {
      refuse(say`what follows ${quoted(`${name}=`)} is not ${FORMS[part].accepts}.`)
    }
    sides.set(side, { ...sides.get(side), [part]: value })
  }
  const named = [...sides].map(([name, parts]) => ({ name, ...parts }))
  if (named.length !== 2) {
    refuse(
      say`it names ${named.length} sides (${named.map(({ name }) => name).join(', ')}). Accepted: two, one name=target-group a line.`
    )
  }
  for (const { name, targetGroup, service } of named) {
    if (targetGroup === undefined)
      refuse(say`${name} has no target group. Add ${name}=target-group.`)
    if (deploy === 'ecs' && service === undefined) {
      refuse(
        say`${name} has no ECS service. Add ${name}-service=name, or set \`deploy: none\` if another pipeline fills the group.`
      )
    }
    if (deploy === 'none' && service !== undefined) {
      refuse(say`${name}-service names what to deploy to, and \`deploy: none\` deploys nothing.`)
    }
  }
  for (const part of ['targetGroup', 'service'] as const) {
    const [one, other] = named.map((each) => each[part])
    if (one === undefined || one !== other) continue
    refuse(say`both sides are ${quoted(one)}. Name two.`)
  }
  const [one, other] = named.map(sideOf)
  // If a line was refused, what the others say is not enough.
  return problems === 0 && one && other ? [one, other] : undefined
}

function sideOf({
  name,
  targetGroup = '',
  service,
  url
}: { readonly name: string } & Partial<Record<Part, string>>): SideSettings {
  return { name, targetGroup, service: service?.split('/').at(-1), url: url?.replace(/\/$/, '') }
}

function stepsOf(
  { steps, approve, ledgerTable }: Given,
  problem: Sink
): Pick<FailoverSettings, 'shares' | 'asks'> {
  const shares = readShares(steps ?? SHARES)
  if ('problem' in shares) {
    refuse(INPUTS.steps.name, shares.problem, steps)
    return { shares: [100], asks: 'once' }
  }
  const asks = readAsking(approve ?? 'once', shares)
  if (typeof asks === 'object' && 'problem' in asks) {
    refuse(INPUTS.approve.name, asks.problem, approve)
    return { shares, asks: 'once' }
  }
  if (asks !== 'once' && ledgerTable === undefined) {
    problem({
      input: INPUTS.approve.name,
      message: say`\`approve: ${approve ?? ''}\` needs \`ledger-table\`: without the gate nobody can be asked between two steps.`
    })
  }
  return { shares, asks }

  function refuse(input: string, about: string, value: string | undefined): void {
    problem({ input, ...(value !== undefined && { value }), message: `\`${input}\`: ${about}` })
  }
}

function firstOf(
  first: string | undefined,
  sides: FailoverSettings['sides'] | undefined,
  problem: Sink
): void {
  if (first === undefined || !sides || sides.some(({ name }) => name === first)) return
  const names = sides.map(({ name }) => name).join(', ')
  problem({
    input: INPUTS.first.name,
    value: first,
    message: say`\`first\`: ${quoted(first)} is no side. Accepted: ${names}.`
  })
}

function listenerOf(text: string): ListenerName {
  if (text.startsWith('arn:')) return { arn: text }
  const [loadBalancer = '', port = ''] = text.split(':')
  return { loadBalancer, port: Number(port) }
}

/** A rule's ARN holds that of its listener (aws-semantics of ELB: `listener-rule/app/LB/ID/LISTENER/RULE`). */
function rehearsalOf(text: string): NonNullable<FailoverSettings['rehearsedOn']> {
  if (text.includes(':listener-rule/')) {
    const listener = text.replace(':listener-rule/', ':listener/').replace(/\/[^/]+$/, '')
    return { listener: { arn: listener }, rule: text }
  }
  if (text.startsWith('arn:')) return { listener: { arn: text }, rule: undefined }
  const [listener = '', rule] = text.split('/')
  return { listener: listenerOf(listener), rule }
}

const UNITS: Readonly<Record<string, number>> = { s: 1_000, min: 60_000, h: 3_600_000 }

/** A number alone is minutes, as in the other inputs that wait. */
function durationOf(text: string): number {
  const [, figure = '0', unit = 'min'] = /^(\d+)\s*(s|min|h)?$/.exec(text) ?? []
  return Number(figure) * (UNITS[unit] ?? 60_000)
}
