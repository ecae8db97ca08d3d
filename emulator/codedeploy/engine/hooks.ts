import { newHookExecutionId } from '../ids.ts'
import type { HookExecution } from '../state.ts'
import { EMPTY_HOOK, HOOK_LIMIT, REDELIVERY } from '../timings.ts'
import { Halt, uncertainFailure } from './halt.ts'
import type { Run } from './run.ts'
import { sleep, within } from './run.ts'

const FAILED =
  'The deployment failed because one or more of the lifecycle event validation functions failed.'
const TIMED_OUT =
  'The deployment timed out while waiting for a status callback. CodeDeploy expects a status callback within one hour after a deployment hook is invoked.'

/** Runs a hookable event: asks the function, and waits for the verdict that only a callback can bring. */
export async function runHook(
  run: Run,
  event: string,
  functionName: string | undefined
): Promise<void> {
  if (functionName === undefined) {
    await sleep(run, EMPTY_HOOK)
    return
  }
  const { world, deployment } = run
  requireInvocable(run, functionName)
  const id = newHookExecutionId()
  const { promise: verdict, resolve } = Promise.withResolvers<'Succeeded' | 'Failed'>()
  const execution: HookExecution = { event, status: 'Pending', decide: resolve }
  deployment.hookExecutions.set(id, execution)
  deliver(run, functionName, id)
  const decided = await within(run, verdict, HOOK_LIMIT)
  if (decided === 'Succeeded') return
  if (decided === 'Failed') {
    const information = { code: 'HOOK_EXECUTION_FAILURE', message: FAILED } as const
    throw new Halt('Failed', information, 'DEPLOYMENT_FAILURE', FAILED)
  }
  execution.status = 'TimedOut'
  const information = { code: world.switches.hookTimeoutCode, message: TIMED_OUT }
  throw new Halt('Failed', information, 'DEPLOYMENT_FAILURE', TIMED_OUT)
}

/** Its answer and its errors are no verdict (CodeDeploy troubleshooting guide): it is not waited for. */
function deliver(run: Run, functionName: string, hookExecutionId: string): void {
  const { world, deployment } = run
  const payload = {
    DeploymentId: deployment.info.deploymentId,
    LifecycleEventHookExecutionId: hookExecutionId
  }
  const invoke = (): Promise<unknown> => world.lambda.invoke(functionName, payload)
  void invoke().catch(() => undefined)
  if (world.switches.hookDelivery === 'once') return
  void world.clock
    .sleep(REDELIVERY, world.closing)
    .then(invoke)
    .catch(() => undefined)
}

/** What CodeDeploy's role can be refused before any code of the function runs. */
function requireInvocable({ world, deployment }: Run, functionName: string): void {
  const { serviceRoleArn } = deployment.plan
  const found = world.lambda.find(functionName)
  const name = found?.name ?? functionName
  // The Limited policy: arn:aws:lambda:*:*:function:CodeDeployHook_*
  if (world.codedeploy.limitedRoles.has(serviceRoleArn) && !name.startsWith('CodeDeployHook_')) {
    const message = `The IAM role ${serviceRoleArn} does not give you permission to perform operations in the following AWS service: AWSLambda.`
    throw uncertainFailure(world, 'IAM_ROLE_PERMISSIONS', message)
  }
  const isRefused = world.switches.hookQualifier === 'refused' && isQualified(functionName)
  if (!found || isRefused) {
    const message = `The Lambda function ${functionName} does not exist.`
    throw uncertainFailure(world, 'INVALID_LAMBDA_FUNCTION', message)
  }
}

/** Whether a name or an ARN ends with a version or an alias. */
function isQualified(functionName: string): boolean {
  return /^(?:.*:function:)?[^:]+:[^:]+$/.test(functionName)
}

/** The deployment is over: verdicts that have not come can no longer count. */
export function abandonHooks({ deployment }: Run): void {
  for (const execution of deployment.hookExecutions.values())
    if (execution.status === 'Pending') execution.status = 'Abandoned'
}
