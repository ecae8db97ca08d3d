import { afterEach, describe, expect, it, jest } from '@jest/globals'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { ManualClock } from '../../emulator/clock.ts'
import { createLedgerTable } from '../../emulator/worlds/ledger-table.ts'
import { startVirtualRelease, type VirtualRelease } from '../../runner/virtual-release.ts'
import { dynamoTable } from '../../src/ledger/dynamo-table.ts'
import { sayWatched, type GateSays } from '../../src/ledger/watched.ts'
import { runMain, runPost, type MainRun } from './run-main.ts'
import { VERSION } from '../../src/release/version.ts'

jest.setTimeout(60_000)

const HANGUL = /[가-힣]/
const TABLE = 'release-gate'
const HOUR = 3_600_000
const GATE_SAYS: GateSays = { deploymentGroups: ['*/*'], onUngated: 'stop', language: 'ko' }

const releases: VirtualRelease[] = []
afterEach(async () => {
  for (const release of releases.splice(0)) await release.close()
})

/** An account with the demo's service, in which nothing has been released yet. */
async function account(says?: GateSays): Promise<VirtualRelease> {
  const release = await startVirtualRelease({ inputs: { 'dry-run': 'true' } })
  releases.push(release)
  await release.advance(HOUR, release.ended)
  const { emulator } = release
  await createLedgerTable(emulator, TABLE)
  const { userKeys, endpoint, world } = emulator
  const client = new DynamoDBClient({ endpoint, region: world.region, credentials: userKeys })
  if (says) await sayWatched(dynamoTable(client, TABLE), says)
  client.destroy()
  emulator.calls.clear()
  return release
}

async function planned(
  release: VirtualRelease,
  inputs: Readonly<Record<string, string>>
): Promise<MainRun> {
  const { demo, clock } = release
  const ended = runMain({
    clock,
    env: process.env,
    inputs: {
      cluster: demo.cluster,
      service: demo.service,
      'container-name': demo.container,
      image: '123456789012.dkr.ecr.eu-central-1.amazonaws.com/orders:2',
      'gate-function': demo.gate.name,
      'ledger-table': TABLE,
      'dry-run': 'true',
      ...inputs
    }
  })
  await release.advance(HOUR, ended)
  return ended
}

describe('an error of another input', () => {
  const wrong = { service: 'orders', 'wait-for': 'aproval' }
  const clock = new ManualClock()

  it.each([
    ['Korean if the input says so', { language: 'ko' }, /값은 허용되지 않습니다. 허용: /],
    ['English if it says en', { language: 'en' }, /is not accepted\. Accepted: /],
    ['English if it says nothing', {}, /is not accepted\. Accepted: /]
  ])('is said in %s', async (_, inputs, expected) => {
    const { passes, lines, outputs, summary } = await runMain({
      clock,
      inputs: { ...wrong, ...inputs }
    })
    expect(passes).toBe(false)
    expect(outputs.get('outcome')).toBe('refused')
    expect(lines.join('\n')).toMatch(expected)
    expect(HANGUL.test(summary)).toBe('language' in inputs && inputs.language === 'ko')
  })
})

it('a language that there is not is one error, which names those that there are', async () => {
  const { passes, lines } = await runMain({
    clock: new ManualClock(),
    inputs: { service: 'orders', language: 'korean' }
  })
  expect(passes).toBe(false)
  expect(lines).toEqual([
    `ecs-gated-deploy ${VERSION}`,
    expect.stringContaining('`language`: "korean" is not accepted. Accepted: en, ko.')
  ])
})

describe('a run without the input', () => {
  it("speaks the language of the gate's policy, from pre-flight on", async () => {
    const release = await account(GATE_SAYS)
    const { lines, summary, state } = await planned(release, {})
    expect(lines).toContainEqual(expect.stringMatching(/^OK +원장: /))
    expect(summary).toMatch(HANGUL)
    expect(state.get('language')).toBe('ko')
  })

  it.each<[string, GateSays | undefined]>([
    ['has said none', { deploymentGroups: ['*/*'], onUngated: 'stop' }],
    ['has not spoken yet', undefined]
  ])('speaks English if the gate %s', async (_, says) => {
    const { lines, summary, state } = await planned(await account(says), {})
    expect(lines.join('\n') + summary).not.toMatch(HANGUL)
    expect(state.get('language')).toBeUndefined()
  })

  it.each([
    ['with a gate', {}],
    ['without one', { 'gate-function': '', 'require-approval': 'false' }]
  ])('asks AWS for nothing more because of it, %s', async (_, inputs) => {
    const release = await account(GATE_SAYS)
    const count = async (language: string): Promise<number> => {
      release.emulator.calls.clear()
      await planned(release, { ...inputs, language })
      return release.emulator.calls.list().length
    }
    expect(await count('')).toBe(await count('ko'))
  })
})

it('the input goes before what the gate says', async () => {
  const { lines, summary } = await planned(await account(GATE_SAYS), { language: 'en' })
  expect(lines.join('\n') + summary).not.toMatch(HANGUL)
})

it("the post phase speaks the main phase's language", async () => {
  const clock = new ManualClock()
  const oneOffTask = JSON.stringify({
    taskArn: 'arn:aws:ecs:eu-central-1:123456789012:task/shop/1',
    cluster: 'shop',
    onCancel: 'leave',
    roleSessionName: 'run'
  })
  const left = new Map([
    ['oneOffTask', oneOffTask],
    ['language', 'ko']
  ])
  const lines = await runPost(left, { clock, inputs: {} })
  expect(lines).toEqual([expect.stringMatching(HANGUL)])
  expect(await runPost(left, { clock, inputs: { language: 'en' } })).toEqual([
    expect.not.stringMatching(HANGUL)
  ])
})
