import type { RequestResult } from '../../release/evidence.ts'
import { say } from '../../words/say.ts'
import type { Expectation, JsonCondition, TextCondition } from '../file/model.ts'

/** Such as `3 of 3 routes answer, the slowest in 17 ms`. */
export function checksInWords(
  rows: readonly RequestResult[],
  failed: readonly RequestResult[]
): string {
  const slowest = Math.max(0, ...rows.map(({ ms = 0 }) => ms))
  const [first] = failed
  if (!first) {
    return say`${rows.length} of ${rows.length} routes answer, the slowest in ${Math.round(slowest)} ms`
  }
  const named = say`${failed.length} of ${rows.length} routes fail: ${first.name}: ${first.problems.join('; ')}`
  return failed.length > 1 ? say`${named}, and ${failed.length - 1} more` : named
}

/** Such as `5 steps in 120 ms`. */
export function flowInWords(
  steps: number,
  ms: number,
  failed: Pick<RequestResult, 'name' | 'problems'> | undefined
): string {
  return failed
    ? say`fails at ${failed.name}: ${failed.problems.join('; ')}`
    : say`${steps} steps in ${Math.round(ms)} ms`
}

/** A row's name if each task is asked. */
export function atTask(request: string, task: string): string {
  return say`${request} (task ${task})`
}

/** What of an answer differs from what was expected. */
export const PROBLEMS = {
  status: (status: number, wanted: Expectation['statuses']): string =>
    say`status ${status}, wanted ${wanted.join(say` or `)}`,
  headerMissing: (name: string): string => say`header ${name} is missing`,
  header: (name: string, condition: TextCondition): string =>
    unlike(say`header ${name}`, condition),
  bodyTooLong: (bytes: number): string => say`the body is longer than ${bytes} bytes`,
  body: (condition: TextCondition): string => unlike(say`the body`, condition),
  notJson: (): string => say`the body is not JSON`,
  json: (path: string, condition: JsonCondition): string => unlike(path, condition),
  tooSlow: (ms: number, wanted: number): string =>
    say`took ${Math.round(ms)} ms, wanted at most ${wanted} ms`,
  nothingToSave: (variable: string): string => say`nothing to save as ${variable}`,
  valueMissing: (): string => say`a value that it needs is not there`,
  valuesMissing: (): string => say`a value that its requests need is not there`,
  notEvaluated: (path: string, why: string): string => say`${path} cannot be evaluated: ${why}`,
  nestedTooDeeply: (): string => say`the answer is nested too deeply`
}

const LONGEST_SHOWN = 120

function unlike(what: string, condition: TextCondition | JsonCondition): string {
  if (condition.is === 'exists') {
    return condition.wanted ? say`${what} is missing` : say`${what} is there`
  }
  const wanted = shortened(JSON.stringify('text' in condition ? condition.text : condition.value))
  return condition.is === 'equals'
    ? say`${what} does not equal ${wanted}`
    : say`${what} does not contain ${wanted}`
}

function shortened(text: string): string {
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text
}

/** Why green or production was not asked at all. */
export const NOT_ASKED = {
  greenUnknown: (): string => say`where green answers could not be found out; set target.test`,
  productionUnknown: (): string =>
    say`where production answers could not be found out; set target.production`,
  interrupted: (): string => say`interrupted`
}
