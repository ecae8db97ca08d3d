import { isMapping, mappingIn, mappingsIn, textIn, type Mapping } from '../documents/mapping.ts'
import type { GateKind } from './gate.ts'
import type { Where } from './report.ts'
import { STAGES, type Snapshot, type Stage } from './snapshot.ts'

/** The ends of a deployment after which a control plane can roll back by itself. */
export const ROLLBACK_CAUSES = ['failure', 'request', 'alarm'] as const
export type RollbackCause = (typeof ROLLBACK_CAUSES)[number]

/** What a verification file asks of this deployment, and who asks. */
export interface FollowedVerification {
  /** SHA-256 of the file. */
  readonly digest: string
  /**
   * True if functions inside the VPC ask green and observe production; the job then asks only
   * what they leave to it.
   */
  readonly isInside: boolean
  /** The stage after whose end the job can ask green. */
  readonly askAfter: Stage
}

/**
 * Everything that is needed to follow a deployment, as plain JSON. The job's state and the
 * release's record keep it, so that another job can go on as the first one did. It contains
 * no secret.
 */
export interface Followed {
  /** The control plane that moves the traffic (controllers/choose.ts). */
  readonly plane: string
  readonly deploymentId: string
  readonly where: Where
  /** A command with which a person can look at the deployment. */
  readonly lookWith: string
  /**
   * ARN of the revision that is released; undefined if it is not known, or if the release has
   * none.
   */
  readonly revision: string | undefined
  readonly gate: GateKind
  /** True if the gate's function is the only hook. */
  readonly onlyHook: boolean
  /** The function's name or ARN, by the name of the step in which it runs. */
  readonly hooks: Readonly<Record<string, string>>
  readonly rollsBackOn: readonly RollbackCause[]
  /** Undefined if nothing is verified. */
  readonly verification: FollowedVerification | undefined
  /** What the control plane itself needs to look after the deployment in another process. */
  readonly kept?: string | undefined
}

/**
 * Whether a rollback may follow a deployment that has ended so. Who stops a deployment can ask
 * for a rollback with the same request, whatever is configured, as the gate's watchdog does; so
 * after every such stop a rollback may follow.
 */
export function rollsBack({ rollsBackOn }: Followed, ended: Snapshot): boolean {
  if (ended.state === 'failed') return rollsBackOn.includes('failure')
  if (ended.stoppedBy === 'alarm') return rollsBackOn.includes('alarm')
  return ended.stoppedBy === 'request' || rollsBackOn.includes('request')
}

/** Reads what a job has kept; undefined if it does not have that form. */
export function readFollowed(value: unknown): Followed | undefined {
  if (!isMapping(value)) return undefined
  const plane = textIn(value, 'plane')
  const deploymentId = textIn(value, 'deploymentId')
  const where = readWhere(mappingIn(value, 'where'))
  const gate = GATES.find((kind) => kind === value['gate'])
  const lookWith = textIn(value, 'lookWith')
  if (!plane || !deploymentId || !where || !lookWith || gate === undefined) return undefined
  const causes = value['rollsBackOn']
  const kept = textIn(value, 'kept')
  return {
    plane,
    deploymentId,
    where,
    lookWith,
    revision: textIn(value, 'revision'),
    gate,
    onlyHook: value['onlyHook'] === true,
    hooks: textsIn(mappingIn(value, 'hooks')),
    rollsBackOn: ROLLBACK_CAUSES.filter((cause) => Array.isArray(causes) && causes.includes(cause)),
    verification: readVerification(mappingIn(value, 'verification')),
    ...(kept !== undefined && { kept })
  }
}

const GATES: readonly GateKind[] = ['hook', 'continue', 'none']

function readWhere(where: Mapping): Where | undefined {
  const sides = where['sides']
  const cluster = textIn(where, 'cluster')
  const service = textIn(where, 'service')
  if (!cluster || !service) return undefined
  return {
    region: textIn(where, 'region'),
    cluster,
    service,
    application: textIn(where, 'application'),
    deploymentGroup: textIn(where, 'deploymentGroup'),
    deploymentConfig: textIn(where, 'deploymentConfig'),
    hasTestListener: truthIn(where, 'hasTestListener'),
    allAtOnce: truthIn(where, 'allAtOnce'),
    consoleLinks: mappingsIn(where['consoleLinks']).flatMap((link) => {
      const label = textIn(link, 'label')
      const url = textIn(link, 'url')
      return label === undefined || url === undefined ? [] : [{ label, url }]
    }),
    ...(Array.isArray(sides) && {
      sides: sides.filter((name): name is string => typeof name === 'string')
    })
  }
}

function readVerification(verification: Mapping): FollowedVerification | undefined {
  const digest = textIn(verification, 'digest')
  const askAfter = STAGES.find((stage) => stage === verification['askAfter'])
  if (digest === undefined || askAfter === undefined) return undefined
  return { digest, isInside: verification['isInside'] === true, askAfter }
}

function truthIn(mapping: Mapping, name: string): boolean | undefined {
  const value = mapping[name]
  return typeof value === 'boolean' ? value : undefined
}

function textsIn(mapping: Mapping): Record<string, string> {
  return Object.fromEntries(
    Object.entries(mapping).filter((pair): pair is [string, string] => typeof pair[1] === 'string')
  )
}
