import { isList, isMapping, mappingsIn, type Mapping } from '../documents/mapping.ts'
import { ProblemsError } from '../documents/problems.ts'
import { stripReadOnly } from './readonly.ts'
import { containerNames, validateTaskDefinition } from './validate.ts'
import { say } from '../words/say.ts'

/** What to change. Each member means the same as the input of the official render action. */
export interface TaskDefinitionEdits {
  /** All edits but `images` and the roles are made to each of these containers. */
  readonly containers: readonly string[]
  readonly images: readonly { readonly container: string; readonly image: string }[]
  readonly environment: readonly NameValue[]
  readonly secrets: readonly NameValue[]
  /** ARNs of S3 objects. If there are any, they replace those that the container has. */
  readonly environmentFiles: readonly string[]
  readonly dockerLabels: readonly NameValue[]
  readonly logDriver: string | undefined
  readonly logOptions: readonly NameValue[]
  readonly command: readonly string[] | undefined
  readonly taskRoleArn: string | undefined
  readonly executionRoleArn: string | undefined
}

/** Whether there is anything to edit. `containers` alone edits nothing: it only says where. */
export function isEdited(edits: TaskDefinitionEdits): boolean {
  return Object.entries(edits).some(
    ([name, edit]) =>
      name !== 'containers' && (Array.isArray(edit) ? edit.length > 0 : edit !== undefined)
  )
}

export interface NameValue {
  readonly name: string
  readonly value: string
}

/** The edited task definition must not be registered. */
export class TaskDefinitionError extends ProblemsError {
  override readonly name = 'TaskDefinitionError'
}

/**
 * Returns the task definition to register: `base` with the edits made and
 * without the read-only fields. Everything else stays, empty values included.
 *
 * @throws TaskDefinitionError naming every problem of the edits and the result.
 */
export function renderTaskDefinition(base: Mapping, edits: TaskDefinitionEdits): Mapping {
  const stripped = stripReadOnly(base)
  const rendered: Mapping = {
    ...stripped,
    ...(isList(stripped.containerDefinitions) && {
      containerDefinitions: stripped.containerDefinitions.map((container) =>
        isMapping(container) ? renderContainer(container, edits) : container
      )
    }),
    ...(edits.taskRoleArn !== undefined && { taskRoleArn: edits.taskRoleArn }),
    ...(edits.executionRoleArn !== undefined && { executionRoleArn: edits.executionRoleArn })
  }
  const problems = [...targetProblems(stripped, edits), ...validateTaskDefinition(rendered)]
  if (edits.logOptions.length > 0) problems.push(...logProblems(rendered, edits))
  if (problems.length > 0) throw new TaskDefinitionError(problems)
  return rendered
}

function renderContainer(container: Mapping, edits: TaskDefinitionEdits): Mapping {
  const image = edits.images.find((edit) => edit.container === container.name)?.image
  const withImage = image === undefined ? container : { ...container, image }
  if (!edits.containers.some((name) => name === container.name)) return withImage
  const { environment, secrets, environmentFiles, dockerLabels, logDriver, logOptions, command } =
    edits
  return {
    ...withImage,
    ...(environment.length > 0 && {
      environment: setByName(container.environment, environment, 'value')
    }),
    ...(secrets.length > 0 && { secrets: setByName(container.secrets, secrets, 'valueFrom') }),
    ...(environmentFiles.length > 0 && {
      environmentFiles: environmentFiles.map((value) => ({ value, type: 's3' }))
    }),
    ...(dockerLabels.length > 0 && {
      dockerLabels: setMembers(container.dockerLabels, dockerLabels)
    }),
    ...((logDriver !== undefined || logOptions.length > 0) && {
      logConfiguration: renderLogs(container.logConfiguration, edits)
    }),
    ...(command !== undefined && { command: [...command] })
  }
}

// If a part has the wrong type, it is left as it is: validateTaskDefinition names it.

function renderLogs(logs: unknown, { logDriver, logOptions }: TaskDefinitionEdits): unknown {
  const before = logs ?? {}
  if (!isMapping(before)) return before
  return {
    ...before,
    ...(logDriver !== undefined && { logDriver }),
    ...(logOptions.length > 0 && { options: setMembers(before.options, logOptions) })
  }
}

/** Overwrites the entries whose names are there and appends the others. The order is kept. */
function setByName(
  list: unknown,
  edits: readonly NameValue[],
  member: 'value' | 'valueFrom'
): unknown {
  const before = list ?? []
  if (!isList(before)) return before
  const values = new Map<unknown, string>(edits.map(({ name, value }) => [name, value]))
  const known = new Set(mappingsIn(before).map(({ name }) => name))
  return [
    ...before.map((entry) => {
      const value = isMapping(entry) ? values.get(entry.name) : undefined
      return isMapping(entry) && value !== undefined ? { ...entry, [member]: value } : entry
    }),
    ...[...values]
      .filter(([name]) => !known.has(name))
      .map(([name, value]) => ({ name, [member]: value }))
  ]
}

function setMembers(members: unknown, edits: readonly NameValue[]): unknown {
  const before = members ?? {}
  if (!isMapping(before)) return before
  return { ...before, ...Object.fromEntries(edits.map(({ name, value }) => [name, value])) }
}

/** Names the edits of containers that do not exist. */
function targetProblems(base: Mapping, edits: TaskDefinitionEdits): string[] {
  const existing = containerNames(base)
  const wanted = new Set([...edits.images.map((edit) => edit.container), ...edits.containers])
  const problems = [...wanted]
    .filter((name) => !existing.includes(name))
    .map(
      (name) =>
        say`container "${name}" does not exist in the task definition; ${existing.length > 0 ? say`those that exist: ${existing.join(', ')}` : say`it has none`}`
    )
  const inContainer = {
    'environment-variables': edits.environment.length > 0,
    secrets: edits.secrets.length > 0,
    'env-files': edits.environmentFiles.length > 0,
    'docker-labels': edits.dockerLabels.length > 0,
    'log-configuration-log-driver': edits.logDriver !== undefined,
    'log-configuration-options': edits.logOptions.length > 0,
    command: edits.command !== undefined
  }
  const homeless = Object.entries(inContainer).filter(([, given]) => given)
  if (edits.containers.length === 0 && homeless.length > 0) {
    const inputs = homeless.map(([input]) => `\`${input}\``).join(', ')
    problems.push(say`\`container-name\` is wanted: it names the container that gets ${inputs}`)
  }
  return problems
}

function logProblems(rendered: Mapping, edits: TaskDefinitionEdits): string[] {
  return mappingsIn(rendered.containerDefinitions)
    .filter(({ name }) => edits.containers.some((edited) => edited === name))
    .filter(({ logConfiguration: logs }) => isMapping(logs) && typeof logs.logDriver !== 'string')
    .map(
      ({ name }) =>
        say`container "${String(name)}" has no log driver for \`log-configuration-options\`; name one in \`log-configuration-log-driver\``
    )
}
