/** What became of one request. */
export interface ProbeResult {
  /** When it should have been sent, milliseconds since the epoch. */
  readonly at: number
  /** From `at` to the end of its body, or until it was known to have failed, milliseconds. */
  readonly ms: number
  /** What answered; undefined where no answer began. */
  readonly version: string | undefined
  /** Why it failed, in a few words; undefined where it did not. */
  readonly failure: string | undefined
}
