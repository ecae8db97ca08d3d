/** Whether a status satisfies a target group's matcher: `200`, `200,202` or `200-299`. */
export function matchesStatus(matcher: string, status: number): boolean {
  return matcher.split(',').some((part) => {
    const [from = NaN, to = from] = part.split('-').map(Number)
    return status >= from && status <= to
  })
}
