import {
  isList,
  isMapping,
  kindOf,
  mappingIn,
  mappingsIn,
  type Mapping
} from '../documents/mapping.ts'
import { imageProblem } from './image.ts'
import { say } from '../words/say.ts'

/** Letters, digits, underscores and hyphens, up to 255 (RegisterTaskDefinition). */
const FAMILY = /^[A-Za-z0-9_-]{1,255}$/

/** Everything about a task definition that is known to be wrong before AWS is asked. */
export function validateTaskDefinition(taskDefinition: Mapping): string[] {
  if (isMapping(taskDefinition.taskDefinition)) {
    return [
      say`this is the answer of DescribeTaskDefinition; the task definition is its \`taskDefinition\` member`
    ]
  }
  return [
    ...familyProblems(taskDefinition.family),
    ...containersProblems(taskDefinition),
    ...blanks(taskDefinition, 'tags', ['key'])
  ]
}

/** Elements of a list that lack what AWS requires of each; their places count from 0, as in the file. */
function blanks(owner: Mapping, list: string, required: readonly string[]): string[] {
  const elements = owner[list]
  if (!isList(elements)) return []
  return elements.flatMap((element, index) =>
    isMapping(element)
      ? required
          .filter((member) => (element[member] ?? '') === '')
          .map((member) => say`${list}[${index}].${member}: found nothing, wanted text`)
      : []
  )
}

/** The names of the containers, in order. */
export function containerNames(taskDefinition: Mapping): string[] {
  return mappingsIn(taskDefinition.containerDefinitions)
    .map(({ name }) => name)
    .filter((name) => typeof name === 'string')
}

function familyProblems(family: unknown): string[] {
  if (typeof family === 'string' && FAMILY.test(family)) return []
  const found = typeof family === 'string' ? JSON.stringify(family) : kindOf(family)
  return [say`family: found ${found}, wanted up to 255 letters, digits, "_" and "-"`]
}

function containersProblems({ containerDefinitions }: Mapping): string[] {
  if (!isList(containerDefinitions) || containerDefinitions.length === 0) {
    const found = isList(containerDefinitions) ? say`an empty list` : kindOf(containerDefinitions)
    return [say`containerDefinitions: found ${found}, wanted a list of at least one container`]
  }
  const seen = new Set<string>()
  return containerDefinitions.flatMap((container, index) => {
    const path = `containerDefinitions[${index}]`
    if (!isMapping(container)) return [say`${path}: found ${kindOf(container)}, wanted a container`]
    const { name } = container
    if (typeof name !== 'string' || name === '')
      return [say`${path}.name: a container needs a name`]
    const problems = containerProblems(container, say`container "${name}"`)
    if (seen.has(name)) problems.push(say`${path}.name: a second container "${name}"`)
    seen.add(name)
    return problems
  })
}

function containerProblems(container: Mapping, label: string): string[] {
  const problems: string[] = []
  const { image } = container
  if (typeof image !== 'string' || image === '') {
    problems.push(say`${label} has no image`)
  } else {
    const problem = imageProblem(image)
    if (problem !== undefined) problems.push(say`${label} has ${problem}`)
  }
  // AWS: "Environment variable name cannot be null or blank"; Secret's members are required.
  for (const problem of [
    ...blanks(container, 'environment', ['name']),
    ...blanks(container, 'secrets', ['name', 'valueFrom']),
    ...blanks(mappingIn(container, 'logConfiguration'), 'secretOptions', ['name', 'valueFrom'])
  ]) {
    problems.push(`${label}: ${problem}`)
  }
  problems.push(...emptyFirstWords(container, label))
  const environment = mappingsIn(container.environment)
  // AWS: "The secret name must be unique and not shared with any new or existing environment variables".
  const secrets = new Set(mappingsIn(container.secrets).map(({ name }) => name))
  for (const name of new Set(environment.map((entry) => entry.name))) {
    if (typeof name === 'string' && secrets.has(name)) {
      problems.push(say`${label}: "${name}" is both an environment variable and a secret`)
    }
  }
  return problems
}

/**
 * AWS refuses a command that begins with an empty word (fabfuel/ecs-deploy#90). To leave the word
 * out would make the next one the program, so the file has to say what is meant. A command of empty
 * words alone says nothing and is left out (empties.ts).
 */
function emptyFirstWords(container: Mapping, label: string): string[] {
  return ['command', 'entryPoint'].flatMap((member) => {
    const words = container[member]
    const isProblem = isList(words) && words[0] === '' && words.some((word) => word !== '')
    return isProblem
      ? [
          say`${label}: ${member} begins with an empty word, which AWS refuses; remove the word, or put what is to run there`
        ]
      : []
  })
}
