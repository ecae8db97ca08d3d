// What a release consists of besides its tag: files by name, the same bytes from the same source.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { sbomOf } from './sbom.ts'
import { zipOf } from './zip.ts'

export type Assets = ReadonlyMap<string, Buffer>

/** What stands in gate.zip: one folder a function. */
export const FUNCTIONS = [
  'request',
  'callback',
  'sweep',
  'watchdog',
  'mover',
  'verify',
  'observe'
] as const

export const CHECKSUMS = 'checksums.txt'

/**
 * The assets of a checkout whose `dist/` is in a folder: the functions' code and the command `gate`,
 * the templates of `infra/`, the JSON Schemas of `docs/`, the bill of materials, and the checksums of
 * all of these, in the form that `sha256sum --check` takes.
 */
export function assetsOf(root: string, dist: string): Assets {
  const gate = join(dist, 'gate')
  const files = new Map<string, Buffer>()
  const functions = FUNCTIONS.map((name) => ({ path: join(gate, name), name }))
  files.set('gate.zip', zipOf(functions))
  files.set('gate-cli.zip', zipOf([{ path: join(gate, 'cli'), name: 'gate-cli' }]))
  const terraform = join(root, 'infra/terraform')
  if (existsSync(terraform)) {
    files.set('terraform.zip', zipOf([{ path: terraform, name: 'terraform' }]))
  }
  const take = (folder: string, suffix: string): void => {
    const names = readdirSync(join(root, folder)).filter((name) => name.endsWith(suffix))
    for (const name of names.toSorted()) {
      files.set(basename(name), readFileSync(join(root, folder, name)))
    }
  }
  take('infra', '.yaml')
  take('docs', '.schema.json')
  files.set('sbom.cdx.json', Buffer.from(sbomOf(root, 'ecs-gated-deploy')))
  files.set(CHECKSUMS, Buffer.from(checksumsOf(files)))
  return files
}

function checksumsOf(files: Assets): string {
  return [...files]
    .map(([name, bytes]) => `${createHash('sha256').update(bytes).digest('hex')}  ${name}\n`)
    .toSorted((a, b) => (a.slice(66) < b.slice(66) ? -1 : 1))
    .join('')
}

/** What differs between two builds of the same source, a line an asset. */
export function assetDifferences(one: Assets, other: Assets): string[] {
  const names = [...new Set([...one.keys(), ...other.keys()])].toSorted()
  return names.flatMap((name) => {
    const [a, b] = [one.get(name), other.get(name)]
    if (!a || !b) return [`${name}: built only once of two times`]
    return a.equals(b) ? [] : [`${name}: the two builds differ`]
  })
}

/** Writes them into a folder of their own, anew. */
export function writeAssets(folder: string, assets: Assets): void {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  for (const [name, bytes] of assets) writeFileSync(join(folder, name), bytes)
}
