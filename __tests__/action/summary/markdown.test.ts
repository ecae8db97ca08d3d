import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { code, fence, line, link, text } from '../../../src/action/summary/markdown.ts'
import { judge } from './markdown-judge.ts'

/** Text as an attacker writes it: pieces of markup between arbitrary characters. */
export const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...[
          '<img src=x onerror=y>',
          '<script>',
          '</details>',
          '<!--',
          '-->',
          '&lt;',
          '&#60;',
          '<wbr>'
        ],
        ...['![a](http://x.y/z)', '[a](javascript:b)', '[a]: http://x.y', '[a]', '(http://x.y)'],
        ...[
          'https://evil.example/a',
          'http://',
          'www.evil.example',
          'a@evil.example',
          'mailto:a@b.co'
        ],
        ...['@octocat', '@org/team', '#12', 'GH-12', ':', '$a$', '$$', '~~~', '```', '``', '`'],
        ...['|', '\\|', '\\', '\\\\', '\n', '\r\n', '\n\n', '\u2028', '\t', '    ', ' ', '| --- |'],
        ...[
          '*',
          '**',
          '_',
          '__',
          '~~',
          '# ',
          '> ',
          '- ',
          '+ ',
          '1. ',
          '1) ',
          '---',
          '===',
          '- [ ] '
        ],
        ...['::error::x', '##[error]', '\u001b[31m', '\u0000', '\u202e', '\ud800', '!', 'é', '주문']
      ),
      fc.string({ unit: 'binary', maxLength: 4 })
    ),
    { maxLength: 8 }
  )
  .map((parts) => parts.join(''))

/** What GitHub makes of plain words outside of code. */
const LIVE_WORDS = /@[a-z0-9]|#\d|[a-z]:\/\/|(?<![a-z0-9])(?:www\.|GH-\d)/i

/** The elements the writer itself uses. */
const OWN = ['wbr', 'span', 'code']

describe('threat: summary injection', () => {
  it('hold nothing live, wherever they stand', () => {
    fc.assert(
      fc.property(hostile, hostile, (one, other) => {
        for (const written of [text(one), code(one)]) {
          const places = {
            paragraph: written.source,
            item: `- ${written.source}`,
            heading: `## ${line`x: ${written} ${text(other)}`.source}`,
            cells: `| a | b |\n| --- | --- |\n| ${written.source} | ${text(other).source} |`,
            glued: line`${written}${code(other)}${text(other)}`.source
          }
          for (const markdown of Object.values(places)) {
            const live = judge(markdown)
            expect(live.images).toBe(0)
            expect(live.links).toEqual([])
            expect(live.elements.filter((name) => !OWN.includes(name))).toEqual([])
            expect(live.words).not.toMatch(LIVE_WORDS)
          }
          expect(judge(places.cells).rows).toEqual([2, 2])
          expect(judge(places.heading).blocks).toEqual(['heading_open', 'inline'])
          const item = judge(places.item).blocks
          expect(item.slice(0, 2)).toEqual(['bullet_list_open', 'list_item_open'])
          expect(item.slice(2).filter((kind) => !/^(paragraph_open|inline)$/.test(kind))).toEqual(
            []
          )
        }
      }),
      { numRuns: 1000, examples: [['# ', '1) ']] }
    )
  })

  it('show what was written', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...Array.from('ab1*_[]()<>&|\\`~#@$:!-+=. ')) }),
        (raw) => {
          const shown = judge(`x ${text(raw).source} x`).words.replaceAll('\n', '')
          expect(shown).toBe(`x ${raw.replace(/\s+/g, ' ').trim()} x`)
        }
      ),
      { numRuns: 1000 }
    )
  })

  it('leaves readable what needs no escaping', () => {
    const plain = 'order-api took +00:04 (1.5 s), 10 % of Elb.Initial_Health: "ok"; 12.5 s'
    expect(text(plain).source).toBe(plain)
    expect(code('arn:aws:ecs:x:1:task/a_b').source).toBe('`arn:aws:ecs:x:1:task/a_b`')
  })

  it('clips without breaking a character', () => {
    const { source } = text('😀'.repeat(50), 21)
    expect(source).toBe(`${'😀'.repeat(10)} … (80 characters more)`)
  })

  it('shows that a value is empty', () => {
    expect(code(' \n ').source).toBe('–')
  })
})

describe('link', () => {
  it('links to web pages only', () => {
    for (const url of [
      'javascript:alert(1)',
      'data:text/html,x',
      'ftp://x.y',
      'x',
      '',
      undefined
    ]) {
      expect(judge(link('label', url).source).links).toEqual([])
    }
  })

  it('is one link to its address, whatever is in label and address', () => {
    fc.assert(
      fc.property(hostile, hostile, (label, path) => {
        const url = `https://console.example/${path}`
        const { links, images, elements } = judge(`a!${line` ${link(label, url)}`.source} b`)
        expect(images).toBe(0)
        expect(elements.filter((name) => !OWN.includes(name))).toEqual([])
        if (text(label).source === '') return
        expect(links).toHaveLength(1)
        expect(new URL(links[0] ?? '').host).toBe('console.example')
      }),
      { numRuns: 500 }
    )
  })

  it('keeps the fragments of the AWS console', () => {
    const url = 'https://c.example/home?region=x&a=b#logsV2:log-groups/log-group/$252Fecs$252Fa_b'
    expect(judge(link('logs', url).source).links).toEqual([url])
  })
})

describe('fence', () => {
  it('is one block with its content, whatever that is', () => {
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 1, maxLength: 4 }), (lines) => {
        const { blocks, code: contents } = judge(`${fence('yaml', lines)}\n\nafter`)
        expect(blocks).toEqual(['fence', 'paragraph_open', 'inline'])
        expect(contents[0]?.split('\n')).toHaveLength(lines.length + 1)
      }),
      { numRuns: 500 }
    )
  })
})
