import type { KnownBlock, ModalView } from '@slack/types'
import type { ChangeFacts } from '../../ledger/gate-facts.ts'
import { ACTIONS } from './actions.ts'
import { chapterOf } from './chapter.ts'
import { DIVIDER, header, inRooms, LIMITS, plainText, section } from './blocks.ts'
import { moment } from './date.ts'
import { code, link, said } from './escape.ts'
import { evidenceLine, inOrder } from './sections/evidence.ts'
import { requester } from './sections/asked.ts'
import { obstacles } from './sections/obstacles.ts'
import { outcome } from './sections/outcome.ts'
import { healthCounts, links, moving, revision, unchecked } from './sections/secondary.ts'
import { subjectOf } from './versions.ts'
import type { CardView } from './view.ts'
import { wordsIn } from './words/in-language.ts'
import type { Words } from './words/words.ts'

/** Slack, "Views": title, submit and close take 24 characters; a modal takes 100 blocks. */
const MODAL_BUTTON = 24
const MOST_BLOCKS = 100
/**
 * All blocks as JSON. Slack takes 250 KB ("views.open", `view_too_large`), and sends the whole view
 * back with a click inside it, of which the callback reads no more than 512 KiB (callback/http.ts).
 */
const LONGEST_VIEW = 60_000
/** Blocks that are kept for what follows the differences. */
const MOST_GROUPS = 60
const LONGEST_FIGURE = 400

/** Who has opened the details: the message is the same for everybody, the modal is not. */
export interface Reader {
  /** Whether this person may break the glass now. The click and the reason are judged again. */
  readonly mayBreakGlass: boolean
}

/** Everything that is known of a release, in the order in which the card sums it up. */
export function renderDetails(view: CardView, reader: Reader): ModalView {
  const words = wordsIn(view.language)
  return {
    type: 'modal',
    callback_id: ACTIONS.details,
    private_metadata: view.gateId,
    title: plainText(words.details, MODAL_BUTTON),
    close: plainText(words.close, MODAL_BUTTON),
    blocks: inRooms((room) => blocksOf(view, reader, words, room), LONGEST_VIEW).slice(
      0,
      MOST_BLOCKS
    )
  }
}

/** With so much room for the text of each section. What does not fit is counted and linked. */
function blocksOf(view: CardView, reader: Reader, words: Words, room: number): KnownBlock[] {
  const title = words.header[chapterOf(view)](subjectOf(view, words.imagesChange))
  return [
    header(title),
    ...(view.decision
      ? section(outcome(view, view.decision, words, 'name'), words.more)
      : section([words.shift(view.shift), ...obstacles(view, words)], words.more)),
    ...evidence(view, words, room),
    ...changes(view, words, room),
    ...what(view, words, room),
    ...targets(view, words, room),
    ...others(view, words, room),
    ...titled(words.detailsOf.links, links(view, words), words),
    ...(reader.mayBreakGlass && !view.decision ? glass(view, words) : [])
  ]
}

/** Says to the person alone, above the details, why a click in them did nothing. */
export function renderNotice(text: string, view: Pick<CardView, 'language'>): ModalView {
  const words = wordsIn(view.language)
  return {
    type: 'modal',
    title: plainText(words.noticeTitle, MODAL_BUTTON),
    close: plainText(words.close, MODAL_BUTTON),
    blocks: [{ type: 'section', text: { type: 'mrkdwn', text: text.slice(0, 3_000) } }]
  }
}

function what(view: CardView, words: Words, room: number): KnownBlock[] {
  const images = view.images.map((image) => {
    const name = `*${code(image.container, 60)}*`
    const pinned = image.digest === undefined ? [] : [code(image.digest)]
    const versions =
      image.before === undefined
        ? words.newImage(code(image.after, 300))
        : image.before === image.after
          ? words.sameImage(code(image.after, 300))
          : words.image(code(image.before, 300), code(image.after, 300))
    return [`${name}  ${versions}`, ...pinned]
  })
  const lines = [
    code(`${view.cluster}/${view.service}`),
    ...images.flat(),
    revision(view, words),
    `${words.labels.askedBy}  ${requester(view.requester, words)}`
  ]
  return titled(words.detailsOf.what, lines, words, { view, room })
}

/** The differences of each container, and of what belongs to none. */
function changes(view: CardView, words: Words, room: number): KnownBlock[] {
  const { changes: found } = view
  if (found === undefined) return titled(words.detailsOf.changes, [words.changesUnknown], words)
  if (found.length === 0) return titled(words.detailsOf.changes, [words.noChanges], words)
  const groups = [...groupsOf(found)]
  const shown = groups.slice(0, MOST_GROUPS)
  const left = groups.slice(MOST_GROUPS).flatMap(([, members]) => members).length
  return [
    DIVIDER,
    ...section([`*${words.detailsOf.changes}*`], words.more),
    ...shown.flatMap(([container, members]) =>
      section(
        [
          container === '' ? `*${words.wholeDefinition}*` : `*${code(container, 60)}*`,
          ...members.map((change) => changeLine(change, words))
        ],
        (rest) => words.cut(rest, whole(view)),
        Number.POSITIVE_INFINITY,
        room
      )
    ),
    ...(left > 0 ? section([words.cut(left, whole(view))], words.more) : [])
  ]
}

/** Where everything stands that a modal has no room for. */
function whole({ consoleUrl, deploymentId, run }: CardView): string {
  return run?.url === undefined ? link(consoleUrl, deploymentId) : link(run.url, run.label)
}

const OF_CONTAINER = /^containerDefinitions\[([^\]]*)\]\.?(.*)$/s

/** By container, in the order in which they come; what belongs to no container is last. */
function groupsOf(found: readonly ChangeFacts[]): Map<string, ChangeFacts[]> {
  const groups = new Map<string, ChangeFacts[]>()
  const rest: ChangeFacts[] = []
  for (const change of found) {
    const [, container, path] = OF_CONTAINER.exec(change.path) ?? []
    if (container === undefined || container === '' || path === undefined) rest.push(change)
    else groups.set(container, [...(groups.get(container) ?? []), { ...change, path }])
  }
  if (rest.length > 0) groups.set('', rest)
  return groups
}

function changeLine({ path, kind, before, after }: ChangeFacts, words: Words): string {
  if (path === '') return `•  ${words.addedOrRemoved[kind]}`
  const values =
    before === undefined || after === undefined ? '' : `  ${code(before, 60)} → ${code(after, 60)}`
  return `•  ${code(path)} ${words.change[kind]}${values}`
}

function evidence(view: CardView, words: Words, room: number): KnownBlock[] {
  const lines = inOrder(view.evidence).map((each) => evidenceLine(each, words, LONGEST_FIGURE))
  return titled(words.detailsOf.evidence, lines.length > 0 ? lines : [words.noEvidence], words, {
    view,
    room
  })
}

function targets(view: CardView, words: Words, room: number): KnownBlock[] {
  const { health, openedAt } = view
  const { targets: found = [] } = health
  const counts = `${healthCounts(health, words)} (${words.seenAt(moment(openedAt))})`
  const lines = found.map(({ id, state, reason, description = reason }) => {
    const told = description === undefined ? '' : `: ${said(description, 160)}`
    return `•  ${code(id, 80)} ${code(state, 30)}${told}`
  })
  return titled(words.detailsOf.targets, [counts, ...unchecked(health, words), ...lines], words, {
    view,
    room
  })
}

function others(view: CardView, words: Words, room: number): KnownBlock[] {
  const lines = moving(view, words).slice(1)
  return view.decision || lines.length === 0
    ? []
    : titled(
        words.detailsOf.moving,
        lines.map((line) => `•  ${line}`),
        words,
        { view, room }
      )
}

function glass(view: CardView, words: Words): KnownBlock[] {
  return [
    DIVIDER,
    { type: 'section', text: plainText(words.breakGlassHere, 500) },
    {
      type: 'actions',
      block_id: 'glass',
      elements: [
        {
          type: 'button',
          action_id: ACTIONS['break-glass'],
          value: view.gateId,
          style: 'danger',
          text: plainText(words.breakGlass, 75)
        }
      ]
    }
  ]
}

function titled(
  title: string,
  lines: readonly string[],
  words: Words,
  long?: { readonly view: CardView; readonly room: number }
): KnownBlock[] {
  const all = [`*${title}*`, ...lines]
  const more = long ? (left: number): string => words.cut(left, whole(long.view)) : words.more
  return [DIVIDER, ...section(all, more, Number.POSITIVE_INFINITY, long?.room ?? LIMITS.section)]
}
