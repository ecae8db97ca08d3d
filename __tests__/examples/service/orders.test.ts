import { afterEach, describe, expect, it } from '@jest/globals'
import { openStage, order, TEA } from './stage.ts'
import type { Stage } from './stage.ts'

let stage: Stage
afterEach(async () => stage.close())

describe('an order', () => {
  it('is created by anybody, with its sum, and can be read', async () => {
    stage = await openStage()
    const items = [...TEA.items, { name: 'cup', price: 1200, quantity: 1 }]
    const created = await stage.call('POST /orders', { items })
    expect(created).toMatchObject({
      status: 201,
      content: { id: 'order-1', items, total: 1900, status: 'created' }
    })
    expect((await stage.call('GET /orders/order-1')).content).toEqual(created.content)
    expect((await stage.call('GET /orders')).content).toEqual({ orders: [created.content] })
    expect((await stage.call('GET /orders/order-2')).status).toBe(404)
  })

  it('keeps of its items what it knows', async () => {
    stage = await openStage()
    const { content } = await stage.call('POST /orders', {
      items: [{ ...TEA.items[0], colour: 'green' }],
      note: 'hot'
    })
    expect(content).toEqual({ id: 'order-1', ...TEA, total: 700, status: 'created' })
  })

  it.each([
    ['{', 'the body is not JSON'],
    ['', 'the body is not JSON'],
    [null, 'an order has items'],
    [[], 'an order has items'],
    [{}, 'an order has items'],
    [{ items: [] }, 'items is a list'],
    [{ items: 'tea' }, 'items is a list'],
    [{ items: [null] }, 'items is a list'],
    [{ items: [{ name: 'tea', price: 350 }] }, 'items is a list'],
    [{ items: [{ name: 1, price: 350, quantity: 1 }] }, 'items is a list'],
    [{ items: [{ name: 'tea', price: 3.5, quantity: 1 }] }, 'items is a list'],
    [{ items: [{ name: 'tea', price: -1, quantity: 1 }] }, 'items is a list'],
    [{ items: [{ name: 'tea', price: '350', quantity: 1 }] }, 'items is a list'],
    [{ items: [{ name: 'tea', price: 350, quantity: 0 }] }, 'items is a list'],
    [{ items: [{ name: 'tea', price: 1e300, quantity: 1 }] }, 'too large'],
    [{ items: [{ name: 'tea', price: 2 ** 52, quantity: 2 }] }, 'too large']
  ])('is refused when it is %j', async (body, problem) => {
    stage = await openStage()
    expect(await stage.call('POST /orders', body)).toMatchObject({
      status: 400,
      content: { error: expect.stringContaining(problem) }
    })
    expect((await stage.call('GET /orders')).content).toEqual({ orders: [] })
  })

  it('has a wrong sum with BUG=wrong-total', async () => {
    stage = await openStage({ BUG: 'wrong-total' })
    expect((await stage.call('POST /orders', TEA)).content).toMatchObject({ total: 350 })
  })
})

describe('a place in the queue', () => {
  const queueUp = async (): Promise<{ 'x-queue-token': string }> => {
    const { content } = await stage.call('POST /queue')
    return { 'x-queue-token': String(content.token) }
  }

  it('is a token and a position', async () => {
    stage = await openStage()
    const first = await stage.call('POST /queue')
    const second = await stage.call('POST /queue', {})
    expect([first.status, second.status]).toEqual([201, 201])
    expect([first.content.position, second.content.position]).toEqual([1, 2])
    expect(first.content.token).toMatch(/^[\w-]{32}$/)
    expect(first.content.token).not.toBe(second.content.token)
  })

  it.each(['{', '[]', 'null', '{"position":1}'])('is not to be had with %s', async (body) => {
    stage = await openStage()
    expect((await stage.call('POST /queue', body)).status).toBe(400)
    expect((await stage.call('POST /queue')).content.position).toBe(1)
  })

  it('is not needed by default, and a token then means nothing', async () => {
    stage = await openStage()
    const answer = await stage.call('POST /orders', TEA, { 'x-queue-token': 'unknown' })
    expect(answer.status).toBe(201)
  })

  it('is good for one order where the queue is required', async () => {
    stage = await openStage({ QUEUE: 'required' })
    expect(await stage.call('POST /orders', TEA)).toMatchObject({
      status: 403,
      content: { error: expect.stringContaining('POST /queue') }
    })
    const headers = await queueUp()
    expect((await stage.call('POST /orders', TEA, headers)).status).toBe(201)
    expect(await stage.call('POST /orders', TEA, headers)).toMatchObject({
      status: 403,
      content: { error: 'this queue token is unknown, too old or used' }
    })
    const unknown = await stage.call('POST /orders', TEA, { 'x-queue-token': 'unknown' })
    expect(unknown.status).toBe(403)
    expect(await stage.stores.orders.newest()).toHaveLength(1)
  })

  it('is not lost with an order that was refused', async () => {
    stage = await openStage({ QUEUE: 'required' })
    const headers = await queueUp()
    expect((await stage.call('POST /orders', {}, headers)).status).toBe(400)
    expect((await stage.call('POST /orders', TEA, headers)).status).toBe(201)
  })

  it('lets one of many orders at once pass', async () => {
    stage = await openStage({ QUEUE: 'required' })
    const headers = await queueUp()
    const attempts = Array.from({ length: 8 }, () => stage.call('POST /orders', TEA, headers))
    const passed = (await Promise.all(attempts)).filter(({ status }) => status === 201)
    expect(passed).toHaveLength(1)
  })

  it.each([{ QUEUE: 'shared' }, { QUEUE: 'required', BUG: 'queue-reused' }])(
    'is good for all who share it with %j, though not every token is',
    async (settings: Record<string, string>) => {
      stage = await openStage(settings)
      const headers = await queueUp()
      for (let time = 0; time < 2; time++) {
        expect((await stage.call('POST /orders', TEA, headers)).status).toBe(201)
      }
      expect((await stage.call('POST /orders', TEA)).status).toBe(403)
      const unknown = await stage.call('POST /orders', TEA, { 'x-queue-token': 'unknown' })
      expect(unknown.status).toBe(403)
    }
  )
})

describe('a payment', () => {
  it('makes a created order a paid one', async () => {
    stage = await openStage()
    const id = await order(stage)
    const paid = { id, ...TEA, total: 700, status: 'paid' }
    const payment = await stage.call(`POST /orders/${id}/payment`, { amount: 700 })
    expect(payment).toMatchObject({ status: 200, content: paid })
    expect((await stage.call(`GET /orders/${id}`)).content).toEqual(paid)
    expect((await stage.call('GET /orders')).content).toEqual({ orders: [paid] })
  })

  it('is taken once', async () => {
    stage = await openStage()
    const path = `POST /orders/${await order(stage)}/payment`
    const attempts = Array.from({ length: 8 }, () => stage.call(path, { amount: 700 }))
    const statuses = (await Promise.all(attempts)).map(({ status }) => status)
    expect(statuses.filter((status) => status === 200)).toHaveLength(1)
    expect(statuses.filter((status) => status === 409)).toHaveLength(7)
    expect((await stage.call(path, { amount: 700 })).content).toEqual({
      error: 'order-1 is paid already'
    })
  })

  it('may lose against another one that came between', async () => {
    stage = await openStage()
    const path = `POST /orders/${await order(stage)}/payment`
    stage.stores.orders.pay = async () => false
    expect((await stage.call(path, { amount: 700 })).status).toBe(409)
  })

  it('is for an order that there is, and of its sum', async () => {
    stage = await openStage()
    expect((await stage.call('POST /orders/order-1/payment', { amount: 700 })).status).toBe(404)
    const id = await order(stage)
    expect(await stage.call(`POST /orders/${id}/payment`, { amount: 699 })).toMatchObject({
      status: 422,
      content: { error: 'order-1 costs 700' }
    })
    expect((await stage.call(`GET /orders/${id}`)).content.status).toBe('created')
  })

  it.each([
    [null],
    [[700]],
    [{}],
    [{ amount: '700' }],
    [{ amount: 7.5 }],
    [{ amount: -700 }],
    [{ amount: 1e300 }],
    [{ amount: 700, currency: 'KRW' }]
  ])('is refused when it is %j', async (body) => {
    stage = await openStage()
    const id = await order(stage)
    expect(await stage.call(`POST /orders/${id}/payment`, body)).toMatchObject({
      status: 400,
      content: { error: expect.stringContaining('a payment is') }
    })
    expect((await stage.call(`GET /orders/${id}`)).content.status).toBe('created')
  })

  it('is lost with BUG=payment-lost, and answered like any other', async () => {
    stage = await openStage({ BUG: 'payment-lost' })
    const id = await order(stage)
    const payment = await stage.call(`POST /orders/${id}/payment`, { amount: 700 })
    expect(payment).toMatchObject({ status: 200, content: { status: 'paid' } })
    expect((await stage.call(`GET /orders/${id}`)).content.status).toBe('created')
    expect(stage.errors).toEqual([])
  })

  it('fails with BUG=payment-500, and nothing else does', async () => {
    stage = await openStage({ BUG: 'payment-500' })
    const id = await order(stage)
    const payment = await stage.call(`POST /orders/${id}/payment`, { amount: 700 })
    expect(payment).toMatchObject({ status: 500, content: { error: 'internal error' } })
    expect(await stage.call(`GET /orders/${id}`)).toMatchObject({
      status: 200,
      content: { status: 'created' }
    })
    expect(stage.errors.map(String)).toEqual(['Error: the payment provider gave no answer'])
  })

  it('takes long with BUG=slow-payment, and nothing else does', async () => {
    stage = await openStage({ BUG: 'slow-payment', SLOW_MS: '70' })
    const id = await order(stage)
    await stage.call('GET /orders')
    expect(stage.waits).toEqual([])
    expect((await stage.call(`POST /orders/${id}/payment`, { amount: 700 })).status).toBe(200)
    expect(stage.waits).toEqual([70])
    expect((await stage.call(`GET /orders/${id}`)).content.status).toBe('paid')
  })
})
