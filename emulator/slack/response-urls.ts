import { randomBytes } from 'node:crypto'
import { objectIn } from './body.ts'
import { filled } from './filled.ts'
import { readContent } from './web-api.ts'
import type { Workspace } from './workspace.ts'

/** Slack, "Handling user interaction": five times within thirty minutes. */
const USES = 5
const LIFE_MS = 30 * 60_000

/** What a response_url was made for. */
export interface Origin {
  readonly user: string
  readonly channel: string
  /** The message that was clicked. */
  readonly ts: string
}

interface Entry extends Origin {
  readonly until: number
  left: number
}

/** Status and body, as a response_url answers. */
export interface Reply {
  readonly status: number
  readonly body: string
}

/** The response_urls of one workspace: where an app can answer without a token. */
export class ResponseUrls {
  readonly #workspace: Workspace
  readonly #entries = new Map<string, Entry>()

  constructor(workspace: Workspace) {
    this.#workspace = workspace
  }

  /** A new one, absolute. */
  open(origin: Origin): string {
    const { address, clock, options } = this.#workspace
    const path = `/actions/${options.team}/${this.#workspace.nextId('')}/${randomBytes(12).toString('hex')}`
    this.#entries.set(path, { ...origin, until: clock.now() + LIFE_MS, left: USES })
    return address + path
  }

  /**
   * What the app posts there: a message to the person alone, or to the channel
   * (`response_type: in_channel`), or in place of the message that was clicked
   * (`replace_original`), or its deletion (`delete_original`).
   */
  post(path: string, body: string): Reply {
    const workspace = this.#workspace
    const entry = this.#entries.get(path)
    if (!entry) return refused(404, 'no_service')
    if (workspace.clock.now() > entry.until) return refused(404, 'expired_url')
    if (entry.left === 0) return refused(404, 'used_url')
    const given = objectIn(body)
    if (!given) return refused(400, 'invalid_payload')
    entry.left--
    const original = workspace.find(entry.channel, entry.ts)
    if (isTrue(given['delete_original'])) {
      if (original) workspace.remove(original)
      return { status: 200, body: 'ok' }
    }
    const content = readContent(given)
    if ('ok' in content) return refused(400, content.error)
    const { text } = content
    const blocks = filled(content.blocks ?? [], workspace.nextBlockId)
    if (isTrue(given['replace_original']) && original) {
      workspace.replace({ ...original, text, blocks, edited: workspace.nextTs() })
    } else if (given['response_type'] === 'in_channel') {
      workspace.post({ channel: entry.channel, text, blocks })
    } else workspace.whisper({ user: entry.user, channel: entry.channel, text, blocks })
    return { status: 200, body: 'ok' }
  }
}

function refused(status: number, error: string): Reply {
  return { status, body: JSON.stringify({ ok: false, error }) }
}

function isTrue(value: unknown): boolean {
  return value === true || value === 'true'
}
