import type { Clock } from '../clock.ts'
import type { StateChangeListener } from '../codedeploy/state.ts'
import { invokeAsync } from '../lambda/async.ts'
import type { Lambda } from '../lambda/functions.ts'
import type { Switches } from '../switches.ts'
import { deploymentEvent, scheduledEvent } from './event.ts'
import type { BusEvent, Place } from './event.ts'
import { matchesPattern } from './pattern.ts'
import { periodOf } from './rules.ts'
import type { Rule } from './rules.ts'

export interface Delivery {
  /** Emulated time, milliseconds since the epoch. */
  readonly at: number
  readonly rule: string
  readonly target: string
  readonly event: BusEvent
  /** `open` until the target has answered, been tried three times, or the event has been lost. */
  readonly outcome: 'open' | 'delivered' | 'failed' | 'lost'
}

/** EventBridge's default bus of one account. */
export interface Events {
  /** Adds a rule, or replaces the one of that name; a schedule begins to count now. */
  putRule(rule: Rule): void
  deleteRule(name: string): void
  rules(): readonly Rule[]
  /** What has been sent to targets so far, oldest first. */
  readonly deliveries: readonly Delivery[]
}

export interface EventsOptions extends Place {
  readonly clock: Clock
  readonly closing: AbortSignal
  readonly switches: Switches
  /** Subscribes to the state changes of deployments. */
  readonly onStateChange: (listener: StateChangeListener) => void
  readonly lambda: Lambda
}

/** How late a delayed event is, and how far apart the two deliveries of a duplicated event are. */
const DELAY_MS = 90_000
const APART_MS = 1000

export function createEvents(options: EventsOptions): Events {
  const { clock, closing, switches } = options
  const rules = new Map<string, { readonly rule: Rule; readonly removed: AbortController }>()
  const deliveries: Delivery[] = []

  async function send(rule: Rule, target: string, event: BusEvent, lost = false): Promise<void> {
    const delivery: { -readonly [Name in keyof Delivery]: Delivery[Name] } = {
      at: clock.now(),
      rule: rule.name,
      target,
      event,
      outcome: 'open'
    }
    deliveries.push(delivery)
    if (lost) {
      delivery.outcome = 'lost'
      return
    }
    // If there is no such target, only this invocation fails, as with EventBridge.
    const done = await invokeAsync(options, target, event).catch(() => false)
    delivery.outcome = done ? 'delivered' : 'failed'
  }

  /** Delivers in a later turn of the event loop, so that whoever causes an event does not wait for its targets. */
  async function deliver(rule: Rule, event: BusEvent, isScheduled = false): Promise<void> {
    await Promise.resolve()
    const { eventDelivery } = switches
    const lost = eventDelivery === 'lost' && !isScheduled
    if (eventDelivery === 'delayed') await clock.sleep(DELAY_MS, closing)
    for (const target of rule.targets) void send(rule, target, event, lost)
    if (eventDelivery !== 'duplicated') return
    await clock.sleep(APART_MS, closing)
    for (const target of rule.targets) void send(rule, target, event)
  }

  async function repeat(rule: Rule, period: number, removed: AbortSignal): Promise<void> {
    const ended = AbortSignal.any([closing, removed])
    for (let due = clock.now() + period; ; due += period) {
      await clock.sleep(due - clock.now(), ended)
      void deliver(rule, scheduledEvent(options, rule.name, due), true).catch(ignoreEnd)
    }
  }

  function remove(name: string): void {
    rules.get(name)?.removed.abort(new Error(`the rule ${name} is gone`))
    rules.delete(name)
  }

  options.onStateChange((change) => {
    const event = deploymentEvent(options, change)
    for (const { rule } of rules.values()) {
      if (!rule.pattern || !matchesPattern(rule.pattern, event)) continue
      void deliver(rule, event).catch(ignoreEnd)
    }
  })

  return {
    putRule(rule) {
      const period = rule.schedule === undefined ? undefined : periodOf(rule.schedule)
      remove(rule.name)
      const removed = new AbortController()
      rules.set(rule.name, { rule, removed })
      if (period !== undefined) void repeat(rule, period, removed.signal).catch(ignoreEnd)
    },
    deleteRule: remove,
    rules: () => [...rules.values()].map(({ rule }) => rule),
    deliveries
  }
}

/** A sleep ends early if the emulator closes or the rule is deleted. */
function ignoreEnd(): void {
  // Nothing is left to do.
}
