import type { ServerResponse } from 'node:http'

/** A body that goes on as long as somebody reads it, out of one small buffer. */
export interface Endless {
  readonly into: (response: ServerResponse) => void
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
    into(response) {
      const write = (): void => {
        while (written < limit && !response.destroyed) {
          const goesOn = response.write(piece)
          written += piece.length
          onWritten()
          if (!goesOn) return
        }
      }
      response.on('drain', write)
      write()
    }
  }
}
