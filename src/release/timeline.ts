import type { GateDecision, Decider } from './decision.ts'
import type { Verdict } from './evidence.ts'
import type { StepStatus } from './snapshot.ts'

/**
 * One event of the release. Log lines, outputs, summary and report are all made from these
 * events; nothing else polls.
 */
export type TimelineEvent = { readonly at: number } & (
  | { readonly kind: 'phase'; readonly name: Phase }
  | { readonly kind: 'registered'; readonly taskDefinitionArn: string; readonly reused: boolean }
  | {
      readonly kind: 'task'
      readonly taskArn: string
      /** ECS's `lastStatus`. */
      readonly status: string
      /** How it ended; undefined until it has. */
      readonly message: string | undefined
    }
  | {
      readonly kind: 'created'
      readonly deploymentId: string
      readonly recovered: boolean
      readonly attached: boolean
    }
  | {
      readonly kind: 'status'
      readonly deploymentId: string
      readonly status: string
      readonly message: string | undefined
    }
  | {
      readonly kind: 'lifecycle'
      readonly deploymentId: string
      readonly event: string
      readonly status: StepStatus
      readonly durationMs: number | undefined
      readonly message: string | undefined
    }
  | {
      readonly kind: 'traffic'
      readonly deploymentId: string
      readonly blue: number
      readonly green: number
      /** Names of the sides of a failover, blue's first; for words alone. */
      readonly sides?: readonly [string, string] | undefined
    }
  | {
      readonly kind: 'health'
      readonly deploymentId: string
      readonly counts: Readonly<Record<string, number>>
      readonly reasons: readonly string[]
    }
  | {
      readonly kind: 'stopped-tasks'
      readonly deploymentId: string
      /** How many tasks of green have ended by themselves so far. */
      readonly count: number
      /** Between the first of them and the last one; undefined if ECS does not say. */
      readonly withinMs: number | undefined
      /** The last one of them. */
      readonly taskArn: string
      /** Why that one ended: its exit codes and ECS's reason. */
      readonly message: string
    }
  | {
      readonly kind: 'rollback'
      readonly deploymentId: string
      readonly rollbackDeploymentId: string
    }
  | {
      readonly kind: 'waiting'
      readonly deploymentId: string
      readonly what: 'approval' | 'continue' | 'termination'
      /** The name of the waiting step, if it is a step that waits. */
      readonly step: string | undefined
    }
  | {
      readonly kind: 'decision'
      readonly state: GateDecision['state']
      readonly by: readonly Decider[]
      readonly reason: string | undefined
      readonly breakGlass: boolean
    }
  | {
      readonly kind: 'evidence'
      readonly name: string
      readonly verdict: Verdict
      readonly required: boolean
      readonly summary: string
    }
  | { readonly kind: 'skipped'; readonly what: string; readonly reason: string }
  | { readonly kind: 'trouble'; readonly what: string; readonly reason: string }
  | {
      readonly kind: 'interrupted'
      readonly cause: 'cancel' | 'timeout' | 'evidence' | 'unhealthy'
      readonly action: string
    }
  | { readonly kind: 'goal'; readonly goal: string }
)

export type Phase =
  | 'render'
  | 'pre-flight'
  | 'register'
  | 'one-off-task'
  | 'deploy'
  | 'watch'
  | 'diagnose'
