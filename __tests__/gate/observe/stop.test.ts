import { expect, test } from '@jest/globals'
import { ManualClock } from '../../../emulator/clock.ts'
import { stopWithReason } from '../../../src/gate/observe/stop.ts'
import type { Look } from '../../../src/controllers/gate-plane.ts'

/** What StopDeployment answers, attempt by attempt, and what the deployment is afterwards. */
async function stop(
  answers: readonly (boolean | Error)[],
  state: Look['state']
): Promise<{ notes: string[]; attempts: number }> {
  const clock = new ManualClock()
  const notes: string[] = []
  let attempts = 0
  const look: Look = {
    ...{ deploymentId: 'd-1', state, createdAt: 0, completedAt: undefined },
    ...{ steps: [], rollback: undefined, isRollback: false, isEcs: true, service: undefined }
  }
  const stopping = stopWithReason(
    { clock, log: () => undefined },
    {
      read: () => Promise.resolve(look),
      stop: () => {
        const answer = answers[attempts++] ?? false
        return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer)
      }
    },
    { stopped: (reason) => Promise.resolve(void notes.push(reason)) },
    'd-1',
    '9 of 20 requests failed'
  )
  await clock.advance(60_000)
  await stopping
  return { notes, attempts }
}

const named = (name: string): Error => Object.assign(new Error(name), { name })
const NOTE = '9 of 20 requests failed'

test('a deployment that was stopped is noted', async () => {
  expect(await stop([true], 'stopped')).toEqual({ notes: [NOTE], attempts: 1 })
})

test('one that had ended is not: it was not stopped by us', async () => {
  expect(await stop([false], 'stopped')).toEqual({ notes: [], attempts: 1 })
})

test('one that has ended once an answer was lost was stopped by us', async () => {
  expect(await stop([named('TimeoutError'), false], 'stopped')).toEqual({
    notes: [NOTE],
    attempts: 2
  })
})

test('unless it has ended in another way meanwhile', async () => {
  expect(await stop([named('TimeoutError'), false], 'succeeded')).toMatchObject({ notes: [] })
})

test('an answer that says no is not one that was lost', async () => {
  expect(await stop([named('ThrottlingException'), false], 'stopped')).toMatchObject({ notes: [] })
})

test('it is tried five times', async () => {
  const denied = Array.from({ length: 9 }, () => named('AccessDeniedException'))
  expect(await stop(denied, 'running')).toEqual({ notes: [], attempts: 5 })
})
