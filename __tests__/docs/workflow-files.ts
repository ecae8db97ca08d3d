import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../../runner/environment.ts'

/** Paths in the checkout of what has that name, in the folder or below it. */
export function filesIn(folder: string, name: RegExp): readonly string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => name.test(file))
    .map((file) => join(folder, file))
}

export function textOf(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8')
}

/** Every workflow in the checkout. */
export const WORKFLOWS = ['.github/workflows', 'examples/workflows'].flatMap((folder) =>
  filesIn(folder, /\.ya?ml$/)
)
