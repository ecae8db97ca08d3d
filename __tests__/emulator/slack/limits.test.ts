import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { viewProblems } from '../../../emulator/slack/blocks.ts'
import { clientOf, refusal } from './client.ts'
import { CHANNEL, openPlace } from './workspace.ts'
import type { Place } from './workspace.ts'

let place: Place
beforeEach(async () => {
  place = await openPlace()
})
afterEach(() => place.close())

const post = (more: object): Promise<unknown> =>
  clientOf(place).chat.postMessage({ channel: CHANNEL, text: 'hello', ...more })

describe('the limits of blocks', () => {
  const text = (length: number, type = 'plain_text'): object => ({ type, text: 'x'.repeat(length) })
  const button = (more: object = {}): object => ({
    type: 'actions',
    elements: [{ type: 'button', action_id: 'a', text: text(5), ...more }]
  })
  const plainButton = { type: 'button', action_id: 'a', text: text(5) }
  const section = { type: 'section', text: text(5) }
  const twice = { type: 'actions', elements: [plainButton, plainButton] }
  const confirm = { title: text(100), text: text(300), confirm: text(30), deny: text(30) }
  const overflow = (options: number, more: object = {}): object => ({
    type: 'actions',
    elements: [
      {
        type: 'overflow',
        action_id: 'a',
        options: Array.from({ length: options }, () => ({ text: text(5), value: 'v', ...more }))
      }
    ]
  })

  test.each<[string, object[], boolean]>([
    ['50 blocks', Array.from({ length: 50 }, () => ({ type: 'divider' })), true],
    ['51 blocks', Array.from({ length: 51 }, () => ({ type: 'divider' })), false],
    ['a header of 150', [{ type: 'header', text: text(150) }], true],
    ['a header of 151', [{ type: 'header', text: text(151) }], false],
    ['a header in mrkdwn', [{ type: 'header', text: text(5, 'mrkdwn') }], false],
    ['a section of 3000', [{ type: 'section', text: text(3_000, 'mrkdwn') }], true],
    ['a section of 3001', [{ type: 'section', text: text(3_001, 'mrkdwn') }], false],
    ['an empty text', [{ type: 'section', text: text(0) }], false],
    [
      '10 fields',
      [{ type: 'section', fields: Array.from({ length: 10 }, () => text(1_000)) }],
      true
    ],
    ['11 fields', [{ type: 'section', fields: Array.from({ length: 11 }, () => text(1)) }], false],
    ['a field of 2000', [{ type: 'section', fields: [text(2_000)] }], true],
    ['a field of 2001', [{ type: 'section', fields: [text(2_001)] }], false],
    ['an empty section', [{ type: 'section' }], false],
    [
      '11 context elements',
      [{ type: 'context', elements: Array.from({ length: 11 }, () => text(1)) }],
      false
    ],
    [
      '26 buttons',
      [
        {
          type: 'actions',
          elements: Array.from({ length: 26 }, () => ({ type: 'button', text: text(1) }))
        }
      ],
      false
    ],
    ['a label of 76', [button({ text: text(76) })], false],
    ['a value of 2000', [button({ value: 'x'.repeat(2_000) })], true],
    ['a value of 2001', [button({ value: 'x'.repeat(2_001) })], false],
    ['an action_id of 256', [button({ action_id: 'x'.repeat(256) })], false],
    ['an overflow menu of five', [overflow(5)], true],
    ['an overflow menu of six', [overflow(6)], false],
    ['an option of 76', [overflow(1, { text: text(76) })], false],
    ['an option whose value is 151', [overflow(1, { value: 'x'.repeat(151) })], false],
    ['a select menu', [button({ type: 'static_select' })], false],
    ['an action_id twice in a block', [twice], false],
    ['a button beside a section', [{ ...section, accessory: plainButton }], true],
    [
      'too long a button beside a section',
      [{ ...section, accessory: { ...plainButton, text: text(76) } }],
      false
    ],
    ['an image', [{ type: 'image', image_url: 'https://x.example/a.png', alt_text: 'a' }], true],
    [
      'an image without a description',
      [{ type: 'image', image_url: 'https://x.example/a.png' }],
      false
    ],
    ['a block that is no object', [null as never], false],
    ['a type that every object has', [{ type: 'constructor' }], false],
    ['a confirm title of 101', [button({ confirm: { ...confirm, title: text(101) } })], false],
    ['a confirm button of 31', [button({ confirm: { ...confirm, confirm: text(31) } })], false],
    ['a deny button of 31', [button({ confirm: { ...confirm, deny: text(31) } })], false],
    ['a confirm at its limits', [button({ confirm })], true],
    ['another style', [button({ style: 'green' })], false],
    [
      'a confirm text of 301',
      [button({ confirm: { title: text(1), text: text(301), confirm: text(1), deny: text(1) } })],
      false
    ],
    [
      'a confirm without a deny',
      [button({ confirm: { title: text(1), text: text(1), confirm: text(1) } })],
      false
    ],
    [
      'a block_id twice',
      [
        { type: 'divider', block_id: 'a' },
        { type: 'divider', block_id: 'a' }
      ],
      false
    ],
    [
      'an input in a message',
      [{ type: 'input', label: text(1), element: { type: 'plain_text_input' } }],
      false
    ]
  ])('%s', async (_, blocks, taken) => {
    expect(await refusal(post({ blocks }))).toBe(taken ? 'ok' : 'invalid_blocks')
  })

  test('all blocks together: 13,200 characters', async () => {
    const sections = (length: number): object[] =>
      Array.from({ length: 5 }, () => ({ type: 'section', text: text(length) }))
    expect(await refusal(post({ blocks: sections(2_500) }))).toBe('ok')
    expect(await refusal(post({ blocks: sections(2_700) }))).toBe('msg_blocks_too_long')
  })
})

describe('the limits of modals', () => {
  const text = (length: number): object => ({ type: 'plain_text', text: 'x'.repeat(length) })
  const input = (element: object = {}, more: object = {}): object => ({
    type: 'input',
    label: text(5),
    element: { type: 'plain_text_input', ...element },
    ...more
  })
  const view = (more: object): object => ({
    type: 'modal',
    title: text(24),
    submit: text(24),
    close: text(24),
    blocks: [input()],
    ...more
  })

  test.each<[string, object, string[]]>([
    ['at its limits', view({}), []],
    ['a title of 25', view({ title: text(25) }), ['/view/title', '/view/title/text']],
    ['a submit of 25', view({ submit: text(25) }), ['/view/submit', '/view/submit/text']],
    ['a close of 25', view({ close: text(25) }), ['/view/close', '/view/close/text']],
    ['an input without submit', view({ submit: undefined }), ['/view/submit']],
    ['metadata of 3001', view({ private_metadata: 'x'.repeat(3_001) }), ['/view/private_metadata']],
    ['no modal', view({ type: 'home' }), ['/view/type']],
    [
      'a minimum over the maximum',
      view({ blocks: [input({ min_length: 5, max_length: 4 })] }),
      ['/view/blocks/0/element/min_length']
    ],
    [
      'a maximum of 3001',
      view({ blocks: [input({ max_length: 3_001 })] }),
      ['/view/blocks/0/element/max_length']
    ],
    [
      '101 blocks',
      view({ blocks: Array.from({ length: 101 }, () => ({ type: 'divider' })) }),
      ['/view/blocks']
    ]
  ])('%s', (_, given, places) => {
    const problems = viewProblems(JSON.parse(JSON.stringify(given)))
    expect(problems.map((problem) => /\[json-pointer:(.*)\]$/.exec(problem)?.[1])).toEqual(places)
  })
})
