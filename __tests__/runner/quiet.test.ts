import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { createServer, get, type ServerResponse } from 'node:http'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { quiet } from '../../runner/quiet.ts'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quiet-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** Far more event loop turns than a process is given that waits for nothing. */
async function many(): Promise<void> {
  for (let turn = 0; turn < 500; turn++) await nextTurn()
}

function watched(work: Promise<unknown>): { ended: boolean } {
  const state = { ended: false }
  void work.then(() => void (state.ended = true))
  return state
}

it('a process that waits for nothing is quiet', async () => {
  const state = watched(quiet())
  await many()
  expect(state.ended).toBe(true)
})

it('is not quiet while a file is being read, however long the disk takes', async () => {
  const pipe = join(folder, 'pipe')
  execFileSync('mkfifo', [pipe])
  const read = readFile(pipe, 'utf8')
  const waiting = quiet()
  const state = watched(waiting)
  await many()
  expect(state.ended).toBe(false)
  await writeFile(pipe, 'late')
  expect(await read).toBe('late')
  await waiting
})

it('is not quiet while a request is on its way, however long the answer takes', async () => {
  const server = createServer()
  const arrived = once(server, 'request')
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const answered = new Promise<void>((resolve) => {
    const { port } = server.address() as AddressInfo
    get({ host: '127.0.0.1', port }, (response) => response.resume().on('end', resolve))
  })
  const waiting = quiet()
  const state = watched(waiting)
  const [, response] = (await arrived) as [unknown, ServerResponse]
  await many()
  expect(state.ended).toBe(false)
  response.end('late')
  await answered
  await waiting
  server.close()
})

it('goes on after the patience it is given', async () => {
  const pipe = join(folder, 'never')
  execFileSync('mkfifo', [pipe])
  const read = readFile(pipe, 'utf8')
  await quiet({ patienceMs: 5 })
  await writeFile(pipe, '')
  expect(await read).toBe('')
})

it('does not wait for a server that is known to be silent', async () => {
  const server = createServer()
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  const asked = get({ host: '127.0.0.1', port })
  await once(server, 'request')
  await quiet({ silent: `http://127.0.0.1:${port}` })
  const state = watched(quiet())
  await many()
  expect(state.ended).toBe(false)
  asked.on('error', () => undefined).destroy()
  server.close()
})
