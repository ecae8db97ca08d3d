import { describe, expect, test } from '@jest/globals'
import { refusalOf } from '../../../src/gate/runtime/origins.ts'
import { serve } from '../../verification/server.ts'
import { FAILED, FILE, place, shop, SUCCEEDED } from './stage.ts'

describe('threat: a verification file leads requests inside the VPC to whatever it names', () => {
  const why = (origin: string): string =>
    `the gate's stack does not allow requests to ${origin}; add it to the stack's parameter VerifyOrigins, or leave it out of the file`
  const LISTENER = 'http://127.0.0.1:9'

  test('an origin in target.test that the stack does not allow is not asked', async () => {
    const it = await place(`${FILE}target: { test: "${shop.origin}" }\n`)
    it.green = { listener: LISTENER, tasks: [], images: [] }
    it.origins = ['https://other.example.com', `${shop.origin}0`]
    await it.verify()
    expect(shop.asked).toEqual([])
    expect(it.answers).toEqual(FAILED)
    for (const name of ['checks', 'pay']) {
      expect(it.evidence(name)).toMatchObject({ verdict: 'unknown', summary: why(shop.origin) })
    }
  })

  test("the listener's own origin may be named", async () => {
    const it = await place(`${FILE}target: { test: "${shop.origin}" }\n`)
    await it.verify()
    expect(it.answers).toEqual(SUCCEEDED)
  })

  test.each([
    ['http://shop.example.com:80', 'http://shop.example.com', true],
    ['http://shop.example.com', 'http://shop.example.com:80', true],
    ['https://shop.example.com', 'https://SHOP.example.com:443', true],
    ['http://[fd00::7]:8080', 'http://[fd00:0::7]:8080', true],
    ['http://shop.example.com', 'https://shop.example.com', false],
    ['http://shop.example.com:81', 'http://shop.example.com', false],
    ['http://shop.example.com.evil.example', 'http://shop.example.com', false],
    ['http://user@shop.example.com', 'http://shop.example.com', false],
    ['not a URL', 'not a URL', false]
  ])('%s where the deployment is at %s: %s', (origin, own, may) => {
    expect(refusalOf(origin, [], [undefined, own])).toBe(may ? undefined : why(origin))
  })

  const ELSEWHERE = (
    origin: string
  ): string => `${FILE.replace('path: /pay', `retries: 9, url: ${origin}/pay`)}
target: { allow: ["${origin}"] }
`
  test('a url of target.allow that the stack does not allow is not asked, and the value of no secret goes there', async () => {
    let requests = 0
    const elsewhere = await serve((_, response) => {
      requests++
      response.writeHead(200).end('{}')
    })
    try {
      const it = await place(ELSEWHERE(elsewhere.origin))
      await it.verify()
      expect(requests).toBe(0)
      expect(shop.asked).toEqual(['/health'])
      expect(it.evidence('checks')).toMatchObject({ verdict: 'passed' })
      expect(it.evidence('pay')).toMatchObject({
        verdict: 'failed',
        steps: [{ status: undefined, attempts: 1, problems: [why(elsewhere.origin)] }]
      })
      expect(it.answers).toEqual(FAILED)
    } finally {
      await elsewhere.close()
    }
  })

  test('one that the stack allows is', async () => {
    let requests = 0
    const elsewhere = await serve((_, response) => {
      requests++
      response.writeHead(200).end('{}')
    })
    try {
      const it = await place(ELSEWHERE(elsewhere.origin))
      it.origins = [elsewhere.origin]
      await it.verify()
      expect(requests).toBe(1)
      expect(it.answers).toEqual(SUCCEEDED)
    } finally {
      await elsewhere.close()
    }
  })
})
