import type { Catalogue } from '../language.ts'
import { ACTION } from './action.ts'
import { AWS } from './aws.ts'
import { CHECKS } from './checks.ts'
import { COMMON } from './common.ts'
import { CONTROLLERS } from './controllers.ts'
import { DOCUMENTS } from './documents.ts'
import { EVIDENCE } from './evidence.ts'
import { FAILOVER } from './failover.ts'
import { FLOW } from './flow.ts'
import { GATE } from './gate.ts'
import { INPUTS } from './inputs.ts'
import { ISSUER_CHECK } from './issuer-check.ts'
import { LEDGER } from './ledger.ts'
import { LISTENER } from './listener.ts'
import { LISTENER_GATE } from './listener-gate.ts'
import { LOG } from './log.ts'
import { PAGES } from './pages.ts'
import { RECORD } from './record.ts'
import { HEADLINE } from './release-headline.ts'
import { RELEASE } from './release.ts'
import { REPORT_HTML } from './report-html.ts'
import { SUMMARY } from './summary.ts'
import { TASKDEF } from './taskdef.ts'
import { VERIFICATION } from './verification.ts'

/** Every sentence of `say` in Korean; one file for each folder of `src` that says it. */
export const KO: Catalogue = {
  ...ACTION,
  ...AWS,
  ...CHECKS,
  ...COMMON,
  ...CONTROLLERS,
  ...DOCUMENTS,
  ...EVIDENCE,
  ...FAILOVER,
  ...FLOW,
  ...GATE,
  ...INPUTS,
  ...ISSUER_CHECK,
  ...LEDGER,
  ...LISTENER,
  ...LISTENER_GATE,
  ...LOG,
  ...PAGES,
  ...RECORD,
  ...HEADLINE,
  ...RELEASE,
  ...REPORT_HTML,
  ...SUMMARY,
  ...TASKDEF,
  ...VERIFICATION
}
