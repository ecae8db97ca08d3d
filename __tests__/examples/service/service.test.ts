import { afterEach, describe, expect, it } from '@jest/globals'
import { openStage, order, TEA } from './stage.ts'
import type { Stage } from './stage.ts'

let stage: Stage
afterEach(async () => stage.close())

const EVERY_ROUTE = [
  'GET /health',
  'GET /version',
  'POST /login',
  'GET /projects',
  'GET /projects/tea-house',
  'POST /queue',
  'GET /orders',
  'POST /orders',
  'GET /orders/order-1',
  'POST /orders/order-1/payment',
  'GET /elsewhere'
]

describe('every answer', () => {
  it('names the version and is JSON', async () => {
    stage = await openStage({ APP_VERSION: '7' })
    await order(stage)
    for (const route of EVERY_ROUTE) {
      const { headers } = await stage.call(route)
      expect([route, headers.get('x-app-version')]).toEqual([route, '7'])
      expect(headers.get('content-type')).toBe('application/json')
    }
    expect((await stage.call('GET /version')).content).toEqual({
      version: '7',
      startedAt: expect.any(String),
      pid: process.pid
    })
  })

  it('is 404 where there is nothing', async () => {
    stage = await openStage()
    for (const route of ['GET /', 'DELETE /orders', 'GET /orders/a/b', 'GET //', 'GET /ordersx']) {
      expect((await stage.call(route)).status).toBe(404)
    }
    expect((await stage.call('GET /elsewhere?a=1')).content).toEqual({
      error: 'nothing at GET /elsewhere'
    })
  })

  it('ignores what follows the path', async () => {
    stage = await openStage()
    expect((await stage.call('GET /orders?page=2')).status).toBe(200)
  })

  it('says nothing of why the service itself failed', async () => {
    stage = await openStage()
    const failure = new Error('the disk is full')
    stage.stores.orders.newest = () => Promise.reject(failure)
    expect(await stage.call('GET /orders')).toMatchObject({
      status: 500,
      content: { error: 'internal error' }
    })
    expect(stage.errors).toEqual([failure])
  })

  it('is 413 to a body that is too long', async () => {
    stage = await openStage()
    for (const route of ['POST /orders', 'POST /login', 'POST /queue', 'POST /orders/a/payment']) {
      const { status, content } = await stage.call(route, `"${'a'.repeat(64 * 1024)}"`)
      expect([route, status, content]).toEqual([route, 413, { error: 'a body has at most 64 KiB' }])
    }
  })
})

describe('health', () => {
  it('is well by default, and not with BUG=unhealthy', async () => {
    stage = await openStage()
    expect(await stage.call('GET /health')).toMatchObject({
      status: 200,
      content: { status: 'ok' }
    })
    await stage.close()
    stage = await openStage({ BUG: 'unhealthy' })
    expect(await stage.call('GET /health')).toMatchObject({
      status: 500,
      content: { status: 'failing' }
    })
    expect((await stage.call('POST /orders', TEA)).status).toBe(201)
  })

  it.each([
    'slow',
    'wrong-total',
    'payment-lost',
    'queue-reused',
    'slow-payment',
    'payment-500',
    'crash-on-payment'
  ])('sees nothing of BUG=%s', async (bug) => {
    stage = await openStage({ BUG: bug })
    expect((await stage.call('GET /health')).status).toBe(200)
    expect(stage.waits).toEqual([])
  })
})

describe('BUG=slow', () => {
  it('makes everything but health wait', async () => {
    stage = await openStage({ BUG: 'slow', SLOW_MS: '70' })
    for (const route of EVERY_ROUTE) await stage.call(route)
    expect(stage.waits).toEqual(EVERY_ROUTE.slice(1).map(() => 70))
  })
})
