import { CodeDeployClient } from '@aws-sdk/client-codedeploy'
import type { Clients } from '../../aws/clients.ts'

/** The clients of a release through CodeDeploy. */
export interface CodeDeployClients extends Clients {
  readonly codedeploy: CodeDeployClient
  /**
   * CodeDeploy without the SDK's own retries: CreateDeployment has no
   * idempotency token (aws-semantics 1.6), so a second attempt is ours to decide.
   */
  readonly codedeployOnce: CodeDeployClient
}

export function withCodeDeploy(clients: Clients): CodeDeployClients {
  return {
    ...clients,
    codedeploy: new CodeDeployClient(clients.config),
    codedeployOnce: new CodeDeployClient({ ...clients.config, maxAttempts: 1 })
  }
}
