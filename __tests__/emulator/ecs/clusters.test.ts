import { afterEach, expect, it } from '@jest/globals'
import { caller, virtualAccount } from './account.ts'
import type { Account } from './account.ts'

let account: Account
afterEach(async () => account.close())

const SETTINGS = [{ name: 'containerInsights', value: 'enhanced' }] as const
const TAGS = [{ key: 'team', value: 'shop' }]

it('a cluster shows settings and tags to those who ask for them', () => {
  account = virtualAccount()
  const { CreateCluster, DescribeClusters, ListTagsForResource } = account.ecs.operations
  const given = { clusterName: 'shop', settings: [...SETTINGS], tags: TAGS }
  const { cluster } = CreateCluster(given, undefined, caller)
  expect(cluster).toMatchObject({ settings: SETTINGS, tags: TAGS })
  const shown = (include?: ('SETTINGS' | 'TAGS')[]) =>
    DescribeClusters({ clusters: ['shop'], include }, undefined, caller).clusters?.[0]
  expect(shown()).toMatchObject({ clusterName: 'shop', settings: [], tags: [] })
  expect(shown(['SETTINGS'])).toMatchObject({ settings: SETTINGS, tags: [] })
  expect(shown(['TAGS'])).toMatchObject({ settings: [], tags: TAGS })
  expect(ListTagsForResource({ resourceArn: cluster?.clusterArn }, undefined, caller).tags).toEqual(
    TAGS
  )
})

it('creating it again answers with it, and drops no setting without a word', () => {
  account = virtualAccount()
  const { CreateCluster } = account.ecs.operations
  const again = (given: object) => () =>
    CreateCluster({ clusterName: 'default', ...given }, undefined, caller)
  expect(again({})().cluster?.clusterName).toBe('default')
  expect(again({ tags: TAGS })).toThrow(
    'ecs:CreateCluster: not emulated: settings or tags of the cluster default, which exists'
  )
})
