import type {
  DescribeParametersRequest,
  DescribeParametersResult,
  GetParameterRequest,
  GetParameterResult,
  PutParameterRequest,
  PutParameterResult
} from '@aws-sdk/client-ssm'
import { AwsError } from '../errors.ts'
import { notEmulated, only, operations, using } from '../operation.ts'
import type { World } from '../world.ts'
import type { ParameterType, ParameterVersion, StoredParameter } from './parameters.ts'

/** Systems Manager, as far as settings and secrets are read from its Parameter Store. */
export const ssmOperations = operations('ssm', {
  GetParameter: using({ Name: true, WithDecryption: true }, getParameter),
  DescribeParameters: using(
    {
      ParameterFilters: { Key: only('Name'), Option: only('Equals'), Values: true },
      MaxResults: true
    },
    describeParameters
  ),
  PutParameter: using(
    {
      Name: true,
      Value: true,
      Type: true,
      Overwrite: true,
      Tier: only('Standard', 'Advanced'),
      DataType: only('text')
    },
    putParameter
  )
})

function getParameter(
  { Name = '', WithDecryption = false }: GetParameterRequest,
  world: World
): GetParameterResult {
  const { parameter, found, selector } = select(Name, world)
  const encrypted = found.type === 'SecureString' && !WithDecryption
  return {
    Parameter: {
      Name: parameter.name,
      Type: found.type,
      Value: encrypted ? found.ciphertext : found.value,
      Version: found.version,
      ...(selector !== undefined && { Selector: `:${selector}` }),
      LastModifiedDate: new Date(found.modifiedAt),
      ARN: parameter.arn,
      DataType: 'text'
    }
  }
}

/** All on one page: a filter holds 50 values at most, as many as a page. */
function describeParameters(
  { ParameterFilters = [], MaxResults = 10 }: DescribeParametersRequest,
  { parameters }: World
): DescribeParametersResult {
  const [filter, ...others] = ParameterFilters
  if (filter === undefined || others.length > 0) {
    throw notEmulated('ssm:DescribeParameters', 'anything but one filter by name')
  }
  const found = [...new Set(filter.Values)].flatMap((name) => parameters.find(name) ?? [])
  if (found.length > MaxResults) throw notEmulated('ssm:DescribeParameters', 'a second page')
  return {
    Parameters: found.flatMap(({ name, arn, versions }) => {
      const last = versions.at(-1)
      if (last === undefined) return []
      const { type, version, modifiedAt } = last
      return [
        {
          Name: name,
          ARN: arn,
          Type: type,
          Version: version,
          LastModifiedDate: new Date(modifiedAt),
          Tier: 'Standard' as const,
          DataType: 'text'
        }
      ]
    })
  }
}

function putParameter(input: PutParameterRequest, world: World): PutParameterResult {
  const { Name: name = '', Value: value = '', Type: type, Overwrite = false, Tier } = input
  const existing = world.parameters.find(name)
  if (existing && !Overwrite) {
    throw new AwsError(
      'ParameterAlreadyExists',
      'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.'
    )
  }
  if (!existing && type === undefined) {
    throw new AwsError(
      'ValidationException',
      'A parameter type is required when you create a parameter.'
    )
  }
  if (type !== undefined && !isParameterType(type)) {
    throw new AwsError(
      'UnsupportedParameterType',
      `Parameter type ${String(type)} is not supported.`
    )
  }
  const tier = Tier === 'Advanced' ? 'Advanced' : 'Standard'
  const limit = tier === 'Advanced' ? 8192 : 4096
  if (value === '' || Buffer.byteLength(value) > limit) {
    throw new AwsError(
      'ValidationException',
      `${tier} tier parameters support a parameter value of 1 to ${limit} characters.`
    )
  }
  const { versions } = world.parameters.put(existing?.name ?? name, value, type)
  return { Version: versions.length, Tier: tier }
}

interface Selected {
  readonly parameter: StoredParameter
  readonly found: ParameterVersion
  readonly selector: string | undefined
}

/** `name`, `name:3`, an ARN or an ARN with `:3` behind it. */
function select(asked: string, { parameters }: World): Selected {
  const whole = parameters.find(asked)
  const latest = whole?.versions.at(-1)
  if (whole && latest) return { parameter: whole, found: latest, selector: undefined }
  const [, name = '', selector = ''] = /^(.+):([^:]+)$/.exec(asked) ?? []
  const parameter = parameters.find(name)
  // The real message is empty too: the code says it.
  if (!parameter) throw new AwsError('ParameterNotFound', '')
  const found = parameter.versions.find(({ version }) => String(version) === selector)
  if (!found) {
    throw new AwsError(
      'ParameterVersionNotFound',
      `Systems Manager could not find version ${selector} of ${name}. Verify the version and try again.`
    )
  }
  return { parameter, found, selector }
}

function isParameterType(type: string): type is ParameterType {
  return type === 'String' || type === 'StringList' || type === 'SecureString'
}
