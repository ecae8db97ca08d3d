import { describe, expect, it } from '@jest/globals'
import { matchesPattern } from '../../../emulator/events/pattern.ts'
import type { EventPattern } from '../../../emulator/events/pattern.ts'
import { periodOf } from '../../../emulator/events/rules.ts'

const EVENT = {
  source: 'aws.codedeploy',
  'detail-type': 'CodeDeploy Deployment State-change Notification',
  resources: ['arn:one', 'arn:two'],
  detail: { state: 'START', count: 1, done: false, nothing: null }
}

describe('a pattern', () => {
  it.each<[string, EventPattern]>([
    ['that names nothing', {}],
    ['whose every member has the value', { source: ['aws.codedeploy'] }],
    ['with the value among others', { detail: { state: ['STOP', 'START'] } }],
    ['with one element of a list in the event', { resources: ['arn:two'] }],
    ['with the beginning of the text', { resources: [{ prefix: 'arn:t' }] }],
    [
      'with a number, a truth value and null',
      { detail: { count: [1], done: [false], nothing: [null] } }
    ]
  ])('%s matches', (_, pattern) => {
    expect(matchesPattern(pattern, EVENT)).toBe(true)
  })

  it.each<[string, EventPattern]>([
    ['with another value', { source: ['aws.events'] }],
    ['with the value in other case', { detail: { state: ['start'] } }],
    [
      'of which one member does not match',
      { source: ['aws.codedeploy'], detail: { state: ['STOP'] } }
    ],
    ['with a member that the event lacks', { detail: { reason: ['x'] } }],
    ['with a member below one that is no object', { source: { name: ['aws.codedeploy'] } }],
    ['with an empty list', { source: [] }],
    ['with a text for a number', { detail: { count: ['1'] } }],
    ['with a name that only every object has', { detail: { constructor: { name: ['Object'] } } }]
  ])('%s does not match', (_, pattern) => {
    expect(matchesPattern(pattern, EVENT)).toBe(false)
  })
})

describe('a rate', () => {
  it.each([
    ['rate(1 minute)', 60_000],
    ['rate(5 minutes)', 300_000],
    ['rate(1 hour)', 3_600_000],
    ['rate(2 days)', 172_800_000]
  ])('%s is %d ms', (schedule, ms) => {
    expect(periodOf(schedule)).toBe(ms)
  })

  it.each([
    'rate(1 minutes)',
    'rate(5 minute)',
    'rate(0 minutes)',
    'rate(1 second)',
    'cron(* * * * ? *)',
    ''
  ])('"%s" is refused', (schedule) => {
    expect(() => periodOf(schedule)).toThrow(TypeError)
  })
})
