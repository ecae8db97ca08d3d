import type { SetupPorts } from '../../../src/gate/cli/setup/ports.ts'

const none = (): never => {
  throw new Error('nothing is set up here')
}

/** For commands that set nothing up. */
export const noSetup: SetupPorts = {
  aws: none,
  readBytes: none,
  readText: none,
  writeText: none,
  input: none,
  slackApp: none,
  tell: none
}
