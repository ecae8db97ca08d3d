const PLACE = /\{\{\s*([^{}]*?)\s*\}\}/g

/** The names in the `{{...}}` of a text, in order. */
export function namesIn(text: string): string[] {
  return [...text.matchAll(PLACE)].map(([, name = '']) => name)
}

/** The text with every `{{...}}` filled; undefined if a value is missing. */
export function fill(
  text: string,
  valueOf: (name: string) => string | undefined,
  escape: (value: string) => string = (value) => value
): string | undefined {
  if (namesIn(text).some((name) => valueOf(name) === undefined)) return undefined
  return text.replace(PLACE, (_, name: string) => escape(valueOf(name) ?? ''))
}

/** The text without its `{{...}}`. */
export function withoutPlaces(text: string): string {
  return text.replace(PLACE, '')
}
