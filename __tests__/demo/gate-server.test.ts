import { afterEach, describe, expect, it } from '@jest/globals'
import { createHash } from 'node:crypto'
import { request } from 'node:http'
import type { Decision } from '../../demo/arguments.ts'
import { serveGate } from '../../demo/gate-server.ts'
import type { GateServer } from '../../demo/gate-server.ts'
import { asked } from './samples.ts'

let server: GateServer | undefined

afterEach(async () => {
  await server?.close()
  server = undefined
})

async function open(decide?: (decision: Decision) => void) {
  const decisions: Decision[] = []
  server = await serveGate(() => asked, decide ?? ((decision) => void decisions.push(decision)))
  const { url } = server
  const html = await (await fetch(url)).text()
  const token = /name="token" value="(\w+)"/.exec(html)?.[1] ?? ''
  const post = (form: Record<string, string>): Promise<Response> =>
    fetch(`${url}decide?lang=ko`, {
      method: 'POST',
      body: new URLSearchParams(form),
      redirect: 'manual'
    })
  return { url, html, token, post, decisions }
}

describe('the server of the page', () => {
  it('takes a decision with the token of its page, and shows the page again', async () => {
    const { token, post, decisions } = await open()
    expect(token).toHaveLength(32)
    const { status, headers } = await post({ token, decision: 'approve' })
    expect([status, headers.get('location')]).toEqual([303, '/?lang=ko'])
    expect(decisions).toEqual(['approve'])
  })

  it.each([
    ['no token', { decision: 'approve' }, 403],
    ['a wrong token', { decision: 'approve', token: 'x' }, 403]
  ])('refuses %s', async (_, form, status) => {
    const { post, decisions } = await open()
    expect((await post(form)).status).toBe(status)
    expect(decisions).toEqual([])
  })

  it.each([['maybe'], ['']])('refuses the decision %j', async (decision) => {
    const { post, token, decisions } = await open()
    expect((await post({ token, decision })).status).toBe(400)
    expect(decisions).toEqual([])
  })

  it('says so where there is nothing to decide', async () => {
    const { post, token } = await open(() => {
      throw new Error('nothing is asked now')
    })
    const response = await post({ token, decision: 'reject' })
    expect([response.status, await response.text()]).toEqual([409, 'nothing is asked now'])
  })

  it('answers only under its own name', async () => {
    const { url } = await open()
    const status = await new Promise((resolve, reject) => {
      request(url, { headers: { host: 'gate.example' } }, (response) => {
        response.resume()
        resolve(response.statusCode)
      })
        .on('error', reject)
        .end()
    })
    expect(status).toBe(421)
  })

  it('has nothing elsewhere, and a decision only by POST', async () => {
    const { url, decisions } = await open()
    expect((await fetch(`${url}other`)).status).toBe(404)
    expect((await fetch(`${url}decide?decision=approve`)).status).toBe(404)
    expect(decisions).toEqual([])
  })

  it('ends a body that is too large', async () => {
    const { post, token, decisions } = await open()
    await expect(post({ token, decision: 'approve', more: 'x'.repeat(5000) })).rejects.toThrow()
    expect(decisions).toEqual([])
  })

  it('lets run what the page holds, and nothing else', async () => {
    const { url, html } = await open()
    const policy = (await fetch(url)).headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    for (const tag of ['script', 'style']) {
      const text = new RegExp(`<${tag}[^>]*>([^]*?)</${tag}>`).exec(html)?.[1] ?? ''
      const hash = createHash('sha256').update(text).digest('base64')
      expect(policy).toContain(`${tag}-src 'sha256-${hash}'`)
    }
  })
})
