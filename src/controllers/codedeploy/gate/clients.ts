import { CodeDeployClient, type CodeDeployClientConfig } from '@aws-sdk/client-codedeploy'

/** CodeDeploy's client for a function of the gate, as gate/runtime/client-config.ts says. */
export function codedeployClient(config: CodeDeployClientConfig): CodeDeployClient {
  return new CodeDeployClient(config)
}
