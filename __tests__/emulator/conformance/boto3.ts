import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { isolated, parseObject } from './client.ts'
import type { Client } from './client.ts'

const SCRIPT = fileURLToPath(new URL('boto3_client.py', import.meta.url))

/** Whether there is one that AWS_ENDPOINT_URL keeps on this machine: since 1.28. */
export function hasBoto3(): boolean {
  const program = 'import boto3; print(boto3.__version__)'
  const { stdout } = spawnSync('python3', ['-c', program], { encoding: 'utf8' })
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(stdout) ?? []
  return Number(major) > 1 || Number(minor) >= 28
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
