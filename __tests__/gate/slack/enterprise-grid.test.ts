import { afterEach, describe, expect, it } from '@jest/globals'
import { ManualClock } from '../../../emulator/clock.ts'
import { startSlack } from '../../../emulator/slack/server.ts'
import type { Slack as EmulatedSlack } from '../../../emulator/slack/slack.ts'
import type { Member } from '../../../emulator/slack/workspace.ts'
import { readInteraction } from '../../../src/gate/callback/interaction.ts'
import { slackClient } from '../../../src/gate/slack/client.ts'
import { CARD, openPlace, type Place } from '../../emulator/slack/workspace.ts'

const ENTERPRISE = { id: 'E0ORG', name: 'Organization' }
const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

async function slackWith(members: readonly Member[]): Promise<EmulatedSlack> {
  const slack = await startSlack({
    clock: new ManualClock(),
    team: 'T0TEAM',
    enterprise: { ...ENTERPRISE, isInstalled: false },
    app: 'A0APP',
    botToken: 'xoxb-x',
    signingSecret: 'secret',
    members,
    channels: {}
  })
  closers.push(() => slack.close())
  return slack
}

describe('a person of an organization', () => {
  it('has no team_id, several workspaces, and an id of the organization beside its own', async () => {
    const grid = { teams: ['T0TEAM', 'T0PAY'], id: 'W0ANN' }
    const slack = await slackWith([{ id: 'U0ANN', name: 'Ann', grid }])
    const client = slackClient({ token: 'xoxb-x', url: slack.apiUrl })
    expect(await client.person('U0ANN')).toMatchObject({
      ids: ['U0ANN', 'W0ANN'],
      teams: ['T0TEAM', 'T0PAY'],
      enterprise: 'E0ORG'
    })
  })

  it('who belongs to no workspace is nobody', async () => {
    const slack = await slackWith([{ id: 'U0ANN', name: 'Ann', grid: { teams: [] } }])
    const client = slackClient({ token: 'xoxb-x', url: slack.apiUrl })
    await expect(client.person('U0ANN')).rejects.toThrow('no such user in the answer')
  })

  it('and one of a plain workspace has one id, and no organization', async () => {
    const slack = await slackWith([{ id: 'U0BEN', name: 'Ben' }])
    const client = slackClient({ token: 'xoxb-x', url: slack.apiUrl })
    expect(await client.person('U0BEN')).toMatchObject({
      ids: ['U0BEN'],
      teams: ['T0TEAM'],
      enterprise: undefined
    })
  })
})

describe('a click', () => {
  async function clicked(isInstalled: boolean): Promise<Place> {
    const place = await openPlace({ enterprise: { ...ENTERPRISE, isInstalled } })
    closers.push(() => place.close())
    const { workspace } = place.slack
    const message = workspace.post({
      channel: 'C0RELEASES',
      text: 'a card',
      blocks: CARD,
      thread: undefined,
      broadcast: false
    })
    await place.slack.click('U0ANN', message.ts, 'gate_approve')
    return place
  }

  it('of an app that is installed for the organization names no workspace', async () => {
    const { received } = await clicked(true)
    const interaction = readInteraction(Buffer.from(received[0]?.body ?? ''))
    expect(interaction?.origin).toMatchObject({ team: undefined, enterprise: 'E0ORG' })
  })

  it('of one that is installed for a workspace names both', async () => {
    const { received } = await clicked(false)
    const interaction = readInteraction(Buffer.from(received[0]?.body ?? ''))
    expect(interaction?.origin).toMatchObject({ team: 'T0TEAM', enterprise: 'E0ORG' })
  })
})
