import { describe, expect, it } from '@jest/globals'
import type { RunningContainer } from '../../../src/controllers/gate-plane.ts'
import { compareGreen } from '../../../src/gate/decide/green-now.ts'
import type { ImageFacts } from '../../../src/ledger/gate-facts.ts'

const A = `sha256:${'a'.repeat(64)}`
const B = `sha256:${'b'.repeat(64)}`
const shown = (digest: string | undefined, container = 'app', after = 'shop:2'): ImageFacts => ({
  container,
  before: 'shop:1',
  after,
  digest
})
const runs = (digest: string | undefined, container = 'app'): RunningContainer => ({
  container,
  digest
})

describe('what green runs at the click is as it was shown', () => {
  it.each<[string, ImageFacts[], RunningContainer[]]>([
    ['if the digest is the same', [shown(A)], [runs(A)]],
    ['if the same digests differ among the tasks', [shown(A), shown(B)], [runs(B), runs(A)]],
    ['if AWS has never said a digest', [shown(undefined)], [runs(undefined)]],
    [
      'if AWS says no digest of an image that is pinned',
      [shown(A, 'app', `shop@${A}`)],
      [runs(undefined)]
    ],
    ['whatever AWS adds to the tasks', [shown(A)], [runs(A), runs(B, 'ecs-service-connect-x')]],
    ['if neither was anything shown nor does AWS say it now', [], [runs(undefined)]]
  ])('%s', (_, before, now) => {
    expect(compareGreen(before, now)).toEqual({ is: 'as-shown' })
  })
})

describe('what green runs at the click has changed', () => {
  it.each<[string, ImageFacts[], RunningContainer[], ImageFacts[]]>([
    ['if every task runs another', [shown(A)], [runs(B)], [shown(B)]],
    ['if one of the tasks does', [shown(A)], [runs(A), runs(B)], [shown(A), shown(B)]],
    ['if one of two is left', [shown(A), shown(B)], [runs(B)], [shown(B)]],
    [
      'if one of several containers does',
      [shown(A), shown(A, 'log')],
      [runs(A), runs(B, 'log')],
      [shown(A), shown(B, 'log')]
    ],
    ['if it was not known and is now', [shown(undefined)], [runs(A)], [shown(A)]],
    [
      'if nothing was shown',
      [],
      [runs(A), runs(A, 'log')],
      [
        { container: 'app', before: undefined, after: 'not known', digest: A },
        { container: 'log', before: undefined, after: 'not known', digest: A }
      ]
    ]
  ])('%s', (_, before, now, images) => {
    expect(compareGreen(before, now)).toEqual({ is: 'changed', images })
  })
})

describe('what green runs at the click is not known', () => {
  it.each<[string, ImageFacts[], RunningContainer[]]>([
    ['while it runs no task', [shown(A)], []],
    ['while a task starts that does not say its image', [shown(A)], [runs(A), runs(undefined)]],
    ['while one of its containers is in no task', [shown(A), shown(B, 'log')], [runs(A)]]
  ])('%s', (_, before, now) => {
    expect(compareGreen(before, now)).toMatchObject({ is: 'unread' })
  })
})
