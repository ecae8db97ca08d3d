import type { Catalogue } from '../language.ts'

/** What `src/ledger` says to whoever runs a release. */
export const LEDGER: Catalogue = {}
