import { describe, expect, test } from '@jest/globals'
import { verificationItem } from '../../../src/ledger/verification-item.ts'
import type { VerifyPlane } from '../../../src/controllers/gate-plane.ts'
import { handleVerify } from '../../../src/gate/verify/handler.ts'
import { DEPLOYMENT } from '../stage.ts'
import {
  announce,
  FAILED,
  FILE,
  HOOK,
  INVOCATION,
  moving,
  place,
  SERVICE,
  shop,
  SUCCEEDED
} from './stage.ts'

/** Answers one path with another protocol. */
function switchAt(path: string): void {
  shop.server.prependListener('request', (request, response) => {
    if (request.url !== path) return
    response.writeHead = () => response
    response.end = () => response
    request.socket.write(
      'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: other\r\n\r\n'
    )
  })
}

describe('what cannot be found out', () => {
  test('CodeDeploy does not answer for a minute: asked and told again, within this invocation', async () => {
    const it = await place()
    const plane = { ...it.verifyPlane }
    const later = it.clock.now() + 60_000
    const down = (): Promise<never> => Promise.reject(new Error('ThrottlingException'))
    let answers = 0
    Object.assign(it.verifyPlane, {
      describe: (id: string) => (it.clock.now() < later ? down() : plane.describe(id)),
      answer: (...given: Parameters<VerifyPlane['answer']>) =>
        answers++ < 5 ? down() : plane.answer(...given)
    })
    await it.verify()
    expect(it.answers).toEqual(SUCCEEDED)
  })

  test('a deployment that cannot be looked up at all: the hook fails rather than hang', async () => {
    const it = await place()
    Object.assign(it.verifyPlane, {
      describe: () => Promise.reject(new Error('denied'))
    })
    const before = it.clock.now()
    await it.verify()
    expect(it.answers).toEqual(FAILED)
    expect(it.clock.now() - before).toBeLessThan(180_000)
    expect(shop.asked).toEqual([])
  })

  test('without a file in the ledger the hook fails, after the job has had its time to write it', async () => {
    const it = await place(null)
    const before = it.clock.now()
    await it.verify()
    expect(it.answers).toEqual(FAILED)
    expect(it.clock.now() - before).toBeGreaterThanOrEqual(27_000)
    expect(shop.asked).toEqual([])
  })

  test('a file that comes while it waits is read', async () => {
    const it = await place(null)
    const done = handleVerify(it.verifyPlatform, HOOK, INVOCATION)
    await it.clock.advance(4_000)
    await it.table.create(verificationItem(SERVICE, DEPLOYMENT, { path: 'v.yml', text: FILE }))
    await moving(it, done)
    expect(it.answers).toEqual(SUCCEEDED)
  })

  test('a file of another deployment, or one that was changed, is none', async () => {
    const it = await place(null)
    const item = verificationItem(SERVICE, DEPLOYMENT, { path: 'v.yml', text: FILE })
    await it.table.create({ ...item, text: FILE.replace('required: true', 'required: false') })
    await it.verify()
    expect(it.answers).toEqual(FAILED)
    expect(shop.asked).toEqual([])
  })

  test('nowhere to ask: unknown, and the hook fails', async () => {
    const it = await place()
    it.green = { listener: undefined, tasks: [], images: [] }
    await it.verify()
    expect(it.evidence('checks')).toMatchObject({ section: 'checks', verdict: 'unknown', rows: [] })
    expect(it.evidence('pay')).toMatchObject({
      section: 'flow',
      verdict: 'unknown',
      summary: 'there is neither a test listener nor a running task to ask'
    })
    expect(it.answers).toEqual(FAILED)
  })

  test("what takes longer than the function's time is unknown, and the hook is answered before its end", async () => {
    const it = await place()
    shop.payStatus = undefined
    const before = it.clock.now()
    await it.verify({ remainingMs: 60_000 })
    expect(it.clock.now() - before).toBeLessThan(60_000)
    expect(it.evidence('checks')).toMatchObject({ verdict: 'passed' })
    expect(it.evidence('pay')).toMatchObject({
      verdict: 'unknown',
      summary: "not finished within the function's time"
    })
    expect(it.answers).toEqual(FAILED)
  })

  test('evidence that cannot be stored fails the hook, gated or not', async () => {
    const it = await place()
    it.gated = true
    await announce(it)
    const create = it.table.create.bind(it.table)
    it.table.create = (item) =>
      item.sk.includes('#evidence#pay') ? Promise.reject(new Error('down')) : create(item)
    await it.verify()
    expect(it.answers).toEqual(FAILED)
    expect(it.lines.join()).toContain('not verified')
  })

  test('a value that is not to be had fails the request that needs it', async () => {
    const it = await place()
    Object.assign(it.verifyPlatform, { values: () => Promise.reject(new Error('denied')) })
    await it.verify()
    expect(it.evidence('pay')).toMatchObject({
      verdict: 'failed',
      steps: [{ problems: ['a value that it needs is not there'] }]
    })
    expect(it.answers).toEqual(FAILED)
  })
})

describe('what never settles', () => {
  test('is no answer of green: one in another protocol has failed, and the hook is answered', async () => {
    switchAt('/pay')
    const made = await place()
    await made.verify()
    expect(made.evidence('pay')).toMatchObject({ verdict: 'failed' })
    expect(made.answers).toEqual(FAILED)
  })

  test('keeps no hook from its answer, in time for CodeDeploy to hear of it', async () => {
    const made = await place()
    const startedAt = made.clock.now()
    made.verifyPlane.green = () => new Promise<never>(() => undefined)
    const remainingMs = 100_000
    await moving(made, handleVerify(made.verifyPlatform, HOOK, { ...INVOCATION, remainingMs }))
    expect(made.answers).toEqual(FAILED)
    expect(made.clock.now() - startedAt).toBeLessThan(remainingMs)
  })
})
