import { findJsonFault } from '../../documents/json-fault.ts'
import { isList, isMapping, kindOf, type Mapping } from '../../documents/mapping.ts'
import { findUnknownMembers, type Shape } from '../../taskdef/dropped.ts'
import type { FaultSink, Input } from './kinds.ts'
import { say } from '../../words/say.ts'

export interface JsonRules {
  /** A short example for messages. */
  readonly example: string
  /** What the bundled SDK would send of it. */
  readonly shape: () => Shape
  /** The members that each object needs, as text. */
  readonly required: readonly string[]
}

/** A JSON array of objects that AWS takes. Its values stay out of messages. */
export function jsonList(name: string, rules: JsonRules): Input<readonly Mapping[]> {
  return {
    name,
    absent: [],
    confidential: true,
    parse: (text, fault) => {
      const value = parse(text, rules, fault)
      if (value === undefined) return undefined
      if (isList(value) && value.every(isMapping)) {
        return isAccepted(value, 'list', rules, fault) ? value : undefined
      }
      const found = isList(value) ? say`an array with something else than objects` : kindOf(value)
      fault({ about: say`found ${found}. Accepted: a JSON array such as ${rules.example}.` })
      return undefined
    }
  }
}

/** A JSON object that AWS takes. Its values stay out of messages. */
export function jsonObject(name: string, rules: JsonRules): Input<Mapping | undefined> {
  return {
    name,
    absent: undefined,
    confidential: true,
    parse: (text, fault) => {
      const value = parse(text, rules, fault)
      if (value === undefined) return undefined
      if (isMapping(value)) {
        return isAccepted([value], 'one', rules, fault) ? value : undefined
      }
      fault({
        about: say`found ${kindOf(value)}. Accepted: a JSON object such as ${rules.example}.`
      })
      return undefined
    }
  }
}

function parse(text: string, { example }: JsonRules, fault: FaultSink): unknown {
  const found = findJsonFault(text)
  if (!found) return JSON.parse(text) as unknown
  fault({
    about: say`not JSON at character ${found.offset + 1}: ${found.message}. Accepted: JSON such as ${example}.`
  })
  return undefined
}

function isAccepted(
  values: readonly Mapping[],
  form: 'list' | 'one',
  { shape, required, example }: JsonRules,
  fault: FaultSink
): boolean {
  const known = shape()
  const element = known.kind === 'list' ? known.of() : known
  const problems = values.flatMap((value, index) => {
    const at = form === 'list' ? `[${index}]` : ''
    const missing = required
      .filter((member) => typeof value[member] !== 'string' || value[member] === '')
      .map((member) => say`${member} is missing`)
    const members = findUnknownMembers(value, {
      request: element,
      service: { kind: 'anything' }
    })
    return [...missing, ...members].map((problem) => (at === '' ? problem : `${at} ${problem}`))
  })
  for (const problem of problems) {
    fault({ about: say`${problem}. Accepted: JSON such as ${example}.` })
  }
  return problems.length === 0
}
