import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { isolated, parseObject } from './client.ts'
import type { Client } from './client.ts'

const SCRIPT = fileURLToPath(new URL('boto3_client.py', import.meta.url))

export function hasBoto3(): boolean {
  return spawnSync('python3', ['-c', 'import boto3'], { stdio: 'ignore' }).status === 0
}

/** One Python process for all calls: a request a line, an answer a line, in turn. */
export function boto3(environment: Readonly<Record<string, string>>): Client {
  const child = spawn('python3', [SCRIPT], {
    env: isolated(environment),
    stdio: ['pipe', 'pipe', 'inherit']
  })
  const lines = createInterface({ input: child.stdout })
  let last: Promise<unknown> = Promise.resolve()
  return {
    call: async (request) => {
      const answer = last.then(async () => {
        const line = once(lines, 'line', { signal: AbortSignal.timeout(30_000) })
        child.stdin.write(`${JSON.stringify(request)}\n`)
        const { output, refused } = parseObject(String((await line)[0]))
        if (typeof refused === 'string') return { refused }
        return { output: parseObject(JSON.stringify(output)) }
      })
      last = answer.catch(() => undefined)
      return answer
    },
    close: () => void child.stdin.end()
  }
}
