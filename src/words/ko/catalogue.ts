import type { Catalogue } from '../language.ts'
import { LOG } from './log.ts'
import { RELEASE } from './release.ts'

/** Every sentence of `say` in Korean; one file for each folder of `src` that says it. */
export const KO: Catalogue = { ...RELEASE, ...LOG }
