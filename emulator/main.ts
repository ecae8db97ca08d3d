/**
 * The emulator as a program: prints one JSON line with its endpoint and the
 * environment a client needs, and runs until it is told to stop.
 */
import { parseArgs } from 'node:util'
import { ManualClock, ScaledClock } from './clock.ts'
import { InstantRuntime } from './dataplane/instant-runtime.ts'
import { startEmulator } from './emulator.ts'
import { buildNamedWorld, WORLD_NAMES } from './named-worlds.ts'
import { parseSwitches } from './switches.ts'

const USAGE = `node emulator/main.ts [options]
  --world NAME          ${WORLD_NAMES.join(', ')}; without it an account with nothing in it
  --port N              0 (default) takes a free one
  --clock-factor N      emulated time runs N times as fast; "manual" moves only through the control API
  --switch NAME=VALUE   may be repeated (docs/switches.md)
  --no-processes        tasks and listeners exist in name only
  --exit-with-parent    also stops when standard input closes`

const { values } = parseArgs({
  options: {
    world: { type: 'string' },
    port: { type: 'string', default: '0' },
    'clock-factor': { type: 'string', default: '1' },
    switch: { type: 'string', multiple: true, default: [] },
    'no-processes': { type: 'boolean', default: false },
    'exit-with-parent': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false }
  }
})

if (values.help) console.log(USAGE)
else await run()

async function run(): Promise<void> {
  const factor = values['clock-factor']
  const emulator = await startEmulator({
    port: portNumber(values.port),
    clock: factor === 'manual' ? new ManualClock() : new ScaledClock(Number(factor)),
    switches: parseSwitches(values.switch),
    ...(values['no-processes'] && {
      runtime: (clock) => new InstantRuntime(clock),
      proxies: false
    })
  })
  const stop = (): void => {
    void emulator.close().then(() => process.exit())
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
  if (values['exit-with-parent']) process.stdin.resume().once('end', stop).once('error', stop)
  try {
    if (values.world !== undefined) await buildNamedWorld(emulator, values.world)
  } catch (error) {
    await emulator.close()
    throw error
  }
  const { endpoint, environment } = emulator
  console.log(JSON.stringify({ endpoint, environment }))
}

function portNumber(text: string): number {
  const port = Number(text)
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port
  throw new Error(`--port is a number from 0 to 65535, not "${text}"`)
}
