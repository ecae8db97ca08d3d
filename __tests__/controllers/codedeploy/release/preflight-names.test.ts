import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { run, verdictOf } from '../../../flow/stage.ts'

const REGISTRY = '123456789012.dkr.ecr.eu-central-1.amazonaws.com'

let folder = ''
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'names-'))))
afterAll(() => rm(folder, { recursive: true }))

async function fileWith(image: string, members: Readonly<Record<string, unknown>> = {}) {
  const file = join(folder, 'task-definition.json')
  const container = {
    name: 'app',
    image,
    portMappings: [{ containerPort: 8080 }],
    secrets: [{ name: 'KEY', valueFrom: '/orders/key' }],
    logConfiguration: { logDriver: 'awslogs', options: { 'awslogs-group': '/ecs/other' } }
  }
  const definition = {
    family: 'orders',
    networkMode: 'awsvpc',
    requiresCompatibilities: ['FARGATE'],
    cpu: '256',
    memory: '512',
    containerDefinitions: [container],
    ...members
  }
  await writeFile(file, JSON.stringify(definition))
  return { 'task-definition': file, 'container-name': '', image: '' }
}

describe('names that a release needs are looked up before anything is written', () => {
  it('and those that are there are said, an image with its digest', async () => {
    const release = await run()
    expect(release.ending.outcome).toBe('released')
    expect(verdictOf(release, 'functions')).toBe('OK: CodeDeployHook_gate exists')
    expect(verdictOf(release, 'images')).toMatch(
      /^OK: 123456789012\.dkr\.ecr\.\S+\/orders:2 is sha256:[0-9a-f]{64}$/
    )
    expect(verdictOf(release, 'roles')).toBe(
      'OK: arn:aws:iam::123456789012:role/ecsTaskExecutionRole exists'
    )
    expect(verdictOf(release, 'secrets')).toBe('no: check')
  })

  it('and every one that is missing refuses the release, all in one round', async () => {
    const release = await run({
      inputs: {
        ...(await fileWith(`${REGISTRY}/orders:missing-2`, { taskRoleArn: 'orders' })),
        'gate-function': 'CodeDeployHook_gaet'
      }
    })
    expect(release.ending.outcome).toBe('refused')
    expect(release.ending.problems).toEqual([
      expect.stringMatching(/^functions: CodeDeployHook_gaet does not exist/),
      expect.stringMatching(/^images: .*orders:missing-2 is not in ECR/),
      expect.stringMatching(/^log groups: \/ecs\/other does not exist/),
      expect.stringMatching(/^roles: .*orders does not exist/),
      expect.stringMatching(/^secrets: \/orders\/key does not exist/)
    ])
    expect(release.operations).not.toContain('ecs:RegisterTaskDefinition')
  })

  it('a dry run looks as well', async () => {
    const inputs = { ...(await fileWith(`${REGISTRY}/orders:missing-2`)), 'dry-run': 'true' }
    const release = await run({ inputs })
    expect(verdictOf(release, 'images')).toMatch(/^NG/)
    expect(release.ending.outcome).toBe('refused')
  })

  it('an image that no registry can have is found out without asking anybody', async () => {
    const release = await run({
      inputs: { ...(await fileWith('$ECR_REGISTRY/orders:2')), 'dry-run': 'true' }
    })
    expect(release.ending.outcome).toBe('refused')
    expect(release.ending.problems).toEqual([
      expect.stringMatching(/^`task-definition`: container "app" has the image .*a placeholder/)
    ])
    expect(release.operations).toEqual([])
  })

  it('without the rights it goes on, and says once for each what it could not look up', async () => {
    const rights = [
      'lambda:GetFunctionConfiguration',
      'ecr:DescribeImages',
      'logs:DescribeLogGroups',
      'iam:GetRole',
      'ssm:DescribeParameters'
    ]
    const release = await run({
      inputs: await fileWith(`${REGISTRY}/orders:2`, { executionRoleArn: 'ecsTaskExecutionRole' }),
      prepare: ({ faults }) => {
        for (const operation of rights) faults.add({ operation, fault: { kind: 'denied' } })
      }
    })
    expect(release.ending.outcome).toBe('released')
    for (const line of ['functions', 'images', 'log groups', 'roles', 'secrets']) {
      expect(verdictOf(release, line)).toMatch(/^SKIP: .* could not be looked up with/)
    }
    for (const right of rights) {
      expect(release.operations.filter((each) => each === right)).toHaveLength(1)
    }
  })
})
