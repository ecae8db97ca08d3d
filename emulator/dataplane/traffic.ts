import type { StoredTarget, StoredTargetGroup } from '../elbv2/state.ts'
import { NO_FIGURES } from './figures.ts'
import type { Figures } from './figures.ts'

/** Requests answered by a listener or through a target group. */
export interface Counts {
  requests: number
  /** By status class, '2xx' to '5xx'. */
  readonly statuses: Record<string, number>
  /** The connection ended before the answer did. */
  aborted: number
}

/** What goes through the proxies: counted requests, and the open ones of each target. */
export class Traffic {
  readonly listeners = new Map<string, Counts>()
  readonly targetGroups = new Map<string, Counts>()
  /** What is published of it. */
  readonly figures: Figures
  readonly #open = new Map<StoredTarget, Set<() => void>>()

  constructor(figures: Figures = NO_FIGURES) {
    this.figures = figures
  }

  /** Notes an open request; the returned function closes it. `cut` ends it by force. */
  open(target: StoredTarget, cut: () => void): () => void {
    const requests = this.#open.get(target) ?? new Set()
    this.#open.set(target, requests.add(cut))
    return () => {
      requests.delete(cut)
      if (requests.size === 0) this.#open.delete(target)
    }
  }

  openRequests(target: StoredTarget): number {
    return this.#open.get(target)?.size ?? 0
  }

  /**
   * Requests that the targets of a group have not answered to their end. AWS counts none of these
   * (ALB user guide, CloudWatch metrics), so nothing but tests may ask.
   */
  openOf({ targets }: Pick<StoredTargetGroup, 'targets'>): number {
    return [...targets.values()].reduce((sum, target) => sum + this.openRequests(target), 0)
  }

  /** Ends what a target still has open, as a load balancer does when the deregistration delay is over. */
  cut(target: StoredTarget): void {
    for (const cut of [...(this.#open.get(target) ?? [])]) cut()
  }

  /** `status` undefined: the answer was cut short. */
  count(listenerArn: string, targetGroupArn: string | undefined, status: number | undefined): void {
    add(this.listeners, listenerArn, status)
    if (targetGroupArn !== undefined) add(this.targetGroups, targetGroupArn, status)
  }
}

function add(all: Map<string, Counts>, key: string, status: number | undefined): void {
  const counts = all.get(key) ?? { requests: 0, statuses: {}, aborted: 0 }
  all.set(key, counts)
  counts.requests++
  if (status === undefined) {
    counts.aborted++
    return
  }
  const statusClass = `${Math.floor(status / 100)}xx`
  counts.statuses[statusClass] = (counts.statuses[statusClass] ?? 0) + 1
}
