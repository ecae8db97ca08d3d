import { expect, it } from '@jest/globals'
import { describeUnless } from '../../helpers/needs.ts'
import { awsCli, hasAwsCli } from '../../foreign/clients/aws-cli.ts'
import { boto3, hasBoto3 } from '../../foreign/clients/boto3.ts'
import type { Client } from '../../foreign/clients/client.ts'
import { SCENARIO } from './scenario.ts'
import { openStage, operationsOf, play } from './stage.ts'

const LIMIT_MS = 180_000

interface Judge {
  readonly name: string
  readonly present: boolean
  readonly absence: string
  readonly open: (environment: Readonly<Record<string, string>>) => Client
}

const JUDGES: readonly Judge[] = [
  {
    name: 'the AWS CLI',
    present: hasAwsCli(),
    absence: 'no `python3` with awscli >= 1.29 on the PATH',
    open: awsCli
  },
  {
    name: 'boto3, in CBOR where a model lists it',
    present: hasBoto3(),
    absence: 'no `python3` with boto3 >= 1.28 on the PATH',
    open: boto3
  }
]

for (const { name, present, absence, open } of JUDGES) {
  describeUnless(present ? undefined : absence, name, () => {
    it(
      'parses the answer of every operation, and the code of a refusal in every protocol',
      async () => {
        const stage = await openStage()
        const client = open(stage.emulator.environment)
        try {
          const answered = await play(stage, client, SCENARIO)
          expect([...answered].toSorted()).toEqual(operationsOf(stage.emulator).toSorted())
          expect(stage.internalErrors).toEqual([])
        } finally {
          client.close()
          await stage.emulator.close()
        }
      },
      LIMIT_MS
    )
  })
}
