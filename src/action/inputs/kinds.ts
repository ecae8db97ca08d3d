import type { NameValue } from '../../taskdef/render.ts'
import { closest } from '../../documents/closest.ts'
import type { Form } from './patterns.ts'
import { quoted } from './problems.ts'
import { say } from '../../words/say.ts'

/** What is wrong with a value. `about` continues a sentence that starts with the input's name. */
export interface Fault {
  readonly value?: string
  readonly about: string
}
export type FaultSink = (fault: Fault) => void

/** One input: its name, its value if it is absent, and how its text is read. */
export interface Input<T> {
  readonly name: string
  /** The value of an input that is not set, or that was refused. */
  readonly absent: T
  /** The `default` of action.yml. */
  readonly default?: string
  /** The value never appears in a message. */
  readonly confidential?: true
  /** Undefined if a fault has been reported. */
  readonly parse: (text: string, fault: FaultSink) => T | undefined
}

type Optional<T> = Input<T | undefined>

function matching(form: Form): Input<string>['parse'] {
  return (text, fault) => {
    if (form.pattern.test(text)) return text
    // It is said now: the run's language is not known when the form is made.
    fault({ value: text, about: say`Accepted: ${form.accepts}.` })
    return undefined
  }
}

export function text(name: string, form: Form): Optional<string> {
  return { name, absent: undefined, parse: matching(form) }
}

/** A text whose reading depends on other inputs, so that another file reads it. */
export function words(name: string): Optional<string> {
  return { name, absent: undefined, parse: (value) => value }
}

/** A choice that has no default in action.yml, so that the parser can tell whether it was set. */
export function choice<T extends string>(name: string, values: readonly T[]): Optional<T> {
  return { name, absent: undefined, parse: chosenFrom(values) }
}

export function choiceOr<T extends string>(
  name: string,
  fallback: T,
  values: readonly T[]
): Input<T> {
  return { name, absent: fallback, default: fallback, parse: chosenFrom(values) }
}

function chosenFrom<T extends string>(values: readonly T[]): Input<T>['parse'] {
  return (text, fault) => {
    const found = values.find((value) => value === text)
    if (found !== undefined) return found
    const near = closest(text, values)
    const hint = near === undefined ? '' : say` Did you mean ${near}?`
    fault({ value: text, about: say`Accepted: ${values.join(', ')}.${hint}` })
    return undefined
  }
}

export function flag(name: string): Optional<boolean> {
  return { name, absent: undefined, parse: parseFlag }
}

export function flagOr(name: string, fallback: boolean): Input<boolean> {
  return { name, absent: fallback, default: String(fallback), parse: parseFlag }
}

/** The booleans of YAML 1.2's core schema, which GitHub's own toolkit accepts too. */
const parseFlag: Input<boolean>['parse'] = (text, fault) => {
  if (['true', 'True', 'TRUE'].includes(text)) return true
  if (['false', 'False', 'FALSE'].includes(text)) return false
  fault({ value: text, about: say`Accepted: true or false.` })
  return undefined
}

export interface Range {
  readonly from: number
  readonly to: number
  readonly unit: () => string
}

export function integer(name: string, range: Range): Optional<number> {
  return { name, absent: undefined, parse: integerIn(range) }
}

export function integerOr(name: string, fallback: number, range: Range): Input<number> {
  return { name, absent: fallback, default: String(fallback), parse: integerIn(range) }
}

function integerIn({ from, to, unit }: Range): Input<number>['parse'] {
  return (text, fault) => {
    const value = /^(?:0|[1-9]\d{0,8})$/.test(text) ? Number(text) : NaN
    if (value >= from && value <= to) return value
    fault({ value: text, about: say`Accepted: a whole number of ${unit()} from ${from} to ${to}.` })
    return undefined
  }
}

export interface PairRules {
  /** An example of one line, for messages. */
  readonly example: string
  readonly name?: Form | { readonly oneOf: readonly string[] }
  readonly value?: Form
  readonly emptyValue?: 'accepted'
}

/**
 * Lines of `NAME=value`. Blanks at the ends of a line are removed, as in the official
 * actions. The first `=` ends the name; everything after it is the value, including `#` and
 * further `=`. Blank lines are skipped.
 */
export function pairs(name: string, rules: PairRules): Input<readonly NameValue[]> {
  return {
    name,
    absent: [],
    parse: (text, fault) => {
      const found = new Map<string, string>()
      let faults = 0
      for (const [index, line] of text.split('\n').entries()) {
        const content = line.trim()
        if (content === '') continue
        const refuse = (about: string) => {
          faults++
          fault({ value: content, about: say`Line ${index + 1}: ${about}` })
        }
        const split = content.indexOf('=')
        const key = content.slice(0, Math.max(split, 0))
        const value = content.slice(split + 1)
        const complaint =
          split < 0
            ? say`no "=". Accepted: one ${rules.example} a line.`
            : pairComplaint(key, value, rules)
        if (complaint !== undefined) refuse(complaint)
        else if (found.has(key)) refuse(say`${quoted(key)} is there twice. Keep one of them.`)
        else found.set(key, value)
      }
      if (faults > 0) return undefined
      return [...found].map(([key, value]) => ({ name: key, value }))
    }
  }
}

function pairComplaint(key: string, value: string, rules: PairRules): string | undefined {
  const accepted = say`Accepted: one ${rules.example} a line.`
  if (key.trim() === '') return say`nothing before the "=". ${accepted}`
  if (key !== key.trim())
    return say`a blank before the "=" would become part of the name. Remove it.`
  if (value === '' && rules.emptyValue === undefined) return say`nothing after the "=". ${accepted}`
  if (rules.name !== undefined && 'oneOf' in rules.name && !rules.name.oneOf.includes(key)) {
    const near = closest(key, rules.name.oneOf)
    const hint = near === undefined ? '' : say` Did you mean ${near}?`
    return say`${quoted(key)} is unknown. Accepted: ${rules.name.oneOf.join(', ')}.${hint}`
  }
  if (rules.name !== undefined && 'pattern' in rules.name && !rules.name.pattern.test(key)) {
    return say`${quoted(key)} is not ${rules.name.accepts}.`
  }
  if (value !== '' && rules.value !== undefined && !rules.value.pattern.test(value)) {
    return say`what follows ${quoted(`${key}=`)} is not ${rules.value.accepts}.`
  }
  return undefined
}

/** One value per line. Blanks at the ends of a line are removed, and blank lines are skipped. */
export function lines(name: string, form: Form): Input<readonly string[]> {
  return {
    name,
    absent: [],
    parse: (text, fault) => {
      const values = text
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '')
      const parse = matching(form)
      const parsed = values.flatMap((value) => parse(value, fault) ?? [])
      return parsed.length === values.length ? parsed : undefined
    }
  }
}

/** Values with commas between them, as in the official deploy action; blanks around them go. */
export function commaList(name: string, form: Form): Optional<readonly string[]> {
  return {
    name,
    absent: undefined,
    parse: (text, fault) => {
      const values = text.split(',').map((value) => value.trim())
      const parse = matching(form)
      const parsed = values.flatMap((value) => parse(value, fault) ?? [])
      return parsed.length === values.length ? parsed : undefined
    }
  }
}

/**
 * A command: a JSON array of strings, or words between blanks, as in the official render
 * action. If the text has quotes, it must be an array, because quotes would become part of
 * the words.
 */
export function command(name: string): Optional<readonly string[]> {
  return {
    name,
    absent: undefined,
    parse: (text, fault) => {
      if (!/^\[|["']/.test(text)) return text.split(/\s+/)
      const parsed = parseJson(text)
      if (Array.isArray(parsed) && parsed.every((item) => typeof item === 'string')) return parsed
      const accepts = say`words without quotes, or a JSON array of strings such as ["npm", "start"]`
      fault({ value: text, about: say`Accepted: ${accepts}.` })
      return undefined
    }
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The same input, but its value is kept out of every message. */
export function confidential<T>(input: Input<T>): Input<T> {
  return { ...input, confidential: true }
}
