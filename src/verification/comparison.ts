/** How a measured figure can be compared with a limit. Only k6 uses the last three. */
export type Comparison = '<' | '<=' | '>' | '>=' | '==' | '===' | '!='

/**
 * Whether the figure keeps to the limit, both in the same unit. False if the figure is not a
 * number.
 */
export function holds(measured: number, comparison: Comparison, limit: number): boolean {
  if (Number.isNaN(measured)) return false
  switch (comparison) {
    case '<':
      return measured < limit
    case '<=':
      return measured <= limit
    case '>':
      return measured > limit
    case '>=':
      return measured >= limit
    case '==':
    case '===':
      return measured === limit
    case '!=':
      return measured !== limit
  }
}
