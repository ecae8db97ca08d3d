import { describe, expect, test } from '@jest/globals'
import { faultsOf } from '../../axe.ts'
import { usePage } from './page-stage.ts'

const stage = usePage()

describe.each(['light', 'dark'] as const)('axe-core finds nothing in %s', (colorScheme) => {
  test('on the page with a card, and with its question', async () => {
    await stage.post()
    await stage.look()
    await stage.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await stage.page.locator('article').waitFor()
    expect(await faultsOf(stage.page)).toEqual([])
    await stage.page.getByRole('button', { name: 'Approve' }).click()
    await stage.page.locator('#confirm').waitFor()
    expect(await faultsOf(stage.page)).toEqual([])
  })

  test('on a modal', async () => {
    await stage.post()
    await stage.look()
    await stage.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await stage.reject()
    await stage.page.locator('#modal').waitFor()
    expect(await faultsOf(stage.page)).toEqual([])
  })
})

test('a message in Korean names its language, on a page that is in English', async () => {
  await stage.post()
  await stage.post({ text: 'all traffic has moved', blocks: [] })
  await stage.look()
  await stage.page.locator('article').nth(1).waitFor()
  const languages = await stage.page.evaluate<unknown>(
    "[...document.querySelectorAll('article .body')].map((each) => each.closest('[lang]').lang)"
  )
  expect(languages).toEqual(['ko', 'en'])
})
