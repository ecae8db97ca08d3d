import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { minifySync } from 'oxc-minify'
import { eagerModules } from './eager-modules.ts'
import { licenseText, packageFolders, type Module } from './licenses.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/**
 * Bundles the action with ncc, then minifies every chunk with oxc: ncc's own
 * minification leaves the lazily loaded ones alone and keeps dead code.
 * Then hints to V8 what to parse at once.
 * Throws if the bundler fails, which has then said why, or if a chunk cannot be minified.
 */
export async function bundle(entry: string, folder: string): Promise<void> {
  const ncc = ['node_modules/@vercel/ncc/dist/ncc/cli.js', 'build', entry]
  const options = ['--quiet', '--no-cache', '--transpile-only', '--target', 'es2022']
  const statistics = join(mkdtempSync(join(tmpdir(), 'build-')), 'modules.json')
  await run([...ncc, ...options, '--stats-out', statistics, '--out', folder])
  for (const name of readdirSync(folder).filter((each) => each.endsWith('.js'))) {
    const path = join(folder, name)
    const { code, errors } = minifySync(name, readFileSync(path, 'utf8'), {
      module: true,
      compress: { target: 'es2022' },
      mangle: { toplevel: true }
    })
    if (errors.length > 0)
      throw new Error(`${name}: ${errors.map(({ message }) => message).join()}`)
    writeFileSync(path, eagerModules(code))
  }
  const { modules } = JSON.parse(readFileSync(statistics, 'utf8')) as { modules: Module[] }
  writeFileSync(join(folder, 'licenses.txt'), licenseText(root, packageFolders(modules)))
  rmSync(dirname(statistics), { recursive: true })
}

function run(command: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, command, {
    cwd: root,
    stdio: 'inherit',
    // Where tsconfig-paths, which ncc resolves modules with, looks for `paths`.
    env: { ...process.env, TS_NODE_PROJECT: join(root, 'build/bundle-paths.json') }
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code) => {
      if (code === 0) resolve()
      else reject(new Error(`ncc failed on ${String(command[2])}`))
    })
  })
}
