import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { GROUP, faulty, run } from './stage.ts'

const NEEDED = [
  'ecs:RegisterTaskDefinition',
  'ecs:DescribeServices',
  'codedeploy:GetDeploymentGroup',
  'codedeploy:CreateDeployment',
  'codedeploy:GetDeployment'
]
const OPTIONAL = [
  'ecs:DescribeTaskDefinition',
  'ecs:ListTasks',
  'ecs:DescribeTasks',
  'codedeploy:GetApplicationRevision',
  'codedeploy:GetDeploymentTarget',
  'codedeploy:ListDeployments',
  'codedeploy:GetDeploymentConfig',
  'codedeploy:ListApplications',
  'codedeploy:ListDeploymentGroups',
  'codedeploy:BatchGetDeploymentGroups',
  'codedeploy:StopDeployment',
  'elasticloadbalancing:*',
  'lambda:GetFunctionConfiguration',
  'ecr:DescribeImages',
  'logs:DescribeLogGroups',
  'iam:GetRole'
]

let folder = ''
let file = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rights-'))
  file = join(folder, 'task-definition.json')
  await writeFile(
    file,
    JSON.stringify({
      family: 'orders',
      networkMode: 'awsvpc',
      requiresCompatibilities: ['FARGATE'],
      cpu: '256',
      memory: '512',
      containerDefinitions: [
        { name: 'app', image: 'orders:1', portMappings: [{ containerPort: 8080 }] }
      ]
    })
  )
})
afterAll(() => rm(folder, { recursive: true }))

// Of what the action calls itself; CodeDeploy asks for more when it creates a deployment (docs/rights.md).
describe('fault: optional look-ups are denied: the rights of a release', () => {
  it.each(['Succeeded', 'Failed'] as const)(
    'are five; a gate that says %s is followed to its end with them alone',
    async (gateAnswers) => {
      const { ending, lines, draft } = await run({
        gateAnswers,
        inputs: { ...GROUP, 'task-definition': file },
        prepare: (emulator) => {
          for (const operation of OPTIONAL) {
            emulator.faults.add({ operation, fault: { kind: 'denied' } })
          }
        }
      })
      expect(ending.outcome).toBe(gateAnswers === 'Succeeded' ? 'released' : 'rejected')
      const skips = lines.filter((line) => /\bskip/i.test(line))
      expect(skips.length).toBeGreaterThan(0)
      expect(new Set(skips).size).toBe(skips.length)
      expect(draft.preflight.every(({ verdict }) => verdict !== 'NG')).toBe(true)
    }
  )

  it.each(NEEDED)('miss %s: reported at once', async (operation) => {
    const { ending, text, operations } = await run({
      inputs: { ...GROUP, 'task-definition': file },
      prepare: faulty(operation, { kind: 'denied' })
    })
    expect(['refused', 'failed', 'unknown']).toContain(ending.outcome)
    expect([text, ...ending.problems, ending.reason].join('\n')).toMatch(/not authorized/)
    expect(operations.filter((each) => each === operation)).toHaveLength(1)
  })
})

describe('an optional look-up', () => {
  it('that takes longer than five seconds is one SKIP', async () => {
    const { ending, lines } = await run({
      patienceMs: 40,
      prepare: faulty('elasticloadbalancing:DescribeListeners', {
        kind: 'slow',
        ms: 60_000,
        clock: 'emulated'
      })
    })
    expect(ending.outcome).toBe('released')
    expect(
      lines.filter((line) => line.includes('elasticloadbalancing:DescribeListeners'))
    ).toHaveLength(1)
  })
})
