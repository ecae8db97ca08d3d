import { errorName } from '../../aws/errors.ts'
import { codedeployClient } from '../../controllers/codedeploy/gate/clients.ts'
import { watchdogPlane } from '../../controllers/codedeploy/gate/read-gating.ts'
import { connect } from '../runtime/connect.ts'
import { EnvironmentError } from '../runtime/variables.ts'
import { handleWatchdog } from '../watchdog/handler.ts'
import type { WatchdogPlatform } from '../watchdog/platform.ts'

const { platform, config } = connect((config, { gateFunction }) => {
  if (gateFunction === undefined) {
    throw new EnvironmentError(['GATE_FUNCTION is not set; it is the ARN of the gate function'])
  }
  const codedeploy = watchdogPlane(codedeployClient(config), gateFunction)
  return { codedeploy: () => Promise.resolve(codedeploy) }
})

/** The observer's function belongs to a stack of its own, which need not be there (infra/vpc.yaml). */
const { OBSERVE_FUNCTION: observer = '' } = process.env

const watchdog: WatchdogPlatform = {
  ...platform,
  async observe(start) {
    if (observer === '') return false
    try {
      await invoke(observer, start)
      return true
    } catch (error) {
      if (errorName(error) === 'ResourceNotFoundException') return false
      throw error
    }
  },
  record: (event) => invoke(process.env['GATE_FUNCTION'] ?? '', event)
}

/** Lambda keeps the event and invokes the function later. It is loaded for the few deployments that need it. */
async function invoke(functionName: string, event: object): Promise<void> {
  const { InvokeCommand, LambdaClient } = await import('@aws-sdk/client-lambda')
  const Payload = Buffer.from(JSON.stringify(event))
  const command = { FunctionName: functionName, InvocationType: 'Event', Payload } as const
  await new LambdaClient(config).send(new InvokeCommand(command))
}

export function handler(event: unknown): Promise<void> {
  return handleWatchdog(watchdog, event)
}
