import { randomBytes } from 'node:crypto'
import { text, type Made, type Make } from './made.ts'

/** What EC2 puts before an id, by type. */
const PREFIXES: Readonly<Record<string, string>> = {
  InternetGateway: 'igw',
  NatGateway: 'nat',
  NetworkAcl: 'acl',
  RouteTable: 'rtb',
  SecurityGroup: 'sg',
  Subnet: 'subnet',
  SubnetNetworkAclAssociation: 'aclassoc',
  SubnetRouteTableAssociation: 'rtbassoc',
  VPC: 'vpc',
  VPCEndpoint: 'vpce'
}

/**
 * The network of an account: ids, which services, tasks and load balancers name. What lets whom through
 * is not acted here, where all is on loopback; it is tested against the template itself.
 */
export const NETWORK_MAKERS: readonly (readonly [string, Make])[] = [
  ...Object.entries(PREFIXES).map(
    ([type, prefix]) => [`AWS::EC2::${type}`, () => ({ id: newId(prefix) })] as const
  ),
  ['AWS::EC2::EIP', () => ({ id: '203.0.113.1', attributes: { AllocationId: newId('eipalloc') } })],
  ...[
    'NetworkAclEntry',
    'Route',
    'SecurityGroupEgress',
    'SecurityGroupIngress',
    'VPCGatewayAttachment'
  ].map(
    (type) =>
      [`AWS::EC2::${type}`, (_: unknown, __: unknown, id: string): Made => ({ id })] as const
  ),
  ['AWS::ECR::Repository', (properties) => ({ id: text(properties, 'RepositoryName') })]
]

function newId(prefix: string): string {
  return `${prefix}-0${randomBytes(8).toString('hex')}`
}
