import { afterEach, beforeEach, expect, it } from '@jest/globals'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { ManualClock } from '../../../emulator/clock.ts'
import { invokeAsync } from '../../../emulator/lambda/async.ts'
import type { InvocationResult, Lambda } from '../../../emulator/lambda/functions.ts'
import { createLambda } from '../../../emulator/lambda/lambda.ts'
import { drive } from '../../helpers/drive.ts'

let clock: ManualClock
let lambda: Lambda
let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lambda-'))
  clock = new ManualClock(1000)
  lambda = createLambda({
    clock,
    partition: 'aws',
    account: '123456789012',
    region: 'eu-central-1',
    accountConcurrency: 1000,
    environment: () => ({})
  })
})

afterEach(async () => {
  await lambda.close()
  rmSync(folder, { recursive: true })
})

/** A function that says it has begun by a file, and ends when it is let go by another. */
function create(concurrency?: number): void {
  const path = join(folder, 'index.mjs')
  writeFileSync(
    path,
    `import { existsSync, writeFileSync } from 'node:fs'
     import { setTimeout } from 'node:timers/promises'
     let calls = 0
     export const handler = async ({ name, end }) => {
       calls += 1
       if (name !== undefined) {
         writeFileSync(process.env.FOLDER + '/' + name + '.begun', '')
         while (!existsSync(process.env.FOLDER + '/' + name + '.end')) await setTimeout(2)
       }
       if (end) process.exit(0)
       return { pid: process.pid, calls }
     }`
  )
  lambda.create('gate', {
    kind: 'module',
    path,
    environment: { FOLDER: folder },
    ...(concurrency !== undefined && { concurrency })
  })
}

/** Invokes, and waits for the handler to have begun. */
async function begin(name: string): Promise<{ end: () => Promise<InvocationResult> }> {
  const result = lambda.invoke('gate', { name })
  while (!existsSync(join(folder, `${name}.begun`))) await wait(2)
  return {
    end: () => {
      writeFileSync(join(folder, `${name}.end`), '')
      return result
    }
  }
}

it('starts a second environment while the first is busy, and uses both again', async () => {
  create()
  const [one, two] = [await begin('one'), await begin('two')]
  const [first, second] = [await one.end(), await two.end()]
  expect(first.payload).toEqual({ pid: expect.any(Number), calls: 1 })
  expect(second.payload).toEqual({ pid: expect.any(Number), calls: 1 })
  expect(first.payload).not.toEqual(second.payload)

  const later = await Promise.all([lambda.invoke('gate', {}), lambda.invoke('gate', {})])
  const pids = (results: readonly InvocationResult[]): unknown[] =>
    results.map(({ payload }) => (payload as { pid: number }).pid).toSorted()
  expect(pids(later)).toEqual(pids([first, second]))
  expect(later.map(({ payload }) => (payload as { calls: number }).calls)).toEqual([2, 2])
})

it('starts none while a warm one is free', async () => {
  create()
  for (let calls = 1; calls <= 3; calls++) {
    expect((await lambda.invoke('gate', {})).payload).toMatchObject({ calls })
  }
})

it('throttles what is beyond its concurrency, and does not count it as an invocation', async () => {
  create(2)
  const running = [await begin('one'), await begin('two')]
  await expect(lambda.invoke('gate', {})).rejects.toMatchObject({
    code: 'TooManyRequestsException',
    httpStatus: 429
  })
  expect(lambda.find('gate')?.invocations).toHaveLength(2)
  await running[0]?.end()
  expect((await lambda.invoke('gate', {})).functionError).toBeUndefined()
  await running[1]?.end()
})

it('handles ten at once where nothing else is said', async () => {
  create()
  const names = Array.from({ length: 10 }, (_, index) => `n${index}`)
  const running = await Promise.all(names.map(begin))
  await expect(lambda.invoke('gate', {})).rejects.toMatchObject({
    code: 'TooManyRequestsException'
  })
  const results = await Promise.all(running.map(({ end }) => end()))
  const pids = results.map(({ payload }) => (payload as { pid: number }).pid)
  expect(new Set(pids).size).toBe(10)
})

it('an asynchronous invocation waits for a throttled function', async () => {
  create(1)
  const one = await begin('one')
  const asynchronous = invokeAsync(
    { lambda, clock, closing: new AbortController().signal },
    'gate',
    {}
  )
  await clock.advance(1500)
  expect(lambda.find('gate')?.invocations).toHaveLength(1)
  await one.end()
  expect(await drive(clock, asynchronous)).toBe(true)
  expect(lambda.find('gate')?.invocations).toHaveLength(2)
})

it('an environment that has ended gives its place to a new one', async () => {
  create(1)
  const ended = await lambda.invoke('gate', { end: true })
  expect(ended.payload).toMatchObject({ errorType: 'Runtime.ExitError' })
  expect((await lambda.invoke('gate', {})).payload).toMatchObject({ calls: 1 })
})

it('starts nothing once the account has closed', async () => {
  create()
  await lambda.invoke('gate', {})
  await lambda.close()
  await expect(lambda.invoke('gate', {})).rejects.toMatchObject({ code: 'ServiceException' })
})

it('ends a function whose time is over, its environment with it, and says so as Lambda does', async () => {
  const path = join(folder, 'slow.mjs')
  writeFileSync(
    path,
    `export const handler = ({ wait }, context) => wait
       ? new Promise(() => {})
       : { left: context.getRemainingTimeInMillis(), id: context.awsRequestId, pid: process.pid }`
  )
  lambda.create('slow', { kind: 'module', path, environment: {}, timeoutSeconds: 2 })
  const first = await lambda.invoke('slow', {}, 'request-1')
  expect(first.payload).toMatchObject({ id: 'request-1', pid: expect.any(Number) })
  const { left, pid } = first.payload as { left: number; pid: number }
  expect(left).toBeGreaterThan(1_000)
  expect(left).toBeLessThanOrEqual(2_000)
  expect(await lambda.invoke('slow', { wait: true }, 'request-2')).toEqual({
    functionError: 'Unhandled',
    payload: {
      errorType: 'Sandbox.Timedout',
      errorMessage: 'RequestId: request-2 Error: Task timed out after 2.00 seconds'
    }
  })
  expect((await lambda.invoke('slow', {})).payload).not.toMatchObject({ pid })
})

it('tries an asynchronous invocation again as the same request', async () => {
  const path = join(folder, 'failing.mjs')
  writeFileSync(
    path,
    `import { appendFileSync } from 'node:fs'
     export const handler = (_, { awsRequestId }) => {
       appendFileSync(process.env.FOLDER + '/ids', awsRequestId + ' ')
       throw new Error('no')
     }`
  )
  lambda.create('failing', { kind: 'module', path, environment: { FOLDER: folder } })
  const done = invokeAsync({ lambda, clock, closing: new AbortController().signal }, 'failing', {})
  await drive(clock, done)
  const ids = readFileSync(join(folder, 'ids'), 'utf8').trim().split(' ')
  expect(ids).toHaveLength(3)
  expect(new Set(ids).size).toBe(1)
})
