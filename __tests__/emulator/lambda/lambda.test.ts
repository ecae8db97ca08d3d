import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ManualClock } from '../../../emulator/clock.ts'
import type { Lambda } from '../../../emulator/lambda/functions.ts'
import { createLambda } from '../../../emulator/lambda/lambda.ts'

const ARN = 'arn:aws:lambda:eu-central-1:123456789012:function:gate'
let lambda: Lambda
let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lambda-'))
  lambda = createLambda({
    clock: new ManualClock(1000),
    partition: 'aws',
    account: '123456789012',
    region: 'eu-central-1',
    accountConcurrency: 1000,
    environment: (name) => ({ ROLE_OF: name })
  })
})

afterEach(async () => {
  await lambda.close()
  rmSync(folder, { recursive: true })
})

function bundle(code: string, name = 'index.mjs'): string {
  const path = join(folder, name)
  writeFileSync(path, code)
  return path
}

describe('an inline function', () => {
  it('is found by name, ARN, partial and qualified ARN, and remembers its invocations', async () => {
    const created = lambda.create('gate', { kind: 'inline', handler: (payload) => ({ payload }) })
    for (const name of ['gate', ARN, `${ARN}:live`, '123456789012:function:gate', 'gate:live']) {
      expect(lambda.find(name)).toBe(created)
    }
    expect(lambda.find('other')).toBeUndefined()
    expect(lambda.find(ARN.replace('123456789012', '999999999999'))).toBeUndefined()
    expect(await lambda.invoke('gate', 1)).toEqual({
      payload: { payload: 1 },
      functionError: undefined
    })
    expect(created.invocations).toEqual([{ at: 1000, payload: 1 }])
  })

  it('that throws is an answer, not an exception', async () => {
    lambda.create('gate', {
      kind: 'inline',
      handler: () => {
        throw new RangeError('too far')
      }
    })
    expect(await lambda.invoke('gate', {})).toEqual({
      payload: { errorType: 'RangeError', errorMessage: 'too far', trace: [] },
      functionError: 'Unhandled'
    })
  })

  it('that is not there is an exception', async () => {
    await expect(lambda.invoke('gate', {})).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
      message: `Function not found: ${ARN}`
    })
  })
})

describe('a module function', () => {
  it('runs in a warm process with an environment of its own', async () => {
    const path = bundle(`
      let calls = 0
      export const handler = async (event, context) => {
        console.log('seen', event.n)
        return { n: event.n, calls: ++calls, pid: process.pid, env: process.env, arn: context.invokedFunctionArn }
      }`)
    const created = lambda.create('gate', {
      kind: 'module',
      path,
      environment: { TABLE: 'ledger' }
    })
    const first = await lambda.invoke('gate', { n: 1 })
    const second = await lambda.invoke(ARN, { n: 2 })
    expect(first.payload).toMatchObject({ n: 1, calls: 1, arn: ARN })
    expect(second.payload).toMatchObject({ n: 2, calls: 2 })
    const { env, pid } = first.payload as { env: Record<string, string>; pid: number }
    expect(pid).not.toBe(process.pid)
    expect(env).toMatchObject({
      TABLE: 'ledger',
      ROLE_OF: 'gate',
      AWS_REGION: 'eu-central-1',
      AWS_LAMBDA_FUNCTION_NAME: 'gate'
    })
    expect(env['PATH']).toBeUndefined()
    expect(created.logs.join('')).toContain('seen 1')
  })

  it('loads a CommonJS bundle too', async () => {
    const path = bundle('exports.handler = async () => "cjs"', 'index.cjs')
    lambda.create('gate', { kind: 'module', path, environment: {} })
    expect(await lambda.invoke('gate', {})).toEqual({ payload: 'cjs', functionError: undefined })
  })

  it('reports what it throws, survives a crash, and starts again', async () => {
    const path = bundle(`
      export const handler = async (event) => {
        if (event === 'throw') throw new TypeError('no')
        if (event === 'crash') process.exit(3)
        return process.pid
      }`)
    lambda.create('gate', { kind: 'module', path, environment: {} })
    const before = await lambda.invoke('gate', 'run')
    expect(await lambda.invoke('gate', 'throw')).toMatchObject({
      functionError: 'Unhandled',
      payload: { errorType: 'TypeError', errorMessage: 'no' }
    })
    const crash = await lambda.invoke('gate', 'crash')
    const after = await lambda.invoke('gate', 'run')
    expect(crash).toMatchObject({
      functionError: 'Unhandled',
      payload: { errorType: 'Runtime.ExitError' }
    })
    expect(after.functionError).toBeUndefined()
    expect(after.payload).not.toBe(before.payload)
  })

  it('that cannot be loaded is an answer', async () => {
    const path = bundle('export const other = 1')
    const created = lambda.create('gate', { kind: 'module', path, environment: {} })
    expect(await lambda.invoke('gate', {})).toMatchObject({ functionError: 'Unhandled' })
    expect(created.logs.join('')).toContain('exports no function named handler')
  })

  it('in flight ends when the account closes', async () => {
    const path = bundle(
      'export const handler = () => new Promise(() => setInterval(() => {}, 1000))'
    )
    lambda.create('gate', { kind: 'module', path, environment: {} })
    const pending = lambda.invoke('gate', {})
    await new Promise((resolve) => setImmediate(resolve))
    await lambda.close()
    expect(await pending).toMatchObject({ functionError: 'Unhandled' })
  })
})
