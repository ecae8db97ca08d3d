import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { changelogSection, isVersion, readManifest } from './facts.ts'

export interface Preparation {
  readonly version: string
  /** `OWNER/NAME`; undefined: as it is. */
  readonly repository: string | undefined
  /** Of the release, as `2026-11-30`. */
  readonly date: string
}

/**
 * Writes a release's version into package.json, its lock file, the source and the changelog, and the
 * repository into every page that names it. Returns the files that it has changed.
 * Errors: the version or repository is of another form, or there is nothing to release; nothing is
 * written then.
 */
export function prepare(root: string, { version, repository, date }: Preparation): string[] {
  const before = readManifest(root)
  if (!isVersion(version)) throw new Error(`wanted a version such as 1.2.3, found ${version}`)
  if (repository !== undefined && !/^[\w.-]+\/[\w.-]+$/.test(repository)) {
    throw new Error(`wanted a repository as OWNER/NAME, found ${repository}`)
  }
  const changelog = readFileSync(join(root, 'CHANGELOG.md'), 'utf8')
  if (!changelogSection(changelog, 'Unreleased')) {
    throw new Error('CHANGELOG.md has nothing under `## Unreleased`')
  }
  if (changelogSection(changelog, version) !== undefined) {
    throw new Error(`CHANGELOG.md has a section of ${version} already`)
  }
  const changed = new Set<string>()
  const change = (path: string, edit: (text: string) => string): void => {
    const text = readFileSync(join(root, path), 'utf8')
    const edited = edit(text)
    if (edited === text) return
    writeFileSync(join(root, path), edited)
    changed.add(path)
  }
  const own = (text: string): string =>
    text.replace(`"version": "${before.version}"`, `"version": "${version}"`)
  change('package.json', own)
  // It stands there twice, of the file and of its root package.
  change('package-lock.json', (text) => own(own(text)))
  change('src/release/version.ts', (text) =>
    text.replace(`VERSION = '${before.version}'`, `VERSION = '${version}'`)
  )
  change('CHANGELOG.md', (text) =>
    text
      .replace(' No release has been made yet.', '')
      .replace(/^## Unreleased$/m, `## Unreleased\n\n## ${version} (${date})`)
  )
  if (repository !== undefined) {
    for (const path of pages(root)) {
      change(path, (text) => withRepository(text, before.repository, repository))
    }
  }
  return [...changed].toSorted()
}

/** A text that names another repository in a repository's place, and leaves names alone that begin with it. */
export function withRepository(text: string, from: string, to: string): string {
  const name = from.replaceAll(/[.]/g, '\\.')
  return text.replaceAll(new RegExp(`(?<![\\w.-])${name}(?![\\w-])`, 'g'), to)
}

/** Everything in git that people read or copy, and what judges it. */
function pages(root: string): string[] {
  const kinds = ['*.md', '*.yml', '*.yaml', '*.json']
  const listed = execFileSync('git', ['ls-files', '-z', ...kinds], { cwd: root, encoding: 'utf8' })
  return listed.split('\0').filter((path) => path !== '' && !/^(?:dist|__tests__)\//.test(path))
}
