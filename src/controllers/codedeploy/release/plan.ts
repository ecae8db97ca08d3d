import type { RegisterTaskDefinitionCommandInput, Service, TaskSet } from '@aws-sdk/client-ecs'
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
import { registrationFrom } from '../../../aws/registration.ts'
import { routesOf } from '../reader/routes.ts'
import type { DescribedTaskDefinition } from '../../../aws/task-definitions.ts'
import type { Mapping } from '../../../documents/mapping.ts'
import { ProblemsError } from '../../../documents/problems.ts'
import type { GateKind } from '../../../release/gate.ts'
import { Refused } from '../../../release/refusal.ts'
import type { Change } from '../../../release/report.ts'
import type { Settings } from '../../../release/settings.ts'
import { diffTaskDefinitions } from '../../../taskdef/diff.ts'
import { withEmptyValues } from '../../../taskdef/empty-values.ts'
import { renderTaskDefinition } from '../../../taskdef/render.ts'
import { sameAsStored } from '../../../taskdef/stored.ts'
import type { AppSpecOrigin } from '../appspec/file.ts'
import type { Documents } from '../../../flow/documents.ts'
import { waitsForContinue } from './waits.ts'
import type { Facts } from './survey.ts'

/** What would be released, and how: worked out before anything is written. */
export interface Plan {
  /** What to register, as RegisterTaskDefinition takes it. */
  readonly registration: RegisterTaskDefinitionCommandInput
  /** ARN of the revision that already says the same. */
  readonly reuse: string | undefined
  readonly runningArn: string | undefined
  readonly changes: readonly Change[]
  /** Undefined where the service is not known; the pre-flight says so. */
  readonly appSpec: AppSpec | undefined
  readonly appSpecOrigin: AppSpecOrigin
  /** Whether the revision that runs says the same. */
  readonly isRunning: boolean
  /** What else the AppSpec would change of what serves: names of its members. */
  readonly appSpecChanges: readonly string[]
  /** Variables without a value, which are released with the empty one. */
  readonly emptied: readonly string[]
  readonly containerProblems: readonly string[]
  readonly gate: { readonly kind: GateKind; readonly reason: string }
  /** The gate's function is the only one that runs. */
  readonly onlyHook: boolean
}

/**
 * `base` is the existing revision that the inputs name, where they name one.
 * Errors: Refused with every problem of task definition and AppSpec.
 */
export function makePlan(
  settings: Settings,
  facts: Facts,
  documents: Documents,
  base: DescribedTaskDefinition | undefined
): Plan {
  const problems: string[] = []
  const rendered = attempt(problems, 'task-definition', () => render(settings, documents, base))
  const appSpec = attempt(problems, 'codedeploy-appspec', () =>
    completeAppSpec(settings, facts, documents)
  )
  if (rendered === undefined || problems.length > 0) throw new Refused(problems)
  const { registration, emptied } = rendered

  const running = 'value' in facts.running ? facts.running.value : undefined
  const same = [base, running].find(
    (revision) => revision !== undefined && sameAsStored(registration, registrationOf(revision))
  )
  const container = appSpec && unreachable(appSpec, registration)
  return {
    registration,
    reuse: same?.arn,
    runningArn: running?.arn,
    changes: running ? diffTaskDefinitions(registrationOf(running), registration, settings) : [],
    appSpec,
    appSpecOrigin: documents.appSpecOrigin,
    isRunning: running !== undefined && sameAsStored(registration, registrationOf(running)),
    appSpecChanges: appSpec ? changesOf(appSpec, facts) : [],
    emptied,
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

interface Rendered {
  readonly registration: RegisterTaskDefinitionCommandInput & Mapping
  readonly emptied: readonly string[]
}

function render(
  settings: Settings,
  documents: Documents,
  base: DescribedTaskDefinition | undefined
): Rendered {
  const source = documents.taskDefinition ?? (base && registrationOf(base))
  if (source === undefined) throw new ProblemsError(['there is no task definition to start from'])
  const { taskDefinition, filled } = withEmptyValues(renderTaskDefinition(source, settings.edits))
  return { registration: registrationFrom(taskDefinition), emptied: filled }
}

/** A described revision as it would be registered: its tags stand beside it (aws-semantics 3.1). */
export function registrationOf({ taskDefinition, tags }: DescribedTaskDefinition): Mapping {
  return tags.length === 0 ? { ...taskDefinition } : { ...taskDefinition, tags }
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
  documents: Documents
): AppSpec | undefined {
  if (!('value' in service)) return undefined
  const base = documents.appSpec ?? generateAppSpec(servingFacts(service.value, primary))
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
): Plan['gate'] {
  const gate = appSpec && gateOf(appSpec, gateFunction)
  if (gate?.gated) return { kind: 'hook', reason: gate.reason }
  const waits = 'value' in group && waitsForContinue(group.value.info)
  if (waits) {
    const minutes =
      group.value.info.blueGreenDeploymentConfiguration?.deploymentReadyOption?.waitTimeInMinutes
    return {
      kind: 'continue',
      reason: `the deployment group waits ${minutes ?? '?'} min for an explicit continue`
    }
  }
  return { kind: 'none', reason: gate?.reason ?? 'there is no AppSpec to look at' }
}
