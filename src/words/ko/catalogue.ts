import type { Catalogue } from '../language.ts'
import { EVIDENCE } from './evidence.ts'
import { RELEASE } from './release.ts'
import { VERIFICATION } from './verification.ts'

/** Every sentence of `say` in Korean; one file for each folder of `src` that says it. */
export const KO: Catalogue = { ...RELEASE, ...VERIFICATION, ...EVIDENCE }
