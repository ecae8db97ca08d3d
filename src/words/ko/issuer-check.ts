import type { Catalogue } from '../language.ts'

/** What `src/action/issuer-check.ts` says. */
export const ISSUER_CHECK: Catalogue = {
  "GitHub gave this job no OIDC token: {0}; where the gate's policy forbids self-approval nobody will be able to approve: give the job `permissions: {id-token: write}`, and let the runner reach the token service of GitHub":
    '이 작업이 GitHub OIDC 토큰을 받지 못했습니다: {0}. 게이트 정책이 본인 승인을 금지하면 아무도 승인할 수 없습니다. 작업에 `permissions: {id-token: write}` 권한을 주고, 러너가 GitHub 토큰 서비스에 접속할 수 있게 하세요',
  'GitHub gave this job a token that names no issuer, so whether the gate believes it is not known':
    'GitHub가 준 토큰에 발급자가 없어, 게이트가 이 토큰을 신뢰하는지 알 수 없습니다',
  "this job's token is of {0}; whether the gate believes that issuer is not known: {1}":
    '이 작업의 토큰 발급자: {0}. 게이트가 이 발급자를 신뢰하는지 알 수 없습니다: {1}',
  "this job's token is of {0}; the gate has not said yet which issuer it believes":
    '이 작업의 토큰 발급자: {0}. 게이트가 어느 발급자를 신뢰하는지 아직 알리지 않았습니다',
  "this job's token is of {0}, while the gate believes {1}; where its policy forbids self-approval nobody will be able to approve: set `github.issuer: {2}` in the policy":
    '이 작업의 토큰 발급자는 {0}이지만 게이트가 신뢰하는 발급자는 {1}입니다. 정책이 본인 승인을 금지하면 아무도 승인할 수 없습니다. 정책에 `github.issuer: {2}` 값을 설정하세요',
  'the gate believes tokens of {0}; whether its functions reach the keys of that issuer now is not known':
    '게이트는 {0} 토큰을 신뢰합니다. 게이트 함수가 지금 이 발급자의 키에 접속할 수 있는지는 알 수 없습니다',
  'the gate believes tokens of {0}, and could fetch the keys {1} min ago':
    '게이트는 {0} 토큰을 신뢰하며, {1}분 전에 키를 가져왔습니다',
  "the gate's functions could not fetch the keys of {0} {1} min ago ({2}); where the policy forbids self-approval nobody will be able to approve: let the functions reach this address (docs/gate-policy.md, GitHub Enterprise Server)":
    '게이트 함수가 {1}분 전에 {0} 발급자의 키를 가져오지 못했습니다({2}). 정책이 본인 승인을 금지하면 아무도 승인할 수 없습니다. 게이트 함수가 이 주소에 접속할 수 있게 하세요(docs/gate-policy.md, GitHub Enterprise Server)'
}
