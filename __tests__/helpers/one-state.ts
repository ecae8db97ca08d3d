import type { Outcome, Rollback } from '../../src/release/outcome.ts'

/**
 * What one release has told to everybody: the job's outputs and report, its summary, the card in
 * Slack, the ledger's history and GitHub's deployment. What a place was not told is undefined.
 */
export interface Told {
  readonly outcome: Outcome
  readonly rollback: Rollback
  /** The report's sentence. */
  readonly headline: string
  readonly exitCode: number | null
  /** The job summary in Markdown. */
  readonly summary: string
  /** The header of the gate's message. */
  readonly card?: string | undefined
  readonly history?: HistoryTold | undefined
  /** The state of GitHub's deployment. */
  readonly github?: string | undefined
  /** Who must have been told of it; nobody unless given. */
  readonly due?: Due | undefined
}

/** What a release must have told, so that a place which was not told is a problem too. */
export interface Due {
  /** A deployment was created with the gate: there are a card and a row of the ledger. */
  readonly gated: boolean
  /** The job had a token with the right: there is a deployment of GitHub. */
  readonly mirrored: boolean
  /** The job waited for the deployment's end: nobody may still say that traffic has only moved. */
  readonly completed: boolean
}

export interface HistoryTold {
  readonly state: string
  /** What became of the release; empty or absent if that is not on record. */
  readonly result?: string | undefined
  readonly rollback?: string | undefined
}

/** The last state that a card's header says. The pattern matches the end of the header. */
const CHAPTERS = {
  waiting: /waiting for approval$/,
  approved: /approved$/,
  rejected: /rejected$/,
  expired: /nobody decided in time$/,
  'gate-failed': /blocked by an error of the gate$/,
  withdrawn: /request closed$/,
  'too-late': /too late$/,
  shifting: /traffic is moving$/,
  shifted: /all traffic has moved$/,
  released: /released$/,
  failed: /failed$/,
  stopped: /stopped$/,
  'rolling-back': /rolling back$/,
  'rolled-back': /rolled back$/,
  'rollback-failed': /ROLLBACK FAILED$/,
  /** The watchdog's message about a deployment without the gate. */
  ungated: /a deployment without the gate$/
} as const satisfies Record<string, RegExp>

export type Chapter = keyof typeof CHAPTERS

/** Undefined if the header says nothing that is known here. */
export function chapterIn(header: string): Chapter | undefined {
  const names = Object.keys(CHAPTERS).filter((name): name is Chapter => name in CHAPTERS)
  return names.find((name) => CHAPTERS[name].test(header))
}

interface Row {
  readonly exitCode: 0 | 1
  /** The words at the beginning of the summary. */
  readonly title: string
  readonly headline: RegExp
  readonly github: string
  /** Undefined: the job did not see the end, so any may stand there. */
  readonly card: readonly Chapter[] | undefined
  readonly history: readonly string[] | undefined
  readonly result: readonly string[] | undefined
}

const AFTERMATH = ['rolling-back', 'rolled-back', 'rollback-failed'] as const

/** What may stand together, by the outcome that the job has told to later jobs. */
const TABLE: Readonly<Record<Outcome, Row>> = {
  released: {
    exitCode: 0,
    title: 'Released',
    headline: / serves (all production traffic of|on both sides,) /,
    github: 'success',
    card: ['shifted', 'released'],
    history: ['APPROVED'],
    result: ['shifted', 'released']
  },
  started: {
    exitCode: 0,
    title: 'Started',
    headline: /; it goes on without this job\.$/,
    github: 'in_progress',
    card: undefined,
    history: undefined,
    result: undefined
  },
  planned: {
    exitCode: 0,
    title: 'Planned (dry run)',
    headline: /^Dry run: /,
    github: 'error',
    card: [],
    history: [],
    result: []
  },
  refused: {
    exitCode: 1,
    title: 'Refused',
    headline: /^Refused/,
    github: 'error',
    card: [],
    history: [],
    result: []
  },
  rejected: {
    exitCode: 1,
    title: 'Rejected',
    headline: / was rejected /,
    github: 'failure',
    card: ['rejected'],
    history: ['REJECTED'],
    result: ['failed']
  },
  expired: {
    exitCode: 1,
    title: 'Expired',
    headline: / expired: /,
    github: 'failure',
    card: ['expired', 'too-late'],
    history: ['EXPIRED', 'APPROVED', 'REJECTED'],
    result: ['failed', 'stopped']
  },
  failed: {
    exitCode: 1,
    title: 'Failed',
    headline: / failed(:| at | before |;|\.)/,
    github: 'failure',
    card: ['gate-failed', 'withdrawn', 'failed', 'ungated', ...AFTERMATH],
    history: ['APPROVED', 'FAILED', 'WITHDRAWN'],
    result: ['failed']
  },
  stopped: {
    exitCode: 1,
    title: 'Stopped',
    headline: / was stopped|; nothing was deployed/,
    github: 'failure',
    card: ['withdrawn', 'stopped', 'too-late', ...AFTERMATH],
    history: ['APPROVED', 'WITHDRAWN'],
    result: ['stopped']
  },
  'timed-out': {
    exitCode: 1,
    title: 'Timed out',
    headline: / passed before /,
    github: 'failure',
    card: undefined,
    history: undefined,
    result: undefined
  },
  unknown: {
    exitCode: 1,
    title: 'Unknown',
    headline: / can no longer be seen | left to go on |already on |may go on/,
    github: 'error',
    card: undefined,
    history: undefined,
    result: undefined
  }
}

/** How the sentence of the report tells of a rollback. */
const ROLLBACKS: Readonly<Record<Rollback, RegExp>> = {
  none: /^(?!.*(rollback d-|the rollback ))/,
  'in-progress': /rollback (d-\w+ )?is still in progress/,
  succeeded: /rollback (d-\w+ )?succeeded/,
  failed: /rollback (d-\w+ )?FAILED/
}

/** Where two places tell different things; empty if they all agree. */
export function disagreements(told: Told): string[] {
  const { outcome, rollback, headline, exitCode, summary, github } = told
  const row = TABLE[outcome]
  const found: string[] = []
  const expect = (isRight: boolean, what: string): void => {
    if (!isRight) found.push(`${outcome}, rollback ${rollback}: ${what}`)
  }
  expect(exitCode === row.exitCode, `the job ended with ${exitCode}`)
  expect(row.headline.test(headline), `the headline is "${headline}"`)
  expect(ROLLBACKS[rollback].test(headline), `of the rollback the headline says "${headline}"`)
  const [heading = ''] = summary.split('\n')
  expect(heading.startsWith('## ') && heading.includes(` ${row.title}`), `"${heading}"`)
  expect(plain(summary).includes(headline), 'the summary lacks the headline')
  // GitHub itself makes an older success inactive.
  const shown = github === 'inactive' ? 'success' : github
  expect(shown === undefined || shown === row.github, `GitHub's deployment is ${github}`)
  return [...found, ...untold(told, row), ...ofCard(told, row), ...ofHistory(told, row)]
}

/** Places that had to be told and were not, and those that do not know of the end yet. */
function untold({ outcome, rollback, card, history, github, due }: Told, row: Row): string[] {
  if (!due) return []
  const found: string[] = []
  const lacks = (what: string): unknown => found.push(`${outcome}, rollback ${rollback}: ${what}`)
  if (due.mirrored && github === undefined) lacks('GitHub has no deployment')
  // If Slack does not take the card, the gate fails, and the ledger alone says so.
  const isUnasked = outcome === 'failed' && history?.state === 'FAILED'
  if (due.gated && row.card?.length && card === undefined && !isUnasked) lacks('there is no card')
  if (due.gated && row.history?.length && !history) lacks('history has no row')
  if (due.completed && outcome === 'released') {
    if (card !== undefined && chapterIn(card) === 'shifted') lacks(`the card still says "${card}"`)
    if (history?.result === 'shifted') lacks('history still says shifted')
  }
  return found
}

function ofCard({ outcome, rollback, card }: Told, row: Row): string[] {
  if (card === undefined) return []
  const chapter = chapterIn(card)
  const wrong = `${outcome}, rollback ${rollback}: the card says "${card}"`
  if (chapter === undefined) return [`${wrong}, which is not known`]
  // The watchdog tells of a deployment without the gate while it goes on, and a minute later of its end.
  if (chapter === 'ungated') return []
  if (row.card && !row.card.includes(chapter)) return [wrong]
  return agreesOnRollback(outcome, rollback, chapter) ? [] : [wrong]
}

/** A job that did not see the end knows nothing of its rollback. */
function sawTheEnd(outcome: Outcome): boolean {
  return ['rejected', 'expired', 'failed', 'stopped'].includes(outcome)
}

function agreesOnRollback(outcome: Outcome, rollback: Rollback, chapter: Chapter): boolean {
  if (!sawTheEnd(outcome)) return true
  switch (chapter) {
    case 'rolling-back':
      return rollback === 'in-progress'
    case 'rolled-back':
      return rollback === 'succeeded' || rollback === 'in-progress'
    case 'rollback-failed':
      return rollback === 'failed' || rollback === 'in-progress'
    case 'failed':
    case 'stopped':
      return rollback === 'none' || rollback === 'in-progress'
    default:
      return true
  }
}

function ofHistory({ outcome, rollback, history }: Told, row: Row): string[] {
  if (!history) return []
  const { state, result = '', rollback: recorded = '' } = history
  const found: string[] = []
  const wrong = (what: string): unknown =>
    found.push(`${outcome}, rollback ${rollback}: history says ${what}`)
  if (row.history && !row.history.includes(state)) wrong(state)
  // What became of a release that nobody let through is no news.
  const isAwaited = state === 'APPROVED' && row.result !== undefined
  if (result === '' ? isAwaited : row.result?.includes(result) === false) {
    wrong(`${state}, ${result || 'no result'}`)
  }
  const isSame = recorded === rollback || recorded === 'in-progress' || rollback === 'in-progress'
  if (recorded !== '' && sawTheEnd(outcome) && !isSame) wrong(`${state}, rollback ${recorded}`)
  return found
}

/** The summary as people read it: without the entities and elements that escape it. */
function plain(markdown: string): string {
  return markdown
    .replace(/<wbr>|<\/?span>/g, '')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
}
