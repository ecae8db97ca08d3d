// Builds the action and the gate's functions from src/:
//   node scripts/build.ts [folder]      (default: dist)
// The same source gives the same bytes, wherever the checkout is.
import { rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { bundle } from './bundle.ts'

/** What `dist/gate/` holds: Lambda functions, each exporting `handler`, and a command. */
export const GATE_BUNDLES = [
  'request',
  'callback',
  'sweep',
  'watchdog',
  'verify',
  'observe',
  'ledger'
] as const

/** One ncc keeps more than a core busy, and other checks run beside it. */
const AT_ONCE = Math.ceil(availableParallelism() / 2)

/** Throws where the bundler fails; it has then said why. */
export async function build(folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true })
  await bundle('src/index.ts', folder)
  const gate = join(folder, 'gate')
  const waiting = [...GATE_BUNDLES]
  const work = async (): Promise<void> => {
    for (let name = waiting.shift(); name; name = waiting.shift()) {
      await bundle(`src/gate/entries/${name}.ts`, join(gate, name))
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
}

if (import.meta.main) await build(process.argv[2] ?? 'dist')
