import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** The files under a folder, relative to it. */
function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort()
}

/** How many bytes the files under a folder hold. */
export function sizeOf(folder: string): number {
  return filesIn(folder).reduce((sum, file) => sum + readFileSync(join(folder, file)).length, 0)
}

/** What has to change in `actual` to make it `expected`, byte by byte: a line a file. */
export function differences(expected: string, actual: string): string[] {
  const [wanted, found] = [filesIn(expected), filesIn(actual)]
  const missing = wanted.filter((file) => !found.includes(file))
  const left = found.filter((file) => !wanted.includes(file))
  const changed = wanted.filter(
    (file) =>
      found.includes(file) &&
      !readFileSync(join(expected, file)).equals(readFileSync(join(actual, file)))
  )
  return [
    ...missing.map((file) => `${file}: missing`),
    ...left.map((file) => `${file}: not built from the source`),
    ...changed.map((file) => `${file}: differs`)
  ]
}
