import { say } from '../words/say.ts'
import type { Drained } from './report.ts'
import { utcTime } from './report-words.ts'

/** When the side at weight 0 had its last requests, and what cannot be known of it. */
export function drainedInWords({ side, state, lastRequestAt }: Drained): string {
  return say`${requests(side, state, lastRequestAt)}; connections that are still open cannot be seen, because AWS counts none per target group`
}

function requests(side: string, state: Drained['state'], at: number | undefined): string {
  switch (state) {
    case 'zero':
      return at === undefined
        ? say`RequestCount of ${side} at weight 0 is zero`
        : say`RequestCount of ${side} at weight 0 is zero: its last requests were in the minute from ${utcTime(at)} UTC`
    case 'not-yet':
      return at === undefined
        ? say`RequestCount of ${side} at weight 0 is not known to be zero yet, because CloudWatch shows the last minutes late`
        : say`RequestCount of ${side} at weight 0 is not zero yet: the last requests that CloudWatch shows were in the minute from ${utcTime(at)} UTC`
    case 'unread':
      return say`RequestCount of ${side} at weight 0 could not be read`
  }
}
