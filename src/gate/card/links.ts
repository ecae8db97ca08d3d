import { fitsAny } from '../../documents/pattern.ts'
import type { ReleaseFacts } from '../../ledger/gate-facts.ts'
import type { Policy } from '../policy/policy.ts'
import type { CardView } from './view.ts'

/** GitHub's own server has another name than the issuer of its tokens; with GHES they share one. */
const GITHUB = { issuer: 'token.actions.githubusercontent.com', server: 'github.com' }

/**
 * The addresses of a release's record that an approver may follow from the card.
 * A CI job has written them, so a link leads to GitHub's server alone, and to hosts
 * that the policy lists. Of another address the card shows the text, if any.
 */
export function linksOf(
  { commit, run, testUrl }: Pick<ReleaseFacts, 'commit' | 'run' | 'testUrl'>,
  { github, testHosts }: Pick<Policy, 'github' | 'testHosts'>
): Pick<CardView, 'commit' | 'run' | 'testUrl'> {
  const issuer = hostOf(github.issuer)
  const server = issuer === GITHUB.issuer ? GITHUB.server : issuer
  const onGitHub = (url: string | undefined): string | undefined =>
    url !== undefined && /^https:/i.test(url) && hostOf(url) === server ? url : undefined
  const testHost = testUrl === undefined ? undefined : hostOf(testUrl)
  return {
    commit: commit && { ...commit, url: onGitHub(commit.url) },
    run: run && { ...run, url: onGitHub(run.url) },
    testUrl:
      testUrl === undefined
        ? undefined
        : { text: testUrl, isLink: testHost !== undefined && fitsAny(testHosts, testHost) }
  }
}

/** The host without its port; undefined if the text is no address, or if it puts a name before its host. */
function hostOf(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined
  const { hostname, username, password } = new URL(address)
  return username === '' && password === '' ? hostname : undefined
}
