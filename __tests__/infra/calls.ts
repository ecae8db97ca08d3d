/** How a property reaches the call: under the same name in the type's own call unless said. */
interface Member {
  /** The member's name, where it differs. */
  readonly member?: string
  /** Another operation of the service takes it. */
  readonly call?: string
  /** A list, of which each entry is a call of its own. */
  readonly each?: true
  /** What is in it are the call's own members; those of `jsonParts` go as text. */
  readonly spread?: true
  readonly jsonParts?: readonly string[]
  /** Sent as JSON text. */
  readonly json?: true
  /** Names in it that differ. */
  readonly renamed?: Readonly<Record<string, string>>
  /** What CloudFormation sends with it. */
  readonly implied?: object
}

export interface Call {
  /** As botocore calls it. */
  readonly service: string
  readonly call: string
  /** Required members that CloudFormation makes itself. */
  readonly made?: readonly string[]
  readonly members?: Readonly<Record<string, Member>>
}

const DOCUMENT: Member = { json: true }

/** Which calls CloudFormation makes of a resource's properties, for every type in infra/. */
export const CALLS: Readonly<Record<string, Call>> = {
  'AWS::ApiGatewayV2::Api': { service: 'apigatewayv2', call: 'CreateApi' },
  'AWS::ApiGatewayV2::Integration': { service: 'apigatewayv2', call: 'CreateIntegration' },
  'AWS::ApiGatewayV2::Route': { service: 'apigatewayv2', call: 'CreateRoute' },
  'AWS::ApiGatewayV2::Stage': { service: 'apigatewayv2', call: 'CreateStage' },
  'AWS::CloudWatch::Alarm': {
    service: 'cloudwatch',
    call: 'PutMetricAlarm',
    made: ['AlarmName']
  },
  'AWS::DynamoDB::Table': {
    service: 'dynamodb',
    call: 'CreateTable',
    members: {
      PointInTimeRecoverySpecification: { call: 'UpdateContinuousBackups' },
      TimeToLiveSpecification: { call: 'UpdateTimeToLive' },
      SSESpecification: { renamed: { SSEEnabled: 'Enabled' } },
      StreamSpecification: { implied: { StreamEnabled: true } },
      ResourcePolicy: {
        call: 'PutResourcePolicy',
        spread: true,
        renamed: { PolicyDocument: 'Policy' },
        jsonParts: ['Policy']
      }
    }
  },
  'AWS::Events::Rule': {
    service: 'events',
    call: 'PutRule',
    members: { EventPattern: DOCUMENT, Targets: { call: 'PutTargets' } }
  },
  'AWS::IAM::ManagedPolicy': {
    service: 'iam',
    call: 'CreatePolicy',
    members: {
      ManagedPolicyName: { member: 'PolicyName' },
      PolicyDocument: DOCUMENT,
      Roles: { call: 'AttachRolePolicy', member: 'RoleName', each: true }
    }
  },
  'AWS::IAM::Role': {
    service: 'iam',
    call: 'CreateRole',
    members: {
      AssumeRolePolicyDocument: DOCUMENT,
      ManagedPolicyArns: { call: 'AttachRolePolicy', member: 'PolicyArn', each: true },
      Policies: {
        call: 'PutRolePolicy',
        each: true,
        spread: true,
        jsonParts: ['PolicyDocument']
      }
    }
  },
  'AWS::KMS::Alias': { service: 'kms', call: 'CreateAlias' },
  'AWS::KMS::Key': {
    service: 'kms',
    call: 'CreateKey',
    members: { KeyPolicy: { member: 'Policy', json: true } }
  },
  'AWS::Lambda::EventSourceMapping': { service: 'lambda', call: 'CreateEventSourceMapping' },
  'AWS::Lambda::Function': {
    service: 'lambda',
    call: 'CreateFunction',
    members: {
      ReservedConcurrentExecutions: { call: 'PutFunctionConcurrency' },
      RecursiveLoop: { call: 'PutFunctionRecursionConfig' }
    }
  },
  'AWS::Lambda::Permission': {
    service: 'lambda',
    call: 'AddPermission',
    made: ['StatementId']
  },
  'AWS::Logs::LogGroup': {
    service: 'logs',
    call: 'CreateLogGroup',
    members: {
      LogGroupName: { member: 'logGroupName' },
      RetentionInDays: { call: 'PutRetentionPolicy', member: 'retentionInDays' }
    }
  }
}
