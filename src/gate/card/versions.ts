import { IMAGE_REFERENCE } from '../../taskdef/image.ts'
import type { ImageFacts } from '../../ledger/gate-facts.ts'
import { code, plain } from './escape.ts'
import type { CardView } from './view.ts'

/** What one container runs and would run, as short as it can be said without hiding anything. */
interface Versions {
  readonly before: string | undefined
  readonly after: string
}

/** The images that change, or all of them if none does. */
export function shownImages({ images }: Pick<CardView, 'images'>): readonly ImageFacts[] {
  const moved = images.filter(({ before, after }) => before !== after)
  return moved.length > 0 ? moved : images
}

/**
 * Tags alone if both images are of one repository and their tags tell them apart. If they are not,
 * the whole images: `evil/orders:2` must not look like the next version of `shop/orders:1`.
 */
export function versionsOf({ before, after }: Pick<ImageFacts, 'before' | 'after'>): Versions {
  const [old, next] = [before === undefined ? undefined : partsOf(before), partsOf(after)]
  if (!next?.tag) return { before, after }
  if (before === undefined || before === after) return { before, after }
  const isSame = old?.place === next.place && old.tag !== undefined && old.tag !== next.tag
  return isSame ? { before: old.tag, after: next.tag } : { before, after }
}

/** Whether another repository or registry takes the place of the one that serves. */
export function changesPlace({ before, after }: Pick<ImageFacts, 'before' | 'after'>): boolean {
  if (before === undefined) return false
  return partsOf(before)?.place !== partsOf(after)?.place
}

function partsOf(
  image: string
): { readonly place: string; readonly tag: string | undefined } | undefined {
  const { registry = '', repository, tag } = IMAGE_REFERENCE.exec(image)?.groups ?? {}
  return repository === undefined ? undefined : { place: `${registry}/${repository}`, tag }
}

/** Enough to compare by eye with what a registry shows. */
export function shortDigest(digest: string): string {
  return digest.startsWith('sha256:') ? digest.slice(0, 'sha256:'.length + 12) : digest
}

/** Service and versions in one line of plain text, for the header: `orders 1.4.1 → 1.4.2`. */
export function subjectOf(view: CardView, imagesChange: (count: number) => string): string {
  const service = plain(view.service, 50)
  const containers = new Map(shownImages(view).map((image) => [image.container, image]))
  const all = [...new Map([...containers.values()].map((each) => [keyOf(each), each])).values()]
  const [only] = all
  if (!only) return `${service} ${plain(view.revision.after, 40)}`
  if (all.length > 1) return `${service}, ${imagesChange(containers.size)}`
  const { before, after } = versionsOf(only)
  if (before === undefined || before === after) return `${service} ${lastPart(after)}`
  return `${service} ${lastPart(before)} → ${lastPart(after)}`
}

/** Two containers that go from one version to the same other one are one change. */
function keyOf(image: ImageFacts): string {
  const { before, after } = versionsOf(image)
  return `${before ?? ''} ${after}`
}

/** `orders:1.4.2` of a whole image, whose registry stands below the header. */
function lastPart(image: string): string {
  const cut = image.replace(/@sha256:([0-9a-f]{12})[0-9a-f]+$/, '@$1')
  return plain(cut.slice(cut.lastIndexOf('/') + 1), 40)
}

/** A version as code. */
export function versionCode(version: string): string {
  return code(version, 120)
}

/** What production would get, in one line of plain text: for dialogs. */
export function imagesInPlain(view: CardView, max: number): string {
  const [first, ...others] = shownImages(view)
  if (!first) return plain(view.revision.after, max)
  const more = others.length === 0 ? '' : ` (+${others.length})`
  return plain(first.after, max - more.length) + more
}
