import { isDeepStrictEqual } from 'node:util'
import { isList, isMapping } from '../../documents/mapping.ts'
import type { Expectation, JsonCondition, TextCondition } from '../file/model.ts'
import { valuesAt } from '../file/json-path.ts'
import { PROBLEMS } from '../words/requests.ts'
import { LONGEST_BODY, type Answer } from '../http/send.ts'

/**
 * Says in one sentence each what of an answer differs from the expectation; empty if nothing
 * does. A body may contain confidential data, so a problem never repeats it, but names what
 * was expected, which is in the file anyway.
 */
export async function problemsOf(expect: Expectation, answer: Answer): Promise<string[]> {
  const { status, headers, cutOff, ms } = answer
  const problems: string[] = []
  if (!expect.statuses.includes(status)) {
    problems.push(PROBLEMS.status(status, expect.statuses))
  }
  for (const { name, condition } of expect.headers) {
    const value = headers[name]
    if (value === undefined) problems.push(PROBLEMS.headerMissing(name))
    else if (!textHolds(condition, value)) problems.push(PROBLEMS.header(name, condition))
  }
  const readsBody = expect.body !== undefined || expect.json.length > 0
  if (readsBody && cutOff) problems.push(PROBLEMS.bodyTooLong(LONGEST_BODY))
  else if (readsBody) problems.push(...(await bodyProblems(expect, answer.body.toString('utf8'))))
  if (expect.withinMs !== undefined && ms > expect.withinMs) {
    problems.push(PROBLEMS.tooSlow(ms, expect.withinMs))
  }
  return problems
}

async function bodyProblems({ body, json }: Expectation, text: string): Promise<string[]> {
  const problems: string[] = []
  if (body && !textHolds(body, text)) problems.push(PROBLEMS.body(body))
  if (json.length === 0) return problems
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return [...problems, PROBLEMS.notJson()]
  }
  for (const { path, condition } of json) {
    const found = await valuesAt(path, value)
    if (found.kind === 'problem') problems.push(PROBLEMS.notEvaluated(path, found.problem))
    else if (!jsonHolds(condition, found.values)) problems.push(PROBLEMS.json(path, condition))
  }
  return problems
}

function textHolds(condition: TextCondition, text: string): boolean {
  return condition.is === 'equals' ? text === condition.text : text.includes(condition.text)
}

/** If a path finds several values, one of them has to match. */
function jsonHolds(condition: JsonCondition, values: readonly unknown[]): boolean {
  if (condition.is === 'exists') return values.length > 0 === condition.wanted
  if (condition.is === 'equals') {
    return values.some((value) => isDeepStrictEqual(value, condition.value))
  }
  return values.some((value) => contains(value, condition.value))
}

/** A text contains a text, a list an element, a mapping the members of another mapping. */
function contains(value: unknown, part: unknown): boolean {
  if (typeof value === 'string') return typeof part === 'string' && value.includes(part)
  if (isList(value)) return value.some((element) => isDeepStrictEqual(element, part))
  if (!isMapping(value) || !isMapping(part)) return false
  return Object.entries(part).every(([name, member]) => isDeepStrictEqual(value[name], member))
}
