import { execFile, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { isolated, parseObject } from './client.ts'
import type { Answer, Client, Request } from './client.ts'

const run = promisify(execFile)

/** The CLI's own names, where they differ from IAM's. */
const COMMANDS: Readonly<Record<string, string>> = {
  codedeploy: 'deploy',
  elasticloadbalancing: 'elbv2'
}

/** Whether there is one that AWS_ENDPOINT_URL keeps on this machine: since 1.29 and 2.13. */
export function hasAwsCli(): boolean {
  const { stdout, stderr } = spawnSync('aws', ['--version'], { encoding: 'utf8' })
  const [, major, minor] = /aws-cli\/(\d+)\.(\d+)/.exec(`${stdout} ${stderr}`) ?? []
  return Number(major) > 2 || Number(minor) >= (major === '1' ? 29 : 13)
}

/** One process per call, whatever version of the AWS CLI is on the PATH. */
export function awsCli(environment: Readonly<Record<string, string>>): Client {
  const folder = mkdtempSync(join(tmpdir(), 'aws-cli-'))
  const env = isolated(environment)
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
    try {
      const { stdout } = await run('aws', [...command, ...given, '--output', 'json'], { env })
      const output = stdout.trim() === '' ? {} : parseObject(stdout)
      return { output: isInvoke ? { ...output, Payload: readFileSync(file, 'utf8') } : output }
    } catch (error) {
      const [, refused] = /An error occurred \((\w+)\)/.exec(String(error)) ?? []
      if (refused === undefined) throw error
      return { refused }
    }
  }

  return { call, close: () => rmSync(folder, { recursive: true }) }
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
