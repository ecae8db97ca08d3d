import { DescribeServicesCommand, ECSClient } from '@aws-sdk/client-ecs'
import { afterEach, describe, expect, it } from '@jest/globals'
import { spawn } from 'node:child_process'
import type { ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('../../emulator/main.ts', import.meta.url))
type Program = ChildProcessByStdio<Writable, Readable, Readable>
const started: Program[] = []

afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL')
})

function start(...args: readonly string[]): Program {
  const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['pipe', 'pipe', 'pipe'] })
  started.push(child)
  return child
}

interface Announcement {
  readonly endpoint: string
  readonly environment: Record<string, string>
}

async function announcement(child: Program): Promise<Announcement> {
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as unknown[]
  return JSON.parse(String(line)) as Announcement
}

async function failure(child: Program): Promise<[unknown, string]> {
  let text = ''
  child.stderr.setEncoding('utf8').on('data', (part: string) => (text += part))
  const [code] = (await once(child, 'close')) as unknown[]
  return [code, text]
}

describe('the emulator as a program', () => {
  it('announces itself, serves a world, and stops on SIGTERM', async () => {
    const child = start('--world', 'demo', '--clock-factor', 'manual', '--no-processes')
    const { endpoint, environment } = await announcement(child)
    const ecs = new ECSClient({
      endpoint,
      region: environment['AWS_REGION'] ?? '',
      credentials: {
        accessKeyId: environment['AWS_ACCESS_KEY_ID'] ?? '',
        secretAccessKey: environment['AWS_SECRET_ACCESS_KEY'] ?? ''
      }
    })
    const { services } = await ecs.send(
      new DescribeServicesCommand({ cluster: 'shop', services: ['orders'] })
    )
    expect(services).toMatchObject([
      { serviceName: 'orders', taskSets: [{ stabilityStatus: 'STEADY_STATE' }] }
    ])
    ecs.destroy()
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([0, null])
  }, 20_000)

  it('stops with its parent where it is asked to', async () => {
    const child = start('--exit-with-parent', '--no-processes')
    await announcement(child)
    child.stdin.end()
    expect(await once(child, 'exit')).toEqual([0, null])
  }, 20_000)

  it.each([
    [['--world', 'mars'], 'no world "mars"; there are demo, eight-domains, failover'],
    [
      ['--switch', 'readyWait=never'],
      'switch readyWait is one of before-hook, after-hook, not "never"'
    ],
    [['--switch', 'nothing=1'], 'no switch "nothing"'],
    [['--clock-factor', 'fast'], "the clock's factor must be above 0"],
    [['--port', 'http'], '--port'],
    [['--colour'], '--colour']
  ])(
    'refuses %j',
    async (args, message) => {
      const [code, text] = await failure(start('--no-processes', ...args))
      expect(code).toBe(1)
      expect(text).toContain(message)
    },
    20_000
  )
})
