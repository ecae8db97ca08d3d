import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseObject } from './client.ts'
import type { Answer, Client, Request } from './client.ts'
import { pythonLines } from './python-lines.ts'

/** The CLI's own names, where they differ from IAM's. */
const COMMANDS: Readonly<Record<string, string>> = {
  codedeploy: 'deploy',
  elasticloadbalancing: 'elbv2'
}

/** Whether Python has one that AWS_ENDPOINT_URL keeps on this machine: since 1.29. */
export function hasAwsCli(): boolean {
  const program = 'import awscli; print(awscli.__version__)'
  const { stdout } = spawnSync('python3', ['-c', program], { encoding: 'utf8' })
  const [, minor] = /^1\.(\d+)/.exec(stdout) ?? []
  return Number(minor) >= 29
}

/** How a command of the CLI has ended. */
export interface Ended {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

export interface AwsCli {
  /** `aws` with these arguments. */
  run(...args: readonly string[]): Promise<Ended>
  close(): void
}

/** Commands run in one Python process: to start one for each takes most of a second. */
export function openAwsCli(environment: Readonly<Record<string, string>>): AwsCli {
  const python = pythonLines('aws_cli.py', environment)
  return {
    run: async (...args) => {
      const { code, stdout, stderr } = await python.ask(args)
      return { code: Number(code), stdout: String(stdout), stderr: String(stderr) }
    },
    close: () => python.close()
  }
}

/** The CLI as a client that calls one operation after the other. */
export function awsCli(environment: Readonly<Record<string, string>>): Client {
  const folder = mkdtempSync(join(tmpdir(), 'aws-cli-'))
  const cli = openAwsCli(environment)
  let calls = 0

  async function call({ service, operation, input }: Request): Promise<Answer> {
    const command = [COMMANDS[service] ?? service, kebab(operation)]
    const file = join(folder, String(++calls))
    const isInvoke = service === 'lambda' && operation === 'Invoke'
    const given = isInvoke
      ? invokeArguments(input, file)
      : service === 'kms'
        ? kmsArguments(input, file)
        : ['--cli-input-json', JSON.stringify(input)]
    const { code, stdout, stderr } = await cli.run(...command, ...given, '--output', 'json')
    if (code !== 0) {
      const [, refused] = /An error occurred \((\w+)\)/.exec(stderr) ?? []
      if (refused === undefined) throw new Error(`${command.join(' ')}: ${stderr}`)
      return { refused }
    }
    const output = stdout.trim() === '' ? {} : parseObject(stdout)
    return { output: isInvoke ? { ...output, Payload: readFileSync(file, 'utf8') } : output }
  }

  return {
    call,
    close: () => {
      cli.close()
      rmSync(folder, { recursive: true })
    }
  }
}

/** A payload from a file means the same to every version of the CLI, given in line it does not. */
function invokeArguments({ FunctionName, Payload }: Request['input'], file: string): string[] {
  writeFileSync(`${file}-in`, String(Payload))
  return ['--function-name', String(FunctionName), '--payload', `fileb://${file}-in`, file]
}

/** Bytes from files, for the same reason. */
function kmsArguments(input: Request['input'], file: string): string[] {
  return Object.entries(input).flatMap(([name, value]) => {
    if (name !== 'Message' && name !== 'Mac') return [`--${kebab(name)}`, String(value)]
    writeFileSync(`${file}-${name}`, Buffer.from(String(value), 'base64'))
    return [`--${kebab(name)}`, `fileb://${file}-${name}`]
  })
}

/** `GetDeployment` is `get-deployment`. */
function kebab(name: string): string {
  return name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase()
}
