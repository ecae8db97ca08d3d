/**
 * Whether a text such as `cluster/service` fits one of the patterns. `*` stands for any
 * characters but `/`, every other character for itself.
 */
export function fitsAny(patterns: readonly string[], text: string): boolean {
  return patterns.some((pattern) => {
    const parts = pattern.split('*').map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&'))
    return new RegExp(`^${parts.join('[^/]*')}$`).test(text)
  })
}
