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

export interface Snippet {
  /** File and line. */
  readonly where: string
  readonly yaml: string
}

/** Every YAML block of the pages that people copy from. */
export const SNIPPETS: readonly Snippet[] = [
  'README.md',
  'README.ko.md',
  ...filesIn('docs', /\.md$/)
]
  .map((file) => ({ file, page: textOf(file) }))
  .flatMap(({ file, page }) =>
    [...page.matchAll(/^```ya?ml\n([\s\S]*?)^```$/gm)].map(({ index, 1: yaml = '' }) => ({
      where: `${file}:${page.slice(0, index).split('\n').length + 1}`,
      yaml
    }))
  )

/** Those that are whole workflows. */
export const WHOLE_SNIPPETS = SNIPPETS.filter(({ yaml }) => /^jobs:/m.test(yaml))

/** Every workflow in the checkout. */
export const WORKFLOWS = ['.github/workflows', 'examples/workflows'].flatMap((folder) =>
  filesIn(folder, /\.ya?ml$/)
)
