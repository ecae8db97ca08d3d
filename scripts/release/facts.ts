// What a release is called, and whether the checkout says so everywhere.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface ReleaseFacts {
  readonly version: string
  /** `OWNER/NAME`, the only place being package.json. */
  readonly repository: string
  /** The section of the changelog, without its heading. */
  readonly notes: string
}

/** The owner that stands in the pages until a release is made. */
export const PLACEHOLDER_OWNER = 'org'

const VERSION = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z.-]+)?$/

/** The version that a tag such as `v1.2.3` names; undefined if it is of another form. */
export function versionOfTag(tag: string): string | undefined {
  const version = tag.startsWith('v') ? tag.slice(1) : ''
  return VERSION.test(version) ? version : undefined
}

export function isVersion(version: string): boolean {
  return VERSION.test(version)
}

/** The text under the heading `## VERSION (DATE)`, or `## Unreleased`; undefined if there is none. */
export function changelogSection(changelog: string, name: string): string | undefined {
  const parts = changelog.split(/^## /m).slice(1)
  const own = parts.find((part) => headingOf(part) === name)
  return own?.slice(own.indexOf('\n') + 1).trim()
}

function headingOf(part: string): string {
  const [line = ''] = part.split('\n', 1)
  return line.replace(/ \(\d{4}-\d{2}-\d{2}\)$/, '')
}

interface Manifest {
  readonly version: string
  readonly repository: string
}

export function readManifest(root: string): Manifest {
  const text = readFileSync(join(root, 'package.json'), 'utf8')
  const { version, repository } = JSON.parse(text) as Record<string, unknown>
  const [, name] = /^github:([\w.-]+\/[\w.-]+)$/.exec(String(repository)) ?? []
  if (typeof version !== 'string' || name === undefined) {
    throw new Error('package.json: wanted `version`, and `repository` as github:OWNER/NAME')
  }
  return { version, repository: name }
}

export interface Asked {
  /** Undefined: none yet, so what is missing for a release is said and is no problem. */
  readonly tag: string | undefined
  /** `OWNER/NAME` of where this runs; undefined outside GitHub. */
  readonly runsIn: string | undefined
}

/**
 * What is to be released of a checkout, and everything that speaks against it. `open` is what
 * `prepare` will see to; with a tag it is a problem.
 */
export function readFacts(
  root: string,
  { tag, runsIn }: Asked
): { facts: ReleaseFacts; problems: string[]; open: string[] } {
  const { version, repository } = readManifest(root)
  const problems: string[] = []
  const open: string[] = []
  const changelog = readFileSync(join(root, 'CHANGELOG.md'), 'utf8')
  if (!isVersion(version)) problems.push(`package.json: ${version} is no version such as 1.2.3`)
  if (tag !== undefined && versionOfTag(tag) !== version) {
    problems.push(
      `the tag is ${tag}, package.json says ${version}: tag the commit that \`prepare\` was committed in, as v${version}`
    )
  }
  const source = readFileSync(join(root, 'src/release/version.ts'), 'utf8')
  if (!source.includes(`VERSION = '${version}'`)) {
    problems.push(`src/release/version.ts does not say ${version}; \`prepare\` writes both`)
  }
  const own = changelogSection(changelog, version)
  const missing = tag === undefined ? open : problems
  if (own === undefined) missing.push(`CHANGELOG.md has no section \`## ${version} (DATE)\``)
  else if (own === '') missing.push(`CHANGELOG.md says nothing under ${version}`)
  if (repository.startsWith(`${PLACEHOLDER_OWNER}/`)) {
    missing.push(`package.json: \`repository\` is still ${repository}, a placeholder`)
  }
  if (runsIn !== undefined && tag !== undefined && runsIn !== repository) {
    problems.push(`this is ${runsIn}, package.json and the pages say ${repository}`)
  }
  const notes = own || (changelogSection(changelog, 'Unreleased') ?? '')
  return { facts: { version, repository, notes }, problems, open }
}
