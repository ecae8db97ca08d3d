import { readFile, writeFile } from 'node:fs/promises'
import { text as textOf } from 'node:stream/consumers'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { KMSClient } from '@aws-sdk/client-kms'
import { callLimit, type CallLimit } from '../../aws/call-limit.ts'
import { describeError } from '../../aws/errors.ts'
import { dynamoTable } from '../../ledger/dynamo-table.ts'
import { kmsSeal } from '../../ledger/kms-seal.ts'
import { UsageError, USAGE } from '../cli/arguments.ts'
import { runCli } from '../cli/run.ts'
import { awsCli } from '../cli/setup/aws-cli.ts'

// Whatever ends this process before everything has been read and printed: nothing is known of what was asked for.
process.exitCode = 2
/** A page of a scan may take its time. */
const limits = (): CallLimit => callLimit(5_000, 30_000)

// Without `await`: the parts that a command loads import this module, which has to have ended by then.
void main()

async function main(): Promise<void> {
  try {
    const code = await runCli(process.argv.slice(2), {
      table: (name) => dynamoTable(new DynamoDBClient(limits()), name),
      seal: (key) => kmsSeal(new KMSClient(limits()), key),
      readFile: (path) => readFile(path, 'utf8'),
      write: (text) => process.stdout.write(text),
      warn: (text) => process.stderr.write(text),
      setup: {
        aws: awsCli,
        readBytes: (path) => readFile(path),
        readText: (path) => readFile(path, 'utf8'),
        writeText: (path, text) => writeFile(path, text),
        input: () => textOf(process.stdin),
        slackApp: async (token) => {
          const { slackApp } = await import('../slack/app.ts')
          return slackApp(token, process.env['SLACK_API_URL']?.trim() || undefined)
        },
        tell: (line) => process.stderr.write(`${line}\n`)
      }
    })
    await printed()
    process.exitCode = code
  } catch (error) {
    const usage = error instanceof UsageError
    process.stderr.write(
      usage ? `${error.problems.join('\n')}\n\n${USAGE}` : `${describeError(error)}\n`
    )
  }
}

/** Resolves when everything that was written is on its way. Errors: those of standard output. */
function printed(): Promise<void> {
  return new Promise((resolve, reject) => {
    // A reader that has gone is told to this callback, and by an event that would end the process.
    process.stdout.on('error', reject)
    process.stdout.write('', (error) => (error ? reject(error) : resolve()))
  })
}
