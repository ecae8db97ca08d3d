import { createServer } from 'node:http'
import type { IncomingHttpHeaders } from 'node:http'
import { ManualClock } from '../../../emulator/clock.ts'
import { startSlack } from '../../../emulator/slack/server.ts'
import type { SlackOptions } from '../../../emulator/slack/server.ts'
import type { Slack } from '../../../emulator/slack/slack.ts'

export const TOKEN = 'xoxb-the-bots-token'
export const SECRET = 'the signing secret'
export const CHANNEL = 'C0RELEASES'

/** One request of Slack's that reached the app. */
export interface Received {
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export interface Place {
  readonly slack: Slack
  readonly clock: ManualClock
  readonly received: Received[]
  /** What the app answers; `hang` never does. */
  answer: { readonly status: number; readonly body: string } | 'hang'
  /** Resolves when the app has been sent this many requests in all. */
  sent(count: number): Promise<void>
  close(): Promise<void>
}

/** A workspace with two people and a guest, and an app that takes note of what it is sent. */
export async function openPlace(options: Partial<SlackOptions> = {}): Promise<Place> {
  const clock = new ManualClock()
  const slack = await startSlack({
    clock,
    team: 'T0TEAM',
    app: 'A0APP',
    botToken: TOKEN,
    signingSecret: SECRET,
    members: [
      { id: 'U0ANN', name: 'Ann Lee' },
      { id: 'U0BEN', name: '김민준' },
      { id: 'U0GUEST', name: 'Guest', guest: 'single-channel' }
    ],
    channels: { [CHANNEL]: 'releases' },
    groups: { S0OPS: ['U0ANN'] },
    ...options
  })
  const received: Received[] = []
  const waiting = new Set<() => void>()
  const app = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      received.push({ headers: request.headers, body: Buffer.concat(chunks).toString() })
      for (const check of waiting) check()
      if (place.answer !== 'hang') response.writeHead(place.answer.status).end(place.answer.body)
    })
  })
  await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve))
  const address = app.address()
  slack.interactivityUrl = `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}/`
  const place: Place = {
    slack,
    clock,
    received,
    answer: { status: 200, body: '' },
    sent: (count) =>
      new Promise((resolve) => {
        const check = (): void => {
          if (received.length >= count) resolve()
        }
        waiting.add(check)
        check()
      }),
    async close() {
      app.closeAllConnections()
      await new Promise((resolve) => app.close(resolve))
      await slack.close()
    }
  }
  return place
}

const plain = (text: string): object => ({ type: 'plain_text', text })

/** A message with every kind of block there is, and text that is up to no good. */
export const CARD = [
  { type: 'header', text: plain('shop/orders waits <b>for</b> approval') },
  {
    type: 'section',
    text: {
      type: 'mrkdwn',
      text: '*bold* _it_ ~no~ `code &lt;x&gt;` <https://example.com/a|a link> <@U0BEN> :tada:\n&gt; quoted'
    }
  },
  {
    type: 'section',
    fields: [
      { type: 'mrkdwn', text: '*Until*\n<!date^1767226500^{time}|00:15 UTC>' },
      { type: 'plain_text', text: '*not bold* <script>alert(1)</script>' }
    ]
  },
  { type: 'divider' },
  { type: 'context', elements: [{ type: 'mrkdwn', text: 'On record as `7-ab`' }] },
  {
    type: 'actions',
    block_id: 'gate',
    elements: [
      {
        type: 'button',
        action_id: 'gate_approve',
        value: 'g-1',
        style: 'primary',
        text: plain('Approve'),
        confirm: {
          title: plain('Release?'),
          text: plain('Users get 2.'),
          confirm: plain('Yes'),
          deny: plain('No')
        }
      },
      {
        type: 'button',
        action_id: 'gate_reject',
        value: 'g-1',
        style: 'danger',
        text: plain('Reject')
      }
    ]
  }
]

export const MODAL = {
  type: 'modal',
  callback_id: 'gate_reject',
  private_metadata: 'g-1',
  title: plain('Reject'),
  submit: plain('Send'),
  close: plain('Cancel'),
  blocks: [
    { type: 'section', text: plain('orders keeps its old version') },
    {
      type: 'input',
      block_id: 'reason',
      label: plain('Why?'),
      hint: plain('Goes on record'),
      element: {
        type: 'plain_text_input',
        action_id: 'text',
        multiline: true,
        min_length: 3,
        max_length: 20
      }
    }
  ]
}
