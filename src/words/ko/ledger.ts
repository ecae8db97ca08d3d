import type { Catalogue } from '../language.ts'

/** What `src/ledger` says to whoever runs a release. */
export const LEDGER: Catalogue = {
  '{0}: found {1} bytes, wanted at most {2}': '{0}: {1}바이트입니다. 최대 {2}바이트까지 가능합니다'
}
