import type { Catalogue } from '../language.ts'
import { PAGES } from './pages.ts'
import { RELEASE } from './release.ts'
import { REPORT_HTML } from './report-html.ts'
import { SUMMARY } from './summary.ts'

/** Every sentence of `say` in Korean; one file for each folder of `src` that says it. */
export const KO: Catalogue = { ...PAGES, ...REPORT_HTML, ...SUMMARY, ...RELEASE }
