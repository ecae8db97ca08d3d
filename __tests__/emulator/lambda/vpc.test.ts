import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { startEmulator, type Emulator } from '../../../emulator/emulator.ts'
import { demoService } from '../../../emulator/worlds/demo.ts'
import { builder } from '../../../emulator/worlds/ground.ts'

/** Says what answers at these URLs: the status, or the code of the error. */
const ASKING = `
import { request } from 'node:http'
import { lookup } from 'node:dns'
const ask = (url) => new Promise((resolve) => {
  request(url, { lookup, agent: false }, (answer) => resolve(answer.resume().statusCode))
    .on('error', ({ code }) => resolve(code)).end()
})
const find = (name) => new Promise((resolve) =>
  lookup(name, { all: true }, (error, found) => resolve(error ? error.code : found[0].address)))
export const handler = async ({ urls, names = [] }) =>
  [...await Promise.all(names.map(find)), ...await Promise.all(urls.map(ask))]
`

let folder: string
let emulator: Emulator
/** Where listener and task are inside the VPC. */
let name: string
let task: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vpc-'))
  const path = join(folder, 'index.mjs')
  writeFileSync(path, ASKING)
  emulator = await startEmulator()
  await demoService(emulator, { scheme: 'internal', desiredCount: 1 })
  const { elb, ecs, lambda } = emulator.world
  name = [...elb.loadBalancers.values()][0]?.dnsName ?? ''
  task = [...ecs.tasks.values()][0]?.privateIp ?? ''
  lambda.create('inside', { kind: 'module', path, environment: {}, vpc: true })
}, 60_000)
afterAll(async () => {
  await emulator.close()
  rmSync(folder, { recursive: true, force: true })
})

const answersAt = async (...urls: string[]): Promise<unknown> =>
  (await emulator.world.lambda.invoke('inside', { urls })).payload

describe('a function that is attached to the VPC', () => {
  test('reaches listeners by name and port, and tasks at their own addresses', async () => {
    expect(name).toMatch(/^internal-shop-/)
    expect(task).toMatch(/^10\.0\./)
    expect(
      await answersAt(
        `http://${name}:80/health`,
        `http://${name}:8443/health`,
        `http://${task}:8080/health`
      )
    ).toEqual([200, 200, 200])
  })

  test('reaches nothing else: no other port, no other address, no other name', async () => {
    expect(
      await answersAt(
        `http://${name}:81/`,
        `http://${task}:22/`,
        'http://10.0.9.9:8080/',
        'http://example.com/'
      )
    ).toEqual(Array(4).fill('ECONNREFUSED'))
  })

  test('has a name server that knows the VPC and nothing else', async () => {
    const { payload } = await emulator.world.lambda.invoke('inside', {
      urls: [],
      names: [name, 'example.com', '10.1.2.3']
    })
    expect(payload).toEqual([expect.stringMatching(/^10\.0\.255\./), 'ENOTFOUND', '10.1.2.3'])
  })

  test('still reaches AWS', async () => {
    expect(await answersAt(`${emulator.endpoint}/_emulator/clock`)).toEqual([200])
  })

  test('finds a task that came since the last event, and not one that has gone', async () => {
    const { ecs } = emulator.world
    const old = task
    const [first] = [...ecs.tasks.values()]
    if (!first) throw new Error('no task')
    const { world } = emulator
    emulator.operations.ecs.StopTask({ cluster: 'shop', task: first.arn }, world, builder(world))
    const fresh = async (): Promise<string> => {
      for (;;) {
        const found = [...ecs.tasks.values()].find(
          ({ privateIp, address, lastStatus }) =>
            privateIp !== old && address && lastStatus === 'RUNNING'
        )
        if (found && first.lastStatus === 'STOPPED') return found.privateIp
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    }
    const next = await fresh()
    expect(await answersAt(`http://${next}:8080/health`, `http://${old}:8080/health`)).toEqual([
      200,
      'ECONNREFUSED'
    ])
  }, 30_000)
})
