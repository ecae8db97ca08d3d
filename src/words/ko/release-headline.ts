import type { Catalogue } from '../language.ts'

/** What `src/release/headline.ts` and `production-clause.ts` say. */
export const HEADLINE: Catalogue = {
  '{0}; {1}': '{0}. {1}',
  'Dry run: pre-flight passed, a new revision would be released to service {0} in cluster {1}; nothing was written':
    '모의 실행: 사전 점검을 통과했습니다. {1} 클러스터의 {0} 서비스에 새 리비전을 배포할 수 있습니다. 변경한 것은 없습니다',
  'Dry run: pre-flight passed, {0} would be released to service {1} in cluster {2}; nothing was written':
    '모의 실행: 사전 점검을 통과했습니다. {2} 클러스터의 {1} 서비스에 {0} 리비전을 배포할 수 있습니다. 변경한 것은 없습니다',
  'The new revision': '새 태스크 정의',
  '{0} serves all production traffic of service {1} in cluster {2}; deployment {3} goes on until the old tasks have ended (wait-for: traffic-shifted)':
    '{2} 클러스터 {1} 서비스의 모든 운영 트래픽을 {0} 리비전이 처리합니다. 배포({3})는 이전 태스크가 종료될 때까지 계속됩니다(wait-for: traffic-shifted)',
  '{0} serves all production traffic of service {1} in cluster {2}; deployment {3} has completed':
    '{2} 클러스터 {1} 서비스의 모든 운영 트래픽을 {0} 리비전이 처리합니다. 배포({3})가 완료되었습니다',
  '{0} serves all production traffic of service {1} in cluster {2}; release {3} has completed':
    '{2} 클러스터 {1} 서비스의 모든 운영 트래픽을 처리하는 쪽: {0}. 배포({3})가 완료되었습니다',
  '{0} serves all production traffic of service {1} in cluster {2}; release {3} goes on until its last step has been watched (wait-for: traffic-shifted)':
    '{2} 클러스터 {1} 서비스의 모든 운영 트래픽을 처리하는 쪽: {0}. 배포({3})는 마지막 단계의 관찰이 끝날 때까지 계속됩니다(wait-for: traffic-shifted)',
  '{0} serves on both sides, {1} and {2}, half of production traffic each, of service {3} in cluster {4}; release {5} has completed':
    '{4} 클러스터 {3} 서비스의 양쪽({1}, {2}) 그룹에서 {0} 리비전이 운영 트래픽을 절반씩 처리합니다. 배포({5})가 완료되었습니다',
  'Service {0} in cluster {1} serves on both sides, {2} and {3}, half of production traffic each; release {4} has completed':
    '{1} 클러스터 {0} 서비스의 양쪽({2}, {3}) 그룹이 운영 트래픽을 절반씩 처리합니다. 배포({4})가 완료되었습니다',
  'Service {0} in cluster {1} serves on both sides, {2} % of production traffic on {3} and {4} % on {5}; release {6} has completed':
    '{1} 클러스터 {0} 서비스의 양쪽 그룹이 운영 트래픽을 처리합니다({3} {2} %, {5} {4} %). 배포({6})가 완료되었습니다',
  '{0}, and all production traffic of service {1} in cluster {2} was already on {3}; that is not undone, release {4} goes on':
    '{0}. {2} 클러스터 {1} 서비스의 모든 운영 트래픽이 이미 {3} 그룹에 있어 되돌리지 않습니다. 배포({4})는 계속됩니다',
  'The failover of service {0} in cluster {1} can no longer be seen ({2}); whether it was begun is not known: look at the weights of the listener before a new run':
    '{1} 클러스터 {0} 서비스의 전환을 더는 확인할 수 없습니다({2}). 시작되었는지 알 수 없으니 다시 실행하기 전에 리스너의 가중치를 확인하세요',
  'Deployment {0} of service {1} in cluster {2} has test traffic on green (wait-for: {3}); it goes on without this job':
    '{2} 클러스터 {1} 서비스의 배포({0})가 테스트 트래픽을 그린으로 보냈습니다(wait-for: {3}). 배포는 이 작업 없이 계속됩니다',
  'Deployment {0} of service {1} in cluster {2} has passed its gate, production traffic moves next (wait-for: {3}); it goes on without this job':
    '{2} 클러스터 {1} 서비스의 배포({0})가 게이트를 통과했고 곧 운영 트래픽이 전환됩니다(wait-for: {3}). 배포는 이 작업 없이 계속됩니다',
  'Deployment {0} of service {1} in cluster {2} has started (wait-for: {3}); it goes on without this job':
    '{2} 클러스터 {1} 서비스의 배포({0})가 시작되었습니다(wait-for: {3}). 배포는 이 작업 없이 계속됩니다',
  'Refused; nothing was written': '배포를 시작하지 않았습니다. 변경한 것은 없습니다',
  'Refused with {0} problems; nothing was written':
    '문제가 {0}개 있어 배포를 시작하지 않았습니다. 변경한 것은 없습니다',
  'Refused; nothing was written: {0}': '배포를 시작하지 않았습니다. 변경한 것은 없습니다: {0}',
  'Deployment {0} of service {1} in cluster {2} was rejected at the gate or expired there; the ledger could not tell which':
    '{2} 클러스터 {1} 서비스의 배포({0})가 게이트에서 거절되었거나 만료되었습니다. 어느 쪽인지 원장에서 확인할 수 없었습니다',
  'Deployment {0} of service {1} in cluster {2} was rejected at the gate or expired there; only a ledger tells which (ledger-table)':
    '{2} 클러스터 {1} 서비스의 배포({0})가 게이트에서 거절되었거나 만료되었습니다. 어느 쪽인지는 원장이 있어야 알 수 있습니다(ledger-table)',
  'Deployment {0} of service {1} in cluster {2} was rejected by the evidence':
    '{2} 클러스터 {1} 서비스의 배포({0})가 검증 결과에 따라 거절되었습니다',
  'Deployment {0} of service {1} in cluster {2} was rejected by the evidence: {3}':
    '{2} 클러스터 {1} 서비스의 배포({0})가 검증 결과에 따라 거절되었습니다: {3}',
  'Deployment {0} of service {1} in cluster {2} was rejected by {3}':
    '{3} 님이 {2} 클러스터 {1} 서비스의 배포({0})를 거절했습니다',
  'Deployment {0} of service {1} in cluster {2} was rejected by {3}: {4}':
    '{3} 님이 {2} 클러스터 {1} 서비스의 배포({0})를 거절했습니다. 거절 사유: {4}',
  'Deployment {0} of service {1} in cluster {2} expired: {3} approved it too late':
    '{2} 클러스터 {1} 서비스의 배포({0})가 만료되었습니다. {3} 님의 승인이 너무 늦었습니다',
  'Deployment {0} of service {1} in cluster {2} expired: {3} rejected it too late':
    '{2} 클러스터 {1} 서비스의 배포({0})가 만료되었습니다. {3} 님의 거절이 너무 늦었습니다',
  'Deployment {0} of service {1} in cluster {2} expired: nobody decided in time':
    '{2} 클러스터 {1} 서비스의 배포({0})가 만료되었습니다. 제한 시간 안에 결정되지 않았습니다',
  'Deployment {0} of service {1} in cluster {2} failed: the gate could ask nobody':
    '{2} 클러스터 {1} 서비스의 배포({0})가 실패했습니다. 게이트가 승인을 요청할 수 없었습니다',
  'Deployment {0} of service {1} in cluster {2} failed: the gate could ask nobody ({3})':
    '{2} 클러스터 {1} 서비스의 배포({0})가 실패했습니다. 게이트가 승인을 요청할 수 없었습니다({3})',
  'the request for approval was withdrawn': '승인 요청이 종료되었습니다',
  'Deployment {0} of service {1} in cluster {2} failed before anyone decided: {3}':
    '{2} 클러스터 {1} 서비스의 배포({0})가 결정 전에 실패했습니다: {3}',
  'Deployment {0} of service {1} in cluster {2} failed':
    '{2} 클러스터 {1} 서비스의 배포({0})가 실패했습니다',
  'Deployment {0} of service {1} in cluster {2} failed: {3}':
    '{2} 클러스터 {1} 서비스의 배포({0})가 실패했습니다: {3}',
  'Deployment {0} of service {1} in cluster {2} failed at {3}':
    '{2} 클러스터 {1} 서비스의 배포({0})가 {3} 단계에서 실패했습니다',
  'Deployment {0} of service {1} in cluster {2} failed at {3}: {4}':
    '{2} 클러스터 {1} 서비스의 배포({0})가 {3} 단계에서 실패했습니다: {4}',
  'This run was cancelled; nothing was deployed': '이 실행이 취소되었습니다. 배포한 것은 없습니다',
  'The time to wait had passed; nothing was deployed':
    '대기 시간이 지났습니다. 배포한 것은 없습니다',
  'Deployment {0} of service {1} in cluster {2} was stopped because this run was cancelled ({3})':
    '이 실행이 취소되어 {2} 클러스터 {1} 서비스의 배포({0})를 중지했습니다({3})',
  'Deployment {0} of service {1} in cluster {2} was stopped because the time to wait had passed ({3})':
    '대기 시간이 지나 {2} 클러스터 {1} 서비스의 배포({0})를 중지했습니다({3})',
  'Deployment {0} of service {1} in cluster {2} was stopped':
    '{2} 클러스터 {1} 서비스의 배포({0})가 중지되었습니다',
  'Deployment {0} of service {1} in cluster {2} was stopped: {3}':
    '{2} 클러스터 {1} 서비스의 배포({0})가 중지되었습니다: {3}',
  '{0} minutes (wait-for-minutes)': '{0}분(wait-for-minutes)',
  '{0} passed before {1} was reached; deployment {2} of service {3} in cluster {4} goes on without this job ({5})':
    '{1} 목표에 도달하기 전에 대기 시간이 지났습니다: {0}. {4} 클러스터 {3} 서비스의 배포({2})는 이 작업 없이 계속됩니다({5})',
  '{0} passed before {1} was reached; deployment {2} of service {3} in cluster {4} was stopped ({5})':
    '{1} 목표에 도달하기 전에 대기 시간이 지났습니다: {0}. {4} 클러스터 {3} 서비스의 배포({2})를 중지했습니다({5})',
  '{0} passed before {1} was reached: {2}; deployment {3} of service {4} in cluster {5} was stopped ({6})':
    '{1} 목표에 도달하기 전에 대기 시간이 지났습니다: {0}. 상황: {2}. {5} 클러스터 {4} 서비스의 배포({3})를 중지했습니다({6})',
  'The time to wait had passed': '대기 시간이 지났습니다',
  '{0}, and all production traffic of service {1} in cluster {2} was already on green; that is not undone, deployment {3} goes on':
    '{0}. {2} 클러스터 {1} 서비스의 모든 운영 트래픽이 이미 그린에 있어 되돌리지 않습니다. 배포({3})는 계속됩니다',
  '{0}; deployment {1} of service {2} in cluster {3} was left to go on ({4})':
    '{0}. {3} 클러스터 {2} 서비스의 배포({1})는 계속됩니다({4})',
  '{0}; deployment {1} of service {2} in cluster {3} was left to go on ({4}): {5}':
    '{0}. {3} 클러스터 {2} 서비스의 배포({1})는 계속됩니다({4}): {5}',
  'the cause is not known': '원인을 알 수 없음',
  'The deployment of service {0} in cluster {1} can no longer be seen ({2}); whether it was created is not known: look at the deployment group before a new run':
    '{1} 클러스터 {0} 서비스의 배포를 더 이상 조회할 수 없습니다({2}). 배포가 생성되었는지 알 수 없으므로 다시 실행하기 전에 배포 그룹을 확인하세요',
  ', or look with: {0}': '. 직접 조회: {0}',
  'Deployment {0} of service {1} in cluster {2} can no longer be seen ({3}); it goes on without this job: re-run with on-active-deployment: attach to follow it again{4}':
    '{2} 클러스터 {1} 서비스의 배포({0})를 더 이상 조회할 수 없습니다({3}). 배포는 이 작업 없이 계속됩니다. 다시 연결하려면 on-active-deployment: attach 설정으로 다시 실행하세요{4}',
  'Deployment {0} of service {1} in cluster {2} can no longer be seen ({3}); the post phase does with it what on-cancel says ({4}): where it goes on, re-run with on-active-deployment: attach to follow it again{5}':
    '{2} 클러스터 {1} 서비스의 배포({0})를 더 이상 조회할 수 없습니다({3}). 사후 단계가 on-cancel 설정({4})에 따라 처리합니다. 배포가 계속된다면 on-active-deployment: attach 설정으로 다시 실행해 연결하세요{5}',
  'production traffic had begun to move; {0}': '운영 트래픽 전환이 시작된 상태였습니다. {0}',
  'production stayed on the revision before; {0}': '운영은 이전 리비전 그대로입니다. {0}',
  'the rollback succeeded: production is back on the revision before':
    '롤백이 성공해 운영이 이전 리비전으로 돌아왔습니다',
  'rollback {0} succeeded: production is back on the revision before':
    '롤백({0})이 성공해 운영이 이전 리비전으로 돌아왔습니다',
  'the rollback succeeded': '롤백이 성공했습니다',
  'rollback {0} succeeded': '롤백({0})이 성공했습니다',
  'the rollback succeeded: production is on the revision before':
    '롤백이 성공해 운영은 이전 리비전에 있습니다',
  'rollback {0} succeeded: production is on the revision before':
    '롤백({0})이 성공해 운영은 이전 리비전에 있습니다',
  'the rollback is still in progress': '롤백이 아직 진행 중입니다',
  'rollback {0} is still in progress': '롤백({0})이 아직 진행 중입니다',
  'the rollback FAILED: look at the service now': '롤백에 실패했습니다. 서비스를 바로 확인하세요',
  'rollback {0} FAILED: look at the service now':
    '롤백({0})에 실패했습니다. 서비스를 바로 확인하세요',
  'there was no rollback: tasks and listeners stay as they are':
    '롤백이 없어 태스크와 리스너가 그대로 남아 있습니다'
}
