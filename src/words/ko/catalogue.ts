import type { Catalogue } from '../language.ts'
import { ISSUER_CHECK } from './issuer-check.ts'
import { RELEASE } from './release.ts'

/** Every sentence of `say` in Korean; one file for each folder of `src` that says it. */
export const KO: Catalogue = { ...ISSUER_CHECK, ...RELEASE }
