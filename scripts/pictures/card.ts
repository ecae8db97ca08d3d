import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { openBrowser } from '../../__tests__/browser.ts'
import { ManualClock } from '../../emulator/clock.ts'
import { startSlack } from '../../emulator/slack/server.ts'
import type { Slack } from '../../emulator/slack/slack.ts'
import type { Block } from '../../emulator/slack/workspace.ts'
import { renderDetails } from '../../src/gate/card/details.ts'
import { renderDigest, renderDigestDetails } from '../../src/gate/card/digest.ts'
import { renderReasonModal } from '../../src/gate/card/modal.ts'
import { renderCard } from '../../src/gate/card/render.ts'
import { renderUngated, whyUngated } from '../../src/gate/card/ungated.ts'
import type { CardView } from '../../src/gate/card/view.ts'
import type { Message } from '../../src/gate/slack/slack.ts'
import { cardStates, PEOPLE, waiting } from './card-views.ts'

const CHANNEL = 'C0RELEASE'
const WIDTHS = [1280, 390] as const
const THEMES = ['light', 'dark'] as const
const LANGUAGES = ['en', 'ko'] as const
/** States of which the channel has a line. */
const ENDED = new Set(['completed', 'rolled-back', 'rejected', 'expired'])

export interface CardPictures {
  readonly languages?: readonly (typeof LANGUAGES)[number][]
  /** Of the pictures' names, which begin with what they show, such as `card-frozen-en`. */
  readonly only?: RegExp
}

/**
 * Writes what people see of the gate in Slack: each state of the card, the details, the questions
 * for a reason, the watchdog's message, and the channel once releases have ended; at both widths,
 * in both languages, light and dark.
 */
export async function picturesOfCard(
  folder: string,
  { languages = LANGUAGES, only = /^/ }: CardPictures = {}
): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true })
  const browser = await openBrowser()
  const written: string[] = []
  try {
    for (const language of languages) {
      const now = new ManualClock().now()
      const states = Object.entries(cardStates(now)).map(
        ([name, view]) => [name, { ...view, language }] as const
      )
      for (const [name, view] of states) {
        await take(`card-${name}-${language}`, (slack) => say(slack, renderCard(view)))
      }
      const glass = { mayBreakGlass: true }
      const open = { ...waiting(now), language }
      await take(`details-${language}`, (slack) => {
        say(slack, renderCard(open))
        show(slack, renderDetails(open, glass))
      })
      await take(
        `details-end-${language}`,
        (slack) => {
          say(slack, renderCard(open))
          show(slack, renderDetails(open, glass))
        },
        '#modal .actions'
      )
      for (const intent of ['reject', 'break-glass'] as const) {
        const { gateId, cluster, service } = open
        await take(`reason-${intent}-${language}`, (slack) => {
          say(slack, renderCard(open))
          const modal = { language, gateId, service: `${cluster}/${service}` }
          show(slack, renderReasonModal(intent, modal))
        })
      }
      for (const end of [undefined, 'none', 'succeeded', 'failed'] as const) {
        await take(`ungated-${end ?? 'stopped'}-${language}`, (slack) => {
          const because = whyUngated(language, 'no-hook', undefined)
          const found = { language, deploymentId: open.deploymentId, because }
          const watchedAs = 'AppECS-shop-prod-orders/DgpECS-shop-prod-orders'
          const stopped = { ...found, watchedAs, result: 'stopped' } as const
          say(slack, renderUngated(end === undefined ? stopped : { ...stopped, end }))
        })
      }
      await take(`digests-${language}`, (slack) => {
        for (const [name, view] of states) if (ENDED.has(name)) digest(slack, view)
      })
    }
  } finally {
    await browser.close()
  }
  return written

  /** `end` is what is scrolled to, if it is not the beginning that is wanted. */
  async function take(name: string, fill: (slack: Slack) => void, end?: string): Promise<void> {
    if (!only.test(name)) return
    const slack = await openSlack()
    try {
      fill(slack)
      for (const width of WIDTHS) {
        for (const theme of THEMES) {
          const path = join(folder, `${name}-${width}-${theme}.png`)
          await shoot(browser, slack, path, { width, theme, end })
          written.push(path)
        }
      }
    } finally {
      await slack.close()
    }
  }
}

async function shoot(
  browser: Browser,
  slack: Slack,
  path: string,
  look: {
    readonly width: number
    readonly theme: (typeof THEMES)[number]
    readonly end: string | undefined
  }
): Promise<void> {
  const { width, theme, end } = look
  const page = await browser.newPage({
    viewport: { width, height: width < 600 ? 844 : 900 },
    colorScheme: theme,
    reducedMotion: 'reduce',
    timezoneId: 'UTC'
  })
  try {
    await page.goto(`${slack.pageUrl}?user=${PEOPLE.approver}`)
    await page.locator('article').first().waitFor()
    // The first screen: what is below it has to be scrolled to.
    await page.evaluate('scrollTo(0, 0)')
    if (end !== undefined) await page.locator(end).scrollIntoViewIfNeeded()
    await page.screenshot({ path })
  } finally {
    await page.close()
  }
}

function openSlack(): Promise<Slack> {
  return startSlack({
    clock: new ManualClock(),
    team: 'T0SHOP5QD',
    app: 'A0GATE8HZ',
    botToken: 'xoxb-of-the-pictures',
    signingSecret: 'of the pictures',
    rateLimits: 'off',
    channels: { [CHANNEL]: 'releases' },
    members: [
      { id: PEOPLE.approver, name: 'Minji Kim' },
      { id: PEOPLE.other, name: 'Alex Rivera' },
      { id: PEOPLE.requester, name: 'octocat' }
    ]
  })
}

function say({ workspace }: Slack, { text, blocks }: Message, thread?: string): string {
  return workspace.post({ channel: CHANNEL, text, blocks: asBlocks(blocks), thread }).ts
}

function digest(slack: Slack, view: CardView): void {
  const line = say(slack, renderDigest(view))
  // One thread is enough to see what stands in them.
  if (view.trafficResult?.stoppedBy) say(slack, renderDigestDetails(view), line)
}

function show({ workspace }: Slack, view: object): void {
  const user = PEOPLE.approver
  workspace.views.set(user, { id: 'V0', user, view: asBlock(view), errors: {} })
  workspace.changed()
}

/** What Slack's types describe is JSON. */
function asBlocks(blocks: Message['blocks']): Block[] {
  return JSON.parse(JSON.stringify(blocks)) as Block[]
}

function asBlock(view: object): Block {
  return JSON.parse(JSON.stringify(view)) as Block
}
