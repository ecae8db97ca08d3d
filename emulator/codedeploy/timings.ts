/** Durations of CodeDeploy, on the emulated clock (aws-semantics.md sections 1 and 8). */
export const SECOND = 1000
export const MINUTE = 60 * SECOND

/** How long a deployment is `Created`. */
export const CREATED = 3 * SECOND
/** A hookable event without a function, start to end. */
export const EMPTY_HOOK = 200
/** Rewriting a listener. */
export const LISTENER_CHANGE = SECOND
/** How often Install looks at the replacement task set. */
export const STABILITY_POLL = 2 * SECOND
/** Seen: about 23 s from an alarm to Stopped with weights restored. */
export const ALARM_POLL = 15 * SECOND
/** Between two deliveries of one hook (switch `hookDelivery`). */
export const REDELIVERY = SECOND

/** Not adjustable. */
export const HOOK_LIMIT = 60 * MINUTE
export const INSTALL_LIMIT = 60 * MINUTE
/** "A lifecycle event has not started within 5 minutes." */
export const EVENT_START_LIMIT = 5 * MINUTE
/** 120 h (switch `readyWaitLimit`). */
export const READY_WAIT_LIMIT_MINUTES = 120 * 60
