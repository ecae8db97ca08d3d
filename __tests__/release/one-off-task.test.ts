import { expect, it } from '@jest/globals'
import { failureOf } from '../../src/release/one-off-task.ts'

type Ended = Parameters<typeof failureOf>[0]

const WELL: Ended = {
  stopCode: 'EssentialContainerExited',
  stoppedReason: 'Essential container in task exited',
  containers: [{ name: 'app', exitCode: 0, reason: undefined }]
}

it.each<[string, Partial<Ended>, string | undefined]>([
  ['every container with 0', {}, undefined],
  ['no stop code, as DescribeTasks may have it', { stopCode: undefined }, undefined],
  [
    'an exit code',
    { containers: [{ name: 'app', exitCode: 137, reason: 'OutOfMemoryError' }] },
    'container app ended with exit code 137 (OutOfMemoryError)'
  ],
  [
    'a sidecar that was killed, as in the official action',
    {
      containers: [...WELL.containers, { name: 'proxy', exitCode: 143, reason: undefined }]
    },
    'container proxy ended with exit code 143'
  ],
  [
    'a container that never ran, whose reason is that of the task',
    {
      stopCode: 'TaskFailedToStart',
      stoppedReason: 'CannotPullContainerError: x',
      containers: [{ name: 'app', exitCode: undefined, reason: 'CannotPullContainerError: x' }]
    },
    'TaskFailedToStart: CannotPullContainerError: x; container app has no exit code'
  ],
  [
    'a stop by Spot, which the process took well',
    { stopCode: 'SpotInterruption', stoppedReason: 'Your Spot Task was interrupted.' },
    'SpotInterruption: Your Spot Task was interrupted.'
  ],
  ['nothing to judge by', { containers: [] }, 'ECS shows no container of it']
])('%s', (_, facts, expected) => {
  expect(failureOf({ ...WELL, ...facts })).toBe(expected)
})
