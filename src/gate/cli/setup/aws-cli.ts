import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text as textOf } from 'node:stream/consumers'
import { say } from '../../../words/say.ts'
import { AwsCliError, IN_FILE } from './ports.ts'

/**
 * Runs the AWS CLI, which has the reader's credentials, region and proxy. Whatever it asks, nobody
 * answers. A text goes in a file that only this user can read, and that is gone when the command has
 * ended: Node's pipes cannot be opened as /dev/stdin.
 * Errors: AwsCliError if it cannot be started, or exits with another code than 0; with what it said.
 */
export async function awsCli(args: readonly string[], text?: string): Promise<string> {
  if (text === undefined) return run(args)
  // Of mode 0700, as mkdtemp makes them.
  const folder = await mkdtemp(join(tmpdir(), 'gate-'))
  try {
    const file = join(folder, 'text')
    await writeFile(file, text, { mode: 0o600 })
    return await run(args.map((each) => (each === IN_FILE ? `file://${file}` : each)))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function run(args: readonly string[]): Promise<string> {
  const child = spawn('aws', args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    // Version 2 shows what it prints in a pager; version 1 has none.
    env: { ...process.env, AWS_PAGER: '' }
  })
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  const what = args.slice(0, 2).join(' ')
  try {
    const [code, out, err] = await Promise.all([ended, textOf(child.stdout), textOf(child.stderr)])
    if (code === 0) return out
    throw new AwsCliError(say`aws ${what} failed: ${err.trim()}`)
  } catch (error) {
    if (error instanceof AwsCliError) throw error
    throw new AwsCliError(
      say`aws ${what} could not be run: the AWS CLI is needed on the PATH (https://docs.aws.amazon.com/cli/)`,
      { cause: error }
    )
  }
}
