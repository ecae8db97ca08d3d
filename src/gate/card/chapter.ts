import type { CardView } from './view.ts'

/**
 * The last thing that has happened to a release, in the order in which it usually happens. The
 * card's header, its notification and the digest's line have one sentence for each of these, and
 * nothing else is said of the state there.
 */
export const CHAPTERS = [
  'waiting',
  'approved',
  'rejected',
  'expired',
  'gate-failed',
  'withdrawn',
  'too-late',
  'shifting',
  'shifted',
  'released',
  'failed',
  'stopped',
  'rolling-back',
  'rolled-back',
  'rollback-failed'
] as const

export type Chapter = (typeof CHAPTERS)[number]

/**
 * A decision is the last state until traffic has moved or an approved release has ended: the
 * rollback that follows a rejection takes nothing from users, and is no news beside it.
 */
export function chapterOf({
  decision,
  trafficResult
}: Pick<CardView, 'decision' | 'trafficResult'>): Chapter {
  if (!decision) return 'waiting'
  const { state, effect } = decision
  const moved =
    trafficResult !== undefined &&
    (trafficResult.beganAt !== undefined ||
      trafficResult.status === 'shifting' ||
      trafficResult.status === 'released')
  if (!moved && state !== 'APPROVED') return UNMOVED[state]
  if (!moved && effect === 'LATE') return 'too-late'
  if (!trafficResult) return 'approved'
  const { status, rollback, shiftedAt } = trafficResult
  if (rollback === 'in-progress') return 'rolling-back'
  if (rollback === 'succeeded') return 'rolled-back'
  if (rollback === 'failed') return 'rollback-failed'
  return status === 'shifting' && shiftedAt !== undefined ? 'shifted' : status
}

const UNMOVED = {
  REJECTED: 'rejected',
  EXPIRED: 'expired',
  FAILED: 'gate-failed',
  WITHDRAWN: 'withdrawn'
} as const

/** How a chapter is marked, as an emoji and never by it alone. */
export const CHAPTER_MARKS: Readonly<Record<Chapter, string>> = {
  waiting: ':hourglass_flowing_sand:',
  approved: ':white_check_mark:',
  rejected: ':no_entry:',
  expired: ':hourglass:',
  'gate-failed': ':lock:',
  withdrawn: ':heavy_minus_sign:',
  'too-late': ':hourglass:',
  shifting: ':arrow_right:',
  shifted: ':white_check_mark:',
  released: ':white_check_mark:',
  failed: ':x:',
  stopped: ':octagonal_sign:',
  'rolling-back': ':leftwards_arrow_with_hook:',
  'rolled-back': ':leftwards_arrow_with_hook:',
  'rollback-failed': ':rotating_light:'
}
