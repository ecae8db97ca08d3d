import type { Clock } from '../clock.ts'

/** A person as `users.info` tells; members left out are what they are for a usual member. */
export interface Member {
  readonly id: string
  /** As they are called in the workspace. */
  readonly name: string
  readonly team?: string
  /** In an organization: every workspace that the person is in, and the id there if it is another one. */
  readonly grid?: { readonly teams: readonly string[]; readonly id?: string }
  readonly bot?: boolean
  readonly guest?: 'multi-channel' | 'single-channel'
  readonly stranger?: boolean
  readonly deleted?: boolean
}

export interface WorkspaceOptions {
  readonly clock: Clock
  /** Ids, in Slack's forms. */
  readonly team: string
  /** The workspace belongs to this organization (Enterprise Grid). */
  readonly enterprise?: {
    readonly id: string
    readonly name: string
    /** The app is installed for the whole organization. */
    readonly isInstalled: boolean
  }
  readonly app: string
  readonly botToken: string
  readonly signingSecret: string
  readonly members: readonly Member[]
  /** Channel id to name; the app and all members are in them. */
  readonly channels: Readonly<Record<string, string>>
  /** Of these, the ids of those the app was not invited to. */
  readonly notIn?: readonly string[]
  /** User group id to its members' ids. */
  readonly groups?: Readonly<Record<string, readonly string[]>>
  /** The limits of the real one, unless `off`. */
  readonly rateLimits?: 'on' | 'off'
  /** How long an interaction may take, in real milliseconds: Slack's 3,000 unless given. */
  readonly answerMs?: number
}

export type Block = Readonly<Record<string, unknown>>

export interface Message {
  readonly channel: string
  readonly ts: string
  readonly text: string
  readonly blocks: readonly Block[]
  /** The member who wrote it; undefined for the app's own. */
  readonly author: string | undefined
  /** In whose thread it stands. */
  readonly thread: string | undefined
  /** Whether an answer in a thread is shown in the channel too. */
  readonly broadcast: boolean
  /** When it was edited last, as a ts; undefined where it never was. */
  readonly edited: string | undefined
}

export interface Ephemeral {
  readonly user: string
  readonly channel: string
  readonly ts: string
  readonly text: string
  readonly blocks: readonly Block[]
}

/** A modal that somebody has before them. */
export interface OpenView {
  readonly id: string
  readonly user: string
  readonly view: Block
  /** By block id, as the app's last answer said. */
  readonly errors: Readonly<Record<string, string>>
  /** What Slack says in the modal itself when the app's answer was none. */
  readonly trouble?: string
  /** The view on which this one was pushed, and which shows again after it. */
  readonly below?: OpenView
}

interface Trigger {
  readonly user: string
  /** The view in which the person has clicked; undefined for a message. */
  readonly view: string | undefined
  readonly until: number
  used: boolean
}

/** Slack, "Interactivity": a trigger id can be used once, within three seconds. */
const TRIGGER_MS = 3_000

/** One workspace with one app in it: who is there, what was said, and what stands open. */
export class Workspace {
  readonly options: WorkspaceOptions
  readonly clock: Clock
  readonly messages: Message[] = []
  readonly ephemerals: Ephemeral[] = []
  /** By user: Slack shows one modal at a time, the one on top. */
  readonly views = new Map<string, OpenView>()
  /** What the app's answer to somebody's last click or submission lacked, as Slack would say it. */
  readonly troubles = new Map<string, string>()
  /** Where this Slack listens, without a slash at the end; empty before it does. */
  address = ''
  readonly groups: Map<string, readonly string[]>
  readonly members: Map<string, Member>
  readonly #triggers = new Map<string, Trigger>()
  readonly #listeners = new Set<() => void>()
  #sequence = 0

  constructor(options: WorkspaceOptions) {
    this.options = options
    this.clock = options.clock
    this.groups = new Map(Object.entries(options.groups ?? {}))
    this.members = new Map(options.members.map((member) => [member.id, member]))
  }

  /** Unique in a channel, and grows with time: seconds, a dot, six digits. */
  nextTs(): string {
    this.#sequence++
    return `${Math.floor(this.clock.now() / 1000)}.${String(this.#sequence).padStart(6, '0')}`
  }

  nextId(prefix: string): string {
    this.#sequence++
    return `${prefix}${this.#sequence.toString(36).toUpperCase().padStart(8, '0')}`
  }

  /** For a block or an element that came without an id. */
  readonly nextBlockId = (): string => this.nextId('').slice(-5)

  /** A new message at the end of a channel: the app's, unless it names an author. */
  post(
    said: Pick<Message, 'channel' | 'text' | 'blocks'> &
      Partial<Pick<Message, 'author' | 'thread' | 'broadcast'>>
  ): Message {
    const usual = { author: undefined, thread: undefined, broadcast: false, edited: undefined }
    const message: Message = { ...usual, ...said, ts: this.nextTs() }
    this.messages.push(message)
    this.changed()
    return message
  }

  remove({ channel, ts }: Message): void {
    const index = this.messages.findIndex((each) => each.channel === channel && each.ts === ts)
    if (index >= 0) this.messages.splice(index, 1)
    this.changed()
  }

  /** Shows something to one member alone. The ts. */
  whisper(said: Omit<Ephemeral, 'ts'>): string {
    const ts = this.nextTs()
    this.ephemerals.push({ ...said, ts })
    this.changed()
    return ts
  }

  find(channel: string, ts: string): Message | undefined {
    return this.messages.find((each) => each.channel === channel && each.ts === ts)
  }

  replace(message: Message): void {
    const index = this.messages.findIndex(
      ({ channel, ts }) => channel === message.channel && ts === message.ts
    )
    this.messages.splice(index, 1, message)
    this.changed()
  }

  openTrigger(user: string, view?: string): string {
    const id = `${this.nextId('')}.${this.options.team}.${Math.random().toString(16).slice(2)}`
    this.#triggers.set(id, { user, view, until: this.clock.now() + TRIGGER_MS, used: false })
    return id
  }

  /** The user whose trigger it is, or Slack's error. */
  useTrigger(
    id: string
  ): { readonly user: string; readonly view: string | undefined } | { readonly error: string } {
    const trigger = this.#triggers.get(id)
    if (!trigger) return { error: 'invalid_trigger_id' }
    if (trigger.used) return { error: 'exchanged_trigger_id' }
    if (this.clock.now() > trigger.until) return { error: 'expired_trigger_id' }
    trigger.used = true
    return { user: trigger.user, view: trigger.view }
  }

  /** Closes the view that this person has before them; the one below it shows again. */
  closeView(user: string): void {
    const below = this.views.get(user)?.below
    if (below) this.views.set(user, below)
    else this.views.delete(user)
    this.changed()
  }

  /** Calls back after every change, until the returned function is called. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  changed(): void {
    for (const listener of this.#listeners) listener()
  }
}
