import { describe, expect, it } from '@jest/globals'
import { StickyLine } from '../../demo/sticky-line.ts'
import { ManualClock } from '../../emulator/clock.ts'

/** What a terminal of this width shows of what is written: `\r`, cursor up and "clear to the end". */
function shown(written: string, columns: number): string[] {
  const rows: string[] = ['']
  let row = 0
  let column = 0
  for (const [, up, clear, rest] of written.matchAll(/\u001b\[(\d+)A|(\u001b\[J)|([^\u001b])/gs)) {
    if (up !== undefined) row -= Number(up)
    else if (clear !== undefined) {
      rows.length = row + 1
      rows[row] = (rows[row] ?? '').slice(0, column)
    } else if (rest === '\n') {
      row += 1
      column = 0
      rows[row] ??= ''
    } else if (rest === '\r') column = 0
    else {
      if (column === columns) {
        row += 1
        column = 0
      }
      rows[row] = (rows[row] ?? '').slice(0, column) + (rest ?? '')
      column += 1
    }
  }
  return rows
}

function opened(isTTY: boolean, columns = 80) {
  const clock = new ManualClock(0)
  let written = ''
  const lines = new StickyLine({ write: (text) => (written += text), isTTY, columns }, clock)
  return { clock, lines, written: () => written, rows: () => shown(written, columns) }
}

describe('the line that says whose turn it is', () => {
  it.each([80, 10])('stays the last one on a terminal of %d columns', (columns) => {
    const { lines, rows } = opened(true, columns)
    lines.print('one')
    lines.keep('It is your turn on a page')
    lines.print('two')
    lines.print('three')
    const turn = 'It is your turn on a page'
    const wrapped = Array.from({ length: Math.ceil(turn.length / columns) }, (_, n) =>
      turn.slice(n * columns, (n + 1) * columns)
    )
    expect(rows()).toEqual(['one', 'two', 'three', ...wrapped])
    lines.release()
    lines.print('four')
    expect(rows()).toEqual(['one', 'two', 'three', ...wrapped, 'four', ''])
  })

  it('is printed again, where a terminal cannot move it, once no other line has come for a second', async () => {
    const { clock, lines, written } = opened(false)
    lines.keep('turn')
    lines.print('one')
    await clock.advance(500)
    lines.print('two')
    await clock.advance(999)
    expect(written()).toBe('turn\none\ntwo\n')
    await clock.advance(1)
    expect(written()).toBe('turn\none\ntwo\nturn\n')
    await clock.advance(60_000)
    expect(written()).toBe('turn\none\ntwo\nturn\n')
  })

  it('is not printed once it is over', async () => {
    const { clock, lines, written } = opened(false)
    lines.keep('turn')
    lines.print('one')
    lines.release()
    await clock.advance(5_000)
    expect(written()).toBe('turn\none\n')
  })
})
