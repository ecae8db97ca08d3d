import { describe, expect, it } from '@jest/globals'
import { faulty, GROUP, run } from './stage.ts'

describe('a service or cluster that does not exist', () => {
  it('a service: the close name, and where it was looked for', async () => {
    const { ending } = await run({ inputs: { ...GROUP, service: 'ordrs' } })
    expect(ending.outcome).toBe('refused')
    expect(ending.problems.join('\n')).toContain(
      'service "ordrs" in cluster "shop": MISSING (arn:aws:ecs:eu-central-1:123456789012:service/shop/ordrs); did you mean "orders"? The cluster has it'
    )
  })

  it('a service with no close name: those that the cluster has', async () => {
    const { ending } = await run({ inputs: { ...GROUP, service: 'checkout' } })
    expect(ending.problems.join('\n')).toContain(
      'the cluster has the services orders; check the inputs cluster and service, the region (aws-region), and the account of the credentials'
    )
  })

  it('a cluster', async () => {
    const { ending } = await run({ inputs: { ...GROUP, cluster: 'shp' } })
    expect(ending.outcome).toBe('refused')
    expect(ending.problems.join('\n')).toContain(
      'cluster "shp": ClusterNotFoundException: Cluster not found; did you mean "shop"? The account has it in this region'
    )
  })

  it.each(['ecs:ListServices', 'ecs:ListClusters'])(
    'without %s: what is to be checked',
    async (operation) => {
      const wrong = operation === 'ecs:ListServices' ? { service: 'ordrs' } : { cluster: 'shp' }
      const { ending } = await run({
        inputs: { ...GROUP, ...wrong },
        prepare: faulty(operation, { kind: 'denied' })
      })
      expect(ending.outcome).toBe('refused')
      const problems = ending.problems.join('\n')
      expect(problems).toContain('check the inputs cluster and service, the region (aws-region)')
      expect(problems).not.toContain('did you mean')
    }
  )
})
