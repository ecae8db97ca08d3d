import { codedeployClient } from '../../controllers/codedeploy/gate/clients.ts'
import { watchdogPlane } from '../../controllers/codedeploy/gate/gating.ts'
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

/** Undefined or empty if the stack has no observer. */
const { OBSERVE_FUNCTION: observer = '' } = process.env

const watchdog: WatchdogPlatform = {
  ...platform,
  async observe(start) {
    if (observer === '') return false
    // Loaded for the few deployments that are new, and only in a stack with an observer.
    const { InvokeCommand, LambdaClient } = await import('@aws-sdk/client-lambda')
    const Payload = Buffer.from(JSON.stringify(start))
    const command = { FunctionName: observer, InvocationType: 'Event', Payload } as const
    await new LambdaClient(config).send(new InvokeCommand(command))
    return true
  }
}

export function handler(event: unknown): Promise<void> {
  return handleWatchdog(watchdog, event)
}
