import { describe, expect, it } from '@jest/globals'
import type { LookUps } from '../../src/aws/look-ups.ts'
import { checkNames, type ReleaseNames } from '../../src/controllers/names.ts'

const ROLE = 'arn:aws:iam::123456789012:role/tasks'
const DIGEST = `sha256:${'c'.repeat(64)}`
const PRIVATE = '123456789012.dkr.ecr.eu-west-1.amazonaws.com'
const ecr = {
  registry: '123456789012',
  region: 'eu-west-1',
  repository: 'team/shop',
  id: { imageTag: '2' }
}
const image = { image: `${PRIVATE}/team/shop:2`, ecr }
const nothing: ReleaseNames = {
  functions: [],
  account: '123456789012',
  images: [],
  logGroups: [],
  roles: [],
  secrets: [],
  parameters: []
}
const trust = (Principal: unknown, Effect = 'Allow'): string =>
  JSON.stringify({ Statement: [{ Effect, Principal, Action: 'sts:AssumeRole' }] })

/** Nobody answers but as told. */
const silent: LookUps = {
  lambda: () => Promise.resolve(undefined),
  image: () => Promise.resolve(undefined),
  cachePrefixes: () => Promise.resolve(undefined),
  logGroup: () => Promise.resolve(undefined),
  role: () => Promise.resolve(undefined),
  secret: () => Promise.resolve(undefined),
  parameters: () => Promise.resolve(undefined)
}

async function check(names: Partial<ReleaseNames>, told: Partial<LookUps> = {}): Promise<string[]> {
  const lines = await checkNames({ ...nothing, ...names }, { ...silent, ...told })
  return lines.map(({ name, verdict, reason }) => `${verdict} ${name}: ${reason}`)
}

const answer =
  <T>(value: T): (() => Promise<T>) =>
  () =>
    Promise.resolve(value)

describe('names', () => {
  it('of which there are none make no line', async () => {
    expect(await check({})).toEqual([])
  })

  it('that nobody answers for are one SKIP for each kind, with the right', async () => {
    expect(
      await check({
        functions: ['gate', 'gate'],
        images: [image],
        logGroups: [{ name: '/ecs/a', region: undefined }],
        roles: [ROLE],
        secrets: [{ id: 'db', region: undefined }],
        parameters: [{ id: '/key', region: undefined }]
      })
    ).toEqual([
      'SKIP functions: gate could not be looked up with `lambda:GetFunctionConfiguration`',
      `SKIP images: ${image.image} could not be looked up with \`ecr:DescribeImages\``,
      'SKIP log groups: /ecs/a could not be looked up with `logs:DescribeLogGroups`',
      `SKIP roles: ${ROLE} could not be looked up with \`iam:GetRole\``,
      'SKIP secrets: db could not be looked up with `secretsmanager:DescribeSecret`; ' +
        '/key could not be looked up with `ssm:DescribeParameters`'
    ])
  })
})

describe('a function', () => {
  it.each<[Awaited<ReturnType<LookUps['lambda']>>, RegExp]>([
    [{ state: 'Active', reason: undefined }, /^OK functions: gate exists$/],
    ['absent', /^NG functions: gate does not exist: no hook could run/],
    [{ state: 'Failed', reason: 'no ENI' }, /^NG functions: gate is Failed \(no ENI\)$/],
    [{ state: 'Inactive', reason: undefined }, /^WARN functions: gate is Inactive$/]
  ])('%j', async (found, line) => {
    expect(await check({ functions: ['gate'] }, { lambda: answer(found) })).toEqual([
      expect.stringMatching(line)
    ])
  })

  it('that is missing comes before those that are there', async () => {
    const lambda: LookUps['lambda'] = (name) =>
      Promise.resolve(name === 'verify' ? 'absent' : { state: 'Active', reason: undefined })
    expect(await check({ functions: ['gate', 'verify'] }, { lambda })).toEqual([
      expect.stringMatching(/^NG functions: verify does not exist.*; gate exists$/)
    ])
  })
})

describe('an image', () => {
  it('in ECR is shown with its digest', async () => {
    expect(await check({ images: [image] }, { image: answer(DIGEST) })).toEqual([
      `OK images: ${image.image} is ${DIGEST}`
    ])
  })

  it('elsewhere is not asked for', async () => {
    expect(await check({ images: [{ image: 'nginx:1', ecr: undefined }] })).toEqual([
      'SKIP images: nginx:1 is in a registry that is not asked'
    ])
  })

  it.each<[readonly string[] | undefined, RegExp]>([
    [[], /^NG images: .* is not in ECR: push it before the release/],
    [['tea', 'shop'], /^NG images/],
    [['team'], /^SKIP images: .*the pull-through cache rule team may fetch it$/],
    [['team/'], /^SKIP/],
    [['ROOT'], /^SKIP/],
    [undefined, /^WARN images: .* unless a pull-through cache rule fetches it/]
  ])('that is missing, with cache rules %j', async (prefixes, line) => {
    const told = { image: answer('absent' as const), cachePrefixes: answer(prefixes) }
    expect(await check({ images: [image] }, told)).toEqual([expect.stringMatching(line)])
  })
})

describe('a log group', () => {
  it.each<[string | undefined, RegExp]>([
    [
      undefined,
      /^NG log groups: \/ecs\/a does not exist: create it, or set .*awslogs-create-group/
    ],
    ['us-east-1', /^NG log groups: \/ecs\/a does not exist in us-east-1:/]
  ])('that is missing in %s', async (region, line) => {
    const logGroups = [{ name: '/ecs/a', region }]
    expect(await check({ logGroups }, { logGroup: answer('absent' as const) })).toEqual([
      expect.stringMatching(line)
    ])
  })
})

describe('a role', () => {
  it.each<[string, string, string, RegExp]>([
    [ROLE, ROLE, trust({ Service: 'ecs-tasks.amazonaws.com' }), /^OK roles/],
    [ROLE, ROLE, trust({ Service: ['ec2.amazonaws.com', 'ecs-tasks.amazonaws.com'] }), /^OK/],
    ['tasks', ROLE, trust('*'), /^OK/],
    [ROLE, ROLE, 'no JSON', /^OK/],
    [ROLE, ROLE, trust({ Service: 'ecs.amazonaws.com' }), /^NG roles: .* does not trust ecs-tasks/],
    [ROLE, ROLE, trust({ Service: 'ecs-tasks.amazonaws.com' }, 'Deny'), /^NG/],
    [
      ROLE,
      ROLE.replace('role/', 'role/service-role/'),
      trust('*'),
      /^NG .*the role of that name is/
    ],
    [ROLE, ROLE.replace('123456789012', '210987654321'), trust('*'), /^SKIP .*another account/]
  ])('%s, found as %s with %s', async (asked, arn, policy, line) => {
    const role = answer({ arn, trust: policy })
    expect(await check({ roles: [asked] }, { role })).toEqual([expect.stringMatching(line)])
  })

  it('is asked for by its name, which is the end of its ARN', async () => {
    const asked: string[] = []
    const role: LookUps['role'] = (name) => {
      asked.push(name)
      return Promise.resolve('absent')
    }
    const path = 'arn:aws:iam::123456789012:role/service/path/tasks'
    expect(await check({ roles: [path] }, { role })).toEqual([`NG roles: ${path} does not exist`])
    expect(asked).toEqual(['tasks'])
  })
})

describe('a secret', () => {
  it('that is being deleted has no value', async () => {
    const secret = answer('being-deleted' as const)
    expect(await check({ secrets: [{ id: 'db', region: undefined }] }, { secret })).toEqual([
      expect.stringMatching(/^NG secrets: db is scheduled for deletion/)
    ])
  })

  it('of Parameter Store is looked for by each name that its ARN may stand for, region by region', async () => {
    const asked: unknown[] = []
    const parameters: LookUps['parameters'] = (names, region) => {
      asked.push([names, region])
      return Promise.resolve(new Set(['/deep/key', 'flat']))
    }
    const arn = 'arn:aws:ssm:eu-west-1:123456789012:parameter'
    const given = [`${arn}/deep/key`, `${arn}/flat`, `${arn}/none`].map((id) => ({
      id,
      region: 'eu-west-1'
    }))
    const lines = await check(
      { parameters: [...given, { id: 'flat', region: undefined }] },
      { parameters }
    )
    expect(lines).toEqual([
      `NG secrets: ${arn}/none does not exist; ${arn}/deep/key exists; ${arn}/flat exists; flat exists`
    ])
    expect(asked).toEqual([
      [['/deep/key', 'flat', '/flat', 'none', '/none'], 'eu-west-1'],
      [['flat'], undefined]
    ])
  })

  it('of Parameter Store of another account is not looked for, since no list would show it', async () => {
    const id = 'arn:aws:ssm:eu-west-1:210987654321:parameter/shared'
    expect(await check({ parameters: [{ id, region: 'eu-west-1' }] })).toEqual([
      `SKIP secrets: ${id} is not known to be of this account`
    ])
  })
})
