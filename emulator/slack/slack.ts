import type { Fault } from './faults.ts'
import type { Interaction } from './interactivity.ts'
import type { Arguments } from './web-api.ts'
import type { Ephemeral, Message, Workspace } from './workspace.ts'

/** One call of the Web API, as it came in, without its token. */
export interface Call {
  readonly at: number
  readonly method: string
  readonly arguments: Arguments
  /** `ok`, Slack's error, or the fault that was set: `hang`, `reset`, `server-error`. */
  readonly answer: string
}

/** A Slack with one workspace, on loopback: its Web API, its interactivity and a page that shows it. */
export interface Slack {
  /** The value for `slackApiUrl`, with a slash at the end. */
  readonly apiUrl: string
  /** The page; `?user=U...` says who looks at it. */
  readonly pageUrl: string
  readonly workspace: Workspace
  readonly calls: readonly Call[]
  /** Where clicks go: the app's interactivity URL. Undefined until it is set. */
  interactivityUrl: string | undefined
  /** Makes a method misbehave, `times` times or until `recover()`. */
  fail(method: string, fault: Fault, times?: number): void
  recover(): void
  /** The messages of a channel, oldest first. */
  messages(channel: string): readonly Message[]
  /** The messages that only this person sees. */
  ephemerals(user: string): readonly Ephemeral[]
  /**
   * Presses a button of a message (its confirm dialog counts as confirmed), or
   * picks an overflow menu's option by its value. Returns the app's answer.
   * Rejects if there is no such element.
   */
  click(user: string, ts: string, actionId: string, option?: string): Promise<Interaction>
  /**
   * Presses a button of the modal that this person has open. Returns the app's answer. Rejects if
   * there is no such element.
   */
  press(user: string, actionId: string): Promise<Interaction>
  /** Submits the modal that this person has open; `values` by block id. */
  submit(user: string, values: Readonly<Record<string, string>>): Promise<Interaction>
  close(): Promise<void>
}
