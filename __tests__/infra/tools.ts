import { execFile, spawn } from 'node:child_process'
import { createServer } from 'node:net'

/** What it printed, and its exit code. */
export function run(
  command: string,
  ...args: readonly string[]
): Promise<{ code: unknown; text: string }> {
  // moto takes any keys, as long as there are some.
  const keys = { AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'y' }
  const env = { ...process.env, ...keys, AWS_EC2_METADATA_DISABLED: 'true' }
  return new Promise((resolve) => {
    execFile(command, [...args], { env }, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, text: stdout + stderr })
    )
  })
}

export interface ShellOptions {
  readonly folder: string
  readonly environment: Readonly<Record<string, string>>
  /** What its commands read from standard input. */
  readonly input?: string
}

/** What shell text prints; rejects, with that, where one of its commands fails. */
export function shell(
  text: string,
  { folder, environment, input = '' }: ShellOptions
): Promise<string> {
  const env = { ...process.env, ...environment, AWS_EC2_METADATA_DISABLED: 'true', AWS_PAGER: '' }
  return new Promise((resolve, reject) => {
    const whole = ['-c', `set -euo pipefail\n${text}`]
    const child = execFile('bash', whole, { cwd: folder, env }, (error, stdout, stderr) => {
      if (error) reject(new Error(`${text}\n${stdout}${stderr}`))
      else resolve(stdout + stderr)
    })
    // Commands that read nothing may have ended by now (EPIPE); what they did is said by their exit code.
    child.stdin?.on('error', () => undefined).end(input)
  })
}

/** A template of a stack that does nothing but export values, for what moto's stacks do not. */
export function exportingTemplate(values: Readonly<Record<string, string>>): string {
  return JSON.stringify({
    Resources: { Nothing: { Type: 'AWS::SNS::Topic' } },
    Outputs: Object.fromEntries(
      Object.entries(values).map(([name, Value]) => [
        name.replaceAll('-', ''),
        { Value, Export: { Name: name } }
      ])
    )
  })
}

export interface Moto {
  readonly endpoint: string
  close(): Promise<void>
}

/** An AWS of moto's on a free port. */
export async function startMoto(): Promise<Moto> {
  const port = await freePort()
  const child = spawn('moto_server', ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' })
  const exit = new Promise((resolve) => child.once('exit', resolve))
  const endpoint = `http://127.0.0.1:${port}`
  while (
    !(await fetch(`${endpoint}/moto-api/`).then(
      () => true,
      () => false
    ))
  ) {
    if (child.exitCode !== null) throw new Error('moto_server has ended')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return {
    endpoint,
    async close() {
      child.kill('SIGKILL')
      await exit
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' ? (address?.port ?? 0) : 0
      server.close(() => resolve(port))
    })
  })
}
