import { expect, test } from '@jest/globals'
import {
  failoverComplaints,
  failoverStory,
  type FailoverResult,
  type ReleaseResult
} from '../../demo/failover/result.ts'
import { openFailoverPage, type PageState } from '../../demo/failover/page.ts'
import { openBrowser } from '../browser.ts'

const release = (version: string, change: Partial<ReleaseResult>): ReleaseResult => ({
  version,
  finish: 'switched',
  from: 'prod1',
  to: 'prod2',
  outcome: 'released',
  exitCode: 0,
  outputs: {},
  splits: [
    { weights: { prod1: 100, prod2: 0 }, requests: { prod1: 40, prod2: 0 } },
    { weights: { prod1: 0, prod2: 100 }, requests: { prod1: 0, prod2: 60 } }
  ],
  requests: { prod1: 40, prod2: 60 },
  failures: 0,
  summary: '',
  report: null,
  ...change
})

const good: FailoverResult = {
  strategy: 'failover',
  releases: [
    release('2', {}),
    release('3', {
      from: 'prod2',
      to: 'prod1',
      finish: 'balanced',
      splits: [
        { weights: { prod1: 0, prod2: 100 }, requests: { prod1: 0, prod2: 10 } },
        { weights: { prod1: 50, prod2: 50 }, requests: { prod1: 5, prod2: 5 } }
      ]
    })
  ],
  requests: { all: 200, failures: 0 },
  weights: { prod1: 50, prod2: 50 },
  seconds: 83.1
}

test('the story tells both ways, what users met and the even split, in at most nine lines', () => {
  const story = failoverStory(good)
  expect(story.length).toBeLessThanOrEqual(9)
  const text = story.join('\n')
  expect(text).toContain('Version 2: prod1 served, so it was deployed to prod2: released.')
  expect(text).toContain('Version 3: prod2 served, so it was deployed to prod1, then prod2 too')
  expect(text).toContain('Share of prod1: 0, 50 %.')
  expect(text).toContain('Of 200 requests of users none failed.')
  expect(text).toContain('At the end: prod1 50 %, prod2 50 %.')
  expect(story.at(-1)).toBe('As it should be, in 83.1 s.')
})

test.each<[string, Partial<FailoverResult>]>([
  ['3 requests failed', { requests: { all: 200, failures: 3 } }],
  ['the weights at the end are 0 and 100, not even', { weights: { prod1: 0, prod2: 100 } }],
  [
    'the outcome of version 2 is stopped, not released',
    { releases: [release('2', { outcome: 'stopped', exitCode: 1 })] }
  ],
  [
    'the second release went the same way',
    { releases: [release('2', {}), release('3', { from: 'prod1' })] }
  ]
])('it is told that %s', (complaint, change) => {
  const bad = { ...good, ...change }
  expect(failoverComplaints(bad)).toEqual([complaint])
  expect(failoverStory(bad).join('\n')).not.toContain('As it should be')
})

test('the page shows weights, requests and releases as they are, and answers no other name', async () => {
  const side = { versions: ['2'], healthy: 2, targets: 2, requests: 30, open: 1 }
  const state: PageState = {
    sides: [
      { ...side, name: 'prod1', weight: 75 },
      { ...side, name: 'prod2', weight: 25, versions: ['3'], requests: 10 }
    ],
    failures: 0,
    releases: [
      {
        version: '3',
        from: 'prod1',
        to: 'prod2',
        finish: 'switched',
        outcome: undefined,
        line: '25 % to prod2: InProgress'
      }
    ]
  }
  const page = await openFailoverPage(() => state)
  const browser = await openBrowser()
  try {
    const tab = await browser.newPage()
    const errors: string[] = []
    tab.on('pageerror', (error) => errors.push(error.message))
    tab.on('console', (message) => errors.push(message.text()))
    await tab.goto(page.url)
    await tab.getByRole('img', { name: 'prod1 75 %, prod2 25 %' }).waitFor()
    const cards = await tab.locator('article').allInnerTexts()
    expect(cards.map((text) => text.replace(/\s+/g, ' '))).toEqual([
      'prod1 75 % version 2 weight 75 requests 30 a second 0 open 1 healthy 2 of 2',
      'prod2 25 % version 3 weight 25 requests 10 a second 0 open 1 healthy 2 of 2'
    ])
    expect(await tab.getByRole('status').innerText()).toContain('25 % to prod2: InProgress')
    expect(await tab.locator('#releases').innerText()).toContain('Version 3: prod1 served')
    expect(errors).toEqual([])
    const { port } = new URL(page.url)
    expect((await fetch(`http://localhost:${port}/`)).status).toBe(421)
  } finally {
    await browser.close()
    await page.close()
  }
})
