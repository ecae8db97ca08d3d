import type { Check } from './check.ts'

/*
 * What Slack refuses of the elements inside blocks ("Reference: block elements",
 * "Reference: composition objects"). The selects and pickers are not there: the
 * emulator has no use for them and says so, `unsupported type`.
 */
const PLAIN = ['plain_text']

/** Inside `actions`: a button or an overflow menu. */
export function actionElement(element: Check): void {
  const type = element.string('type')
  if (type === 'button') button(element)
  else if (type === 'overflow') overflow(element)
  else element.refuse('/type', `unsupported type: ${type ?? ''}`)
}

/** Beside a section's text: what `actions` takes, or an image. */
export function accessory(element: Check): void {
  if (element.string('type') === 'image') image(element)
  else actionElement(element)
}

/** Inside `context`: a text or an image. */
export function contextElement(element: Check): void {
  if (element.string('type') === 'image') image(element)
  else element.asTextObject(3_000)
}

/** An image is a block of its own as well. */
export function image(element: Check): void {
  element.text('image_url', 3_000, 'required')
  element.text('alt_text', 2_000, 'required')
}

/** Inside `input`. */
export function plainTextInput(element: Check): void {
  const type = element.string('type')
  if (type !== 'plain_text_input') element.refuse('/type', `unsupported type: ${type ?? ''}`)
  element.text('action_id', 255)
  element.textObject('placeholder', 150, PLAIN)
  element.text('initial_value', 3_000)
  element.flag('multiline')
  const least = element.whole('min_length', 0, 3_000) ?? 0
  const most = element.whole('max_length', 1, 3_000) ?? 3_000
  if (least > most) element.refuse('/min_length', 'must be at most max_length')
}

function button(element: Check): void {
  element.textObject('text', 75, PLAIN, 'required')
  element.text('action_id', 255)
  element.text('value', 2_000)
  element.text('url', 3_000)
  style(element)
  confirmation(element)
}

function overflow(element: Check): void {
  element.text('action_id', 255)
  for (const option of element.list('options', 5, 'required')) {
    option.textObject('text', 75, PLAIN, 'required')
    option.text('value', 150, 'required')
  }
  confirmation(element)
}

function confirmation(element: Check): void {
  if (!element.has('confirm')) return
  const confirm = element.inner('confirm')
  confirm?.textObject('title', 100, PLAIN, 'required')
  confirm?.textObject('text', 300, undefined, 'required')
  confirm?.textObject('confirm', 30, PLAIN, 'required')
  confirm?.textObject('deny', 30, PLAIN, 'required')
  if (confirm) style(confirm)
}

function style(element: Check): void {
  const value = element.value('style')
  if (value !== undefined && value !== 'primary' && value !== 'danger') {
    element.refuse('/style', 'unsupported value')
  }
}
