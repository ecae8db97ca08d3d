import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { inProcessStores } from '../../../examples/service/storage/in-process.ts'
import { login, openStage } from './stage.ts'
import type { Stage } from './stage.ts'

const HOUR_MS = 3_600_000

let stage: Stage
let now = 0
beforeEach(async () => {
  stage = await openStage(
    {},
    inProcessStores(() => now)
  )
})
afterEach(async () => stage.close())

describe('login', () => {
  it('gives a token of its own each time', async () => {
    const [one, other] = [await login(stage), await login(stage)]
    expect(one.authorization).toMatch(/^Bearer [\w-]{32}$/)
    expect(one).not.toEqual(other)
  })

  it.each([
    ['user', { user: 'someone', password: 'tea-time' }],
    ['password', { user: 'minji', password: 'tea-tim' }],
    ['password', { user: 'minji', password: '' }]
  ])('refuses a wrong %s, and does not say which it was: %j', async (_, credentials) => {
    expect(await stage.call('POST /login', credentials)).toMatchObject({
      status: 401,
      content: { error: 'user or password is wrong' }
    })
  })

  it('knows the account that the environment names', async () => {
    await stage.close()
    stage = await openStage({ LOGIN_USER: 'ann', LOGIN_PASSWORD: 'secret' })
    const answer = await stage.call('POST /login', { user: 'ann', password: 'secret' })
    expect(answer.status).toBe(200)
    const before = await stage.call('POST /login', { user: 'minji', password: 'tea-time' })
    expect(before.status).toBe(401)
  })

  it.each([
    [null],
    [[]],
    ['"minji"'],
    [{ user: 'minji' }],
    [{ user: 'minji', password: 1 }],
    [{ user: ['minji'], password: 'tea-time' }],
    [{ user: 'minji', password: 'tea-time', admin: true }]
  ])('refuses %j', async (body) => {
    expect(await stage.call('POST /login', body)).toMatchObject({
      status: 400,
      content: { error: 'a login is {"user": text, "password": text}' }
    })
  })

  it.each(['', '{', 'user=minji'])('refuses what is not JSON: %j', async (body) => {
    expect(await stage.call('POST /login', body)).toMatchObject({
      status: 400,
      content: { error: 'the body is not JSON' }
    })
  })
})

describe('projects', () => {
  it('are listed and read by who has logged in', async () => {
    const headers = await login(stage)
    const { status, content } = await stage.call('GET /projects', undefined, headers)
    expect(status).toBe(200)
    const projects = content.projects as { id: string }[]
    expect(projects.map(({ id }) => id)).toEqual(['market-stall', 'mountain-garden', 'tea-house'])
    const one = await stage.call('GET /projects/tea-house', undefined, headers)
    expect(one).toMatchObject({ status: 200, content: projects[2] ?? {} })
    expect(await stage.call('GET /projects/palace', undefined, headers)).toMatchObject({
      status: 404,
      content: { error: 'there is no project palace' }
    })
  })

  it.each([
    [undefined],
    ['Bearer'],
    ['Bearer unknown'],
    ['Basic bWluamk6dGVhLXRpbWU='],
    ['Bearer __proto__']
  ])('are not for who comes with %j', async (authorization) => {
    const headers = authorization === undefined ? {} : { authorization }
    for (const path of ['/projects', '/projects/tea-house', '/projects/palace']) {
      expect(await stage.call(`GET ${path}`, undefined, headers)).toMatchObject({
        status: 401,
        content: { error: expect.stringContaining('POST /login') }
      })
    }
  })

  it('are closed again an hour after the login', async () => {
    const headers = await login(stage)
    now += HOUR_MS - 1
    expect((await stage.call('GET /projects', undefined, headers)).status).toBe(200)
    now += 1
    expect((await stage.call('GET /projects', undefined, headers)).status).toBe(401)
  })
})
