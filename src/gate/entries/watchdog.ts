import { codedeployClient } from '../../controllers/codedeploy/gate/clients.ts'
import { watchdogPlane } from '../../controllers/codedeploy/gate/read-gating.ts'
import { connect } from '../runtime/connect.ts'
import { EnvironmentError } from '../runtime/variables.ts'
import { handleWatchdog } from '../watchdog/handler.ts'

const { platform } = connect((config, { gateFunction }) => {
  if (gateFunction === undefined) {
    throw new EnvironmentError(['GATE_FUNCTION is not set; it is the ARN of the gate function'])
  }
  const codedeploy = watchdogPlane(codedeployClient(config), gateFunction)
  return { codedeploy: () => Promise.resolve(codedeploy) }
})

export function handler(event: unknown): Promise<void> {
  return handleWatchdog(platform, event)
}
