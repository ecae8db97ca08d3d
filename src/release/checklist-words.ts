import type { SideShares } from './snapshot.ts'
import { say } from '../words/say.ts'

/** In the order in which a release comes to them. */
export const CHECKS = [
  'preflight',
  'green-asked',
  'required-evidence',
  'recovery',
  'metrics',
  'alarms',
  'approval',
  'shift',
  'replacement',
  'availability',
  'old-tasks',
  'rollback'
] as const

export type Check = (typeof CHECKS)[number]

/**
 * `attention`: done, but a person should look at it; `open`: not done yet, or not known to
 * be done; `skipped`: this release did not need it.
 */
export type CheckState = 'done' | 'attention' | 'failed' | 'open' | 'skipped'

export interface ChecklistItem {
  readonly what: Check
  readonly state: CheckState
  /** Figures and names in plain text. The caller that shows it has to escape it. */
  readonly detail: string
}

/** The title of an item. */
export function checklistWords(what: Check, sides?: SideShares): string {
  const ofFailover = sides && failoverWords(what, sides)
  if (ofFailover !== undefined) return ofFailover
  switch (what) {
    case 'preflight':
      return say`Pre-flight passed`
    case 'green-asked':
      return say`Green was asked before the decision`
    case 'required-evidence':
      return say`Required evidence passed`
    case 'recovery':
      return say`It recovered from the loss of a task`
    case 'metrics':
      return say`CloudWatch figures kept their limits`
    case 'alarms':
      return say`No alarm was raised`
    case 'approval':
      return say`A person approved it`
    case 'shift':
      return say`All production traffic went to green`
    case 'replacement':
      return say`New tasks were healthy before old ones ended`
    case 'availability':
      return say`No request failed while traffic moved`
    case 'old-tasks':
      return say`The old tasks have ended`
    case 'rollback':
      return say`It was rolled back`
  }
}

/** The items that a failover calls by the names of its sides. */
function failoverWords(what: Check, { from, to }: SideShares): string | undefined {
  switch (what) {
    case 'green-asked':
      return say`${to.name} was asked before the decision`
    case 'shift':
      return say`All production traffic went to ${to.name}`
    case 'old-tasks':
      return say`${from.name} got no more requests at weight 0`
    default:
      return undefined
  }
}
