import { describe, expect, it } from '@jest/globals'
import type { Mapping } from '../../src/documents/mapping.ts'
import { namedIn } from '../../src/taskdef/named.ts'

const ECR = '123456789012.dkr.ecr.eu-west-1.amazonaws.com'
const SECRET = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop/db-AbCdEf'
const PARAMETER = 'arn:aws:ssm:us-east-1:123456789012:parameter/shop/key'

const container = (members: Mapping): Mapping => ({
  containerDefinitions: [{ name: 'app', image: 'shop:1', ...members }]
})

describe('the names in a task definition', () => {
  it.each<[string, unknown]>([
    ['shop:1', undefined],
    ['public.ecr.aws/nginx/nginx:1', undefined],
    ['ghcr.io/shop/web', undefined],
    [
      `${ECR}/team/shop`,
      {
        registry: '123456789012',
        region: 'eu-west-1',
        repository: 'team/shop',
        id: { imageTag: 'latest' }
      }
    ],
    [
      `123456789012.dkr-ecr.us-east-2.on.aws/shop:2@sha256:${'b'.repeat(64)}`,
      {
        registry: '123456789012',
        region: 'us-east-2',
        repository: 'shop',
        id: { imageDigest: `sha256:${'b'.repeat(64)}` }
      }
    ],
    [
      '123456789012.dkr.ecr-fips.us-gov-west-1.amazonaws.com/shop:2',
      expect.objectContaining({ region: 'us-gov-west-1' })
    ],
    [
      '123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/shop:2',
      expect.objectContaining({ region: 'cn-north-1' })
    ]
  ])('image %s', (image, ecr) => {
    expect(namedIn(container({ image })).images).toEqual([{ image, ecr }])
  })

  it('roles, each once', () => {
    const role = 'arn:aws:iam::123456789012:role/tasks'
    const both = { ...container({}), executionRoleArn: role, taskRoleArn: role }
    expect(namedIn(both).roles).toEqual([role])
    expect(namedIn({ ...both, taskRoleArn: 'app' }).roles).toEqual([role, 'app'])
    expect(namedIn(container({})).roles).toEqual([])
  })

  it.each<[unknown, unknown]>([
    [
      {
        logDriver: 'awslogs',
        options: { 'awslogs-group': '/ecs/a', 'awslogs-region': 'eu-west-1' }
      },
      [{ name: '/ecs/a', region: 'eu-west-1' }]
    ],
    [
      {
        logDriver: 'awslogs',
        options: { 'awslogs-group': '/ecs/a', 'awslogs-create-group': 'true' }
      },
      []
    ],
    [{ logDriver: 'awsfirelens', options: { 'awslogs-group': '/ecs/a' } }, []],
    [{ logDriver: 'awslogs' }, []]
  ])('log groups of %j', (logConfiguration, groups) => {
    expect(namedIn(container({ logConfiguration })).logGroups).toEqual(groups)
  })

  it('secrets and parameters, without key, stage and version', () => {
    const { secrets, parameters } = namedIn(
      container({
        secrets: [
          { name: 'A', valueFrom: SECRET },
          { name: 'B', valueFrom: `${SECRET}:password::` },
          { name: 'C', valueFrom: `${PARAMETER}:3` },
          { name: 'D', valueFrom: '/shop/token' }
        ],
        logConfiguration: {
          logDriver: 'splunk',
          secretOptions: [{ name: 'splunk-token', valueFrom: 'splunk' }]
        },
        repositoryCredentials: { credentialsParameter: 'registry' }
      })
    )
    expect(secrets).toEqual([
      { id: SECRET, region: 'eu-west-1' },
      { id: 'registry', region: undefined }
    ])
    expect(parameters).toEqual([
      { id: PARAMETER, region: 'us-east-1' },
      { id: '/shop/token', region: undefined },
      { id: 'splunk', region: undefined }
    ])
  })
})
