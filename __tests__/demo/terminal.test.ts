import { describe, expect, it } from '@jest/globals'
import { logLine } from '../../demo/log-line.ts'
import { summaryText } from '../../demo/summary-text.ts'
import { columns, showsColours, styleFor } from '../../demo/terminal.ts'

const plain = styleFor(false)

describe('colours', () => {
  it.each([
    [{ isTTY: true }, {}, true],
    [{ isTTY: true }, { NO_COLOR: '' }, true],
    [{ isTTY: true }, { NO_COLOR: '1' }, false],
    [{ isTTY: true }, { TERM: 'dumb' }, false],
    [{ isTTY: false }, {}, false],
    [{}, {}, false]
  ])('on %j with %j: %s', (stream, environment, shown) => {
    expect(showsColours(stream, environment)).toBe(shown)
  })

  it('end where they began', () => {
    expect(styleFor(true).red('no')).toBe('\u001b[31mno\u001b[39m')
    expect(plain.red('no')).toBe('no')
  })
})

describe('columns', () => {
  it('are as wide as the widest cell; numbers end at one place', () => {
    expect(
      columns(
        [
          ['', 'version 1'],
          ['before', '7'],
          ['in all', '120']
        ],
        1
      )
    ).toEqual(['        version 1', 'before          7', 'in all        120'])
  })

  it('know that an emoji takes two places', () => {
    expect(
      columns([
        ['✅', 'x'],
        ['➖ a', 'y'],
        ['–', 'z']
      ])
    ).toEqual(['✅    x', '➖ a  y', '–     z'])
  })
})

describe('a line of the log', () => {
  it.each([
    ['text', '  text'],
    ['::group::Pre-flight', '\n▾ Pre-flight'],
    ['::endgroup::', undefined],
    ['::add-mask::secret', undefined],
    ['::debug::detail', undefined],
    ['::warning::half%0Aand half', '  Warning: half\n  and half'],
    ['::error title=Release::100%25 sure', '  Error: 100% sure'],
    ['::notice::%250A stays', '  Notice: %0A stays'],
    ['a ::group::in between', '  a ::group::in between']
  ])('%j', (line, shown) => {
    expect(logLine(line, plain)).toBe(shown)
  })
})

describe('the job summary', () => {
  it('stands in columns, with markup as what it stands for', () => {
    const markdown = [
      '## ✅ Released: `orders`',
      '',
      '**Gate** approved by [`octocat`](https://github.com/octocat) &lt;b&gt; http:<wbr>//x',
      '',
      '| Event | Took |',
      '| --- | ---: |',
      '| Install | 2 s |',
      '| A | 10 s |',
      ''
    ].join('\n')
    expect(summaryText(markdown, plain)).toBe(
      [
        '✅ Released: `orders`',
        '',
        'Gate approved by `octocat` <b> http://x',
        '',
        '  Event    Took',
        '  Install  2 s',
        '  A        10 s'
      ].join('\n')
    )
  })

  it('folds what the page folds, and charts', () => {
    const folded = '<details>\n<summary><b>Timeline</b></summary>\n\n| a |\n\n</details>'
    const chart = '```mermaid\ngantt\n```'
    expect(summaryText(`Text\n\n${chart}\n\n${folded}\n\n${folded}\n\n### End\n`, plain)).toBe(
      'Text\n\n▸ Chart of the timeline\n▸ Timeline\n▸ Timeline\n\nEnd'
    )
  })

  it('folds a part inside of another one with it, and reads a table of elements', () => {
    const inner = '<details>\n<summary>checks</summary>\n\n| a |\n\n</details>'
    const outer = `<details>\n<summary><b>All</b></summary>\n\n${inner}\n\n</details>`
    const table =
      '<table>\n<tr><th align="left">Traffic now</th><td><b>100 %</b> green</td></tr>\n</table>'
    expect(summaryText(`Text\n\n${table}\n\n${outer}\n\nEnd\n`, plain)).toBe(
      'Text\n\n  Traffic now  100 % green\n\n▸ All\n\nEnd'
    )
  })

  it('colours a diff, and no list', () => {
    const shown = summaryText('```diff\n- a\n+ b\n  c\n```\n- item', styleFor(true))
    expect(shown).toBe('\u001b[31m- a\u001b[39m\n  \u001b[32m+ b\u001b[39m\n    c\n- item')
  })
})
