import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { isolated, parseObject } from './client.ts'

/** A script of this folder in one Python process: a request a line, an answer a line, in turn. */
export interface PythonLines {
  ask(request: unknown): Promise<Record<string, unknown>>
  close(): void
}

export function pythonLines(
  script: string,
  environment: Readonly<Record<string, string>>
): PythonLines {
  const child = spawn('python3', [fileURLToPath(new URL(script, import.meta.url))], {
    env: isolated(environment),
    stdio: ['pipe', 'pipe', 'inherit']
  })
  const lines = createInterface({ input: child.stdout })
  let last: Promise<unknown> = Promise.resolve()
  return {
    ask: (request) => {
      const answer = last.then(async () => {
        const line = once(lines, 'line', { signal: AbortSignal.timeout(30_000) })
        child.stdin.write(`${JSON.stringify(request)}\n`)
        return parseObject(String((await line)[0]))
      })
      last = answer.catch(() => undefined)
      return answer
    },
    close: () => void child.kill()
  }
}
