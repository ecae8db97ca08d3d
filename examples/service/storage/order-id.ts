/** `order-12` and the number that a database counts. */
export function orderId(number: number): string {
  return `order-${number}`
}

/** Undefined: no database has given such an id. */
export function orderNumber(id: string): number | undefined {
  const digits = /^order-([1-9]\d{0,14})$/.exec(id)?.[1]
  return digits === undefined ? undefined : Number(digits)
}
