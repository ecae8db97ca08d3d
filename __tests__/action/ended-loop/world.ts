import { AsyncLocalStorage } from 'node:async_hooks'
import dns from 'node:dns'
import fs from 'node:fs'
import http from 'node:http'
import { syncBuiltinESMExports } from 'node:module'
import { Duplex } from 'node:stream'
import { ManualClock } from '../../../emulator/clock.ts'

/** One call of the action to what is outside of it: `GET 127.0.0.1`, `readFile`, `sleep`. */
export type Call = string

/** The call that ends the loop: the `at`-th one, from 1, or the `at`-th of a kind. */
export interface End {
  readonly at: number
  readonly of?: Call
}

interface Timer {
  readonly due: number
  readonly act: () => void
  isHeld: boolean
}

/** A connection that holds nothing, and on which nothing comes. */
class Silence extends Duplex {
  override _read(): void {}
  override _write(): void {}
  setTimeout(): this {
    return this
  }
  setKeepAlive(): this {
    return this
  }
  setNoDelay(): this {
    return this
  }
}

/**
 * The process as the action meets it, so that a test can end its event loop at
 * any call: from that call on nothing comes back to the action, and nothing
 * that it waits for holds the loop. Its timers run on a virtual clock, which
 * moves on when the loop has nothing else to do. Everything else in the process, such
 * as the emulated AWS, goes on.
 *
 * Node's own modules are changed before anything of the action is loaded.
 */
export class World {
  /** What the action has called, in order. */
  readonly calls: Call[] = []
  /** The call that has ended the loop; undefined if none has. */
  endedBy: Call | undefined
  #clock = new ManualClock()
  #end: End = { at: Infinity }
  #hasEnded = false
  #timers = new Set<Timer>()
  #run: object = {}
  readonly #action = new AsyncLocalStorage<object>()
  readonly #setImmediate = setImmediate

  constructor() {
    this.#changeTime()
    this.#changeRequests()
    this.#changeFiles()
    syncBuiltinESMExports()
  }

  /** Runs the action until its loop is empty, or until the call that ends it. */
  async run(clock: ManualClock, end: End, act: () => Promise<void>): Promise<void> {
    this.calls.length = 0
    this.#timers.clear()
    this.#clock = clock
    this.#end = end
    this.#hasEnded = false
    this.endedBy = undefined
    this.#run = {}
    void this.#action.run(this.#run, act)
    for (;;) {
      await this.#emptyLoop()
      const due = [...this.#timers].filter(({ isHeld }) => isHeld).map((timer) => timer.due)
      // Only what is waited for: most timers are limits, which are taken back in time.
      if (due.length === 0 || this.#count('sleep')) return
      await clock.advance(Math.max(0, Math.min(...due) - clock.now()))
      for (const timer of [...this.#timers].sort((one, other) => one.due - other.due)) {
        if (timer.due <= clock.now() && this.#timers.delete(timer)) timer.act()
      }
    }
  }

  /** For the client that GitHub's toolkit brings along, once it is loaded (undici, "Global Dispatcher"). */
  changeDispatcher(): void {
    const key = Symbol.for('undici.globalDispatcher.1')
    const real: unknown = Reflect.get(globalThis, key)
    const dispatch: unknown = typeof real === 'object' && real && Reflect.get(real, 'dispatch')
    if (typeof dispatch !== 'function') throw new Error('there is no dispatcher of undici')
    Object.assign(Object(real), {
      dispatch: (...args: readonly unknown[]): unknown =>
        this.#ended('fetch', () => true) ?? Reflect.apply(dispatch, real, args)
    })
  }

  /** From now on nothing comes back to the action. */
  endLoop(): void {
    this.#hasEnded = true
    this.#timers.clear()
  }

  /** Node tells of it, so it is empty in truth. */
  #emptyLoop(): Promise<void> {
    return new Promise((resolve) => {
      process.once('beforeExit', () => {
        // What Node looks for to go on.
        this.#setImmediate(resolve)
      })
    })
  }

  /** Undefined: the call goes its way. Else what the action gets, which never comes to anything. */
  #ended<T>(call: Call, never: () => T): T | undefined {
    const run = this.#action.getStore()
    if (!run) return undefined
    // What is left of a run before comes to nothing either.
    return run !== this.#run || this.#count(call) ? never() : undefined
  }

  /** Whether the loop has ended by now. */
  #count(call: Call): boolean {
    this.calls.push(call)
    const { at, of = call } = this.#end
    const alike = this.#end.of === undefined ? this.calls : this.calls.filter((each) => each === of)
    if (call === of && alike.length === at) {
      this.endedBy = call
      this.endLoop()
    }
    return this.#hasEnded
  }

  #changeTime(): void {
    Math.random = () => 0.5
    const { now } = Date
    Date.now = () => (this.#action.getStore() ? this.#clock.now() : now())
    const { setTimeout: begin, clearTimeout: end } = globalThis
    const beginHere = (act: (...args: unknown[]) => void, ms = 0, ...args: unknown[]): object => {
      const run = this.#action.getStore()
      if (!run) return begin(act, ms, ...args)
      const due = this.#clock.now() + Math.max(0, ms)
      const timer: Timer = { due, act: AsyncLocalStorage.bind(() => act(...args)), isHeld: true }
      if (run === this.#run && !this.#hasEnded) this.#timers.add(timer)
      const handle = {
        timer,
        ref: () => ((timer.isHeld = true), handle),
        unref: () => ((timer.isHeld = false), handle),
        hasRef: () => timer.isHeld
      }
      return handle
    }
    const endHere = (handle?: NodeJS.Timeout): void => {
      if (typeof handle !== 'object' || !('timer' in handle)) return end(handle)
      for (const timer of this.#timers) if (timer === handle.timer) this.#timers.delete(timer)
    }
    Object.assign(globalThis, { setTimeout: beginHere, clearTimeout: endHere })
    // Of the machine's time unless changed: it would wake what is left of a run before.
    AbortSignal.timeout = (ms) => {
      const limit = new AbortController()
      const abort = (): void =>
        limit.abort(new DOMException('The operation timed out', 'TimeoutError'))
      const timer = beginHere(abort, ms)
      Reflect.apply(Object(Reflect.get(timer, 'unref')) as () => void, timer, [])
      return limit.signal
    }
  }

  #changeRequests(): void {
    const { request } = http
    const never = (): http.ClientRequest => request({ createConnection: () => new Silence() })
    const changed = (...args: Parameters<typeof request>): http.ClientRequest => {
      const sent = this.#ended('request', never)
      return sent ?? request(...args)
    }
    Object.assign(http, { request: changed })
    const { lookup } = dns
    Object.assign(dns, {
      lookup: (...args: Parameters<typeof lookup>) =>
        this.#ended('lookup', () => true) ?? lookup(...args)
    })
  }

  #changeFiles(): void {
    for (const name of ['readFile', 'mkdtemp', 'rm', 'stat', 'writeFile', 'access'] as const) {
      const real: unknown = fs.promises[name]
      if (typeof real !== 'function') throw new Error(`fs.promises has no ${name}`)
      Object.assign(fs.promises, {
        [name]: (...args: readonly unknown[]): unknown =>
          this.#ended(name, () => new Promise<never>(() => undefined)) ??
          Reflect.apply(real, fs.promises, args)
      })
    }
  }
}
