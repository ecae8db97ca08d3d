import { spawn } from 'node:child_process'
import { text as textOf } from 'node:stream/consumers'
import { say } from '../../../words/say.ts'
import { AwsCliError } from './ports.ts'

/**
 * Runs the AWS CLI, which has the reader's credentials, region and proxy. Whatever it asks, nobody
 * answers, and its pager is off.
 * Errors: AwsCliError if it cannot be started, or exits with another code than 0; with what it said.
 */
export async function awsCli(args: readonly string[], input = ''): Promise<string> {
  const child = spawn('aws', [...args, '--no-cli-pager'], { stdio: 'pipe' })
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  // A command that reads nothing may have closed it (EPIPE).
  child.stdin.on('error', () => undefined).end(input)
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
