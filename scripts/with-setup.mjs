// Sets the checkout up and runs Node 24 on what it is given:
//   node scripts/with-setup.mjs [node option...] script [argument...]
// It is what a fresh clone starts with: plain JavaScript, without a package, on Node 20 or later.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const OLDEST = 20
/** What the action itself runs on (action.yml, `runs.using`). */
const WANTED = 24

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const modules = join(root, 'node_modules')

function main() {
  // Until the task says how it has ended.
  process.exitCode = 1
  const version = process.versions.node
  if (majorOf(version) < OLDEST) {
    end(`Node ${OLDEST} or later is needed; this is ${version} (${process.execPath}).`)
  }
  if (!isInstalled()) install()
  run(nodeForTasks())
}

/** Whether node_modules holds what package-lock.json locks. npm writes down there what it has installed. */
function isInstalled() {
  const installed = packagesIn(join(modules, '.package-lock.json'))
  if (installed === undefined) return false
  const locked = packagesIn(join(root, 'package-lock.json')) ?? {}
  const same = (path) =>
    locked[path]?.version === installed[path]?.version &&
    locked[path]?.integrity === installed[path]?.integrity
  // An optional package is left out where it does not fit the platform.
  const complete = Object.entries(locked).every(
    ([path, { optional }]) => path === '' || same(path) || (optional && !(path in installed))
  )
  return complete && Object.keys(installed).every((path) => path in locked)
}

function packagesIn(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages
  } catch {
    return undefined
  }
}

function install() {
  console.error('Installing the locked dependencies (npm ci) ...')
  // npm must not run on the Node that it is about to replace.
  const path = paths().filter((folder) => !folder.startsWith(modules))
  const { status, error } = spawnSync('npm', ['ci', '--loglevel=error'], {
    cwd: root,
    // Its output is not the task's: `--json` and the like stay readable.
    stdio: ['ignore', 2, 2],
    env: withPath(path),
    shell: process.platform === 'win32'
  })
  if (status !== 0) end(`npm ci failed${error ? `: ${error.message}` : ''}. Nothing was run.`)
}

function nodeForTasks() {
  if (majorOf(process.versions.node) >= WANTED) return process.execPath
  const candidates = readdirSync(modules)
    .filter((name) => /^node-[a-z]+-[a-z0-9]+$/.test(name))
    .map((name) => join(modules, name, 'bin', 'node'))
    .filter((path) => existsSync(path))
  // It may be there and not run, for example where the C library is another one.
  const found = candidates.find((path) => {
    const { status, stdout } = spawnSync(path, ['--version'], { encoding: 'utf8' })
    return status === 0 && majorOf(stdout.trim().slice(1)) >= WANTED
  })
  return (
    found ??
    end(
      `Node ${WANTED} is needed to go on. It comes with the dependencies on Linux (x64 and arm64, glibc);\n` +
        `on this machine (${process.platform} ${process.arch}, Node ${process.versions.node}) please install it and run this again.`
    )
  )
}

function run(node) {
  const path = [dirname(node), join(modules, '.bin'), ...paths()]
  const child = spawn(node, process.argv.slice(2), {
    stdio: 'inherit',
    env: withPath([...new Set(path)])
  })
  // A terminal's Ctrl-C reaches the task by itself, as it reaches everything in the foreground.
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'))
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => end(`${node} could not be started: ${error.message}`))
  child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]))
}

function majorOf(version) {
  return Number(version.split('.')[0])
}

function paths() {
  return (process.env.PATH ?? '').split(delimiter)
}

function withPath(folders) {
  return { ...process.env, PATH: folders.join(delimiter) }
}

function end(message) {
  console.error(message)
  process.exit(1)
}

main()
