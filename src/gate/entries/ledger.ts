import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { KMSClient } from '@aws-sdk/client-kms'
import { describeError } from '../../aws/errors.ts'
import { dynamoTable } from '../../ledger/dynamo-table.ts'
import { kmsSeal } from '../aws/kms-seal.ts'
import { UsageError, USAGE } from '../cli/arguments.ts'
import { runCli } from '../cli/run.ts'

try {
  process.exitCode = await runCli(process.argv.slice(2), {
    table: (name) => dynamoTable(new DynamoDBClient({}), name),
    seal: (key) => kmsSeal(new KMSClient({}), key),
    write: (text) => process.stdout.write(text)
  })
} catch (error) {
  const usage = error instanceof UsageError
  process.stderr.write(
    usage ? `${error.problems.join('\n')}\n\n${USAGE}` : `${describeError(error)}\n`
  )
  process.exitCode = 2
}
