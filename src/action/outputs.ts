import { decidedBy } from '../release/decision.ts'
import type { Report } from '../release/report.ts'

/** The outputs of action.yml. */
export const OUTPUTS = [
  'task-definition-arn',
  'task-definition',
  'run-task-arn',
  'deployment-id',
  'codedeploy-deployment-id',
  'deployment-status',
  'outcome',
  'rollback',
  'rollback-deployment-id',
  'approval-status',
  'approved-by',
  'approved-at',
  'approval-reason',
  'evidence',
  'traffic-shifted-at',
  'console-url',
  'report',
  'report-html'
] as const
export type OutputName = (typeof OUTPUTS)[number]

/** The outputs that are known so far. Some are written as soon as the deployment exists. */
export type Outputs = { readonly [Name in OutputName]?: string }

/** What the outputs are made from: the report, or as much of it as is known. */
export interface OutputFacts extends Partial<
  Pick<
    Report,
    | 'outcome'
    | 'rollback'
    | 'approval'
    | 'decision'
    | 'evidence'
    | 'deployment'
    | 'oneOffTask'
    | 'rollbackDeployment'
  >
> {
  readonly taskDefinitionArn?: string | undefined
  readonly renderedPath?: string | undefined
  readonly reportPath?: string | undefined
  readonly htmlPath?: string | undefined
}

/** The outputs that these facts give. If a fact is not known, its output is left out. */
export function outputsOf(facts: OutputFacts): Outputs {
  const { deployment, rollbackDeployment } = facts
  const { decision } = facts
  // An approval that came too late let nothing through.
  const isApproved = decision?.state === 'APPROVED' && decision.effect !== 'LATE'
  const approved = isApproved ? decision : undefined
  const values: Readonly<Record<OutputName, string | undefined>> = {
    'task-definition-arn': facts.taskDefinitionArn,
    'task-definition': facts.renderedPath,
    // A JSON array, as the official deploy action writes it.
    'run-task-arn': facts.oneOffTask && JSON.stringify([facts.oneOffTask.taskArn]),
    'deployment-id': deployment?.id,
    'codedeploy-deployment-id': deployment?.id,
    'deployment-status': deployment?.status,
    outcome: facts.outcome,
    rollback: facts.rollback,
    'rollback-deployment-id': rollbackDeployment?.id,
    'approval-status': facts.approval,
    'approved-by': approved && decidedBy(approved),
    'approved-at': iso(approved?.decidedAt),
    'approval-reason': facts.decision?.reason,
    evidence: facts.evidence && facts.evidence.length > 0 ? evidenceIn(facts.evidence) : undefined,
    'traffic-shifted-at': iso(deployment?.trafficShiftedAt),
    'console-url': deployment?.consoleUrl,
    report: facts.reportPath,
    'report-html': facts.htmlPath
  }
  const known = OUTPUTS.flatMap((name) => {
    const value = values[name]
    return value === undefined ? [] : [[name, value] as const]
  })
  return Object.fromEntries(known)
}

/** A short form of the evidence; the report has the details. */
function evidenceIn(evidence: Report['evidence']): string {
  return JSON.stringify(
    evidence.map(({ name, section, verdict, required, summary }) => ({
      name,
      section,
      verdict,
      required,
      summary
    }))
  )
}

function iso(at: number | undefined): string | undefined {
  return at === undefined ? undefined : new Date(at).toISOString()
}

/** The part of `@actions/core` that writes outputs. */
export type OutputCore = Pick<typeof import('@actions/core'), 'setOutput'>

/** Writes the outputs that are known. A later call adds to them or replaces them. */
export function setOutputs(core: OutputCore, outputs: Outputs): void {
  for (const name of OUTPUTS) {
    const value = outputs[name]
    if (value !== undefined) core.setOutput(name, value)
  }
}
