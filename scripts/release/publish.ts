import type { ReleaseFacts } from './facts.ts'

/** Runs GitHub's command line `gh`. Errors: it failed; the message has what it said. */
export type Gh = (args: readonly string[]) => Promise<string>

export interface Publication {
  readonly facts: ReleaseFacts
  /** Paths of the assets. */
  readonly assets: readonly string[]
  /** Path of the file with the notes. */
  readonly notes: string
}

/**
 * Publishes a release of a tag that is there: draft, assets, then the end of the draft, because a
 * published release that is immutable takes no asset any more (docs.github.com, "Immutable
 * releases"). A draft that an earlier run has left is made anew; a published release is left alone.
 * Errors: the release is published already; those of gh.
 */
export async function publish(gh: Gh, { facts, assets, notes }: Publication): Promise<void> {
  const { version, repository } = facts
  const tag = `v${version}`
  const own = ['--repo', repository]
  const found = await releaseOf(gh, tag, repository)
  if (found === 'published') {
    throw new Error(
      `${tag} is published already, and an immutable release takes no assets: release the next version`
    )
  }
  // The tag stays: only the draft goes.
  if (found === 'draft') await gh(['release', 'delete', tag, '--yes', ...own])
  const kind = version.includes('-') ? ['--prerelease'] : []
  const titled = ['--title', tag, '--notes-file', notes]
  await gh(['release', 'create', tag, '--draft', '--verify-tag', ...titled, ...kind, ...own])
  await gh(['release', 'upload', tag, ...assets, ...own])
  await gh(['release', 'edit', tag, '--draft=false', ...own])
}

/** What there is of a release with this tag. */
export async function releaseOf(
  gh: Gh,
  tag: string,
  repository: string
): Promise<'published' | 'draft' | 'none'> {
  // `gh release view` fails for none and for anything else alike, so the list is asked.
  const query = ['--json', 'tagName,isDraft', '--limit', '1000']
  const text = await gh(['release', 'list', ...query, '--repo', repository])
  const releases = JSON.parse(text) as { tagName: string; isDraft: boolean }[]
  const found = releases.find(({ tagName }) => tagName === tag)
  if (!found) return 'none'
  return found.isDraft ? 'draft' : 'published'
}
