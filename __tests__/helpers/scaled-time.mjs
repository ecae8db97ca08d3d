// Lets time run faster for tests that would only wait: in the test, in every process that it starts,
// and in theirs. A scale is "FACTOR ORIGIN": the clock showed ORIGIN (milliseconds since the epoch)
// when it began to run FACTOR times as fast. The origin is one for all processes, so their clocks agree.
// What Node times by itself is not scaled: sockets, HTTP servers and DNS.

const SCALE = Symbol.for('scaled-time')

/**
 * Makes `globals` (of a process, or of the context of a suite) tell scaled time. Node's modules are
 * shared by all suites of a process, so they are scaled once, and the first scale holds for all.
 */
export function scaleTime(globals, wanted) {
  const timers = process.getBuiltinModule('node:timers')
  const scale = timers[SCALE] ?? wanted
  const [factor, origin] = scale.split(' ').map(Number)
  if (!(factor >= 1) || !(origin > 0)) throw new Error(`no scale of time: "${scale}"`)
  scaleGlobals(globals, factor, origin)
  if (timers[SCALE] !== undefined) return
  timers[SCALE] = scale
  scalePerformance(factor, origin)
  scaleTimers(timers, factor)
  scaleDateOfAnswers(globals.Date)
  handOn(scale)
  process.getBuiltinModule('node:module').syncBuiltinESMExports()
}

function scaleGlobals(globals, factor, origin) {
  const { Date: RealDate, AbortSignal } = globals
  const now = () => Math.floor(origin + (RealDate.now() - origin) * factor)
  globals.Date = new Proxy(RealDate, {
    get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
    construct: (target, given, newTarget) =>
      Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget),
    apply: () => new RealDate(now()).toString()
  })
  const { setTimeout, setInterval } = globals
  globals.setTimeout = scaledTimer(setTimeout, factor)
  globals.setInterval = scaledTimer(setInterval, factor)
  const timeout = AbortSignal.timeout.bind(AbortSignal)
  // It takes whole milliseconds only.
  AbortSignal.timeout = (ms) => timeout(Math.ceil(ms / factor))
}

function scaledTimer(timer, factor) {
  const scaled = (callback, ms, ...rest) => timer(callback, ms / factor, ...rest)
  const { custom } = process.getBuiltinModule('node:util').promisify
  const { setTimeout } = process.getBuiltinModule('node:timers/promises')
  // The module's own function is scaled by the time that it is called.
  scaled[custom] = (...given) => setTimeout(...given)
  return scaled
}

function scalePerformance(factor, origin) {
  const { performance } = process.getBuiltinModule('node:perf_hooks')
  const now = performance.now.bind(performance)
  const startedAt = origin + (performance.timeOrigin - origin) * factor
  Object.defineProperty(performance, 'now', { value: () => now() * factor, configurable: true })
  Object.defineProperty(performance, 'timeOrigin', { value: startedAt, configurable: true })
  const { bigint } = process.hrtime
  process.hrtime.bigint = () => (bigint() * BigInt(Math.round(factor * 1000))) / 1000n
}

function scaleTimers(timers, factor) {
  const { promises } = timers
  for (const name of ['setTimeout', 'setInterval']) {
    const [later, promised] = [timers[name], promises[name]]
    timers[name] = scaledTimer(later, factor)
    promises[name] = (ms, ...rest) => promised(ms / factor, ...rest)
  }
}

/** A client of AWS compares the `Date` of an answer with its own clock, so servers tell scaled time too. */
function scaleDateOfAnswers(ScaledDate) {
  const { prototype } = process.getBuiltinModule('node:http').ServerResponse
  const { writeHead } = prototype
  prototype.writeHead = function (...given) {
    if (!this.hasHeader('date')) this.setHeader('Date', new ScaledDate().toUTCString())
    return writeHead.apply(this, given)
  }
}

/** Gives the scale to each process that this one starts, whatever environment it starts it with. */
function handOn(scale) {
  const processes = process.getBuiltinModule('node:child_process')
  const preload = `--import=${new URL('scaled-time-of-processes.mjs', import.meta.url).href}`
  for (const name of ['spawn', 'fork', 'execFile', 'spawnSync', 'execFileSync']) {
    const start = processes[name]
    processes[name] = (command, ...given) => {
      const at = given.findIndex((each) => typeof each === 'object' && !Array.isArray(each))
      const options = at < 0 ? {} : given[at]
      const env = options.env ?? process.env
      const others = (env.NODE_OPTIONS ?? '').replace(preload, '')
      const scaled = {
        ...options,
        env: { ...env, NODE_OPTIONS: `${others} ${preload}`.trim(), TIME_SCALE: scale }
      }
      if (at < 0) given.splice(Array.isArray(given[0]) ? 1 : 0, 0, scaled)
      else given[at] = scaled
      return start(command, ...given)
    }
    Object.assign(processes[name], start)
  }
}
