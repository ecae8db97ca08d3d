import { isSameFunction } from './functions.ts'
import {
  GATE_EVENT,
  HOOK_EVENTS,
  inLifecycleOrder,
  isHookEvent,
  type AppSpec,
  type Hook,
  type HookEvent
} from './model.ts'
import { AppSpecError } from './problems.ts'
import { say } from '../../../words/say.ts'

/** A hook as the inputs name it; its event may not exist. */
export interface HookRequest {
  readonly event: string
  readonly function: string
}

/**
 * The AppSpec with these hooks added. If the AppSpec and a request name the same function in
 * different forms, the AppSpec's form stays.
 *
 * @throws AppSpecError for unknown events and for events with two functions.
 */
export function mergeHooks(appSpec: AppSpec, requests: readonly HookRequest[]): AppSpec {
  const problems: string[] = []
  const hooks = [...appSpec.hooks]
  for (const { event, function: wanted } of requests) {
    if (!isHookEvent(event)) {
      problems.push(say`hook ${JSON.stringify(event)}: wanted one of ${HOOK_EVENTS.join(', ')}`)
      continue
    }
    const present = functionAt(hooks, event)
    if (present === undefined) hooks.push({ event, function: wanted })
    else if (!isSameFunction(present, wanted)) {
      problems.push(
        say`hook ${event}: two functions are named, "${present}" and "${wanted}"; wanted one`
      )
    }
  }
  if (problems.length > 0) throw new AppSpecError(problems)
  return { ...appSpec, hooks: inLifecycleOrder(hooks) }
}

/** The AppSpec with the gate's function, unless another function is at the gate's event. */
export function injectGate(appSpec: AppSpec, gateFunction: string): AppSpec {
  if (functionAt(appSpec.hooks, GATE_EVENT) !== undefined) return appSpec
  const gate: Hook = { event: GATE_EVENT, function: gateFunction }
  return { ...appSpec, hooks: inLifecycleOrder([...appSpec.hooks, gate]) }
}

export interface Gate {
  readonly gated: boolean
  /** The function that runs before production traffic moves. */
  readonly function: string | undefined
  /** One clause that says why. */
  readonly reason: string
}

/** Whether a function that counts as the gate runs before production traffic moves. */
export function gateOf(appSpec: AppSpec, gateFunction: string | undefined): Gate {
  const present = functionAt(appSpec.hooks, GATE_EVENT)
  const gate = (gated: boolean, reason: string): Gate => ({ gated, function: present, reason })
  if (present === undefined) return gate(false, say`no ${GATE_EVENT} hook`)
  const here = say`${GATE_EVENT} runs "${present}"`
  if (gateFunction === undefined) {
    return gate(true, say`${here}; without \`gate-function\` any function would do`)
  }
  return isSameFunction(present, gateFunction)
    ? gate(true, say`${here}, the gate`)
    : gate(false, say`${here}, which is not the gate "${gateFunction}"`)
}

/**
 * How the function at the gate's event makes way for the gate, since CodeDeploy
 * runs one function an event; undefined if none is there.
 */
export function wayForGate({ hooks }: AppSpec, hasTestListener: boolean): string | undefined {
  const present = functionAt(hooks, GATE_EVENT)
  if (present === undefined) return undefined
  // Green runs from the one on, and answers test traffic from the other on.
  const events: readonly HookEvent[] = hasTestListener
    ? ['AfterAllowTestTraffic', 'AfterInstall']
    : ['AfterInstall']
  const free = events.find((event) => functionAt(hooks, event) === undefined)
  const move =
    free === undefined
      ? say`let the function of ${events.join(say` or `)} do what "${present}" does`
      : say`move "${present}" to ${free}`
  return say`CodeDeploy runs one function an event: ${move}, and leave ${GATE_EVENT} to the gate`
}

function functionAt(hooks: readonly Hook[], event: HookEvent): string | undefined {
  return hooks.find((hook) => hook.event === event)?.function
}
