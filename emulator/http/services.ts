import { createRequire } from 'node:module'
import type { Tables } from '../dynamodb/tables.ts'
import { DYNAMODB_USES } from '../dynamodb/uses.ts'
import type { UsesOfRequest } from '../operation.ts'
import type { Operations } from '../world.ts'
import { rpcV2Cbor } from './cbor-protocol.ts'
import { awsJson } from './json-protocol.ts'
import { readModel } from './model.ts'
import type { ServiceModel } from './model.ts'
import type { HttpAnswer, HttpRequest, Protocol } from './protocol.ts'
import { awsQuery } from './query-protocol.ts'
import { awsRestJson } from './rest-json-protocol.ts'

/** One AWS service as it is reached over HTTP. */
export interface Service {
  /** The prefix IAM uses; names operations in faults and in the call log: `ecs:DescribeServices`. */
  readonly id: string
  /** Some services answer in more than one: which one is the client's choice. */
  readonly protocols: readonly Protocol[]
  readonly model: () => ServiceModel
  readonly operations: Operations
  /** The code this service gives where a required member is missing; without it the protocol's own. */
  readonly missingMemberCode?: (member: string) => string | undefined
  /** Answers in place of the operations. */
  readonly forward?: Forward
}

/** A service that is not ours, behind our front. */
export interface Forward {
  /** By operation; what is not named is not handed on. */
  readonly uses: Readonly<Record<string, UsesOfRequest>>
  readonly send: (request: HttpRequest) => Promise<HttpAnswer>
}

export type ServiceId =
  | 'ecs'
  | 'codedeploy'
  | 'elasticloadbalancing'
  | 'lambda'
  | 'cloudwatch'
  | 'kms'
  | 'ssm'
  | 'secretsmanager'
  | 'ecr'
  | 'logs'
  | 'iam'
  | 'sts'

const requireSdk = createRequire(import.meta.url)
const models = new Map<string, ServiceModel>()

/** Reads a model when it is first asked for, and once: an SDK takes 10 to 50 ms to load, and most suites need two or three. */
function modelOf(client: string): () => ServiceModel {
  return () => {
    let model = models.get(client)
    if (!model) {
      model = readModel(
        requireSdk(`@aws-sdk/client-${client}`) as Readonly<Record<string, unknown>>
      )
      models.set(client, model)
    }
    return model
  }
}

/** The services of the emulated account; the operations are handed in, and where DynamoDB's requests go. */
export function awsServices(
  operations: Readonly<Record<ServiceId, Operations>>,
  tables: Pick<Tables, 'forward'>
): Service[] {
  const codedeployModel = modelOf('codedeploy')
  return [
    {
      id: 'ecs',
      protocols: [awsJson('AmazonEC2ContainerServiceV20141113')],
      model: modelOf('ecs'),
      operations: operations.ecs,
      missingMemberCode: () => 'InvalidParameterException'
    },
    {
      id: 'codedeploy',
      // As botocore's service model lists them: `protocols` of codedeploy and of cloudwatch.
      protocols: [rpcV2Cbor('CodeDeploy_20141006'), awsJson('CodeDeploy_20141006')],
      model: codedeployModel,
      operations: operations.codedeploy,
      // CodeDeploy has an exception of its own for nearly every required member.
      missingMemberCode: (member) => {
        const code = `${member.charAt(0).toUpperCase()}${member.slice(1)}RequiredException`
        return codedeployModel().errors.has(code) ? code : undefined
      }
    },
    {
      id: 'elasticloadbalancing',
      protocols: [
        awsQuery('2015-12-01', 'http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/')
      ],
      model: modelOf('elastic-load-balancing-v2'),
      operations: operations.elasticloadbalancing
    },
    {
      id: 'cloudwatch',
      protocols: [
        rpcV2Cbor('GraniteServiceVersion20100801'),
        awsJson('GraniteServiceVersion20100801'),
        awsQuery('2010-08-01', 'http://monitoring.amazonaws.com/doc/2010-08-01/')
      ],
      model: modelOf('cloudwatch'),
      operations: operations.cloudwatch
    },
    {
      id: 'dynamodb',
      protocols: [awsJson('DynamoDB_20120810')],
      model: modelOf('dynamodb'),
      operations: {},
      forward: { uses: DYNAMODB_USES, send: (request) => tables.forward(request) }
    },
    {
      id: 'kms',
      protocols: [awsJson('TrentService')],
      model: modelOf('kms'),
      operations: operations.kms
    },
    {
      id: 'ssm',
      protocols: [awsJson('AmazonSSM')],
      model: modelOf('ssm'),
      operations: operations.ssm
    },
    {
      id: 'secretsmanager',
      protocols: [awsJson('secretsmanager')],
      model: modelOf('secrets-manager'),
      operations: operations.secretsmanager
    },
    {
      id: 'ecr',
      protocols: [awsJson('AmazonEC2ContainerRegistry_V20150921')],
      model: modelOf('ecr'),
      operations: operations.ecr
    },
    {
      id: 'logs',
      protocols: [awsJson('Logs_20140328')],
      model: modelOf('cloudwatch-logs'),
      operations: operations.logs
    },
    {
      id: 'iam',
      protocols: [awsQuery('2010-05-08', 'https://iam.amazonaws.com/doc/2010-05-08/')],
      model: modelOf('iam'),
      operations: operations.iam
    },
    {
      id: 'sts',
      protocols: [awsQuery('2011-06-15', 'https://sts.amazonaws.com/doc/2011-06-15/')],
      model: modelOf('sts'),
      operations: operations.sts
    },
    // Which operation a REST request names is found in the model: Lambda's is read only if nobody else is meant.
    {
      id: 'lambda',
      protocols: [awsRestJson],
      model: modelOf('lambda'),
      operations: operations.lambda
    }
  ]
}
