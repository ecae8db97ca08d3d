import type { Stack } from '../../emulator/cloudformation/stack.ts'
import type { Emulator } from '../../emulator/emulator.ts'
import { isAllowed, statementsOf, type Request, type Statement } from './iam.ts'
import { requestsOf } from './request-of.ts'

/**
 * Who calls besides the functions: by access key, or by the role's name. They have the template's
 * policies for CI or for auditors; `other` is whoever is not judged.
 */
export type Callers = Readonly<Record<string, 'CI' | 'Auditor' | 'other'>>

export interface Judged {
  /** What a caller did that AWS would have denied, each once: `RequestRole: ecs:ListTasks on ...`. */
  readonly denied: readonly string[]
  /** Who was judged, with the actions that were: `RequestRole`. */
  readonly used: Readonly<Record<string, readonly string[]>>
}

/**
 * Judges every call that an emulated account has seen by the policies of the gate's stack: those of
 * the caller's role, of the key and of the table. The emulator asks nobody for rights; what a role
 * of the template lacks would show in a real account only. Rejects where somebody called whom
 * neither the stack nor `callers` knows.
 */
export async function judgeCalls(
  { calls, credentials, world }: Emulator,
  stack: Stack,
  callers: Callers
): Promise<Judged> {
  const statements = statementsOf(
    { Resources: stack.resources },
    (policy) => stack.id(policy) ?? ''
  )
  const denied = new Set<string>()
  const used = new Map<string, Set<string>>()
  for (const call of calls.list()) {
    if (call.operation.startsWith('sts:')) continue
    const key = call.accessKeyId ?? ''
    const { principal, role } = principalOf(credentials.arnOf(key) ?? '')
    const who = callers[role] ?? callers[key] ?? roleOf(stack, role)
    if (who === undefined) throw new Error(`nobody has said here who ${principal || key} is`)
    if (who === 'other') continue
    for (const request of await requestsOf(call, world)) {
      const context = { ...request.context, 'aws:PrincipalArn': [principal] }
      const allowed = passes(stack, statements[who] ?? [], { ...request, context })
      if (!allowed) denied.add(`${who}: ${request.action} on ${request.resource}`)
      used.set(who, (used.get(who) ?? new Set()).add(request.action))
    }
  }
  return {
    denied: [...denied],
    used: Object.fromEntries([...used].map(([who, actions]) => [who, [...actions].sort()]))
  }
}

/** The role behind a session, or the user as it is. */
function principalOf(arn: string): { readonly principal: string; readonly role: string } {
  const [, start = '', account = '', role = ''] =
    /^(arn:[^:]+):sts::(\d+):assumed-role\/([^/]+)\//.exec(arn) ?? []
  return { principal: role === '' ? arn : `${start}:iam::${account}:role/${role}`, role }
}

function roleOf(stack: Stack, name: string): string | undefined {
  return Object.keys(stack.resources).find(
    (logical) => stack.resources[logical]?.Type === 'AWS::IAM::Role' && stack.id(logical) === name
  )
}

/** A key's own policy has to allow it as well; a table's own policy may deny it. */
function passes(stack: Stack, identity: readonly Statement[], request: Request): boolean {
  const { resources } = stack
  if (request.action.startsWith('kms:')) {
    const { KeyPolicy } = resources['SealKey']?.Properties as { KeyPolicy: Document }
    return isAllowed(identity, request) && isAllowed(keyStatements(KeyPolicy, request), request)
  }
  const { ResourcePolicy } = resources['Ledger']?.Properties as {
    ResourcePolicy: { readonly PolicyDocument: Document }
  }
  return isAllowed([...identity, ...ResourcePolicy.PolicyDocument.Statement], request)
}

interface Document {
  readonly Statement: readonly Statement[]
}

/** In a key's policy `*` is that key. */
function keyStatements({ Statement }: Document, { resource }: Request): Statement[] {
  return Statement.map((each) => ({ ...each, Resource: resource }))
}
