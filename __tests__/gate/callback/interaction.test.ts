import { describe, expect, test } from '@jest/globals'
import { readInteraction, type Interaction } from '../../../src/gate/callback/interaction.ts'

const CLICK = {
  type: 'block_actions',
  user: { id: 'U1', team_id: 'T1' },
  team: { id: 'T2', enterprise_id: 'E1' },
  enterprise: { id: 'E1', name: 'Org' },
  api_app_id: 'A1',
  channel: { id: 'C1' },
  trigger_id: '1.2.3',
  actions: [{ action_id: 'gate_approve', value: 'd-A1#x' }]
}
const ORIGIN = { user: 'U1', team: 'T2', enterprise: 'E1', app: 'A1', channel: 'C1' }
const REASON = {
  type: 'view_submission',
  user: { id: 'U1' },
  view: {
    callback_id: 'gate_reject',
    private_metadata: 'd-A1#x',
    state: { values: { block: { input: { value: ' orders are lost\n' } } } }
  }
}
const FROM_MODAL = {
  user: 'U1',
  team: undefined,
  enterprise: undefined,
  app: undefined,
  channel: undefined
}

function read(payload: unknown): Interaction | undefined {
  return readInteraction(
    Buffer.from(new URLSearchParams({ payload: JSON.stringify(payload) }).toString())
  )
}

function reasonIn(view: object): Interaction | undefined {
  return read({ ...REASON, view: { ...REASON.view, ...view } })
}

describe('a click', () => {
  test.each([
    ['gate_approve', 'approve'],
    ['gate_reject', 'reject'],
    ['gate_break_glass', 'break-glass']
  ])('on %s is the wish to %s', (action_id, intent) => {
    expect(read({ ...CLICK, actions: [{ action_id, value: 'd-A1#x' }] })).toEqual({
      kind: 'click',
      origin: ORIGIN,
      intent,
      gate: 'd-A1#x',
      trigger: '1.2.3',
      on: 'message'
    })
  })

  const inView = (action_id: string): Interaction | undefined =>
    read({
      ...CLICK,
      channel: undefined,
      container: { type: 'view', view_id: 'V1' },
      actions: [{ action_id, value: 'd-A1#x' }]
    })

  test('in the details can be the wish to break the glass, and no other', () => {
    expect(inView('gate_break_glass')).toMatchObject({
      kind: 'click',
      intent: 'break-glass',
      on: 'details'
    })
    for (const name of ['gate_approve', 'gate_reject', 'gate_details']) {
      expect(inView(name)).toBeUndefined()
    }
  })

  test('on Details is the wish to see them', () => {
    expect(read({ ...CLICK, actions: [{ action_id: 'gate_details', value: 'd-A1#x' }] })).toEqual({
      kind: 'details',
      origin: ORIGIN,
      intent: 'details',
      gate: 'd-A1#x',
      trigger: '1.2.3'
    })
    expect(read({ ...CLICK, actions: [{ action_id: 'gate_details' }] })).toBeUndefined()
  })

  test('may stand behind what is no action', () => {
    expect(read({ ...CLICK, actions: ['gate_reject', ...CLICK.actions] })).toMatchObject({
      intent: 'approve'
    })
  })

  test('may lack what opens a modal', () => {
    expect(read({ ...CLICK, trigger_id: undefined })).toMatchObject({ trigger: '' })
  })

  test.each<[string, object]>([
    ['nothing', { actions: undefined }],
    ['no list of actions', { actions: 'gate_approve' }],
    ['an empty list', { actions: [] }],
    ['no mapping', { actions: [null] }],
    ['a button of somebody else', { actions: [{ action_id: 'open_run', value: 'd-A1#x' }] }],
    ['a name that every object has', { actions: [{ action_id: 'constructor', value: 'd-A1#x' }] }],
    ['a button without a gate', { actions: [{ action_id: 'gate_approve' }] }],
    ['a button without a name', { actions: [{ value: 'd-A1#x' }] }],
    ['a button whose gate is no text', { actions: [{ action_id: 'gate_approve', value: 7 }] }]
  ])('on %s is none of ours', (_, changes) => {
    expect(read({ ...CLICK, ...changes })).toBeUndefined()
  })
})

describe('a reason', () => {
  test.each([
    ['gate_reject', 'reject'],
    ['gate_break_glass', 'break-glass']
  ])('in the modal %s is one to %s, without the space around it', (callback_id, intent) => {
    expect(reasonIn({ callback_id })).toEqual({
      kind: 'reason',
      origin: FROM_MODAL,
      intent,
      gate: 'd-A1#x',
      reason: 'orders are lost'
    })
  })

  test.each<[string, object]>([
    ['approve, which asks for none', { callback_id: 'gate_approve' }],
    ['somebody else', { callback_id: 'other' }],
    ['nobody', { callback_id: undefined }],
    ['no gate', { private_metadata: undefined }]
  ])('in the modal of %s is none of ours', (_, view) => {
    expect(reasonIn(view)).toBeUndefined()
  })

  test.each<[string, unknown]>([
    ['there is no state', undefined],
    ['there are no values', {}],
    ['a block is none', { values: { block: null } }],
    ['an input is none', { values: { block: { input: 'x' } } }],
    ['an input has no text', { values: { block: { input: { value: null } } } }],
    ['an input has a number', { values: { block: { input: { value: 7 } } } }],
    ['there is nothing but space', { values: { block: { input: { value: ' \n' } } } }]
  ])('is empty where %s', (_, state) => {
    expect(reasonIn({ state })).toMatchObject({ kind: 'reason', reason: '' })
  })
})

describe('none of ours is', () => {
  test.each<[string, unknown]>([
    ['of another type', { ...CLICK, type: 'shortcut' }],
    ['without a user', { ...CLICK, user: undefined }],
    ['with a user who has no id', { ...CLICK, user: { team_id: 'T1' } }],
    ['with a user whose id is no text', { ...CLICK, user: { id: 7 } }],
    ['that closes a modal', { ...REASON, type: 'view_closed' }],
    ['no mapping', [CLICK]],
    ['null', null]
  ])('an interaction %s', (_, payload) => {
    expect(read(payload)).toBeUndefined()
  })

  test.each(['', 'payload=', 'payload=%7B', 'other=%7B%7D', '\u0000'])('the body %j', (body) => {
    expect(readInteraction(Buffer.from(body))).toBeUndefined()
  })
})

test.each([
  ['zero-width spaces', '\u200b\u200d\ufeff'],
  ['Hangul fillers', '\u3164\u115f\uffa0'],
  ['blanks of Braille', '\u2800 \u2800'],
  ['control characters', '\u0007\u202e']
])('a reason of %s is none', (_, value) => {
  const state = { values: { block: { input: { value } } } }
  expect(reasonIn({ state })).toMatchObject({ kind: 'reason', reason: '' })
})

test('a reason keeps what it is made of', () => {
  const state = { values: { block: { input: { value: '합계가\u3164틀림' } } } }
  expect(reasonIn({ state })).toMatchObject({ reason: '합계가\u3164틀림' })
})
