import { say } from '../words/say.ts'

export interface Fault {
  /** Index into the text. */
  readonly offset: number
  readonly message: string
}

const SPACE = /[ \t\n\r]*/y
const STRING = /"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*"/y
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const WORD = /true|false|null/y

/** Far deeper than any task definition, and far below the limit of the call stack. */
const MAX_DEPTH = 200

/**
 * The first place at which the text is not JSON, or at which a key is there twice.
 *
 * `JSON.parse` silently takes the last of two equal keys, and its errors quote the text
 * (which may hold secrets) and often give no position.
 */
export function findJsonFault(text: string): Fault | undefined {
  const scan = new Scanner(text)
  try {
    scan.document()
  } catch (error) {
    if (error instanceof Stop) return { offset: error.offset, message: error.message }
    throw error
  }
  return undefined
}

class Stop extends Error {
  readonly offset: number

  constructor(offset: number, message: string) {
    super(message)
    this.offset = offset
  }
}

class Scanner {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  document(): void {
    this.#value(0)
    this.#skipSpace()
    if (this.#at < this.#text.length) throw this.#unexpected(say`the end of the file`)
  }

  #value(depth: number): void {
    if (depth > MAX_DEPTH) throw this.#stop(say`nested deeper than ${MAX_DEPTH} levels`)
    this.#skipSpace()
    if (this.#take('{')) this.#members(depth)
    else if (this.#take('[')) this.#elements(depth)
    else if (this.#text[this.#at] === '"') this.#string()
    else if (!this.#match(NUMBER) && !this.#match(WORD)) throw this.#unexpected(say`a value`)
  }

  #members(depth: number): void {
    const keys = new Set<string>()
    this.#skipSpace()
    if (this.#take('}')) return
    do {
      this.#skipSpace()
      const start = this.#at
      const key: unknown = JSON.parse(this.#string(say`a key in double quotes`))
      if (typeof key === 'string') {
        if (keys.has(key)) throw new Stop(start, say`the key ${JSON.stringify(key)} is there twice`)
        keys.add(key)
      }
      this.#expect(':', '":"')
      this.#value(depth + 1)
    } while (this.#another('}'))
  }

  #elements(depth: number): void {
    this.#skipSpace()
    if (this.#take(']')) return
    do this.#value(depth + 1)
    while (this.#another(']'))
  }

  /** Whether a comma follows, so that another member comes; otherwise `close` must follow. */
  #another(close: string): boolean {
    this.#skipSpace()
    if (this.#take(',')) return true
    this.#expect(close, say`"," or "${close}"`)
    return false
  }

  #string(wanted = say`text in double quotes`): string {
    if (this.#text[this.#at] !== '"') throw this.#unexpected(wanted)
    const text = this.#match(STRING)
    if (text === undefined) {
      throw this.#stop(
        say`text that does not end on its line, or a bad escape or control character`
      )
    }
    return text
  }

  #expect(symbol: string, wanted: string): void {
    this.#skipSpace()
    if (!this.#take(symbol)) throw this.#unexpected(wanted)
  }

  #take(symbol: string): boolean {
    if (this.#text[this.#at] !== symbol) return false
    this.#at += 1
    return true
  }

  #skipSpace(): void {
    this.#match(SPACE)
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)?.[0]
    this.#at += found?.length ?? 0
    return found
  }

  #unexpected(wanted: string): Stop {
    const [found] = this.#text.slice(this.#at)
    return this.#stop(
      say`found ${found === undefined ? say`the end of the file` : JSON.stringify(found)}, wanted ${wanted}`
    )
  }

  #stop(message: string): Stop {
    return new Stop(this.#at, message)
  }
}
