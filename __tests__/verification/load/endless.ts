import type { Writable } from 'node:stream'

/** What goes on as long as somebody reads it, out of one small buffer. */
export interface Endless {
  readonly into: (answer: Writable) => void
  /** Bytes, over all answers. */
  readonly written: () => number
}

/**
 * @param limit bytes after which nothing more is written; the answer stays open
 * @param onWritten called with every piece
 */
export function endless(limit: number, onWritten: () => void): Endless {
  const piece = Buffer.alloc(64 * 1024, 'x')
  let written = 0
  return {
    written: () => written,
    into(answer) {
      const write = (): void => {
        while (written < limit && !answer.destroyed) {
          const goesOn = answer.write(piece)
          written += piece.length
          onWritten()
          if (!goesOn) return
        }
      }
      answer.on('drain', write)
      write()
    }
  }
}
