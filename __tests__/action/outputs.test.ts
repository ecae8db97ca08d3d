import { describe, expect, it } from '@jest/globals'
import { outputsOf, setOutputs, type Outputs } from '../../src/action/outputs.ts'
import type { DeploymentReport } from '../../src/release/report.ts'

const deployment: DeploymentReport = {
  id: 'd-ABC',
  state: 'succeeded',
  status: 'Succeeded',
  error: undefined,
  createdAt: 0,
  completedAt: 1,
  steps: [],
  trafficShiftedAt: Date.UTC(2026, 0, 2, 3, 4, 5),
  traffic: undefined,
  targets: undefined,
  oldTasks: undefined,
  consoleUrl: 'https://console.example/d-ABC'
}

function written(outputs: Outputs): Record<string, unknown> {
  const values: Record<string, unknown> = {}
  setOutputs({ setOutput: (name: string, value: unknown) => void (values[name] = value) }, outputs)
  return values
}

describe('outputs', () => {
  it('are made from the whole report', () => {
    const outputs = outputsOf({
      outcome: 'released',
      rollback: 'none',
      approval: 'approved',
      deployment,
      rollbackDeployment: { ...deployment, id: 'd-BACK' },
      taskDefinitionArn: 'arn:aws:ecs:eu-west-1:123456789012:task-definition/shop:2',
      renderedPath: '/tmp/task.json',
      reportPath: '/tmp/report.json',
      htmlPath: '/tmp/report.html'
    })
    expect(written(outputs)).toEqual({
      'task-definition-arn': 'arn:aws:ecs:eu-west-1:123456789012:task-definition/shop:2',
      'task-definition': '/tmp/task.json',
      'deployment-id': 'd-ABC',
      'codedeploy-deployment-id': 'd-ABC',
      'deployment-status': 'Succeeded',
      outcome: 'released',
      rollback: 'none',
      'rollback-deployment-id': 'd-BACK',
      'approval-status': 'approved',
      'traffic-shifted-at': '2026-01-02T03:04:05.000Z',
      'console-url': 'https://console.example/d-ABC',
      report: '/tmp/report.json',
      'report-html': '/tmp/report.html'
    })
  })

  it('have the task in a JSON array, as the official action writes it', () => {
    const oneOffTask = {
      taskArn: 'arn:aws:ecs:eu-west-1:123456789012:task/shop/0123',
      status: 'RUNNING',
      createdAt: undefined,
      startedAt: undefined,
      stoppedAt: undefined,
      stopCode: undefined,
      stoppedReason: undefined,
      containers: [],
      consoleUrl: 'https://console.example/0123'
    }
    expect(written(outputsOf({ oneOffTask }))).toEqual({
      'run-task-arn': '["arn:aws:ecs:eu-west-1:123456789012:task/shop/0123"]'
    })
  })

  it('leave out what is not known yet', () => {
    expect(written(outputsOf({ outcome: 'refused', rollback: 'none' }))).toEqual({
      outcome: 'refused',
      rollback: 'none'
    })
    expect(
      written(outputsOf({ deployment: { ...deployment, trafficShiftedAt: undefined } }))
    ).not.toHaveProperty('traffic-shifted-at')
  })
})
