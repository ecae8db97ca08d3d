import { describe, expect, it } from '@jest/globals'
import { page } from '../../demo/page.ts'
import { languageOf, WORDS } from '../../demo/words.ts'
import { asked } from './samples.ts'

const english = { language: 'en', token: 't0ken' } as const

describe('the page', () => {
  it('says what is asked, with both listeners to try and their counts', () => {
    const html = page(asked, english)
    expect(html).toContain(WORDS.en.asked)
    expect(html).toContain('orders:1 → <strong>orders:2</strong>')
    expect(html).toContain('<dd id="deployment" data-live>d-1</dd>')
    expect(html).toContain('href="http://127.0.0.1:8001/version"')
    expect(html).toContain('href="http://127.0.0.1:8002/version"')
    expect(html).toContain('<td>2</td><td>0</td><td>0</td><td>Version 1</td>')
    expect(html).toContain('<td>0</td><td>1</td><td>0</td><td>Version 2</td>')
  })

  it('lets decide only while it asks', () => {
    expect(page(asked, english)).not.toContain('disabled>')
    for (const stage of ['waiting', 'decided', 'ended'] as const) {
      expect(page({ ...asked, stage }, english).match(/<button[^>]* disabled>/g)).toHaveLength(2)
    }
  })

  it.each([
    ['approve', WORDS.en.decidedApprove],
    ['reject', WORDS.en.decidedReject]
  ] as const)('tells what %s leads to', (decision, text) => {
    expect(page({ ...asked, stage: 'decided', decision }, english)).toContain(text)
  })

  it('ends with the outcome', () => {
    const html = page({ ...asked, stage: 'ended', outcome: 'released' }, english)
    expect(html).toContain('The release has ended: released.')
    expect(html).toContain('<dd id="outcome" data-live>released</dd>')
  })

  it('is in Korean too, with the same words', () => {
    const html = page(asked, { ...english, language: 'ko' })
    expect(html).toContain('<html lang="ko">')
    expect(html).toContain(WORDS.ko.asked)
    expect(html).toContain('action="/decide?lang=ko"')
    expect(Object.keys(WORDS.ko)).toEqual(Object.keys(WORDS.en))
  })

  it('takes text for text', () => {
    const hostile = `<img src=x onerror="alert('1')">&`
    const html = page(
      {
        ...asked,
        stage: 'ended',
        service: hostile,
        cluster: hostile,
        running: hostile,
        next: hostile,
        deploymentId: hostile,
        outcome: `$& ${hostile}`,
        production: { ...asked.production, url: hostile, latest: hostile }
      },
      { ...english, token: hostile }
    )
    expect(html).not.toContain('<img')
    expect(html).not.toContain('onerror="')
    expect(html).toContain(
      'ended: $&amp; &lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;.'
    )
  })

  it('loads nothing from elsewhere', () => {
    const loaded = [
      ...page(asked, english).matchAll(/<(?:link|img|iframe)\b|\bsrc=|url\(|@import/g)
    ]
    expect(loaded).toEqual([])
  })
})

describe('the language', () => {
  it.each([
    ['ko', undefined, 'ko'],
    ['en', 'ko-KR', 'en'],
    [null, 'ko-KR,ko;q=0.9', 'ko'],
    [null, 'de,en;q=0.8', 'en'],
    ['xx', undefined, 'en']
  ])('?lang=%s with %s is %s', (query, accepted, language) => {
    expect(languageOf(query, accepted)).toBe(language)
  })
})
