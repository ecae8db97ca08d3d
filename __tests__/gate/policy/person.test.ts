import { expect, test } from '@jest/globals'
import { lookUp } from '../../../src/gate/policy/person.ts'
import { memoryWorld, RULES } from '../memory-world.ts'

const IN_GROUPS = { ...RULES, approvers: { users: [], groups: ['S1', 'S2'] } }

test('a person is as Slack says now, with the members of every group that counts', async () => {
  const { slack } = memoryWorld()
  slack.people.set('U0ANN', { name: 'Ann', isRestricted: true })
  slack.groups.set('S1', ['U0ANN'])
  slack.groups.set('S2', [])
  slack.groups.set('S3', ['U0ANN'])
  expect(await lookUp(slack, 'U0ANN', IN_GROUPS)).toEqual({
    ids: ['U0ANN'],
    name: 'Ann',
    teams: ['T0TEAM'],
    enterprise: undefined,
    isBot: false,
    isRestricted: true,
    isUltraRestricted: false,
    isStranger: false,
    deleted: false,
    groups: [
      { id: 'S1', members: ['U0ANN'] },
      { id: 'S2', members: [] }
    ]
  })
})

test('who cannot be asked for is unknown, whole', async () => {
  const { slack } = memoryWorld()
  slack.down = 'timeout'
  expect(await lookUp(slack, 'U0ANN', RULES)).toBe('unknown')
})

test('and who is in a group that cannot be read', async () => {
  const { slack } = memoryWorld()
  slack.groups.set('S1', ['U0ANN'])
  expect(await lookUp(slack, 'U0ANN', IN_GROUPS)).toBe('unknown')
})
