/** How a measured figure may be held against a limit; the last three are only k6's. */
export type Comparison = '<' | '<=' | '>' | '>=' | '==' | '===' | '!='

/** Whether the figure keeps to the limit, both in one unit. Nothing holds for a figure that is no number. */
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
