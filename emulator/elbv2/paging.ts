import type { DescribeListenersInput } from '@aws-sdk/client-elastic-load-balancing-v2'
import { invalid } from './refusals.ts'

/** API reference: "Minimum value of 1. Maximum value of 400." */
const LARGEST_PAGE = 400

/** One page of a list, and the marker of the next. @throws ValidationError for a size or marker that is none. */
export function page<T>(
  items: readonly T[],
  { Marker, PageSize = LARGEST_PAGE }: Pick<DescribeListenersInput, 'Marker' | 'PageSize'>
): { readonly items: T[]; readonly NextMarker?: string } {
  if (!Number.isInteger(PageSize) || PageSize < 1 || PageSize > LARGEST_PAGE)
    throw invalid(`PageSize must be between 1 and ${LARGEST_PAGE}`)
  const from = Marker === undefined ? 0 : offset(Marker)
  const next = from + PageSize
  return {
    items: items.slice(from, next),
    ...(next < items.length && { NextMarker: Buffer.from(`from:${next}`).toString('base64') })
  }
}

function offset(marker: string): number {
  const [, digits] = /^from:(\d+)$/.exec(Buffer.from(marker, 'base64').toString()) ?? []
  if (digits === undefined) throw invalid(`Marker '${marker}' is not valid`)
  return Number(digits)
}

/** Of filters that exclude each other, at most one. @throws ValidationError that names those given. */
export function atMostOne(given: Readonly<Record<string, unknown>>): void {
  const names = Object.keys(given).filter((name) => given[name] !== undefined)
  if (names.length > 1) throw invalid(`You can specify only one of ${names.join(', ')}`)
}
