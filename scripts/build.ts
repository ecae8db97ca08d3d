// Builds the action from src/:
//   node scripts/build.ts [folder]      (default: dist)
// The same source gives the same bytes, wherever the checkout is.
import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Throws where the bundler fails; it has then said why. */
export function build(folder: string): void {
  rmSync(folder, { recursive: true, force: true })
  const ncc = ['node_modules/@vercel/ncc/dist/ncc/cli.js', 'build', 'src/index.ts']
  const options = ['--minify', '--quiet', '--no-cache', '--target', 'es2022']
  const output = ['--license', 'licenses.txt', '--out', folder]
  const { status } = spawnSync(process.execPath, [...ncc, ...options, ...output], {
    cwd: root,
    stdio: 'inherit'
  })
  if (status !== 0) throw new Error('ncc failed')
}

if (import.meta.main) build(process.argv[2] ?? 'dist')
