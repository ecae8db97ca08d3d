import { isMapping } from '../../documents/mapping.ts'
import type { Members } from '../../documents/members.ts'
import { say } from '../../words/say.ts'
import { aDuration, readDuration } from './figures.ts'
import { problemOfPath } from './json-path.ts'
import type { Expectation, JsonCondition, TextCondition } from './model.ts'

const NOTHING_SAID: Expectation = {
  statuses: [200],
  headers: [],
  body: undefined,
  json: [],
  withinMs: undefined
}

/** Reads the `expect` of a request. Without one, status 200 is expected. */
export async function readExpectation(request: Members): Promise<Expectation> {
  const expect = request.mapping('expect')
  if (!expect) return NOTHING_SAID
  const headers = expect.mapping('headers')
  const expectation = {
    statuses: readStatuses(expect),
    headers: (headers?.keys() ?? []).flatMap((name) => {
      const condition = headers && textCondition(headers, name)
      return condition ? [{ name: name.toLowerCase(), condition }] : []
    }),
    body: expect.has('body') ? textCondition(expect, 'body') : undefined,
    json: await readJson(expect),
    withinMs: durationOf(expect, 'within')
  }
  expect.refuseOthers()
  return expectation
}

/** Returns milliseconds; undefined if the member is absent, or if it is wrong and the problem has been noted. */
export function durationOf(members: Members, name: string): number | undefined {
  const value = members.value(name)
  if (value === undefined) return undefined
  const ms = readDuration(value)
  return ms === undefined || ms === 0 ? members.refuse(name, say`wanted ${aDuration()}`) : ms
}

function readStatuses(expect: Members): readonly number[] {
  const value = expect.value('status')
  if (value === undefined) return NOTHING_SAID.statuses
  const statuses: readonly unknown[] = Array.isArray(value) ? value : [value]
  if (statuses.length > 0 && statuses.every(isStatus)) return statuses
  expect.refuse('status', say`wanted a status from 100 to 599, or a list of them`)
  return []
}

function isStatus(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 100 && value <= 599
}

/** A text alone means `equals`. */
function textCondition(members: Members, name: string): TextCondition | undefined {
  const value = members.value(name)
  if (typeof value === 'string') return { is: 'equals', text: value }
  if (isMapping(value)) {
    const [[is, text] = [], ...others] = Object.entries(value)
    if ((is === 'equals' || is === 'contains') && typeof text === 'string' && others.length === 0) {
      return { is, text }
    }
  }
  return members.refuse(name, say`wanted a text, {equals: text} or {contains: text}`)
}

/** Reads JSON conditions. Their paths keep their case, so they are not read as headers are. */
async function readJson(expect: Members): Promise<Expectation['json']> {
  const value = expect.value('json')
  if (value === undefined) return []
  if (!isMapping(value)) {
    expect.refuse('json', say`wanted a mapping of JSON paths to what is expected there`)
    return []
  }
  const conditions: { path: string; condition: JsonCondition }[] = []
  for (const [path, wanted] of Object.entries(value)) {
    const problem = await problemOfPath(path)
    if (problem !== undefined) expect.refuse(`json.${path}`, problem)
    else {
      const condition = jsonCondition(wanted)
      if (condition) conditions.push({ path, condition })
      else {
        expect.refuse(
          `json.${path}`,
          say`wanted a value, or one of {equals: value}, {contains: value}, {exists: true or false}`
        )
      }
    }
  }
  return conditions
}

/**
 * A value alone means `equals`. To compare with a mapping or a list, the file has to write
 * `{equals: ...}`.
 */
function jsonCondition(wanted: unknown): JsonCondition | undefined {
  if (!isMapping(wanted)) {
    return Array.isArray(wanted) ? undefined : { is: 'equals', value: wanted }
  }
  const [[is, value] = [], ...others] = Object.entries(wanted)
  if (others.length > 0) return undefined
  if (is === 'equals' || is === 'contains') return { is, value }
  return is === 'exists' && typeof value === 'boolean' ? { is, wanted: value } : undefined
}
