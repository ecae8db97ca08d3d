import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { reportToJson } from '../../src/release/report-json.ts'
import type { Report } from '../../src/release/report.ts'
import type { TimelineEvent } from '../../src/release/timeline.ts'
import { SAMPLES } from '../action/summary/samples.ts'
import { fieldTables, isSchema } from './report-fields.ts'

const schema: unknown = JSON.parse(readFileSync('docs/report.schema.json', 'utf8'))
const ajv = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true })
formats.default(ajv)
const validate = ajv.compile(isSchema(schema) ? schema : false)

const EVERY_KIND: readonly TimelineEvent[] = [
  { kind: 'phase', at: 0, name: 'render' },
  { kind: 'registered', at: 1, taskDefinitionArn: 'arn:aws:ecs:x', reused: true },
  { kind: 'phase', at: 1, name: 'one-off-task' },
  { kind: 'task', at: 1, taskArn: 'arn:aws:ecs:x', status: 'STOPPED', message: undefined },
  { kind: 'created', at: 2, deploymentId: 'd-1', recovered: false, attached: true },
  { kind: 'status', at: 3, deploymentId: 'd-1', status: 'Baking', message: undefined },
  {
    kind: 'lifecycle',
    at: 4,
    deploymentId: 'd-1',
    event: 'Install',
    status: 'Unknown',
    durationMs: undefined,
    message: 'm'
  },
  { kind: 'traffic', at: 5, deploymentId: 'd-1', blue: 66.7, green: 33.3 },
  {
    kind: 'stopped-tasks',
    at: 6,
    deploymentId: 'd-1',
    count: 2,
    withinMs: 9_000,
    taskArn: 'arn:aws:ecs:eu-west-1:123456789012:task/shop/1',
    message: 'container app exited with 1'
  },
  { kind: 'health', at: 6, deploymentId: 'd-1', counts: { healthy: 1 }, reasons: ['r'] },
  { kind: 'rollback', at: 7, deploymentId: 'd-1', rollbackDeploymentId: 'd-2' },
  { kind: 'waiting', at: 8, deploymentId: 'd-1', what: 'termination', step: undefined },
  { kind: 'skipped', at: 9, what: 'w', reason: 'r' },
  { kind: 'trouble', at: 10, what: 'w', reason: 'r' },
  { kind: 'interrupted', at: 11, cause: 'timeout', action: 'left' },
  {
    kind: 'decision',
    at: 11,
    state: 'APPROVED',
    by: [{ id: 'U1', name: 'One' }],
    reason: undefined,
    breakGlass: true
  },
  {
    kind: 'evidence',
    at: 11,
    name: 'checks',
    verdict: 'unknown',
    required: true,
    summary: 's'
  },
  { kind: 'interrupted', at: 11, cause: 'evidence', action: 'stopped' },
  { kind: 'goal', at: 12, goal: 'completed' }
]

function problemsOf(report: Report): unknown {
  validate(JSON.parse(reportToJson(report)))
  return validate.errors ?? []
}

describe('reportToJson', () => {
  it.each(Object.entries(SAMPLES))('writes what the schema says: %s', (_, report) => {
    expect(problemsOf(report)).toEqual([])
  })

  it('writes every kind of timeline event as the schema says', () => {
    expect(problemsOf({ ...SAMPLES.refused, timeline: EVERY_KIND })).toEqual([])
  })

  it('is refused by the schema when a field is missing or unknown', () => {
    const whole: unknown = JSON.parse(reportToJson(SAMPLES.released))
    const { outcome, ...without } = Object(whole) as Record<string, unknown>
    expect(outcome).toBe('released')
    expect(validate(without)).toBe(false)
    expect(validate({ ...without, outcome, more: 1 })).toBe(false)
    expect(validate({ ...without, outcome: 'done' })).toBe(false)
  })

  it('writes times as ISO 8601 in UTC and what is not known as null', () => {
    const written = reportToJson({ ...SAMPLES.refused, startedAt: 0, timeline: EVERY_KIND })
    expect(JSON.parse(written)).toMatchObject({
      schemaVersion: 1,
      startedAt: '1970-01-01T00:00:00.000Z',
      deployment: null,
      appSpec: null,
      where: { application: null }
    })
    expect(written).toContain('"at": "1970-01-01T00:00:00.012Z"')
  })

  it('is the same text however the event was put together', () => {
    const one: TimelineEvent = { kind: 'traffic', at: 5, deploymentId: 'd', blue: 1, green: 99 }
    const other: TimelineEvent = { green: 99, blue: 1, deploymentId: 'd', at: 5, kind: 'traffic' }
    const text = (event: TimelineEvent): string =>
      reportToJson({ ...SAMPLES.planned, timeline: [event] })
    expect(text(other)).toBe(text(one))
  })
})

describe('docs/report.md', () => {
  it('names every field of the schema with its description', () => {
    const path = 'docs/report.md'
    const between = /(<!-- start fields -->\n)[\s\S]*(<!-- end fields -->)/
    const docs = readFileSync(path, 'utf8')
    if (!isSchema(schema)) throw new Error('docs/report.schema.json is no schema')
    const expected = docs.replace(
      between,
      (_, start: string, end: string) => `${start}\n${fieldTables(schema)}\n\n${end}`
    )
    expect(docs).toMatch(between)
    if (process.env.UPDATE_GOLDEN === '1') writeFileSync(path, expected)
    else expect(docs).toBe(expected)
  })
})
