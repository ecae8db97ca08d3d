import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { StepResult } from '../../runner/run-action.ts'
import { openGateStage, type GateStage } from './gate-stage.ts'

let workspace: string
const stages: GateStage[] = []

interface Left extends StepResult {
  readonly stage: GateStage
  readonly evidence: Record<string, unknown>
}

/** A release with one task of green, which is stopped while the gate is open. */
async function release(
  within: string,
  atTheGate: (stage: GateStage) => Promise<unknown>
): Promise<Left> {
  const stage = await openGateStage({ dataPlane: true })
  stages.push(stage)
  const file = `${stages.length}.yml`
  const { testUrl } = stage.service
  await writeFile(
    join(workspace, file),
    `version: 1
target: { test: "${testUrl}" }
recovery: { required: true, cluster: shop, path: /version, within: ${within}, rate: 50, timeout: 1 s }
`
  )
  const step = await stage.start({ verification: file }, { workspace })
  const decided = stage.card().then(() => atTheGate(stage))
  const result = await step.result
  await decided
  const report: unknown = JSON.parse(await readFile(result.outputs['report'] ?? '', 'utf8'))
  const { evidence } = report as { evidence: Record<string, unknown>[] }
  return { ...result, stage, evidence: evidence.find(({ name }) => name === 'recovery') ?? {} }
}

let recovered: Left
let lost: Left

beforeAll(async () => {
  workspace = await mkdtemp(join(tmpdir(), 'workspace-'))
  ;[recovered, lost] = await Promise.all([
    release('1 min', async (stage) => {
      await stage.until(() => stage.shown().includes('whole again after'))
      await stage.slack.click('U0ANN', (await stage.card()).ts, 'gate_approve')
    }),
    release('1 s', () => Promise.resolve())
  ])
}, 240_000)
afterAll(async () => {
  await Promise.all(stages.map((stage) => stage.close()))
  await rm(workspace, { recursive: true, force: true })
})

const stopped = ({ stage }: Left): number =>
  stage.emulator.calls.list('ecs:StopTask').filter(({ outcome }) => outcome === 'OK').length

describe('green that loses its only task', () => {
  test('is released by a person who has seen how long it took, and how many requests failed', () => {
    expect(recovered.outputs).toMatchObject({ outcome: 'released', 'approved-by': 'Ann (U0ANN)' })
    expect(stopped(recovered)).toBe(1)
    expect(recovered.evidence).toMatchObject({ section: 'recovery', verdict: 'passed' })
    const [, seconds, failed, total] =
      /^whole again after ([\d.]+) s \(.*\); ([\d,]+) of ([\d,]+) requests failed; last: /.exec(
        String(recovered.evidence['summary'])
      ) ?? []
    expect(Number(seconds)).toBeGreaterThan(0)
    // There is no other task, and ECS does not wait for the load balancer.
    expect(Number(failed)).toBeGreaterThan(0)
    expect(Number(total)).toBeGreaterThan(Number(failed))
  })

  test('is rejected by the evidence itself where that takes too long, with nobody clicking', () => {
    expect(lost.outputs).toMatchObject({
      outcome: 'rejected',
      'approval-status': 'rejected',
      rollback: 'succeeded'
    })
    expect(lost.outputs['approval-reason']).toMatch(/^recovery: not whole again within 1 s/)
    expect(lost.stage.shown()).toContain('*Rejected* by the evidence itself')
    expect(stopped(lost)).toBe(1)
  })
})
