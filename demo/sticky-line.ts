import type { Clock } from '../emulator/clock.ts'

/** Where a terminal's lines go. */
export interface Sink {
  write(text: string): unknown
  readonly isTTY?: boolean
  /** How wide the terminal is. */
  readonly columns?: number
}

/** After so long without another line, the line is printed again where a terminal cannot move it. */
const AGAIN_MS = 1_000

/**
 * Prints lines, and keeps one of them the last: on a terminal it moves down with every line that
 * comes; elsewhere it is printed again once no other line has come for a second.
 */
export class StickyLine {
  readonly #sink: Sink
  readonly #clock: Pick<Clock, 'sleep'>
  #line: string | undefined
  /** The line is printed, and no other one after it. */
  #isLast = false
  #waiting: AbortController | undefined

  constructor(sink: Sink, clock: Pick<Clock, 'sleep'>) {
    this.#sink = sink
    this.#clock = clock
  }

  print(line: string): void {
    if (this.#line === undefined) {
      this.#sink.write(`${line}\n`)
    } else if (this.#sink.isTTY) {
      this.#sink.write(`${this.#cleared(this.#line)}${line}\n${this.#line}`)
    } else {
      this.#sink.write(`${line}\n`)
      this.#isLast = false
      this.#later()
    }
  }

  /** From now on this is the last line. */
  keep(line: string): void {
    this.release()
    this.#line = line
    this.#isLast = true
    this.#sink.write(this.#sink.isTTY ? line : `${line}\n`)
  }

  /** The line stays where it stands, and others follow it. */
  release(): void {
    this.#waiting?.abort()
    if (this.#line !== undefined && this.#sink.isTTY) this.#sink.write('\n')
    this.#line = undefined
  }

  /** Moves the cursor to where the line begins, which may be rows above, and clears from there. */
  #cleared(line: string): string {
    const rows = Math.ceil(line.length / (this.#sink.columns ?? Infinity))
    return `\r${rows > 1 ? `\u001b[${rows - 1}A` : ''}\u001b[J`
  }

  #later(): void {
    this.#waiting?.abort()
    const waiting = new AbortController()
    this.#waiting = waiting
    this.#clock.sleep(AGAIN_MS, waiting.signal).then(
      () => {
        if (this.#line === undefined || this.#isLast) return
        this.#isLast = true
        this.#sink.write(`${this.#line}\n`)
      },
      () => undefined
    )
  }
}
