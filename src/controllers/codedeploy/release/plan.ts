import type { Service, TaskSet } from '@aws-sdk/client-ecs'
import { changesBeyond } from '../appspec/beyond.ts'
import { unreachable } from '../appspec/check.ts'
import {
  factsFromService,
  factsFromTaskSet,
  generateAppSpec,
  type ServingFacts
} from '../appspec/generate.ts'
import { gateOf, injectGate, mergeHooks } from '../appspec/hooks.ts'
import { verifyEvent, type AppSpec } from '../appspec/model.ts'
import { AppSpecError } from '../appspec/problems.ts'
import { routesOf } from '../reader/routes.ts'
import type { DescribedTaskDefinition } from '../../../aws/task-definitions.ts'
import { ProblemsError } from '../../../documents/problems.ts'
import type { GateKind } from '../../../release/gate.ts'
import { Refused } from '../../../release/refusal.ts'
import type { Settings } from '../../../release/settings.ts'
import type { Documents } from '../../control-plane.ts'
import { planRevision, registrationOfEdited, type PlannedRevision } from '../../revision-plan.ts'
import { wayOut, type AppSpecFile } from '../appspec/file.ts'
import { waitsForContinue } from './waits.ts'
import type { Facts } from './survey.ts'
import { say } from '../../../words/say.ts'

/** What CodeDeploy would be told, and what it would release. */
export interface CodeDeployPlan {
  readonly revision: PlannedRevision
  /** Undefined where the service is not known; the pre-flight says so. */
  readonly appSpec: AppSpec | undefined
  readonly appSpecOrigin: AppSpecFile['origin']
  /** What else the AppSpec would change of what serves: names of its members. */
  readonly appSpecChanges: readonly string[]
  readonly containerProblems: readonly string[]
  readonly gate: { readonly kind: GateKind; readonly reason: string }
  /** The gate's function is the only one that runs. */
  readonly onlyHook: boolean
}

/** What is wrong with files that the inputs name, as far as nothing has to be asked. */
export function documentProblems(
  settings: Settings,
  { taskDefinition, own }: Documents<AppSpecFile | undefined>
): readonly string[] {
  const problems: string[] = []
  const registration =
    taskDefinition &&
    attempt(
      problems,
      'task-definition',
      () => registrationOfEdited(taskDefinition, settings.edits).registration
    )
  const { appSpec, origin } = own ?? {}
  const hooked =
    appSpec && attempt(problems, 'codedeploy-appspec', () => mergeHooks(appSpec, settings.hooks))
  const container = registration && hooked && unreachable(hooked, registration)
  if (container !== undefined) {
    const path = origin?.path
    problems.push(
      say`\`codedeploy-appspec\`: ${container}; it is read from ${path ?? ''}: ${wayOut()}`
    )
  }
  return problems
}

/**
 * `base` is the existing revision that the inputs name, where they name one.
 * Errors: Refused with every problem of task definition and AppSpec.
 */
export function makePlan(
  settings: Settings,
  facts: Facts,
  documents: Documents<AppSpecFile>,
  base: DescribedTaskDefinition | undefined
): CodeDeployPlan {
  const problems: string[] = []
  const running = 'value' in facts.running ? facts.running.value : undefined
  const revision = attempt(problems, 'task-definition', () =>
    planRevision(settings, documents.taskDefinition, base, running)
  )
  const appSpec = attempt(problems, 'codedeploy-appspec', () =>
    completeAppSpec(settings, facts, documents)
  )
  if (revision === undefined || problems.length > 0) throw new Refused(problems)
  const container = appSpec && unreachable(appSpec, revision.registration)
  return {
    revision,
    appSpec,
    appSpecOrigin: documents.own.origin,
    appSpecChanges: appSpec ? changesOf(appSpec, facts) : [],
    containerProblems: container === undefined ? [] : [container],
    gate: gateFacts(settings, facts, appSpec),
    onlyHook: appSpec?.hooks.length === 1
  }
}

function attempt<T>(problems: string[], input: string, make: () => T): T | undefined {
  try {
    return make()
  } catch (error) {
    if (!(error instanceof ProblemsError)) throw error
    problems.push(...error.problems.map((problem) => `\`${input}\`: ${problem}`))
    return undefined
  }
}

function servingFacts(service: Service, primary: TaskSet | undefined): ServingFacts {
  return primary ? factsFromTaskSet(primary) : factsFromService(service)
}

function changesOf(appSpec: AppSpec, { service, primary }: Facts): readonly string[] {
  if (!('value' in service)) return []
  try {
    return changesBeyond(appSpec, servingFacts(service.value, primary))
  } catch (error) {
    if (error instanceof AppSpecError) return ['LoadBalancerInfo']
    throw error
  }
}

function completeAppSpec(
  settings: Settings,
  { service, primary, group }: Facts,
  documents: Documents<AppSpecFile>
): AppSpec | undefined {
  if (!('value' in service)) return undefined
  const base = documents.own.appSpec ?? generateAppSpec(servingFacts(service.value, primary))
  const { verifyFunction } = settings
  const hasTestListener = 'value' in group && routesOf(group.value.info).test !== undefined
  const verified =
    verifyFunction === undefined || documents.verification === undefined
      ? []
      : [{ event: verifyEvent(hasTestListener), function: verifyFunction }]
  const hooked = mergeHooks(base, [...settings.hooks, ...verified])
  return settings.gateFunction === undefined ? hooked : injectGate(hooked, settings.gateFunction)
}

function gateFacts(
  { gateFunction }: Settings,
  { group }: Facts,
  appSpec: AppSpec | undefined
): CodeDeployPlan['gate'] {
  const gate = appSpec && gateOf(appSpec, gateFunction)
  if (gate?.gated) return { kind: 'hook', reason: gate.reason }
  const waits = 'value' in group && waitsForContinue(group.value.info)
  if (waits) {
    const minutes =
      group.value.info.blueGreenDeploymentConfiguration?.deploymentReadyOption?.waitTimeInMinutes
    return {
      kind: 'continue',
      reason: say`the deployment group waits ${minutes ?? '?'} min for an explicit continue`
    }
  }
  return { kind: 'none', reason: gate?.reason ?? say`there is no AppSpec to look at` }
}
