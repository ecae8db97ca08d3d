import type { MetricDataResult } from '@aws-sdk/client-cloudwatch'
import type { MetricSeries } from '../../release/evidence.ts'
import type { Ask } from './ask.ts'
import { inUnit } from './queries.ts'
import type { Asked } from './queries.ts'
import type { Window } from './windows.ts'

export const DATA_RIGHT = 'cloudwatch:GetMetricData'

/**
 * Ten series of an hour are 600 points, and a page holds 100,800, so more pages than this
 * are not a valid answer.
 */
const MOST_PAGES = 20

export interface SeriesRead {
  readonly series: readonly MetricSeries[]
  /** True if nothing is missing. */
  readonly complete: boolean
}

/**
 * Makes one call for each window, which asks for all series, and one more for each further
 * page.
 */
export async function readSeries(
  ask: Ask,
  asked: readonly Asked[],
  windows: readonly Window[]
): Promise<SeriesRead> {
  const points = new Map(asked.map(({ id }) => [id, new Map<number, number>()]))
  let complete = windows.length > 0
  for (const window of windows)
    complete = complete && (await readWindow(ask, asked, window, points))
  return {
    complete,
    series: asked.map(({ id, metric, side, unit }) => ({
      metric,
      side,
      unit,
      points: [...(points.get(id) ?? [])]
        .toSorted(([one], [other]) => one - other)
        .map(([at, value]) => ({ at, value: inUnit(unit, value) }))
    }))
  }
}

type Points = ReadonlyMap<string, Map<number, number>>

/** Whether every series of the window was read to its end. */
async function readWindow(
  ask: Ask,
  asked: readonly Asked[],
  { from, until }: Window,
  points: Points
): Promise<boolean> {
  const unfinished = new Set(asked.map(({ id }) => id))
  let token: string | undefined
  for (let page = 0; page < MOST_PAGES; page++) {
    const answer = await ask(DATA_RIGHT, ({ sdk, client }, options) =>
      client.send(
        new sdk.GetMetricDataCommand({
          MetricDataQueries: asked.map(({ query }) => query),
          StartTime: new Date(from),
          EndTime: new Date(until),
          ScanBy: 'TimestampAscending',
          NextToken: token
        }),
        options
      )
    )
    if (!answer) return false
    for (const result of answer.MetricDataResults ?? []) {
      take(result, points)
      if (result.StatusCode === 'Complete') unfinished.delete(result.Id ?? '')
    }
    token = answer.NextToken
    if (token === undefined) return unfinished.size === 0
  }
  return false
}

function take({ Id = '', Timestamps = [], Values = [] }: MetricDataResult, points: Points): void {
  Timestamps.forEach((at, index) => {
    const value = Values[index]
    if (value !== undefined) points.get(Id)?.set(at.getTime(), value)
  })
}
