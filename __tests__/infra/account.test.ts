import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Resource } from '../../emulator/cloudformation/template.ts'
import { ACCOUNT_TEMPLATES, readAccountTemplate } from '../../emulator/worlds/account-template.ts'
import { describeWith } from '../helpers/needs.ts'
import { ACCOUNTS, DOMAIN_OF, resolveWith } from './account-template.ts'
import { forMoto } from './moto-template.ts'
import { run, startMoto, type Moto } from './tools.ts'

type Resources = Readonly<Record<string, Resource>>

const exported = new Map<string, string>()
const most = resolveWith('account', ACCOUNTS.most, exported).Resources
const least = resolveWith('account', ACCOUNTS.least).Resources
const domain = {
  most: resolveWith('domain', DOMAIN_OF.most, exported).Resources,
  least: resolveWith('domain', DOMAIN_OF.least, exported).Resources,
  failover: resolveWith('domain', DOMAIN_OF.failover, exported).Resources
}
const ALL = { 'account, most': most, 'account, least': least, ...domain }

const ofType = (resources: Resources, type: string): [string, Resource['Properties']][] =>
  Object.entries(resources)
    .filter(([, { Type }]) => Type === type)
    .map(([name, { Properties }]) => [name, Properties])
const textOf = (name: string): string => readFileSync(`infra/${name}.yaml`, 'utf8')

describe.each(ACCOUNT_TEMPLATES)('infra/%s.yaml', (name) => {
  test('has room: CloudFormation takes 51,200 bytes', () => {
    expect(Buffer.byteLength(textOf(name))).toBeLessThanOrEqual(45_000)
  })

  test('every parameter and every output says what it is', () => {
    const { Parameters, Outputs } = readAccountTemplate(name)
    const silent = Object.entries({ ...Parameters, ...Outputs }).filter(
      ([, each]) => !('Description' in each)
    )
    expect(silent.map(([each]) => each)).toEqual([])
    const grouped = textOf(name).slice(0, textOf(name).indexOf('\nParameters:'))
    expect(
      Object.keys(Parameters).filter((each) => !new RegExp(`\\b${each}\\b`).test(grouped))
    ).toEqual([])
  })

  test('every line of a network ACL has a comment that says why it is there', () => {
    const bare = [
      ...textOf(name).matchAll(/(.*)\n {2}(\w+):\n {4}Type: AWS::EC2::NetworkAclEntry/g)
    ]
      .filter(([, before = '']) => !/^ {2}# .{20,}\.$/.test(before))
      .map(([, , entry]) => entry)
    expect(bare).toEqual([])
  })
})

describe.each(Object.entries(ALL))('%s', (_, resources) => {
  test('every line of a security group says why it is there, and none lets out everything by default', () => {
    const groups = ofType(resources, 'AWS::EC2::SecurityGroup')
    const lines = [
      ...groups.flatMap(([, { SecurityGroupIngress = [], SecurityGroupEgress }]) => [
        ...(SecurityGroupIngress as Resource['Properties'][]),
        ...(SecurityGroupEgress as Resource['Properties'][])
      ]),
      ...ofType(resources, 'AWS::EC2::SecurityGroupIngress').map(([, line]) => line),
      ...ofType(resources, 'AWS::EC2::SecurityGroupEgress').map(([, line]) => line)
    ]
    expect(lines.length).toBeGreaterThan(1)
    for (const { Description } of lines) {
      // EC2 API reference, AuthorizeSecurityGroupIngress: these characters, 255 at most.
      expect(Description).toMatch(/^[a-zA-Z0-9 ._\-:/()#,@[\]+=&;{}!$*]{5,255}$/)
    }
    const open = lines.filter(
      ({ IpProtocol, CidrIp }) => IpProtocol === '-1' && CidrIp !== '127.0.0.1/32'
    )
    expect(open).toEqual([])
  })

  test('no statement that writes has all resources, but where AWS has none to name', () => {
    const statements = ofType(resources, 'AWS::IAM::Role').flatMap(([, { Policies = [] }]) =>
      (Policies as { PolicyDocument: { Statement: Resource['Properties'][] } }[]).flatMap(
        ({ PolicyDocument }) => PolicyDocument.Statement
      )
    )
    const wide = statements.filter(({ Resource }) => [Resource].flat().includes('*'))
    // A token for the registry; IAM's service authorization reference gives it no resource.
    expect(wide.every(({ Action }) => Action === 'ecr:GetAuthorizationToken')).toBe(true)
    expect(
      statements.filter(({ Action }) => [Action].flat().some((each) => String(each).endsWith('*')))
    ).toEqual([])
  })

  test('every log is kept for a time', () => {
    for (const [, { RetentionInDays }] of ofType(resources, 'AWS::Logs::LogGroup'))
      expect(RetentionInDays).toBe('90')
  })
})

describe('the network', () => {
  const subnets = ofType(most, 'AWS::EC2::Subnet')

  test('is 10.0.0.0/16 over two zones, a public and a private subnet in each, no address twice', () => {
    expect(most['Vpc']?.Properties).toMatchObject({
      CidrBlock: '10.0.0.0/16',
      EnableDnsHostnames: true
    })
    expect(
      subnets.map(([name, { CidrBlock, AvailabilityZone }]) => [name, CidrBlock, AvailabilityZone])
    ).toEqual([
      ['PublicSubnetA', '10.0.0.0/20', 'eu-central-1a'],
      ['PublicSubnetB', '10.0.16.0/20', 'eu-central-1b'],
      ['PrivateSubnetA', '10.0.32.0/20', 'eu-central-1a'],
      ['PrivateSubnetB', '10.0.48.0/20', 'eu-central-1b']
    ])
  })

  test.each([
    ['nat-gateways', ['NatGatewayA', 'NatGatewayB'], 2, 0],
    ['nat-gateway', ['NatGatewayA'], 2, 0],
    ['endpoints', [], 0, 9]
  ])(
    'with %s private subnets reach what is outside by that alone',
    (Egress, gateways, routes, endpoints) => {
      const { Resources } = resolveWith('account', { ...ACCOUNTS.least, Egress })
      expect(ofType(Resources, 'AWS::EC2::NatGateway').map(([name]) => name)).toEqual(gateways)
      const out = ofType(Resources, 'AWS::EC2::Route').filter(
        ([, { NatGatewayId }]) => NatGatewayId
      )
      expect(out).toHaveLength(routes)
      const kinds = ofType(Resources, 'AWS::EC2::VPCEndpoint').map(
        ([, each]) => each['VpcEndpointType']
      )
      expect(kinds.filter((kind) => kind === 'Interface')).toHaveLength(endpoints)
      expect(kinds.filter((kind) => kind === 'Gateway')).toHaveLength(2)
    }
  )

  test('an internal load balancer stands in the private subnets', () => {
    expect(least['LoadBalancer']?.Properties).toMatchObject({ Scheme: 'internal' })
    const raw = readAccountTemplate('account').Resources['LoadBalancer']?.Properties['Subnets']
    expect(JSON.stringify(raw)).toMatch(
      /IsInternal.*PrivateSubnetA.*PrivateSubnetB.*PublicSubnetA.*PublicSubnetB/
    )
  })

  test('a domain name brings certificate, alias and redirect, and needs its zone', () => {
    expect(most['Certificate']?.Properties).toMatchObject({
      ValidationMethod: 'DNS',
      DomainValidationOptions: [{ DomainName: 'shop.example.com', HostedZoneId: 'Z0123456789' }]
    })
    expect(most['Redirect']?.Properties['DefaultActions']).toEqual([
      {
        Type: 'redirect',
        RedirectConfig: { Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_301' }
      }
    ])
    expect(Object.keys(least)).not.toContain('Certificate')
    expect(() => resolveWith('account', { DomainName: 'shop.example.com' })).toThrow(
      'DomainName needs HostedZoneId'
    )
  })
})

describe('database and cache', () => {
  test('RDS manages the password, but not of a database with a replica, of which it would make none', () => {
    const alone = resolveWith('account', { ...ACCOUNTS.most, DatabaseReplica: 'false' }).Resources
    expect(alone['DatabaseInstance']?.Properties).toMatchObject({ ManageMasterUserPassword: true })
    expect(alone['DatabaseInstance']?.Properties).not.toHaveProperty('MasterUserPassword')
    expect(alone).not.toHaveProperty('DatabaseSecret')
    expect(most['DatabaseInstance']?.Properties).not.toHaveProperty('ManageMasterUserPassword')
    expect(most['DatabaseInstance']?.Properties['MasterUserPassword']).toMatch(
      /^\{\{resolve:secretsmanager:.+:SecretString:password\}\}$/
    )
    expect(() => resolveWith('account', { DatabaseReplica: 'true' })).toThrow(
      "needs Database 'true'"
    )
  })

  test('they are encrypted, in the private subnets, kept for days, and stay when the stack goes', () => {
    expect(readAccountTemplate('account').Resources['DatabaseInstance']).toMatchObject({
      DeletionPolicy: 'Snapshot',
      Properties: { StorageEncrypted: true, PubliclyAccessible: false }
    })
    expect(most['CacheGroup']?.Properties).toMatchObject({
      TransitEncryptionEnabled: true,
      AtRestEncryptionEnabled: true
    })
    expect(most['CacheUrl']?.Properties['SecretString']).toMatch(
      /^rediss:\/\/:\{\{resolve:secretsmanager:/
    )
  })
})

describe('a domain', () => {
  test('is one service that CodeDeploy releases, rolled back by itself and by alarms', () => {
    expect(domain.most['Service']?.Properties).toMatchObject({
      DeploymentController: { Type: 'CODE_DEPLOY' }
    })
    // An update of the stack must not take back what autoscaling has made of it.
    expect(domain.most['Service']?.Properties).not.toHaveProperty('DesiredCount')
    expect(domain.most['DeploymentGroup']?.Properties).toMatchObject({
      AutoRollbackConfiguration: {
        Events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM', 'DEPLOYMENT_STOP_ON_REQUEST']
      },
      AlarmConfiguration: { Enabled: true, Alarms: [{}, {}, { Name: 'slow-orders' }] }
    })
  })

  test('has a test listener or none', () => {
    expect(domain.most).toHaveProperty('TestListener')
    expect(domain.least).not.toHaveProperty('TestListener')
    expect(JSON.stringify(domain.least['DeploymentGroup'])).not.toContain('TestTrafficRoute')
  })

  test('of a failover is two services of ECS behind 100 and 0, and nothing of CodeDeploy', () => {
    const services = ofType(domain.failover, 'AWS::ECS::Service')
    expect(
      services.map(([, { ServiceName, DeploymentController }]) => [
        ServiceName,
        DeploymentController
      ])
    ).toEqual([
      ['orders-api-prod1', { Type: 'ECS' }],
      ['orders-api-prod2', { Type: 'ECS' }]
    ])
    expect(domain.failover['Listener']?.Properties['DefaultActions']).toMatchObject([
      { Type: 'forward', ForwardConfig: { TargetGroups: [{ Weight: 100 }, { Weight: 0 }] } }
    ])
    expect(
      Object.values(domain.failover).filter(({ Type }) => Type.includes('CodeDeploy'))
    ).toEqual([])
    expect(Object.keys(domain.failover)).not.toContain('CodeDeployRole')
  })

  test('needs what it uses in the account', () => {
    const bare = new Map<string, string>()
    resolveWith('account', ACCOUNTS.least, bare)
    expect(() => resolveWith('domain', DOMAIN_OF.most, bare)).toThrow(
      /^No export named production-/
    )
  })
})

describeWith(['cfn-lint', 'moto_server', 'aws'], 'judged by others', () => {
  test('cfn-lint finds nothing', async () => {
    const files = ACCOUNT_TEMPLATES.map((name) => `infra/${name}.yaml`)
    expect(await run('cfn-lint', ...files)).toEqual({ code: 0, text: '' })
  }, 120_000)

  test.each(Object.entries(ALL))(
    "CloudFormation's registry takes every property: %s",
    (_, resources) => {
      const script = fileURLToPath(new URL('judge_properties.py', import.meta.url))
      const input = JSON.stringify({ region: 'eu-central-1', resources })
      const { stdout, stderr, status } = spawnSync('python3', [script], { input, encoding: 'utf8' })
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
      expect(JSON.parse(stdout)).toEqual([])
    },
    60_000
  )

  describe('created in an account of moto_server', () => {
    let moto: Moto
    const aws = async (...args: string[]): Promise<Record<string, unknown>> => {
      const place = [
        '--endpoint-url',
        moto.endpoint,
        '--region',
        'eu-central-1',
        '--output',
        'json'
      ]
      const { code, text } = await run('aws', ...args, ...place)
      if (code !== 0) throw new Error(text)
      return text.trim() === '' ? {} : (JSON.parse(text) as Record<string, unknown>)
    }
    beforeAll(async () => {
      moto = await startMoto()
    }, 30_000)
    afterAll(() => moto.close())

    /**
     * What it does not list as made: types that it makes none of in stacks (it logs `No Moto
     * CloudFormation support`), and alarms, to which it gives no id. The registry has judged their
     * properties above, and those of a domain are made by the emulator, in `eightDomains`.
     */
    const SKIPPED = {
      account: [
        'AWS::CertificateManager::Certificate',
        'AWS::EC2::NetworkAcl',
        'AWS::EC2::NetworkAclEntry',
        'AWS::EC2::SubnetNetworkAclAssociation',
        'AWS::ElastiCache::ReplicationGroup',
        'AWS::ElastiCache::SubnetGroup',
        'AWS::SecretsManager::Secret'
      ],
      domain: [
        'AWS::ApplicationAutoScaling::ScalableTarget',
        'AWS::ApplicationAutoScaling::ScalingPolicy',
        'AWS::CloudWatch::Alarm',
        'AWS::CodeDeploy::Application',
        'AWS::CodeDeploy::DeploymentGroup',
        'AWS::EC2::SecurityGroupEgress'
      ]
    }

    test('both complete, and what it skipped is what is listed here', async () => {
      const zone = await aws(
        ...['route53', 'create-hosted-zone', '--name', 'example.com', '--caller-reference', '1']
      )
      const HostedZoneId = String((zone['HostedZone'] as { Id: string }).Id).replace(
        '/hostedzone/',
        ''
      )
      const asked = ['acm', 'request-certificate', '--domain-name', 'shop.example.com']
      const { CertificateArn } = await aws(...asked)
      const skipped: Record<string, string[]> = {}
      for (const [name, given] of [
        ['account', { ...ACCOUNTS.most, HostedZoneId }],
        ['domain', DOMAIN_OF.most]
      ] as const) {
        const template = readAccountTemplate(name)
        const parameters = Object.entries(given).map(([ParameterKey, ParameterValue]) => ({
          ParameterKey,
          ParameterValue
        }))
        const body = ['--template-body', forMoto(template, String(CertificateArn))]
        const more = [
          '--parameters',
          JSON.stringify(parameters),
          '--capabilities',
          'CAPABILITY_NAMED_IAM'
        ]
        await aws('cloudformation', 'create-stack', '--stack-name', name, ...body, ...more)
        expect(await aws('cloudformation', 'describe-stacks', '--stack-name', name)).toMatchObject({
          Stacks: [{ StackStatus: 'CREATE_COMPLETE' }]
        })
        const { StackResources } = (await aws(
          ...['cloudformation', 'describe-stack-resources', '--stack-name', name]
        )) as unknown as { StackResources: { ResourceType: string }[] }
        const made = new Set(StackResources.map(({ ResourceType }) => ResourceType))
        const wanted = name === 'account' ? most : domain.most
        const types = new Set(Object.values(wanted).map(({ Type }) => Type))
        skipped[name] = [...types].filter((type) => !made.has(type)).sort()
      }
      expect(skipped).toEqual(SKIPPED)
    }, 120_000)
  })
})
