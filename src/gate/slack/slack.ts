import type { KnownBlock } from '@slack/types'

/** What the gate asks of Slack. Errors: SlackError. */
export interface Slack {
  /** An answer in a thread is shown in the channel as well. Returns the message's `ts`. */
  post(channel: string, message: Message, thread?: string): Promise<string>
  /** Answers in a thread, where the channel does not see it. Returns the message's `ts`. */
  reply(channel: string, message: Message, thread: string): Promise<string>
  update(channel: string, ts: string, message: Message): Promise<void>
  ephemeral(channel: string, user: string, text: string): Promise<void>
  openView(trigger: string, view: object): Promise<void>
  /** Puts a view on top of the one in which somebody has clicked. */
  pushView(trigger: string, view: object): Promise<void>
  person(user: string): Promise<SlackUser>
  groupMembers(group: string): Promise<readonly string[]>
}

/** A message as `chat.postMessage` and `chat.update` take it. */
export interface Message {
  /** Plain text, for notifications and screen readers. */
  readonly text: string
  readonly blocks: readonly KnownBlock[]
}

/** The members of `users.info` that a decision depends on. */
export interface SlackUser {
  /** Every id of the person: in an organization (Enterprise Grid) there may be a second one. */
  readonly ids: readonly string[]
  /** The name that Slack shows for the person. */
  readonly name: string
  /** The workspaces that the person belongs to. */
  readonly teams: readonly string[]
  /** The organization; undefined if the workspace belongs to none. */
  readonly enterprise: string | undefined
  readonly isBot: boolean
  readonly isRestricted: boolean
  readonly isUltraRestricted: boolean
  readonly isStranger: boolean
  readonly deleted: boolean
}

/** Slack refused a call, or did not answer in time. */
export class SlackError extends Error {
  override readonly name = 'SlackError'
  /** Slack's own code, such as `channel_not_found`; `timeout`, `network` or `ratelimited` if there was no answer. */
  readonly code: string
  constructor(method: string, code: string, options?: ErrorOptions) {
    super(`Slack's ${method} failed: ${code}`, options)
    this.code = code
  }
}
