import { whyEmpty } from '../../release/empty-input.ts'
import type { AppSpecSource, Settings, WaitFor } from '../../release/settings.ts'
import { closest } from '../../documents/closest.ts'
import { keptImages, taskDefinitionEdits } from './edits.ts'
import { failoverInput, nameOfFailover } from './failover.ts'
import { gitHubSettings } from './github.ts'
import type { Input } from './kinds.ts'
import { oneOffTaskInput } from './one-off-task.ts'
import { InputError, quoted, type Problem } from './problems.ts'
import { releaseSource } from './rollback.ts'
import { overriddenVariables, secretsIn } from './secrets.ts'
import { serviceInput } from './service.ts'
import { IGNORED_INPUTS, INPUTS, KNOWN_NAMES } from './table.ts'
import { taskDefinitionSource } from './task-definition.ts'
import type { Language } from '../../words/language.ts'
import { say } from '../../words/say.ts'

export type Environment = Readonly<Record<string, string | undefined>>

export interface ParsedInputs {
  readonly settings: Settings
  readonly warnings: readonly string[]
  /** The caller has to register them before it prints anything. */
  readonly secretsToMask: readonly string[]
}

/**
 * Reads the inputs, which the runner passes as `INPUT_*`. Pure: it checks everything that
 * the texts alone can tell; files are read and AWS is called later.
 *
 * @throws InputError with every problem
 */
export function parseInputs(env: Environment): ParsedInputs {
  const problems: Problem[] = []
  const problem = (found: Problem) => void problems.push(found)
  const read = <T>(input: Input<T>) => readInput(env, input, problem)
  const secretsToMask = secretsIn([
    ...[INPUTS.environment, INPUTS.dockerLabels, INPUTS.logOptions].map(({ name }) =>
      textOf(env, name)
    ),
    `token=${textOf(env, INPUTS.githubToken.name)}`,
    ...overriddenVariables(textOf(env, INPUTS.runTaskOverrides.name))
  ])
  problems.push(...unknownInputs(env))

  const roleToAssume = read(INPUTS.roleToAssume)
  const roleSessionName = read(INPUTS.roleSessionName)
  const ledgerTable = read(INPUTS.ledgerTable)
  const breakGlassReason = read(INPUTS.breakGlassReason)
  const rollbackTo = read(INPUTS.rollbackTo)
  const oneOff = oneOffTaskInput(
    { read, textOf: ({ name }) => textOf(env, name), rollbackTo },
    problem
  )
  const source = taskDefinitionSource(
    {
      taskDefinition: read(INPUTS.taskDefinition),
      arn: read(INPUTS.taskDefinitionArn),
      family: read(INPUTS.taskDefinitionFamily),
      revision: read(INPUTS.taskDefinitionRevision)
    },
    problem
  )
  const edits = taskDefinitionEdits(
    {
      containers: read(INPUTS.containers),
      image: read(INPUTS.image),
      images: read(INPUTS.images).map(({ name, value }) => ({ container: name, image: value })),
      environment: read(INPUTS.environment),
      secrets: read(INPUTS.secrets),
      environmentFiles: read(INPUTS.environmentFiles),
      dockerLabels: read(INPUTS.dockerLabels),
      logDriver: read(INPUTS.logDriver),
      logOptions: read(INPUTS.logOptions),
      command: read(INPUTS.command),
      taskRoleArn: read(INPUTS.taskRole),
      executionRoleArn: read(INPUTS.executionRole)
    },
    ({ name }) => textOf(env, name) !== '',
    problem
  )
  const strategy = read(INPUTS.strategy)
  const failover = failoverInput(
    {
      strategy,
      listener: read(INPUTS.listener),
      rule: read(INPUTS.rule),
      sides: read(INPUTS.sides),
      steps: read(INPUTS.steps),
      bake: read(INPUTS.bake),
      approve: read(INPUTS.approve),
      finish: read(INPUTS.finish),
      deploy: read(INPUTS.deploy),
      first: read(INPUTS.first),
      minHealthy: read(INPUTS.minHealthy),
      rehearsedOn: read(INPUTS.rehearsedOn),
      ledgerTable
    },
    ({ name }) => textOf(env, name) !== '',
    problem
  )
  const service = read(INPUTS.service)
  if (strategy === undefined && textOf(env, INPUTS.service.name) === '') {
    problem({
      input: INPUTS.service.name,
      message: say`\`${INPUTS.service.name}\` is required and not set. Set it.`
    })
  }
  const settings: Settings = {
    ...serviceInput(
      {
        service: service ?? (failover ? nameOfFailover(failover) : ''),
        cluster: read(INPUTS.cluster),
        roleToAssume
      },
      problem
    ),
    failover,
    taskDefinition: releaseSource(
      { rollbackTo, source, edits, breakGlassReason, ledgerTable },
      problem
    ),
    edits,
    oneOffTask: oneOff.task,
    forceNewDeployment: read(INPUTS.forceNewDeployment),
    application: read(INPUTS.application),
    deploymentGroup: read(INPUTS.deploymentGroup),
    appSpec: appSpecSource(read(INPUTS.appSpec), rollbackTo !== undefined),
    description: read(INPUTS.description),
    deploymentConfig: read(INPUTS.deploymentConfig),
    hooks: read(INPUTS.hooks).map(({ name, value }) => ({ event: name, function: value })),
    gateFunction: read(INPUTS.gateFunction),
    requireApproval: read(INPUTS.requireApproval),
    ledgerTable,
    breakGlassReason,
    testUrl: read(INPUTS.testUrl),
    verificationPath: read(INPUTS.verification),
    k6Path: read(INPUTS.k6Path),
    verifyFunction: read(INPUTS.verifyFunction),
    github: gitHubSettings(
      {
        token: read(INPUTS.githubToken),
        environment: read(INPUTS.githubEnvironment),
        environmentUrl: read(INPUTS.environmentUrl)
      },
      problem
    ),
    waitFor: waitFor(read(INPUTS.waitFor), read(INPUTS.waitForServiceStability), problem),
    waitForMinutes: read(INPUTS.waitForMinutes),
    onActiveDeployment: read(INPUTS.onActiveDeployment),
    onCancel: read(INPUTS.onCancel),
    onTimeout: read(INPUTS.onTimeout),
    greenUnhealthyAfter: read(INPUTS.greenUnhealthyAfter),
    roleToAssume,
    roleSessionName: roleSessionName ?? defaultSessionName(env),
    region: read(INPUTS.region),
    language: read(INPUTS.language),
    showValues: read(INPUTS.showValues),
    showLogs: read(INPUTS.showLogs),
    dryRun: read(INPUTS.dryRun),
    maxRetries: read(INPUTS.maxRetries)
  }

  if (problems.length > 0) throw new InputError(problems, secretsToMask)
  const warnings = [...ignoredInputs(env), ...oneOff.warnings]
  if (roleSessionName !== undefined && roleToAssume === undefined) {
    warnings.push(say`\`role-session-name\` has no effect: \`role-to-assume\` is not set.`)
  }
  if (settings.verifyFunction !== undefined && settings.verificationPath === undefined) {
    warnings.push(say`\`verify-function\` has no effect: \`verification\` is not set.`)
  }
  const kept = rollbackTo === undefined ? keptImages(edits) : []
  if (kept.length > 0) {
    warnings.push(
      say`\`image\` is empty: ${kept.map(quoted).join(', ')} keeps the image that the task definition names. Where \`image\` was meant to be set: ${whyEmpty()}.`
    )
  }
  return { settings, warnings, secretsToMask }
}

/**
 * The language that the input asks for; undefined if it asks for none that there is. It is read
 * before the other inputs, because their errors are said in it.
 */
export function languageOf(env: Environment): Language | undefined {
  return readInput(env, INPUTS.language, () => undefined)
}

/**
 * The variable in which the runner passes an input: upper case, blanks as underscores,
 * dashes kept.
 */
export function variableOf(input: string): string {
  return `INPUT_${input.replaceAll(' ', '_').toUpperCase()}`
}

function textOf(env: Environment, input: string): string {
  return env[variableOf(input)]?.trim() ?? ''
}

function readInput<T>(env: Environment, input: Input<T>, problem: (found: Problem) => void): T {
  const text = textOf(env, input.name)
  if (text === '') return input.absent
  const parsed = input.parse(text, ({ value, about }) => {
    if (input.confidential || value === undefined) {
      problem({ input: input.name, message: `\`${input.name}\`: ${about}` })
    } else {
      const message = say`\`${input.name}\`: ${quoted(value)} is not accepted. ${about}`
      problem({ input: input.name, value, message })
    }
  })
  return parsed ?? input.absent
}

/**
 * If `with:` has a name that action.yml does not know, the runner passes it on with a mere
 * warning. It is refused here, because a misspelt `require-aproval: true` would otherwise
 * have no effect.
 */
function unknownInputs(env: Environment): Problem[] {
  const known = new Set(KNOWN_NAMES.map(variableOf))
  return Object.keys(env)
    .filter((variable) => variable.startsWith('INPUT_') && !known.has(variable))
    .map((variable) => {
      const input = variable.slice('INPUT_'.length).toLowerCase()
      const near = closest(input, KNOWN_NAMES)
      const hint = near === undefined ? '' : say` Did you mean \`${near}\`?`
      return {
        input,
        message: say`\`${input}\` is not an input of this action.${hint} Correct or remove it (an \`env:\` entry named ${variable} counts as one).`
      }
    })
}

function ignoredInputs(env: Environment): string[] {
  return Object.entries(IGNORED_INPUTS).flatMap(([input, { why, idle }]) => {
    const text = textOf(env, input)
    const silent = text === '' || text.toLowerCase() === idle
    return silent ? [] : [say`\`${input}\` is ignored: ${why()}.`]
  })
}

/**
 * The word `generate` is reserved; a file of that name is `./generate`. A rollback does not
 * read the workspace's AppSpec, because that belongs to the code that is checked out, and a
 * rollback releases an older revision.
 */
function appSpecSource(given: string | undefined, isRollback: boolean): AppSpecSource {
  if (given === 'generate') return { kind: 'generate', why: say`as \`codedeploy-appspec\` asks` }
  if (given !== undefined) return { kind: 'file', path: given }
  if (isRollback)
    return { kind: 'generate', why: say`no appspec.yaml is read with \`rollback-to\`` }
  return { kind: 'default' }
}

/** The official deploy action's switch counts only if `wait-for` is not set. */
function waitFor(
  explicit: WaitFor | undefined,
  stability: boolean | undefined,
  problem: (found: Problem) => void
): WaitFor {
  if (stability === undefined) return explicit ?? 'completed'
  const mapped = stability ? 'completed' : 'started'
  if (explicit !== undefined && explicit !== mapped) {
    problem({
      input: INPUTS.waitForServiceStability.name,
      value: String(stability),
      message: say`\`wait-for-service-stability: ${String(stability)}\` means \`wait-for: ${mapped}\`, and \`wait-for\` says ${explicit}. Keep \`wait-for\`.`
    })
  }
  return explicit ?? mapped
}

/** CloudTrail shows this name, so it names the run. */
function defaultSessionName(env: Environment): string {
  const run = env['GITHUB_RUN_ID'] ?? ''
  return /^\d{1,40}$/.test(run) ? `ecs-gated-deploy-${run}` : 'ecs-gated-deploy'
}
