import { readFileSync } from 'node:fs'
import { describe, expect, it, jest } from '@jest/globals'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { openStage, writes } from './stage.ts'

jest.setTimeout(90_000)

const schema = JSON.parse(readFileSync('docs/report.schema.json', 'utf8')) as object

describe('a release', () => {
  it('is released when the person approves', async () => {
    const { emulator, demo, start } = await openStage({ gateAnswers: 'Succeeded' })
    const step = await start()
    const { exitCode, outputs, summary, lines } = await step.result
    expect(lines.at(-1)).toMatch(/^released: orders:2 serves all production traffic/)
    expect(exitCode).toBe(0)
    expect(outputs).toMatchObject({
      outcome: 'released',
      rollback: 'none',
      'approval-status': 'approved',
      'deployment-status': 'Succeeded',
      'task-definition-arn': 'arn:aws:ecs:eu-central-1:123456789012:task-definition/orders:2'
    })
    expect(outputs['deployment-id']).toMatch(/^d-[A-Z0-9]{9,}$/)
    expect(outputs['codedeploy-deployment-id']).toBe(outputs['deployment-id'])
    expect(outputs).not.toHaveProperty('rollback-deployment-id')
    expect(Date.parse(outputs['traffic-shifted-at'] ?? '')).toBeGreaterThan(0)
    expect(outputs['console-url']).toContain('https://eu-central-1.console.aws.amazon.com/')
    const report: unknown = JSON.parse(readFileSync(outputs['report'] ?? '', 'utf8'))
    const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(schema)
    expect([validate(report), validate.errors]).toEqual([true, null])
    const rendered: unknown = JSON.parse(readFileSync(outputs['task-definition'] ?? '', 'utf8'))
    expect(rendered).toMatchObject({
      family: 'orders',
      containerDefinitions: [{ name: 'app', image: expect.stringMatching(/orders:2$/) }]
    })
    expect(summary).toMatch(/^#+ .*released/im)
    expect(summary).toContain('octocat')
    expect(demo.gate.requests()).toHaveLength(1)
    expect(writes(emulator).filter((name) => !name.startsWith('codedeploy:Put'))).toEqual([
      'ecs:RegisterTaskDefinition',
      'codedeploy:CreateDeployment'
    ])
  })

  it('is rejected when the person rejects, and its rollback is followed to the end', async () => {
    const { run } = await openStage({ gateAnswers: 'Failed' })
    const { exitCode, outputs, summary, lines } = await run()
    expect(outputs).toMatchObject({
      outcome: 'rejected',
      rollback: 'succeeded',
      'approval-status': 'rejected',
      'deployment-status': 'Failed'
    })
    expect(outputs['rollback-deployment-id']).toMatch(/^d-/)
    expect(exitCode).toBe(1)
    expect(lines.at(-1)).toMatch(/^::error::rejected: /)
    expect(lines.join('\n')).toMatch(/AllowTraffic +rollback: Succeeded/)
    expect(summary).toMatch(/rejected/i)
    // Green's own end explains nothing.
    expect(summary).not.toContain('Stopped task')
  })

  it('expires when nobody answers for an hour', async () => {
    const { run } = await openStage({ factor: 1500 })
    const { exitCode, outputs } = await run()
    expect(outputs).toMatchObject({
      outcome: 'expired',
      rollback: 'succeeded',
      'approval-status': 'expired'
    })
    expect(exitCode).toBe(1)
  })

  it('is stopped by an alarm', async () => {
    const { emulator, asked, start } = await openStage({ alarms: ['orders-errors'] })
    const step = await start()
    await asked()
    emulator.world.alarms.put('orders-errors', 'ALARM')
    const { exitCode, outputs, summary } = await step.result
    expect(outputs).toMatchObject({ outcome: 'stopped', 'deployment-status': 'Stopped' })
    expect(summary).toContain('Activated alarms: orders-errors')
    expect(exitCode).toBe(1)
  })

  it('fails when green never gets healthy, and says why', async () => {
    // Behind no listener, nobody would check its health during Install.
    const switches = { groupRewritesListener: 'at-creation' } as const
    const { run, demo } = await openStage({ factor: 1500, switches })
    const { exitCode, outputs, lines } = await run({ 'environment-variables': 'BUG=unhealthy' })
    expect(outputs).toMatchObject({ outcome: 'failed', rollback: 'succeeded' })
    expect(lines.join('\n')).toMatch(/health/i)
    expect(demo.gate.requests()).toEqual([])
    expect(exitCode).toBe(1)
  })

  it('fault: the credentials expire during the wait: unknown, said within two reads', async () => {
    const { emulator, asked, start } = await openStage({ factor: 60 })
    const step = await start()
    await asked()
    emulator.faults.add({ operation: '*', fault: { kind: 'expired-credentials' } })
    const { exitCode, outputs, lines } = await step.result
    expect(outputs).toMatchObject({ outcome: 'unknown', 'approval-status': 'pending' })
    expect(outputs['deployment-id']).toMatch(/^d-/)
    expect(lines.join('\n')).toMatch(/expired/i)
    const expired = emulator.calls
      .list('codedeploy:GetDeployment')
      .filter(({ outcome }) => outcome === 'ExpiredTokenException')
    expect(expired.length).toBeLessThanOrEqual(2)
    expect(exitCode).toBe(1)
  })
})
