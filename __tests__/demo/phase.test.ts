import { describe, expect, it } from '@jest/globals'
import { phaseIn, phaseOf } from '../../demo/phase.ts'

const events = (statuses: Readonly<Record<string, string>>): Parameters<typeof phaseOf>[0] =>
  Object.entries(statuses).map(([lifecycleEventName, status]) => ({
    lifecycleEventName,
    status: status as 'Succeeded'
  }))

describe('what a request belongs to', () => {
  it.each([
    ['before', {}],
    ['before', { BeforeAllowTraffic: 'Pending' }],
    ['gate', { BeforeAllowTraffic: 'InProgress' }],
    ['shift', { BeforeAllowTraffic: 'Succeeded' }],
    ['shift', { BeforeAllowTraffic: 'Succeeded', AllowTraffic: 'InProgress' }],
    ['after', { BeforeAllowTraffic: 'Succeeded', AllowTraffic: 'Succeeded' }],
    ['after', { BeforeAllowTraffic: 'Failed' }]
  ])('%s: %j', (phase, statuses) => {
    expect(phaseOf(events(statuses))).toBe(phase)
  })

  it('is before, where nothing is deployed yet', () => {
    expect(phaseIn({ deployments: new Map() })).toBe('before')
  })
})
