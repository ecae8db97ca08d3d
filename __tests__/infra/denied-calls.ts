import type { Stack } from '../../emulator/cloudformation/stack.ts'
import type { Emulator } from '../../emulator/emulator.ts'
import { isAllowed, statementsOf } from './iam.ts'
import { requestsOf } from './request-of.ts'

/** Who has a policy of the template attached. */
export interface Attached {
  /** By access key, or by the role's name: the template's policies for CI or for auditors. */
  readonly [keyOrRole: string]: 'CI' | 'Auditor'
}

export interface Judged {
  /** What a caller did that AWS would have denied, each once: `RequestRole: ecs:ListTasks on ...`. */
  readonly denied: readonly string[]
  /** Who was judged, with the actions that were: `RequestRole`. */
  readonly used: Readonly<Record<string, readonly string[]>>
}

/**
 * Judges every call that an emulated account has seen by the policies of the gate's stack. The
 * emulator asks nobody for rights; what a role of the template lacks would show in a real account only.
 */
export async function judgeCalls(
  { calls, credentials, world }: Emulator,
  stack: Stack,
  attached: Attached = {}
): Promise<Judged> {
  const statements = statementsOf(
    { Resources: stack.resources },
    (policy) => stack.id(policy) ?? ''
  )
  const roles = roleNames(stack)
  const denied = new Set<string>()
  const used = new Map<string, Set<string>>()
  for (const call of calls.list()) {
    const key = call.accessKeyId ?? ''
    const [, session = ''] = /:assumed-role\/([^/]+)\//.exec(credentials.arnOf(key) ?? '') ?? []
    const who = roles.get(session) ?? attached[session] ?? attached[key]
    if (who === undefined || call.operation.startsWith('sts:')) continue
    for (const request of await requestsOf(call, world)) {
      const allowed = isAllowed(statements[who] ?? [], request)
      if (!allowed) denied.add(`${who}: ${request.action} on ${request.resource}`)
      used.set(who, (used.get(who) ?? new Set()).add(request.action))
    }
  }
  return {
    denied: [...denied],
    used: Object.fromEntries([...used].map(([who, actions]) => [who, [...actions].sort()]))
  }
}

/** The template's role of each function, by the name of the session that the function calls with. */
function roleNames(stack: Stack): Map<string, string> {
  const { resources } = stack
  const functions = Object.values(resources).filter(({ Type }) => Type === 'AWS::Lambda::Function')
  return new Map(
    functions.map(({ Properties }) => {
      const name = String(Properties['Role']).split('/').at(-1)
      const role = Object.keys(resources).find(
        (logical) => resources[logical]?.Type === 'AWS::IAM::Role' && stack.id(logical) === name
      )
      return [`${String(Properties['FunctionName'])}-role`, role ?? '']
    })
  )
}
