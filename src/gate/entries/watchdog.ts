import { CodeDeployClient } from '@aws-sdk/client-codedeploy'
import { watchedRevision } from '../../controllers/codedeploy/gate/has-gate.ts'
import { clientConfig } from '../runtime/client-config.ts'
import { connect } from '../runtime/connect.ts'
import { EnvironmentError } from '../runtime/variables.ts'
import { handleWatchdog } from '../watchdog/handler.ts'

const { platform, region, gateFunction } = connect(() =>
  Promise.reject(new Error('the watchdog does not read what runs on both sides'))
)
const client = new CodeDeployClient(clientConfig(region))

export async function handler(event: unknown): Promise<void> {
  if (gateFunction === undefined) {
    throw new EnvironmentError(['GATE_FUNCTION is not set; it is the ARN of the gate function'])
  }
  const revisionOf = (id: string): ReturnType<typeof watchedRevision> => watchedRevision(client, id)
  await handleWatchdog(platform, revisionOf, gateFunction, event)
}
