import { closest } from './closest.ts'
import { isList, isMapping, kindOf, type Mapping } from './mapping.ts'
import { say } from '../words/say.ts'

/**
 * Reads a document of which only the shape is known, and collects every problem on the way.
 * Keys match in any case, because AWS's own documents differ. A member that no reader asks
 * for is a problem, because it would have no effect. A null counts as absent.
 */
export class Members {
  readonly #path: string
  readonly #problems: string[]
  readonly #members = new Map<string, { readonly key: string; readonly value: unknown }>()
  readonly #asked = new Set<string>()

  constructor(document: Mapping, path: string, problems: string[]) {
    this.#path = path
    this.#problems = problems
    for (const [key, value] of Object.entries(document)) {
      const before = this.#members.get(key.toLowerCase())
      if (before) this.refuse(key, say`is there twice, as "${before.key}" too`)
      this.#members.set(key.toLowerCase(), { key, value })
    }
  }

  /** The keys as the document writes them. */
  keys(): readonly string[] {
    return [...this.#members.values()].map(({ key }) => key)
  }

  has(name: string): boolean {
    this.#asked.add(name)
    return this.#members.has(name.toLowerCase())
  }

  value(name: string): unknown {
    this.#asked.add(name)
    return this.#members.get(name.toLowerCase())?.value ?? undefined
  }

  // The readers return undefined if the member is absent, which only `require` reports, or if it is
  // wrong, which they have then reported.

  text(name: string): string | undefined {
    const value = this.value(name)
    if (value === undefined || isText(value)) return value
    return this.#wanted(name, value, say`text`)
  }

  texts(name: string): readonly string[] | undefined {
    const value = this.value(name)
    if (value === undefined) return undefined
    if (isList(value) && value.length > 0 && value.every(isText)) return value
    return this.#wanted(name, value, say`a list of at least one text`)
  }

  oneOf<T extends string>(name: string, accepted: readonly T[]): T | undefined {
    const value = this.value(name)
    const match = accepted.find((one) => one === value)
    if (value === undefined || match !== undefined) return match
    return this.#wanted(name, value, accepted.join(say` or `))
  }

  flag(name: string): boolean | undefined {
    const value = this.value(name)
    if (value === undefined || typeof value === 'boolean') return value
    return this.#wanted(name, value, say`true or false`)
  }

  /** Digits in quotes count as a number, because templates often quote them. */
  wholeNumber(name: string, minimum: number, maximum: number): number | undefined {
    const value = this.value(name)
    if (value === undefined) return undefined
    const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value
    const isWhole = typeof number === 'number' && Number.isInteger(number)
    if (isWhole && number >= minimum && number <= maximum) return number
    return this.#wanted(name, value, say`a whole number from ${minimum} to ${maximum}`)
  }

  mapping(name: string): Members | undefined {
    const value = this.value(name)
    return value === undefined ? undefined : this.#nested(name, value)
  }

  mappings(name: string): readonly Members[] {
    const value = this.value(name) ?? []
    if (isList(value)) {
      return value.flatMap((element, index) => this.#nested(`${name}[${index}]`, element) ?? [])
    }
    this.#wanted(name, value, say`a list`)
    return []
  }

  require(...names: readonly string[]): void {
    for (const name of names) if (this.value(name) === undefined) this.refuse(name, say`is missing`)
  }

  /** Reports every member that no reader has asked for. */
  refuseOthers(): void {
    const asked = [...this.#asked]
    const known = new Set(asked.map((name) => name.toLowerCase()))
    for (const [lowerCase, { key }] of this.#members) {
      if (known.has(lowerCase)) continue
      const near = closest(key, asked)
      const hint = near === undefined ? '' : say`; did you mean ${near}?`
      this.refuse(key, say`is not known, accepted: ${asked.join(', ')}${hint}`)
    }
  }

  refuse(name: string, complaint: string): undefined {
    this.#problems.push(`${this.#at(name)}: ${complaint}`)
    return undefined
  }

  #nested(name: string, value: unknown): Members | undefined {
    if (isMapping(value)) return new Members(value, this.#at(name), this.#problems)
    return this.#wanted(name, value, say`a mapping`)
  }

  #wanted(name: string, value: unknown, wanted: string): undefined {
    const isScalar = typeof value === 'string' || typeof value === 'number'
    const found = isScalar ? JSON.stringify(value) : kindOf(value)
    return this.refuse(name, say`found ${found}, wanted ${wanted}`)
  }

  #at(name: string): string {
    return this.#path === '' ? name : `${this.#path}.${name}`
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== ''
}
