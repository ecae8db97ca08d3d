import { textOf } from '../../../scripts/terraform-modules.ts'
import type { Value, Values } from './values.ts'
import { block, blocks, translate, type Form, type Member, type Properties } from './forms.ts'
import { GATE_FORMS } from './gate-forms.ts'

/** A line of a security group; on the other side stands a block of addresses or another group. */
const line = (other: string): Readonly<Record<string, Member>> => ({
  description: 'Description',
  ip_protocol: 'IpProtocol',
  from_port: 'FromPort',
  to_port: 'ToPort',
  cidr_ipv4: 'CidrIp',
  referenced_security_group_id: other
})
const INGRESS = line('SourceSecurityGroupId')
const EGRESS = line('DestinationSecurityGroupId')
const GROUP = { security_group_id: 'AWS::EC2::SecurityGroup' }
const attribute = (key: string, value: unknown): Properties => ({
  LoadBalancerAttributes: [{ Key: key, Value: value }]
})

export const NETWORK_FORMS: Readonly<Record<string, Form>> = {
  aws_vpc: {
    type: 'AWS::EC2::VPC',
    refs: { id: 'Ref' },
    members: {
      cidr_block: 'CidrBlock',
      enable_dns_support: 'EnableDnsSupport',
      enable_dns_hostnames: 'EnableDnsHostnames'
    }
  },
  aws_internet_gateway: {
    type: 'AWS::EC2::InternetGateway',
    refs: { id: 'Ref' },
    members: { vpc_id: () => ({}) },
    also: {
      type: 'AWS::EC2::VPCGatewayAttachment',
      parts: ({ vpc_id: id = '' }, self) => ({ vpc_id: { VpcId: id, InternetGatewayId: self } })
    }
  },
  aws_subnet: {
    type: 'AWS::EC2::Subnet',
    refs: { id: 'Ref' },
    members: { vpc_id: 'VpcId', availability_zone: 'AvailabilityZone', cidr_block: 'CidrBlock' }
  },
  aws_route_table: {
    type: 'AWS::EC2::RouteTable',
    refs: { id: 'Ref' },
    members: { vpc_id: 'VpcId' }
  },
  aws_route: {
    type: 'AWS::EC2::Route',
    members: {
      route_table_id: 'RouteTableId',
      destination_cidr_block: 'DestinationCidrBlock',
      gateway_id: 'GatewayId',
      nat_gateway_id: 'NatGatewayId'
    }
  },
  aws_route_table_association: {
    type: 'AWS::EC2::SubnetRouteTableAssociation',
    members: { route_table_id: 'RouteTableId', subnet_id: 'SubnetId' }
  },
  aws_eip: {
    type: 'AWS::EC2::EIP',
    refs: { allocation_id: 'AllocationId' },
    members: { domain: 'Domain' }
  },
  aws_nat_gateway: {
    type: 'AWS::EC2::NatGateway',
    refs: { id: 'Ref' },
    members: { allocation_id: 'AllocationId', subnet_id: 'SubnetId' }
  },
  aws_vpc_endpoint: {
    type: 'AWS::EC2::VPCEndpoint',
    members: {
      vpc_id: 'VpcId',
      service_name: 'ServiceName',
      vpc_endpoint_type: 'VpcEndpointType',
      route_table_ids: 'RouteTableIds',
      private_dns_enabled: 'PrivateDnsEnabled',
      subnet_ids: 'SubnetIds',
      security_group_ids: 'SecurityGroupIds'
    }
  },
  aws_network_acl: {
    type: 'AWS::EC2::NetworkAcl',
    refs: { id: 'Ref' },
    members: { vpc_id: 'VpcId', subnet_ids: () => ({}) },
    also: {
      type: 'AWS::EC2::SubnetNetworkAclAssociation',
      parts: ({ subnet_ids: ids }, self) =>
        Object.fromEntries(
          (ids as readonly string[]).map((id, at) => [at, { SubnetId: id, NetworkAclId: self }])
        )
    }
  },
  aws_network_acl_rule: {
    type: 'AWS::EC2::NetworkAclEntry',
    members: {
      network_acl_id: 'NetworkAclId',
      egress: 'Egress',
      rule_number: 'RuleNumber',
      rule_action: 'RuleAction',
      // IANA's number of TCP.
      protocol: (value) => ({ Protocol: value === 'tcp' ? 6 : value }),
      cidr_block: 'CidrBlock',
      from_port: 'PortRange.From',
      to_port: 'PortRange.To'
    }
  },
  aws_security_group: {
    type: 'AWS::EC2::SecurityGroup',
    refs: { id: 'Ref' },
    members: { name: 'GroupName', description: 'GroupDescription', vpc_id: 'VpcId' }
  },
  aws_vpc_security_group_ingress_rule: {
    type: 'AWS::EC2::SecurityGroupIngress',
    of: GROUP,
    members: { security_group_id: 'GroupId', ...INGRESS },
    asPart: (values) => ({ SecurityGroupIngress: [translate(values, INGRESS)] })
  },
  aws_vpc_security_group_egress_rule: {
    type: 'AWS::EC2::SecurityGroupEgress',
    of: GROUP,
    members: { security_group_id: 'GroupId', ...EGRESS },
    asPart: (values) => ({ SecurityGroupEgress: [translate(values, EGRESS)] })
  },
  aws_lb: {
    type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    refs: {
      arn: 'Ref',
      arn_suffix: 'LoadBalancerFullName',
      dns_name: 'DNSName',
      zone_id: 'CanonicalHostedZoneID'
    },
    members: {
      name: 'Name',
      load_balancer_type: 'Type',
      internal: (value) => ({ Scheme: value === true ? 'internal' : 'internet-facing' }),
      subnets: 'Subnets',
      security_groups: 'SecurityGroups',
      drop_invalid_header_fields: (value) =>
        attribute('routing.http.drop_invalid_header_fields.enabled', value),
      enable_deletion_protection: (value, { access_logs: logs = [] }) => ({
        LoadBalancerAttributes: [
          { Key: 'deletion_protection.enabled', Value: value },
          // ELB API reference, LoadBalancerAttribute: the default is false.
          ...((logs as readonly Values[]).length === 0
            ? [{ Key: 'access_logs.s3.enabled', Value: false }]
            : [])
        ]
      }),
      access_logs: block({
        enabled: (value) => attribute('access_logs.s3.enabled', value),
        bucket: (value) => attribute('access_logs.s3.bucket', value),
        prefix: (value) => attribute('access_logs.s3.prefix', value)
      })
    }
  },
  aws_lb_target_group: {
    type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
    refs: { arn: 'Ref', arn_suffix: 'TargetGroupFullName' },
    members: {
      name: 'Name',
      vpc_id: 'VpcId',
      target_type: 'TargetType',
      protocol: 'Protocol',
      port: 'Port',
      deregistration_delay: (value) => ({
        TargetGroupAttributes: [{ Key: 'deregistration_delay.timeout_seconds', Value: value }]
      }),
      health_check: block({
        path: 'HealthCheckPath',
        matcher: 'Matcher.HttpCode',
        interval: 'HealthCheckIntervalSeconds',
        timeout: 'HealthCheckTimeoutSeconds',
        healthy_threshold: 'HealthyThresholdCount',
        unhealthy_threshold: 'UnhealthyThresholdCount'
      })
    }
  },
  aws_lb_listener: {
    type: 'AWS::ElasticLoadBalancingV2::Listener',
    refs: { arn: 'Ref' },
    members: {
      load_balancer_arn: 'LoadBalancerArn',
      port: 'Port',
      protocol: 'Protocol',
      ssl_policy: 'SslPolicy',
      certificate_arn: (value) => ({ Certificates: [{ CertificateArn: value }] }),
      default_action: blocks('DefaultActions', {
        type: 'Type',
        target_group_arn: 'TargetGroupArn',
        forward: block({
          target_group: blocks('ForwardConfig.TargetGroups', {
            arn: 'TargetGroupArn',
            weight: 'Weight'
          })
        }),
        redirect: block(
          { protocol: 'Protocol', port: 'Port', status_code: 'StatusCode' },
          'RedirectConfig'
        )
      })
    }
  }
}

export const ACCOUNT_FORMS: Readonly<Record<string, Form>> = {
  ...GATE_FORMS,
  ...NETWORK_FORMS,
  aws_acm_certificate: {
    type: 'AWS::CertificateManager::Certificate',
    refs: { arn: 'Ref' },
    members: { domain_name: 'DomainName', validation_method: 'ValidationMethod' }
  },
  aws_route53_record: {
    type: 'AWS::Route53::RecordSet',
    members: {
      zone_id: 'HostedZoneId',
      name: 'Name',
      type: 'Type',
      alias: block(
        {
          name: 'DNSName',
          zone_id: 'HostedZoneId',
          evaluate_target_health: 'EvaluateTargetHealth'
        },
        'AliasTarget'
      )
    }
  },
  aws_ecs_cluster: {
    type: 'AWS::ECS::Cluster',
    members: {
      name: 'ClusterName',
      setting: blocks('ClusterSettings', { name: 'Name', value: 'Value' })
    }
  },
  aws_ecs_cluster_capacity_providers: {
    of: { cluster_name: 'AWS::ECS::Cluster' },
    members: { capacity_providers: 'CapacityProviders' }
  },
  aws_ecr_repository: {
    type: 'AWS::ECR::Repository',
    members: {
      name: 'RepositoryName',
      image_tag_mutability: 'ImageTagMutability',
      image_scanning_configuration: block({ scan_on_push: 'ImageScanningConfiguration.ScanOnPush' })
    }
  },
  aws_ecr_lifecycle_policy: {
    of: { repository: 'AWS::ECR::Repository' },
    members: { policy: 'LifecyclePolicy.LifecyclePolicyText' }
  },
  aws_db_subnet_group: {
    type: 'AWS::RDS::DBSubnetGroup',
    members: {
      name: 'DBSubnetGroupName',
      description: 'DBSubnetGroupDescription',
      subnet_ids: 'SubnetIds'
    }
  },
  aws_secretsmanager_secret: {
    type: 'AWS::SecretsManager::Secret',
    refs: { id: 'Ref', arn: 'Ref' },
    members: { name: 'Name', description: 'Description', kms_key_id: 'KmsKeyId' }
  },
  aws_db_instance: {
    type: 'AWS::RDS::DBInstance',
    refs: { address: 'Endpoint.Address' },
    members: {
      identifier: 'DBInstanceIdentifier',
      replicate_source_db: 'SourceDBInstanceIdentifier',
      engine: 'Engine',
      engine_version: 'EngineVersion',
      instance_class: 'DBInstanceClass',
      db_name: 'DBName',
      username: 'MasterUsername',
      manage_master_user_password: 'ManageMasterUserPassword',
      master_user_secret_kms_key_id: 'MasterUserSecret.KmsKeyId',
      password: () => ({}),
      allocated_storage: 'AllocatedStorage',
      max_allocated_storage: 'MaxAllocatedStorage',
      storage_type: 'StorageType',
      storage_encrypted: 'StorageEncrypted',
      kms_key_id: 'KmsKeyId',
      multi_az: 'MultiAZ',
      db_subnet_group_name: 'DBSubnetGroupName',
      vpc_security_group_ids: 'VPCSecurityGroups',
      publicly_accessible: 'PubliclyAccessible',
      backup_retention_period: 'BackupRetentionPeriod',
      copy_tags_to_snapshot: 'CopyTagsToSnapshot',
      auto_minor_version_upgrade: 'AutoMinorVersionUpgrade',
      enabled_cloudwatch_logs_exports: 'EnableCloudwatchLogsExports',
      deletion_protection: 'DeletionProtection',
      // What CloudFormation says by the resource's DeletionPolicy.
      skip_final_snapshot: () => ({}),
      final_snapshot_identifier: () => ({})
    }
  },
  aws_elasticache_subnet_group: {
    type: 'AWS::ElastiCache::SubnetGroup',
    members: { name: 'CacheSubnetGroupName', description: 'Description', subnet_ids: 'SubnetIds' }
  },
  aws_elasticache_replication_group: {
    type: 'AWS::ElastiCache::ReplicationGroup',
    members: {
      replication_group_id: 'ReplicationGroupId',
      description: 'ReplicationGroupDescription',
      engine: 'Engine',
      engine_version: 'EngineVersion',
      node_type: 'CacheNodeType',
      num_cache_clusters: 'NumCacheClusters',
      automatic_failover_enabled: 'AutomaticFailoverEnabled',
      multi_az_enabled: 'MultiAZEnabled',
      port: 'Port',
      subnet_group_name: 'CacheSubnetGroupName',
      security_group_ids: 'SecurityGroupIds',
      at_rest_encryption_enabled: 'AtRestEncryptionEnabled',
      transit_encryption_enabled: 'TransitEncryptionEnabled',
      auth_token: () => ({})
    }
  }
}

/** Keys as CloudFormation writes them, but for those of a log driver's options. */
function capital(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(capital)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [
      name.charAt(0).toUpperCase() + name.slice(1),
      name === 'options' ? each : capital(each)
    ])
  )
}

const SCALED =
  (made: (target: string, values: Values) => Properties) => (value: Value, values: Values) =>
    made(
      [value, values['scalable_dimension'], values['service_namespace']].map(textOf).join('|'),
      values
    )

export const DOMAIN_FORMS: Readonly<Record<string, Form>> = {
  ...GATE_FORMS,
  ...NETWORK_FORMS,
  aws_ecs_task_definition: {
    type: 'AWS::ECS::TaskDefinition',
    refs: { arn: 'Ref' },
    members: {
      family: 'Family',
      network_mode: 'NetworkMode',
      requires_compatibilities: 'RequiresCompatibilities',
      cpu: 'Cpu',
      memory: 'Memory',
      execution_role_arn: 'ExecutionRoleArn',
      task_role_arn: 'TaskRoleArn',
      skip_destroy: () => ({}),
      container_definitions: (value) => ({
        ContainerDefinitions: capital(JSON.parse(textOf(value)))
      })
    }
  },
  aws_ecs_service: {
    type: 'AWS::ECS::Service',
    // CloudFormation begins with one where nothing is said.
    madeUp: ['DesiredCount'],
    members: {
      name: 'ServiceName',
      cluster: 'Cluster',
      task_definition: 'TaskDefinition',
      desired_count: 'DesiredCount',
      launch_type: 'LaunchType',
      platform_version: 'PlatformVersion',
      health_check_grace_period_seconds: 'HealthCheckGracePeriodSeconds',
      deployment_controller: block({ type: 'DeploymentController.Type' }),
      deployment_circuit_breaker: block(
        { enable: 'Enable', rollback: 'Rollback' },
        'DeploymentConfiguration.DeploymentCircuitBreaker'
      ),
      load_balancer: blocks('LoadBalancers', {
        target_group_arn: 'TargetGroupArn',
        container_name: 'ContainerName',
        container_port: 'ContainerPort'
      }),
      network_configuration: block(
        {
          subnets: 'Subnets',
          security_groups: 'SecurityGroups',
          assign_public_ip: (value) => ({ AssignPublicIp: value === true ? 'ENABLED' : 'DISABLED' })
        },
        'NetworkConfiguration.AwsvpcConfiguration'
      )
    }
  },
  aws_appautoscaling_target: {
    type: 'AWS::ApplicationAutoScaling::ScalableTarget',
    members: {
      service_namespace: 'ServiceNamespace',
      resource_id: 'ResourceId',
      scalable_dimension: 'ScalableDimension',
      min_capacity: 'MinCapacity',
      max_capacity: 'MaxCapacity'
    }
  },
  aws_appautoscaling_policy: {
    type: 'AWS::ApplicationAutoScaling::ScalingPolicy',
    members: {
      name: 'PolicyName',
      policy_type: 'PolicyType',
      service_namespace: () => ({}),
      scalable_dimension: () => ({}),
      resource_id: SCALED((target) => ({ ScalingTargetId: target })),
      target_tracking_scaling_policy_configuration: block(
        {
          target_value: 'TargetValue',
          scale_in_cooldown: 'ScaleInCooldown',
          scale_out_cooldown: 'ScaleOutCooldown',
          predefined_metric_specification: block({
            predefined_metric_type: 'PredefinedMetricSpecification.PredefinedMetricType'
          })
        },
        'TargetTrackingScalingPolicyConfiguration'
      )
    }
  },
  aws_codedeploy_app: {
    type: 'AWS::CodeDeploy::Application',
    members: { name: 'ApplicationName', compute_platform: 'ComputePlatform' }
  },
  aws_codedeploy_deployment_group: {
    type: 'AWS::CodeDeploy::DeploymentGroup',
    members: {
      app_name: 'ApplicationName',
      deployment_group_name: 'DeploymentGroupName',
      deployment_config_name: 'DeploymentConfigName',
      service_role_arn: 'ServiceRoleArn',
      deployment_style: block(
        { deployment_option: 'DeploymentOption', deployment_type: 'DeploymentType' },
        'DeploymentStyle'
      ),
      ecs_service: blocks('ECSServices', {
        cluster_name: 'ClusterName',
        service_name: 'ServiceName'
      }),
      load_balancer_info: block({
        target_group_pair_info: blocks('LoadBalancerInfo.TargetGroupPairInfoList', {
          prod_traffic_route: block({ listener_arns: 'ProdTrafficRoute.ListenerArns' }),
          test_traffic_route: block({ listener_arns: 'TestTrafficRoute.ListenerArns' }),
          target_group: blocks('TargetGroups', { name: 'Name' })
        })
      }),
      blue_green_deployment_config: block(
        {
          // Of no meaning with CONTINUE_DEPLOYMENT (API reference, DeploymentReadyOption).
          deployment_ready_option: block({
            action_on_timeout: (value) => ({
              DeploymentReadyOption: { ActionOnTimeout: value, WaitTimeInMinutes: 0 }
            })
          }),
          terminate_blue_instances_on_deployment_success: block(
            {
              action: 'Action',
              termination_wait_time_in_minutes: 'TerminationWaitTimeInMinutes'
            },
            'TerminateBlueInstancesOnDeploymentSuccess'
          )
        },
        'BlueGreenDeploymentConfiguration'
      ),
      auto_rollback_configuration: block(
        { enabled: 'Enabled', events: 'Events' },
        'AutoRollbackConfiguration'
      ),
      alarm_configuration: block(
        {
          enabled: 'Enabled',
          alarms: (value) => ({ Alarms: (value as readonly Value[]).map((Name) => ({ Name })) })
        },
        'AlarmConfiguration'
      )
    }
  }
}
