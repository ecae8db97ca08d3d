// Builds the action and the gate's functions from src/:
//   node scripts/build.ts [folder]      (default: dist)
// The same source gives the same bytes, wherever the checkout is.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { bundle } from './bundle.ts'
import { bundleFunction } from './bundle-function.ts'

/** What `dist/gate/` holds: Lambda functions, each exporting `handler`, and a command. */
export const GATE_BUNDLES = [
  'request',
  'callback',
  'sweep',
  'watchdog',
  'mover',
  'verify',
  'observe',
  'cli'
] as const

/** Throws where the bundler fails; it has then said why. */
export async function build(folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true })
  await bundle('src/index.ts', folder)
  const gate = join(folder, 'gate')
  for (const name of GATE_BUNDLES) {
    await bundleFunction(`src/gate/entries/${name}.ts`, join(gate, name))
  }
}

if (import.meta.main) await build(process.argv[2] ?? 'dist')
