// The licences of what the bundle contains, as they ask for it.
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** The part of webpack's statistics that names modules; a concatenated one holds others. */
export interface Module {
  readonly name?: string
  readonly modules?: readonly Module[]
}

/** Folders, such as `node_modules/yaml`, of the packages that these modules come from, in order. */
export function packageFolders(modules: readonly Module[]): string[] {
  const found = new Set<string>()
  const visit = ({ name = '', modules: inner = [] }: Module): void => {
    const folder = /^.*\bnode_modules\/(?:@[^/]+\/)?[^/ ]+(?=\/)/.exec(name.replace(/^\.\//, ''))
    if (folder) found.add(folder[0])
    inner.forEach(visit)
  }
  modules.forEach(visit)
  return [...found].sort()
}

/** One text for all packages below `root`; a licence text that several share stands there once. */
export function licenseText(root: string, folders: readonly string[]): string {
  const namesByText = new Map<string, string[]>()
  for (const folder of folders) {
    const { name, text } = licenseOf(join(root, folder))
    namesByText.set(text, [...(namesByText.get(text) ?? []), name])
  }
  return [...namesByText].map(([text, names]) => `${names.join('\n')}\n\n${text}\n`).join('\n\n')
}

function licenseOf(folder: string): { name: string; text: string } {
  const manifest = readFileSync(join(folder, 'package.json'), 'utf8')
  const { name, version, license } = JSON.parse(manifest) as Record<string, unknown>
  if (typeof name !== 'string' || typeof version !== 'string' || typeof license !== 'string') {
    throw new Error(`${folder}/package.json does not say what it is and how it is licensed`)
  }
  const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each))
  const text = file === undefined ? license : readFileSync(join(folder, file), 'utf8').trim()
  return { name: `${name} ${version} (${license})`, text }
}
