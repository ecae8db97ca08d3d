import type { Catalogue } from '../language.ts'

/** What the gate's side of `src/controllers/listener` and `src/gate/mover` say, and what the job tells of them. */
export const LISTENER_GATE: Catalogue = {
  'healthy targets of {0}: {1}, and {2} are needed': '{0} 그룹의 정상 대상 {1}개, 필요한 수 {2}개',
  'release {0} of {1} is moving the same listener or rule':
    '다른 배포가 같은 리스너나 규칙의 트래픽을 전환하고 있습니다: 배포 {0}, 서비스 {1}',
  'the plan speaks of another release than the one that it was handed in for':
    '계획의 배포가 제출된 배포와 다릅니다',
  'release {0} is of another service': '배포 {0}: 다른 서비스의 배포입니다',
  'move {0} of the same release has not been completed':
    '같은 배포의 이전 트래픽 전환이 완료되지 않았습니다: {0}',
  'the plan is longer than {0} bytes': '계획이 {0}바이트를 넘습니다',
  'it is no plan of this version': '이 버전의 계획이 아닙니다',
  'the plan does not say of which release it is': '계획에 배포 정보가 없습니다',
  'the plan does not say when it was written': '계획에 작성 시각이 없습니다',
  'the release began more than a day before the plan, so nothing proves any more who asks':
    '배포가 계획보다 하루 이상 먼저 시작되어 요청자를 증명할 수 없습니다',
  'the plan has no id': '계획에 식별자가 없습니다',
  'the plan names no listener and no rule': '계획에 리스너나 규칙이 없습니다',
  'the plan does not name two target groups': '계획에 대상 그룹 두 개가 없습니다',
  'the plan does not say which weights it starts from': '계획에 시작 가중치가 없습니다',
  'the plan has no rising steps from the start up to 100 percent':
    '계획의 단계가 시작 비율에서 100%까지 커지는 순서가 아닙니다',
  'the plan does not ask a person before its first step':
    '계획이 첫 단계 전에 승인을 요청하지 않습니다',
  'the gate refuses the plan: {0}': '게이트가 계획을 거부했습니다: {0}',
  'no function of the gate has taken the plan within {0} minutes, and none will. The stack of the gate needs the parameter FailoverRoutes (docs/failover.md), and the log of its function "mover" says more':
    '게이트 함수가 {0}분 안에 계획을 받지 않았고, 이후에도 받지 않습니다. 게이트 스택에 FailoverRoutes 파라미터가 필요합니다(docs/failover.md). 자세한 내용은 "mover" 함수의 로그를 확인하세요',
  'the ledger has no move {0}': '원장에 트래픽 전환 {0} 기록이 없습니다',
  'the move has ended': '트래픽 전환이 이미 끝났습니다',
  "the gate's stack does not allow {0}; add it to the stack's parameter FailoverRoutes":
    '게이트 스택이 허용하지 않습니다: {0}. 스택 파라미터 FailoverRoutes에 추가하세요',
  "the policy's listeners of {0} do not contain {1}":
    '정책의 listeners 값에 없습니다: 서비스 {0}, 리스너 {1}',
  'the policy has rules for single services, so it has to say which service {0} belongs to; add it to the member listeners of {1}':
    '정책에 서비스별 규칙이 있으므로 리스너의 서비스를 정책에 적어야 합니다: {0}. 서비스 {1}의 listeners 값에 추가하세요',
  'release {0} waits for nobody': '배포 {0}: 기다리는 결정이 없습니다',
  'move {0} is gone': '트래픽 전환 {0} 기록이 없어졌습니다',
  'release {0} has not asked then': '배포 {0}: 그 시각에 승인을 요청하지 않았습니다',
  'service {0} does not fill the target group of the side':
    '서비스 {0}의 대상 그룹이 계획의 대상 그룹과 다릅니다',
  'ECS has no {0}': 'ECS에 {0} 항목이 없습니다'
}
