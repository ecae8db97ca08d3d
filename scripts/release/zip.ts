import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { zipSync, type ZipAttributes, type Zippable } from 'fflate'

/**
 * The first moment that a zip can write down. fflate reads it in the local time zone, and it is made
 * in the local one, so every machine writes the same.
 */
const ALWAYS = (): Date => new Date(1980, 0, 1)
const UNIX = 3
/** A regular file that everybody may read: Lambda runs as a user of its own. */
const READABLE = 0o100644 << 16

/**
 * A zip of these folders, each with its name, in the order of the paths. The same files give the
 * same bytes, whenever and wherever.
 */
export function zipOf(
  folders: readonly { readonly path: string; readonly name: string }[]
): Buffer {
  const files: Zippable = {}
  for (const { path, name } of folders.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    for (const file of filesIn(path)) {
      const inside = relative(path, file).split(sep).join('/')
      files[name === '' ? inside : `${name}/${inside}`] = [readFileSync(file), attributes()]
    }
  }
  return Buffer.from(zipSync(files, { level: 9 }))
}

function attributes(): ZipAttributes {
  return { mtime: ALWAYS(), os: UNIX, attrs: READABLE }
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
}
