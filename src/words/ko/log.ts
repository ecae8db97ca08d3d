import type { Catalogue } from '../language.ts'

/** What the log says while a release runs, and the next steps that errors name. */
export const LOG: Catalogue = {}
