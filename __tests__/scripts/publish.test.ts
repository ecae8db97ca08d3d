import { expect, test } from '@jest/globals'
import { moveTags } from '../../scripts/release/move-tags.ts'
import { publish, type Gh } from '../../scripts/release/publish.ts'

const REPOSITORY = 'acme/ecs-gated-deploy'
const FACTS = { version: '1.2.3', repository: REPOSITORY, notes: '- Mended.' }
const PUBLICATION = { facts: FACTS, assets: ['r/gate.zip', 'r/checksums.txt'], notes: 'notes.md' }

interface Account {
  readonly releases?: readonly { tagName: string; isDraft: boolean }[]
  readonly tags?: Readonly<Record<string, string>>
  readonly fails?: string
}

/** GitHub as `gh` shows it: what was asked of it, reads left out. */
function account({ releases = [], tags = {}, fails }: Account): { gh: Gh; writes: string[] } {
  const writes: string[] = []
  const gh: Gh = (args) => {
    const line = args.join(' ')
    if (fails !== undefined && line.startsWith(fails)) return Promise.reject(new Error(line))
    if (line.startsWith('release list')) return Promise.resolve(JSON.stringify(releases))
    const [, prefix] = /matching-refs\/(\S+)/.exec(line) ?? []
    if (prefix !== undefined) {
      const refs = Object.entries(tags).map(([tag, sha]) => ({
        ref: `refs/tags/${tag}`,
        object: { sha }
      }))
      return Promise.resolve(
        JSON.stringify(refs.filter(({ ref }) => ref.startsWith(`refs/${prefix}`)))
      )
    }
    if (line.includes('/commits/')) return Promise.resolve('c0ffee\n')
    writes.push(line)
    return Promise.resolve('')
  }
  return { gh, writes }
}

test('a release is a draft until all assets are there', async () => {
  const { gh, writes } = account({})
  await publish(gh, PUBLICATION)
  expect(writes).toEqual([
    `release create v1.2.3 --draft --verify-tag --title v1.2.3 --notes-file notes.md --repo ${REPOSITORY}`,
    `release upload v1.2.3 r/gate.zip r/checksums.txt --repo ${REPOSITORY}`,
    `release edit v1.2.3 --draft=false --repo ${REPOSITORY}`
  ])
})

test('is never published without its assets', async () => {
  const { gh, writes } = account({ fails: 'release upload' })
  await expect(publish(gh, PUBLICATION)).rejects.toThrow('release upload')
  expect(writes).toHaveLength(1)
})

test('a draft that an earlier run has left is made anew; its tag stays', async () => {
  const { gh, writes } = account({ releases: [{ tagName: 'v1.2.3', isDraft: true }] })
  await publish(gh, PUBLICATION)
  expect(writes[0]).toBe(`release delete v1.2.3 --yes --repo ${REPOSITORY}`)
  expect(writes).toHaveLength(4)
})

test('a published release is left alone', async () => {
  const { gh, writes } = account({ releases: [{ tagName: 'v1.2.3', isDraft: false }] })
  await expect(publish(gh, PUBLICATION)).rejects.toThrow('v1.2.3 is published already')
  expect(writes).toEqual([])
})

test('a version with a dash is a pre-release', async () => {
  const { gh, writes } = account({})
  await publish(gh, { ...PUBLICATION, facts: { ...FACTS, version: '1.3.0-rc.1' } })
  expect(writes[0]).toContain(' --prerelease ')
})

const RELEASED = [{ tagName: 'v1.2.3', isDraft: false }]
const PATCH = (tag: string): string =>
  `api -X PATCH repos/${REPOSITORY}/git/refs/tags/${tag} -f sha=c0ffee -F force=true`
const POST = (tag: string): string =>
  `api -X POST repos/${REPOSITORY}/git/refs -f ref=refs/tags/${tag} -f sha=c0ffee`

test.each([
  ['are made where there are none', {}, [POST('v1'), POST('v1.2')]],
  ['are moved', { v1: 'a', 'v1.2': 'b' }, [PATCH('v1'), PATCH('v1.2')]],
  [
    'are not taken for one that begins alike',
    { v10: 'a', 'v1.20': 'b' },
    [POST('v1'), POST('v1.2')]
  ],
  ['stay where they are right', { v1: 'c0ffee', 'v1.2': 'b' }, [PATCH('v1.2')]]
])('the tags of major and minor %s', async (_, tags, expected) => {
  const { gh, writes } = account({ releases: RELEASED, tags })
  await moveTags(gh, REPOSITORY, 'v1.2.3')
  expect(writes).toEqual(expected)
})

test('are moved back by the same, which says where they stood', async () => {
  const { gh } = account({ releases: RELEASED, tags: { v1: 'later', 'v1.2': 'later' } })
  expect(await moveTags(gh, REPOSITORY, 'v1.2.3')).toEqual([
    { tag: 'v1', from: 'later', to: 'c0ffee' },
    { tag: 'v1.2', from: 'later', to: 'c0ffee' }
  ])
})

test.each([
  ['v1', 'wanted the tag of a release'],
  ['v1.2.3-rc.1', 'wanted the tag of a release'],
  ['v1.2.4', 'v1.2.4 is not a published release'],
  ['v1.1.0', 'v1.1.0 is not a published release']
])('are not moved to %s', async (to, words) => {
  const { gh, writes } = account({ releases: [...RELEASED, { tagName: 'v1.1.0', isDraft: true }] })
  await expect(moveTags(gh, REPOSITORY, to)).rejects.toThrow(words)
  expect(writes).toEqual([])
})
