/**
 * Returns the beginning of a text that takes at most so many bytes of UTF-8, which is what DynamoDB
 * counts. No character is cut in two.
 */
export function firstBytes(text: string, most: number): string {
  if (text.length * 3 <= most) return text.toWellFormed()
  // `encodeInto` writes whole characters only.
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(most))
  return text.slice(0, read).toWellFormed()
}
