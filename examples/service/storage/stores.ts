import type { Order, OrderDraft } from '../order.ts'
import type { Project } from '../projects.ts'

/** How many orders a list shows, and how many the process itself keeps. */
export const NEWEST = 1000
/** How long a login and a place in the queue last. */
export const TOKEN_SECONDS = 3600

export interface OrderStore {
  add(draft: OrderDraft): Promise<Order>
  find(id: string): Promise<Order | undefined>
  /** Oldest first. */
  newest(): Promise<Order[]>
  /** True once: whoever gets it has paid. */
  pay(id: string): Promise<boolean>
}

export interface SessionStore {
  keep(token: string, user: string): Promise<void>
  userOf(token: string): Promise<string | undefined>
}

export interface QueueStore {
  /** The position: how many have joined so far, this one included. */
  join(token: string): Promise<number>
  has(token: string): Promise<boolean>
  /** True once: whoever gets it may pass. */
  spend(token: string): Promise<boolean>
}

export interface ProjectStore {
  all(): Promise<Project[]>
  find(id: string): Promise<Project | undefined>
}

export interface Stores {
  readonly orders: OrderStore
  readonly sessions: SessionStore
  readonly queue: QueueStore
  readonly projects: ProjectStore
  readonly close: () => Promise<void>
}

/** What one place stores: some of it, and how to leave it. */
export type Part<Name extends keyof Stores> = Pick<Stores, Name | 'close'>

/** What goes wrong outside of a request, such as a lost connection. */
export type OnError = (error: unknown) => void
