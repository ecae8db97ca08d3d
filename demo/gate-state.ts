import type { ByVersion } from './tally.ts'

/** What the page shows. */
export interface GateState {
  /** `waiting` until the gate is asked, `asked` while a person decides, then `decided`, then `ended`. */
  readonly stage: 'waiting' | 'asked' | 'decided' | 'ended'
  readonly service: string
  readonly cluster: string
  readonly running: string
  readonly next: string
  readonly deploymentId: string | undefined
  readonly productionUrl: string
  readonly testUrl: string
  readonly decision: 'approve' | 'reject' | undefined
  readonly outcome: string | undefined
  /** On the production listener. */
  readonly requests: ByVersion
}
