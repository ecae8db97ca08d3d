import { textOf } from '../../../scripts/terraform-modules.ts'
import { at, block, blocks, type Form } from './forms.ts'

const json = (path: string) => (value: unknown) => at(path, JSON.parse(textOf(value)) as unknown)
/** Terraform's ARN of a log group ends before the `:*` with which CloudFormation's does. */
const LOG_GROUP = { name: 'LogGroupName', retention_in_days: 'RetentionInDays' }

/** What each type of Terraform is in CloudFormation. */
export const GATE_FORMS: Readonly<Record<string, Form>> = {
  aws_dynamodb_table: {
    type: 'AWS::DynamoDB::Table',
    refs: { arn: 'Arn', stream_arn: 'StreamArn' },
    members: {
      name: 'TableName',
      billing_mode: 'BillingMode',
      deletion_protection_enabled: 'DeletionProtectionEnabled',
      attribute: blocks('AttributeDefinitions', { name: 'AttributeName', type: 'AttributeType' }),
      hash_key: (name) => keySchema(name, 'HASH'),
      range_key: (name) => keySchema(name, 'RANGE'),
      global_secondary_index: blocks('GlobalSecondaryIndexes', {
        name: 'IndexName',
        hash_key: (name) => keySchema(name, 'HASH'),
        range_key: (name) => keySchema(name, 'RANGE'),
        projection_type: 'Projection.ProjectionType'
      }),
      point_in_time_recovery: block({
        enabled: 'PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled'
      }),
      server_side_encryption: block({ enabled: 'SSESpecification.SSEEnabled' }),
      stream_enabled: (value) => {
        // CloudFormation has no such switch: a stream is there if it is specified.
        if (value !== true) throw new Error('the stream is off')
        return {}
      },
      stream_view_type: 'StreamSpecification.StreamViewType',
      ttl: block({ attribute_name: 'AttributeName', enabled: 'Enabled' }, 'TimeToLiveSpecification')
    }
  },
  aws_dynamodb_resource_policy: {
    of: { resource_arn: 'AWS::DynamoDB::Table' },
    members: { policy: json('ResourcePolicy.PolicyDocument') }
  },
  aws_kms_key: {
    type: 'AWS::KMS::Key',
    refs: { arn: 'Arn', key_id: 'Ref' },
    members: {
      description: 'Description',
      customer_master_key_spec: 'KeySpec',
      key_usage: 'KeyUsage',
      enable_key_rotation: 'EnableKeyRotation',
      policy: json('KeyPolicy')
    }
  },
  aws_kms_alias: {
    type: 'AWS::KMS::Alias',
    members: { name: 'AliasName', target_key_id: 'TargetKeyId' }
  },
  aws_lambda_function: {
    type: 'AWS::Lambda::Function',
    refs: { arn: 'Arn' },
    members: {
      function_name: 'FunctionName',
      description: 'Description',
      runtime: 'Runtime',
      architectures: 'Architectures',
      handler: 'Handler',
      memory_size: 'MemorySize',
      timeout: 'Timeout',
      role: 'Role',
      s3_bucket: 'Code.S3Bucket',
      s3_key: 'Code.S3Key',
      // The provider's documentation: -1 removes any limit.
      reserved_concurrent_executions: (value) =>
        value === -1 ? {} : { ReservedConcurrentExecutions: value },
      environment: block({ variables: 'Environment.Variables' }),
      vpc_config: block(
        { subnet_ids: 'SubnetIds', security_group_ids: 'SecurityGroupIds' },
        'VpcConfig'
      )
    }
  },
  aws_lambda_function_recursion_config: {
    of: { function_name: 'AWS::Lambda::Function' },
    members: { recursive_loop: 'RecursiveLoop' }
  },
  aws_cloudwatch_log_group: {
    type: 'AWS::Logs::LogGroup',
    refs: { arn: 'Arn' },
    members: LOG_GROUP
  },
  aws_iam_policy: {
    type: 'AWS::IAM::ManagedPolicy',
    refs: { arn: 'Ref' },
    members: {
      name: 'ManagedPolicyName',
      description: 'Description',
      policy: json('PolicyDocument')
    }
  },
  aws_iam_role: {
    type: 'AWS::IAM::Role',
    refs: { arn: 'Arn' },
    members: {
      name: 'RoleName',
      description: 'Description',
      max_session_duration: 'MaxSessionDuration',
      permissions_boundary: 'PermissionsBoundary',
      assume_role_policy: json('AssumeRolePolicyDocument')
    }
  },
  aws_iam_role_policy: {
    of: { role: 'AWS::IAM::Role' },
    members: {
      name: () => ({}),
      policy: (value, { name }) => ({
        Policies: [{ PolicyName: name, PolicyDocument: JSON.parse(textOf(value)) as unknown }]
      })
    }
  },
  aws_iam_role_policy_attachment: {
    // On a role of the module, else on one that somebody else has made.
    of: { role: 'AWS::IAM::Role', policy_arn: 'AWS::IAM::ManagedPolicy' },
    members: {
      policy_arn: (value) => ({ ManagedPolicyArns: [value] }),
      role: (value) => ({ Roles: [value] })
    }
  },
  aws_apigatewayv2_api: {
    type: 'AWS::ApiGatewayV2::Api',
    refs: { id: 'Ref' },
    members: { name: 'Name', protocol_type: 'ProtocolType' }
  },
  aws_apigatewayv2_integration: {
    type: 'AWS::ApiGatewayV2::Integration',
    refs: { id: 'Ref' },
    members: {
      api_id: 'ApiId',
      integration_type: 'IntegrationType',
      integration_uri: 'IntegrationUri',
      payload_format_version: 'PayloadFormatVersion',
      timeout_milliseconds: 'TimeoutInMillis'
    }
  },
  aws_apigatewayv2_route: {
    type: 'AWS::ApiGatewayV2::Route',
    members: {
      api_id: 'ApiId',
      route_key: 'RouteKey',
      authorization_type: 'AuthorizationType',
      target: 'Target'
    }
  },
  aws_apigatewayv2_stage: {
    type: 'AWS::ApiGatewayV2::Stage',
    members: {
      api_id: 'ApiId',
      name: 'StageName',
      auto_deploy: 'AutoDeploy',
      default_route_settings: block(
        {
          throttling_rate_limit: 'ThrottlingRateLimit',
          throttling_burst_limit: 'ThrottlingBurstLimit'
        },
        'DefaultRouteSettings'
      ),
      access_log_settings: block(
        { destination_arn: 'DestinationArn', format: 'Format' },
        'AccessLogSettings'
      )
    }
  },
  aws_lambda_permission: {
    type: 'AWS::Lambda::Permission',
    members: {
      function_name: 'FunctionName',
      action: 'Action',
      principal: 'Principal',
      source_arn: 'SourceArn'
    }
  },
  aws_cloudwatch_event_rule: {
    type: 'AWS::Events::Rule',
    refs: { arn: 'Arn' },
    members: {
      name: 'Name',
      schedule_expression: 'ScheduleExpression',
      event_pattern: json('EventPattern')
    }
  },
  aws_cloudwatch_event_target: {
    of: { rule: 'AWS::Events::Rule' },
    members: {
      target_id: () => ({}),
      retry_policy: () => ({}),
      arn: (arn, { target_id: id, retry_policy: retry }) => {
        const [policy] = (retry ?? []) as readonly Record<string, unknown>[]
        const limits = policy && {
          RetryPolicy: {
            MaximumRetryAttempts: policy['maximum_retry_attempts'],
            MaximumEventAgeInSeconds: policy['maximum_event_age_in_seconds']
          }
        }
        return { Targets: [{ Id: id, Arn: arn, ...limits }] }
      }
    }
  },
  aws_lambda_event_source_mapping: {
    type: 'AWS::Lambda::EventSourceMapping',
    refs: { uuid: 'Ref' },
    members: {
      event_source_arn: 'EventSourceArn',
      function_name: 'FunctionName',
      starting_position: 'StartingPosition',
      batch_size: 'BatchSize',
      maximum_retry_attempts: 'MaximumRetryAttempts',
      maximum_record_age_in_seconds: 'MaximumRecordAgeInSeconds',
      filter_criteria: block({ filter: blocks('FilterCriteria.Filters', { pattern: 'Pattern' }) })
    }
  },
  aws_cloudwatch_metric_alarm: {
    type: 'AWS::CloudWatch::Alarm',
    refs: { arn: 'Arn', alarm_name: 'Ref' },
    madeUp: ['AlarmName'],
    members: {
      alarm_name: 'AlarmName',
      alarm_description: 'AlarmDescription',
      namespace: 'Namespace',
      metric_name: 'MetricName',
      dimensions: (value) => ({
        Dimensions: Object.entries(value as object).map(([Name, Value]) => ({
          Name,
          Value: Value as unknown
        }))
      }),
      statistic: 'Statistic',
      extended_statistic: 'ExtendedStatistic',
      period: 'Period',
      evaluation_periods: 'EvaluationPeriods',
      datapoints_to_alarm: 'DatapointsToAlarm',
      threshold: 'Threshold',
      comparison_operator: 'ComparisonOperator',
      treat_missing_data: 'TreatMissingData',
      alarm_actions: 'AlarmActions',
      ok_actions: 'OKActions'
    }
  }
}

function keySchema(name: unknown, type: 'HASH' | 'RANGE'): Record<string, unknown> {
  return { KeySchema: [{ AttributeName: name, KeyType: type }] }
}
