import type { ImageFacts } from '../../../ledger/gate-facts.ts'
import { code } from '../escape.ts'
import { changesPlace, shortDigest, shownImages, versionCode, versionsOf } from '../versions.ts'
import type { CardView } from '../view.ts'
import { revision } from './secondary.ts'
import type { Words } from '../words/words.ts'

/** A first screen has room for this many containers; all of them stand in the details. */
const MOST_IMAGES = 4

/** What production would get: the service, and each image that changes with its versions. */
export function change(view: CardView, words: Words): string[] {
  const name = code(`${view.cluster}/${view.service}`, 80)
  const [only, ...others] = shownImages(view)
  if (!only) {
    return [`${name}  ${revision(view, words)}`]
  }
  if (others.length === 0) return [`${name}  ${imageLine(only, words)}`]
  const all = [only, ...others]
  const lines = all
    .slice(0, MOST_IMAGES)
    .map((image) => `•  *${code(image.container, 60)}*  ${imageLine(image, words)}`)
  const left = all.length - lines.length
  return [name, ...lines, ...(left > 0 ? [words.more(left)] : [])]
}

function imageLine(image: ImageFacts, words: Words): string {
  const { before, after } = versionsOf(image)
  const pinned = image.digest === undefined ? '' : `  ${code(shortDigest(image.digest))}`
  const place = changesPlace(image) ? `  ${words.otherPlace}` : ''
  if (before === undefined) return words.newImage(versionCode(after)) + pinned
  if (before === after) return words.sameImage(versionCode(after)) + pinned
  return words.image(versionCode(before), versionCode(after)) + pinned + place
}
