import { only, operations, using } from '../operation.ts'
import type { Declared, Uses } from '../operation.ts'
import { FIELDS } from './conditions.ts'
import type { ElbContext } from './context.ts'
import * as listeners from './listeners.ts'
import * as loadBalancers from './load-balancers.ts'
import * as rules from './rules.ts'
import * as targetGroups from './target-groups.ts'
import * as targetHealth from './target-health.ts'

const PAGE = { Marker: true, PageSize: true } as const

const ACTIONS = {
  Type: only(
    ...['forward', 'fixed-response', 'redirect'],
    ...['authenticate-cognito', 'authenticate-oidc', 'jwt-validation']
  ),
  TargetGroupArn: true,
  Order: true,
  AuthenticateCognitoConfig: true,
  AuthenticateOidcConfig: true,
  JwtValidationConfig: true,
  ForwardConfig: {
    TargetGroups: { TargetGroupArn: true, Weight: true },
    TargetGroupStickinessConfig: { Enabled: true, DurationSeconds: true }
  },
  FixedResponseConfig: { StatusCode: true, ContentType: true, MessageBody: true },
  RedirectConfig: {
    StatusCode: true,
    Protocol: true,
    Host: true,
    Port: true,
    Path: true,
    Query: true
  }
} as const

/** Of each kind the values; regular expressions (`RegexValues`) are not evaluated. */
const CONDITIONS = {
  Field: only(...FIELDS),
  Values: true,
  HostHeaderConfig: { Values: true },
  HttpHeaderConfig: { HttpHeaderName: true, Values: true },
  HttpRequestMethodConfig: { Values: true },
  PathPatternConfig: { Values: true },
  QueryStringConfig: { Values: { Key: true, Value: true } },
  SourceIpConfig: { Values: true }
} as const

const TARGETS = { Id: true, Port: true } as const

/** The Elastic Load Balancing v2 API over one account's load balancers. */
export function elbOperations(context: ElbContext) {
  const over = <Input, Output>(
    uses: Uses<NoInfer<Input>>,
    operation: (context: ElbContext, input: Input) => Output
  ): Declared<(input: Input) => Output> =>
    using(uses, (input: Input): Output => operation(context, input))
  return operations('elasticloadbalancing', {
    CreateListener: over(
      {
        Certificates: { CertificateArn: true },
        DefaultActions: ACTIONS,
        LoadBalancerArn: true,
        Port: true,
        Protocol: only('HTTP', 'HTTPS')
      },
      listeners.createListener
    ),
    CreateLoadBalancer: over(
      {
        IpAddressType: only('ipv4'),
        Name: true,
        Scheme: true,
        SecurityGroups: true,
        Subnets: true,
        Type: only('application', 'network')
      },
      loadBalancers.createLoadBalancer
    ),
    CreateRule: over(
      {
        Actions: ACTIONS,
        Conditions: CONDITIONS,
        ListenerArn: true,
        Priority: true
      },
      rules.createRule
    ),
    CreateTargetGroup: over(
      {
        HealthCheckEnabled: only(true),
        HealthCheckIntervalSeconds: true,
        HealthCheckPath: true,
        HealthCheckPort: only('traffic-port'),
        HealthCheckProtocol: only('HTTP'),
        HealthCheckTimeoutSeconds: true,
        HealthyThresholdCount: true,
        IpAddressType: only('ipv4'),
        Matcher: { HttpCode: true },
        Name: true,
        Port: true,
        Protocol: only('HTTP'),
        ProtocolVersion: only('HTTP1'),
        TargetType: only('instance', 'ip'),
        UnhealthyThresholdCount: true,
        VpcId: true
      },
      targetGroups.createTargetGroup
    ),
    DeregisterTargets: over(
      { TargetGroupArn: true, Targets: TARGETS },
      targetHealth.deregisterTargets
    ),
    DescribeListeners: over(
      { ...PAGE, ListenerArns: true, LoadBalancerArn: true },
      listeners.describeListeners
    ),
    DescribeLoadBalancers: over(
      { ...PAGE, LoadBalancerArns: true, Names: true },
      loadBalancers.describeLoadBalancers
    ),
    DescribeRules: over({ ...PAGE, ListenerArn: true, RuleArns: true }, rules.describeRules),
    DescribeTargetGroupAttributes: over(
      { TargetGroupArn: true },
      targetGroups.describeTargetGroupAttributes
    ),
    DescribeTargetGroups: over(
      { ...PAGE, LoadBalancerArn: true, Names: true, TargetGroupArns: true },
      targetGroups.describeTargetGroups
    ),
    DescribeTargetHealth: over(
      { TargetGroupArn: true, Targets: TARGETS },
      targetHealth.describeTargetHealth
    ),
    ModifyListener: over(
      { DefaultActions: ACTIONS, ListenerArn: true, Port: true, Protocol: only('HTTP', 'HTTPS') },
      listeners.modifyListener
    ),
    ModifyRule: over(
      { Actions: ACTIONS, Conditions: CONDITIONS, ResetTransforms: only(false), RuleArn: true },
      rules.modifyRule
    ),
    ModifyTargetGroupAttributes: over(
      { Attributes: { Key: true, Value: true }, TargetGroupArn: true },
      targetGroups.modifyTargetGroupAttributes
    ),
    RegisterTargets: over({ TargetGroupArn: true, Targets: TARGETS }, targetHealth.registerTargets)
  })
}

export type ElbOperations = ReturnType<typeof elbOperations>
