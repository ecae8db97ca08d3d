import type { BreakGlassRefusal } from '../ledger/gate-facts.ts'
import { say } from '../words/say.ts'

/**
 * Why a rollback that asked to pass without a person waits for one, for the job's log. The card
 * has words of its own (src/gate/card/words).
 */
export function refusalWords({ why, about }: BreakGlassRefusal): string {
  switch (why) {
    case 'not-allowed':
      return say`the gate's policy does not allow that for ${about} (\`break-glass.rollback\`)`
    case 'not-proven':
      return about === ''
        ? say`nothing proves who asked for it: give the job \`permissions: {id-token: write}\``
        : say`nothing proves that ${about} asked for it: give the job \`permissions: {id-token: write}\``
    case 'revision-unread':
      return say`AWS did not say which revision this is`
    case 'chain-damaged':
      return say`the ledger's chain of decisions is damaged at ${about}`
    case 'never-decided':
      return say`nobody has ever decided on ${about}`
    case 'not-approved':
      return say`the newest decision about this revision is ${about}`
    case 'seal-broken':
      return say`the seal of the ledger's row ${about} is not the ledger's`
    case 'seal-unread':
      return say`the seal of the ledger's row ${about} could not be verified`
    case 'gone-back-from':
      return say`deployment ${about} went back from this revision`
    case 'result-unknown':
      return say`it is not known that deployment ${about}, which released this revision last, has completed`
    case 'late':
      return say`deployment ${about}, which released this revision last, was approved too late`
    case 'failed':
      return say`deployment ${about}, which released this revision last, failed`
    case 'stopped':
      return say`deployment ${about}, which released this revision last, was stopped`
    case 'rolled-back':
      return say`deployment ${about}, which released this revision last, was rolled back`
    case 'digest-not-recorded':
      return say`which image container ${about} ran when this revision was approved is not on record`
    case 'digest-not-known':
      return say`which image container ${about} runs now is not known`
    case 'digest-differs':
      return say`container ${about} runs another image now than when this revision was approved`
  }
}
