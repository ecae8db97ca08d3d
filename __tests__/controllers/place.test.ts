import { describe, expect, it } from '@jest/globals'
import { GROUP, run, verdictOf } from '../flow/stage.ts'

/** Of the emulated account: 123456789012, eu-central-1. */
const arn = (account: string, region: string, partition = 'aws') =>
  `arn:${partition}:ecs:${region}:${account}:service/shop/orders`
const BY_ARN = { cluster: '', 'wait-for': 'started' }

describe('the ARN of a service', () => {
  it('says in which cluster it is', async () => {
    const { ending, draft } = await run({
      inputs: { ...BY_ARN, service: arn('123456789012', 'eu-central-1') }
    })
    expect(ending.outcome).toBe('started')
    expect(draft.where).toMatchObject({ cluster: 'shop', service: 'orders' })
  })

  it('of another region is refused before AWS is asked', async () => {
    const { ending, emulator } = await run({
      inputs: { ...BY_ARN, service: arn('123456789012', 'us-east-1') }
    })
    expect(ending.outcome).toBe('refused')
    expect(ending.problems).toEqual([
      expect.stringMatching(/^`service` is in us-east-1 by its ARN .*calls go to eu-central-1/)
    ])
    expect(emulator.calls.count()).toBe(0)
  })

  it.each([
    [
      'account',
      arn('999999999999', 'eu-central-1'),
      /account 999999999999 .*:123456789012:service/
    ],
    ['partition', arn('123456789012', 'eu-central-1', 'aws-cn'), /partition aws-cn .*arn:aws:ecs/]
  ])(
    'of another %s is refused, though a service of that name is here',
    async (_, service, message) => {
      const release = await run({ inputs: { ...BY_ARN, service } })
      expect(release.ending.outcome).toBe('refused')
      expect(verdictOf(release, 'service')).toMatch(/^NG: `service` names the /)
      expect(verdictOf(release, 'service')).toMatch(message)
      expect(release.emulator.calls.writes()).toEqual([])
    }
  )

  it('and that is said where there is none of that name', async () => {
    const nobody = arn('999999999999', 'eu-central-1').replace('orders', 'nobody')
    const { ending } = await run({ inputs: { ...BY_ARN, ...GROUP, service: nobody } })
    expect(ending.problems.join()).toMatch(
      /"nobody" in cluster "shop": MISSING \(arn:aws:ecs:eu-central-1:123456789012:/
    )
  })
})

it('the ARN of a cluster says where it is, too', async () => {
  const cluster = 'arn:aws:ecs:eu-central-1:999999999999:cluster/shop'
  const release = await run({ inputs: { 'wait-for': 'started', cluster } })
  expect(verdictOf(release, 'service')).toMatch(/^NG: `cluster` names the account 999999999999/)
})
