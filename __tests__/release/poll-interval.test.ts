import { expect, test } from '@jest/globals'
import { pollIntervalAfter } from '../../src/release/poll-interval.ts'
import { lifecycleAt, snapshotOf, type EventName } from '../helpers/snapshots.ts'

/** A read without detail may be the first to hear of the wait, and the lifecycle is then older. */
test.each<[string, EventName, 'InProgress' | 'Succeeded', boolean]>([
  ['was last seen at the gate', 'BeforeAllowTraffic', 'InProgress', true],
  ['was last seen while traffic moved', 'AllowTraffic', 'InProgress', true],
  ['is known to be through', 'AllowTraffic', 'Succeeded', false]
])(
  'in the termination wait, a lifecycle that %s is read again or not',
  (_, event, status, detail) => {
    const snapshot = snapshotOf({ terminationWait: true, steps: lifecycleAt(event, status) })
    expect(pollIntervalAfter(snapshot, 'hook', 9).detail).toBe(detail)
  }
)
