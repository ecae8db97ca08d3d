import { describe, expect, it } from '@jest/globals'
import { withEmptyValues } from '../../src/taskdef/empty-values.ts'

const task = (environment: unknown, more: object = {}) => ({
  family: 'web',
  containerDefinitions: [{ name: 'app', image: 'app:1', environment }, 'no container'],
  ...more
})

const ONE = [{ name: 'A', value: '1' }]

describe('withEmptyValues', () => {
  it('keeps a variable without a value, absent or null, as an empty one, and names it', () => {
    const given = task([{ name: 'A' }, { name: 'B', value: null }, { name: 'C', value: '3' }])
    expect(withEmptyValues(given)).toEqual({
      taskDefinition: task([
        { name: 'A', value: '' },
        { name: 'B', value: '' },
        { name: 'C', value: '3' }
      ]),
      filled: ['container "app": A', 'container "app": B'],
      leftOut: []
    })
  })

  it('does so for the properties of a proxy, which the official action keeps too', () => {
    const proxy = (value?: string) => ({
      proxyConfiguration: {
        type: 'APPMESH',
        containerName: 'envoy',
        properties: [{ name: 'EgressIgnoredIPs', ...(value !== undefined && { value }) }]
      }
    })
    expect(withEmptyValues(task(ONE, proxy()))).toEqual({
      taskDefinition: task(ONE, proxy('')),
      filled: ['proxyConfiguration: EgressIgnoredIPs'],
      leftOut: []
    })
  })

  it.each([
    ['nothing to fill', task([{ name: 'A', value: '' }])],
    ['an environment that is no list', task({ A: '1' })],
    ['an environment of texts', task(['A=1'])],
    ['no environment', { family: 'web', containerDefinitions: [{ name: 'app', image: 'app:1' }] }],
    ['no containers', { family: 'web' }],
    ['a proxy without properties', task(ONE, { proxyConfiguration: { containerName: 'envoy' } })]
  ])('leaves alone %s', (_, given) => {
    expect(withEmptyValues(given)).toEqual({ taskDefinition: given, filled: [], leftOut: [] })
  })
})
