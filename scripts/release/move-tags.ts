import { versionOfTag } from './facts.ts'
import { releaseOf, type Gh } from './publish.ts'

export interface Moved {
  readonly tag: string
  /** The commit that it stood at; undefined if there was no such tag. */
  readonly from: string | undefined
  readonly to: string
}

/**
 * Lets the tags of the major and of the minor version (`v1`, `v1.2`) stand at a release (`v1.2.3`),
 * forwards or back. They are plain tags: a release would lock them. Asks before it writes anything.
 * Errors: the version is of another form, or not released; those of gh.
 */
export async function moveTags(gh: Gh, repository: string, to: string): Promise<Moved[]> {
  const version = versionOfTag(to)
  if (version === undefined || version.includes('-')) {
    throw new Error(`wanted the tag of a release such as v1.2.3, found ${to}`)
  }
  if ((await releaseOf(gh, to, repository)) !== 'published') {
    throw new Error(`${to} is not a published release of ${repository}; nothing was moved`)
  }
  const [major = '', minor = ''] = version.split('.')
  const api = `repos/${repository}`
  // An annotated tag has an object of its own; this is the commit's.
  const sha = (await gh(['api', `${api}/commits/${to}`, '--jq', '.sha'])).trim()
  const moves: Moved[] = []
  for (const tag of [`v${major}`, `v${major}.${minor}`]) {
    moves.push({ tag, from: await commitOf(tag), to: sha })
  }
  for (const { tag, from } of moves) {
    if (from === sha) continue
    const value = ['-f', `sha=${sha}`]
    // docs.github.com/rest/git/refs: update a reference, create a reference.
    await (from === undefined
      ? gh(['api', '-X', 'POST', `${api}/git/refs`, '-f', `ref=refs/tags/${tag}`, ...value])
      : gh(['api', '-X', 'PATCH', `${api}/git/refs/tags/${tag}`, ...value, '-F', 'force=true']))
  }
  return moves

  /** The list is of all references that begin so: v1 is the beginning of v1.2 and of v10. */
  async function commitOf(tag: string): Promise<string | undefined> {
    const text = await gh(['api', `${api}/git/matching-refs/tags/${tag}`])
    const refs = JSON.parse(text) as { ref: string; object: { sha: string } }[]
    return refs.find(({ ref }) => ref === `refs/tags/${tag}`)?.object.sha
  }
}
