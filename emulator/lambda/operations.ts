import type {
  FunctionConfiguration,
  GetFunctionCommandOutput,
  GetFunctionConfigurationRequest,
  GetFunctionRequest,
  InvocationRequest,
  InvocationResponse
} from '@aws-sdk/client-lambda'
import { AwsError } from '../errors.ts'
import { only, operations, using } from '../operation.ts'
import type { World } from '../world.ts'
import { invokeAsync } from './async.ts'
import type { StoredFunction } from './functions.ts'

/** Lambda's API, as far as a gate is looked up and tried by hand. */
export const lambdaOperations = operations('lambda', {
  Invoke: using(
    {
      FunctionName: true,
      InvocationType: true,
      LogType: only('None'),
      Payload: true,
      Qualifier: only('$LATEST')
    },
    invoke
  ),
  GetFunction: using({ FunctionName: true, Qualifier: only('$LATEST') }, getFunction),
  GetFunctionConfiguration: using(
    { FunctionName: true, Qualifier: only('$LATEST') },
    getFunctionConfiguration
  )
})

async function invoke(input: InvocationRequest, world: World): Promise<InvocationResponse> {
  const payload = parsePayload(input.Payload)
  const { name } = existing(world, input.FunctionName ?? '')
  switch (input.InvocationType ?? 'RequestResponse') {
    case 'DryRun':
      return { StatusCode: 204 }
    case 'Event':
      void invokeAsync(world, name, payload).catch(() => undefined)
      return { StatusCode: 202 }
    case 'RequestResponse': {
      const result = await world.lambda.invoke(name, payload)
      return {
        StatusCode: 200,
        ExecutedVersion: '$LATEST',
        ...(result.functionError && { FunctionError: result.functionError }),
        Payload: Buffer.from(JSON.stringify(result.payload ?? null))
      }
    }
    default:
      throw new AwsError(
        'InvalidParameterValueException',
        `Unknown invocation type ${input.InvocationType ?? ''}`
      )
  }
}

function getFunction(
  input: GetFunctionRequest,
  world: World
): Omit<GetFunctionCommandOutput, '$metadata'> {
  return { Configuration: getFunctionConfiguration(input, world), Tags: {} }
}

function getFunctionConfiguration(
  input: GetFunctionConfigurationRequest,
  world: World
): FunctionConfiguration {
  const found = existing(world, input.FunctionName ?? '')
  return {
    FunctionName: found.name,
    FunctionArn: found.arn,
    Runtime: 'nodejs24.x',
    Handler: 'index.handler',
    Version: '$LATEST',
    State: 'Active',
    LastUpdateStatus: 'Successful',
    PackageType: 'Zip'
  }
}

function existing(world: World, nameOrArn: string): StoredFunction {
  const found = world.lambda.find(nameOrArn)
  if (found) return found
  const arn = nameOrArn.startsWith('arn:')
    ? nameOrArn
    : `arn:${world.partition}:lambda:${world.region}:${world.account}:function:${nameOrArn}`
  throw new AwsError('ResourceNotFoundException', `Function not found: ${arn}`, 404)
}

function parsePayload(bytes: Uint8Array | undefined): unknown {
  const text = Buffer.from(bytes ?? []).toString('utf8')
  if (text === '') return {}
  try {
    return JSON.parse(text)
  } catch {
    throw new AwsError(
      'InvalidRequestContentException',
      'Could not parse request body into json: Unexpected character'
    )
  }
}
