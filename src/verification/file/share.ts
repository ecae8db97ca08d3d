import type { Members } from '../../documents/members.ts'

/** A share such as `1 %`, as 0.01; undefined where it is absent, or wrong and complained about. */
export function readShare(section: Members, name: string): number | undefined {
  const value = section.value(name)
  if (value === undefined) return undefined
  const [, figure] =
    typeof value === 'string' ? (/^(\d{1,3}(?:\.\d{1,4})?)\s*%$/.exec(value.trim()) ?? []) : []
  const share = figure === undefined ? undefined : Number(figure) / 100
  return share !== undefined && share <= 1
    ? share
    : section.refuse(name, 'wanted a share such as 1 % or 0.5 %')
}
