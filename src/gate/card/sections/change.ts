import type { ImageFacts } from '../../../ledger/gate.ts'
import type { SectionBlock } from '@slack/types'
import { section } from '../blocks.ts'
import { code, plain } from '../escape.ts'
import type { CardView } from '../view.ts'
import type { Words } from '../words/words.ts'

/** What would be released: images old and new first, then the rest of the task definition in short. */
export function change({ images, revision, changes }: CardView, words: Words): SectionBlock[] {
  const moved = images.filter(({ before, after }) => before !== after)
  const shown = moved.length > 0 ? moved : images
  const { before, after } = revision
  return [
    ...section(
      shown.map((image) => imageLine(image, words)),
      words.more,
      10
    ),
    ...section(
      [
        words.revision(before === undefined ? undefined : code(before), code(after)),
        ...otherChanges(changes, words)
      ],
      words.more,
      14
    )
  ]
}

function imageLine({ container, before, after, digest }: ImageFacts, words: Words): string {
  const pinned = digest === undefined ? '' : `  ${code(shortDigest(digest))}`
  const name = `*${code(container, 60)}*`
  return before === undefined
    ? words.newImage(name, code(after)) + pinned
    : words.image(name, code(before), code(after)) + pinned
}

function otherChanges(changes: CardView['changes'], words: Words): string[] {
  if (changes === undefined) return [words.changesUnknown]
  if (changes.length === 0) return [words.noChanges]
  return [
    words.changes,
    ...changes.map(({ path, kind, before, after }) => {
      const values =
        before === undefined || after === undefined
          ? ''
          : `  ${code(before, 60)} → ${code(after, 60)}`
      return `• ${code(path)} ${words.change[kind]}${values}`
    })
  ]
}

/** The images in one line of plain text: for dialogs and notifications. */
export function imagesInPlain({ images, revision }: CardView, max: number): string {
  const moved = images.filter(({ before, after }) => before !== after)
  const [first, ...others] = moved.length > 0 ? moved : images
  if (!first) return plain(revision.after, max)
  const more = others.length === 0 ? '' : ` (+${others.length})`
  return plain(first.after, max - more.length) + more
}

/** Enough to compare by eye with what a registry shows. */
function shortDigest(digest: string): string {
  return digest.startsWith('sha256:') ? digest.slice(0, 'sha256:'.length + 12) : digest
}
