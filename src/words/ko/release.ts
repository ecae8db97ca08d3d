import type { Catalogue } from '../language.ts'

/** What `src/release` says. */
export const RELEASE: Catalogue = {
  // report-words.ts
  '✅ Released': '✅ 배포 완료',
  '▶️ Started': '▶️ 시작됨',
  '📋 Planned (dry run)': '📋 계획됨(모의 실행)',
  '⛔ Refused': '⛔ 시작하지 않음',
  '🛑 Rejected': '🛑 거절됨',
  '⌛ Expired': '⌛ 만료됨',
  '❌ Failed': '❌ 실패',
  '⏹️ Stopped': '⏹️ 중지됨',
  '⏱️ Timed out': '⏱️ 시간 초과',
  '❓ Unknown': '❓ 확인 불가',
  unknown: '확인 불가',
  'less than 0.01 %': '0.01 % 미만',
  'Not decided yet': '아직 결정되지 않음',
  Approved: '승인',
  Rejected: '거절',
  'Expired: nobody decided in time': '만료: 제한 시간 안에 결정되지 않음',
  'Closed, because nobody could be asked': '승인을 요청할 수 없어 게이트가 닫힘',
  'Withdrawn before anyone decided': '결정 전에 요청이 종료됨',
  '{0} min {1} s': '{0}분 {1}초',
  '{0} h {1} min': '{0}시간 {1}분',

  // event-words.ts
  'rollback: {0}': '롤백: {0}',
  phase: '단계',
  'reused, nothing changed: {0}': '변경이 없어 재사용: {0}',
  'registered {0}': '등록: {0}',
  deployment: '배포',
  'production traffic': '운영 트래픽',
  '{0} blue / {1} green': '블루 {0} / 그린 {1}',
  'green targets': '그린 대상',
  'deployment {0}': '배포 {0}',
  '{0} {1} (advisory)': '{0} {1}(참고용)',
  evidence: '검증 결과',
  trouble: '문제',
  'goal reached': '목표 도달',
  cancelled: '취소됨',
  'timed out': '시간 초과',
  'attached to {0}': '진행 중인 배포에 연결: {0}',
  'created {0} (its answer was lost, the deployment was found again)':
    '생성: {0}(응답을 받지 못했지만 배포를 다시 찾음)',
  'created {0}': '생성: {0}',
  'waiting for approval': '배포 승인 대기 중',
  'waiting for a person to continue it': '담당자가 계속 진행하기를 기다리는 중',
  'all traffic has moved; the old tasks end later':
    '모든 트래픽이 전환됨. 이전 태스크는 나중에 종료',
  '{0}, break-glass': '{0}, 긴급 승인',
  pending: '대기 중',
  'approved by {0}': '승인: {0}',
  'rejected by {0}': '거절: {0}',
  'failed: nobody could be asked': '실패: 승인을 요청할 수 없음',
  'none registered': '등록된 대상 없음',

  // milestones.ts
  'Interrupted ({0}): {1}': '중단({0}): {1}',
  'One-off task begins': '일회성 태스크 시작',
  'One-off task succeeded': '일회성 태스크 성공',
  'One-off task failed': '일회성 태스크 실패',
  'Deployment created': '배포 생성',
  'Green serves the test listener': '그린이 테스트 리스너에서 응답',
  'Traffic begins to move': '트래픽 전환 시작',
  'All traffic on {0}': '모든 트래픽 전환 완료: {0}',
  '{0} failed': '{0} 실패',
  'Gate passed': '게이트 통과',
  'Gate failed': '게이트 실패',
  'Rollback begins': '롤백 시작',
  'Deployment succeeded': '배포 성공',
  'Deployment failed': '배포 실패',
  'Deployment stopped': '배포 중지',
  'Deployment: {0}': '배포: {0}',
  'Rollback succeeded': '롤백 성공',
  'Rollback failed': '롤백 실패',
  'Rollback stopped': '롤백 중지',
  'Rollback: {0}': '롤백: {0}',

  // one-off-task.ts
  'container {0} has no exit code': '컨테이너 {0}의 종료 코드가 없음',
  'container {0} ended with exit code {1}': '컨테이너 {0} 종료 코드 {1}',
  'ECS shows no container of it': 'ECS에 이 태스크의 컨테이너 정보가 없음',

  // interrupt.ts
  'the deployment goes on (on-{0}: leave)': '배포는 계속됩니다(on-{0}: leave)',
  'the deployment had already ended: {0}': '배포가 이미 종료되었습니다: {0}',
  'production traffic is already on the new revision: a cancel does not undo it':
    '운영 트래픽이 이미 새 리비전에 있으므로 취소해도 되돌리지 않습니다',
  'asked to stop and roll back': '중지와 롤백을 요청했습니다',
  'asked to stop': '중지를 요청했습니다',

  // watch.ts
  'reading the deployment': '배포 조회',
  'it could not be read for minutes': '몇 분 동안 조회할 수 없었습니다',

  // empty-input.ts
  "an input that a step's output was to fill is usually empty because the step was skipped, its id or the name of its output is misspelt, or GitHub has masked the output: a job passes on no output that holds a masked value, such as the account's number in the name of an ECR image":
    '단계의 출력으로 채우는 입력이 비어 있다면 대개 그 단계를 건너뛰었거나, 단계의 id 또는 출력 이름이 틀렸거나, GitHub가 출력을 마스킹한 경우입니다. 작업은 마스킹된 값(예: ECR 이미지 이름에 있는 계정 번호)이 들어 있는 출력을 다음 작업에 넘기지 않습니다',

  // checklist-words.ts and checklist.ts
  'Pre-flight passed': '사전 점검 통과',
  'Green was asked before the decision': '결정 전에 그린을 확인함',
  'Required evidence passed': '필수 검증 통과',
  'A person approved it': '담당자 승인',
  'All production traffic went to green': '운영 트래픽을 모두 그린으로 전환',
  'No request failed while traffic moved': '트래픽 전환 중 실패한 요청 없음',
  'The old tasks have ended': '이전 태스크 종료',
  'It was rolled back': '롤백',
  'a dry run': '모의 실행',
  'the release did not come to that': '이 단계까지 진행되지 않음',
  'it did not come to that': '이 단계까지 진행되지 않음',
  '{0} of {1} checks OK': '점검 {1}개 중 {0}개 정상',
  '{0}, {1} could not be looked up': '{0}, {1}개는 조회할 수 없음',
  'never came: {0}': '받지 못함: {0}',
  'no test listener': '테스트 리스너 없음',
  'nothing was to be asked': '확인할 항목 없음',
  '{0} of {1} could be asked: {2}': '{1}개 중 {0}개 확인: {2}',
  'nothing is required': '필수 항목 없음',
  'not there when this job ended: {0}': '이 작업이 끝날 때까지 오지 않음: {0}',
  '{0} never came': '{0} 받지 못함',
  'no gate': '게이트 없음',
  'who it was is not known without a ledger': '원장이 없어 승인자를 알 수 없음',
  'not decided': '결정되지 않음',
  "rejected, or expired at the gate; the ledger or the gate's log tells":
    '게이트에서 거절 또는 만료됨. 원장이나 게이트의 로그에서 확인',
  'expired: nobody decided in time': '만료: 제한 시간 안에 결정되지 않음',
  nobody: '결정한 사람 없음',
  'by {0}, break-glass': '{0}, 긴급 승인',
  'by {0}, too late': '{0}, 너무 늦음',
  '; who asked for it is not proven': '. 요청자 신원 미확인',
  'nobody could be asked': '승인을 요청할 수 없음',
  'withdrawn before anyone decided': '결정 전에 요청이 종료됨',
  '100 % on green': '그린 100 %',
  'both sides serve': '양쪽 그룹이 모두 트래픽을 처리합니다',
  '{0}; connections that are still open cannot be seen, because AWS counts none per target group':
    '{0}. AWS는 대상 그룹별로 열린 연결 수를 세지 않으므로 아직 열려 있는 연결은 확인할 수 없습니다',
  'RequestCount of {0} at weight 0 is zero': '가중치 0인 {0} 그룹의 RequestCount 값이 0입니다',
  'RequestCount of {0} at weight 0 is zero: its last requests were in the minute from {1} UTC':
    '가중치 0인 {0} 그룹의 RequestCount 값이 0입니다(마지막 요청: {1} UTC부터 1분)',
  'RequestCount of {0} at weight 0 is not known to be zero yet, because CloudWatch shows the last minutes late':
    'CloudWatch는 최근 값을 늦게 보여 주므로 가중치 0인 {0} 그룹의 RequestCount 값이 0인지 아직 알 수 없습니다',
  'RequestCount of {0} at weight 0 is not zero yet: the last requests that CloudWatch shows were in the minute from {1} UTC':
    '가중치 0인 {0} 그룹의 RequestCount 값이 아직 0이 아닙니다(CloudWatch의 마지막 요청: {1} UTC부터 1분)',
  'RequestCount of {0} at weight 0 could not be read':
    '가중치 0인 {0} 그룹의 RequestCount 값을 읽지 못했습니다',
  '100 % on {0}': '{0} 100 %',
  '100 % on {0}, then {1} % on {2} and {3} % on {4}': '{0} 100 % 후 {2} {1} %, {4} {3} %',
  'production stayed on the revision before': '운영은 이전 리비전 그대로임',
  'not known how much': '비율을 알 수 없음',
  '{0} on {1} when this job ended': '이 작업이 끝날 때 비율: {1} {0}',
  '{0} on {1} when it ended': '배포가 끝날 때 비율: {1} {0}',
  '{0} was asked before the decision': '결정 전에 {0} 검증 완료',
  'All production traffic went to {0}': '운영 트래픽 전환 완료: {0}',
  '{0} got no more requests at weight 0': '가중치 0인 {0} 그룹의 요청 없음',
  'it was all on green, and was rolled back': '모두 그린으로 전환된 뒤 롤백됨',
  'it was all on green, and is being rolled back': '모두 그린으로 전환된 뒤 롤백 중',
  'it was all on green, and the rollback failed': '모두 그린으로 전환된 뒤 롤백에 실패함',
  'production was not asked': '운영을 확인하지 않음',
  '{0}, within the limits': '{0}, 한도 이내',
  'the deployment has completed': '배포가 완료됨',
  'they serve production again': '다시 운영 트래픽을 처리함',
  'they serve production': '운영 트래픽을 처리함',
  'they do not serve production, and were not ended': '운영 트래픽을 처리하지 않지만 종료되지 않음',
  'they end when the termination wait is over': '종료 대기 시간이 지나면 종료됨',
  'they serve a part of production': '운영 트래픽의 일부를 처리함',
  'production is back on what served before': '운영이 이전 리비전으로 돌아옴',
  'production is on what served before': '운영은 이전 리비전에 있음',
  'still in progress when this job ended': '이 작업이 끝날 때 진행 중',
  'look at the service now': '서비스를 바로 확인하세요',
  'there was none: tasks and listeners stay as they are':
    '롤백 없음. 태스크와 리스너가 그대로 남아 있음',

  // own-reason.ts
  'the policy cannot be used: {0}': '정책을 사용할 수 없음: {0}',
  'the card could not be posted to Slack': 'Slack에 카드를 게시할 수 없음',
  'the gate gave up: {0}': '게이트가 처리를 포기함: {0}',
  'nobody was asked: the deployment was told no, or had ended, before the gate could open':
    '게이트가 열리기 전에 배포가 거절되었거나 종료되어 승인을 요청하지 못함',
  'superseded by {0}': '새 배포({0})로 대체됨',
  'the deployment has ended': '배포가 종료됨',

  // decision.ts
  'the evidence': '검증 결과',

  // probable-cause.ts
  'Before that: {0}.': '그 전의 상황: {0}.',
  'Probable cause: {0}.': '추정 원인: {0}.',
  "the gate's function": '게이트 함수',
  "Nobody, and nothing, reported a decision within the hook's hour; the log of {0} tells whether anybody was asked.":
    '훅의 제한 시간 1시간 안에 결정이 전달되지 않았습니다. 승인 요청이 있었는지는 {0}의 로그에서 확인하세요.',
  'The gate did not let it pass: it was rejected, or nobody decided in time. The log of {0} tells which.':
    '게이트를 통과하지 못했습니다. 거절되었거나 제한 시간 안에 결정되지 않았습니다. 어느 쪽인지는 {0}의 로그에서 확인하세요.',
  'It was approved, but its gate did not let it pass; the log of {0} tells why.':
    '승인되었지만 게이트를 통과하지 못했습니다. 이유는 {0}의 로그에서 확인하세요.',
  'Nobody was asked, because {0} could not be called.':
    '{0} 호출에 실패해 승인을 요청하지 못했습니다.',
  'The gate closed because it could ask nobody; the log of {0} tells why.':
    '승인을 요청할 수 없어 게이트가 닫혔습니다. 이유는 {0}의 로그에서 확인하세요.',
  'A CloudWatch alarm stopped it.': 'CloudWatch 경보가 배포를 중지했습니다.',
  'A CloudWatch alarm stopped it during {0}.': 'CloudWatch 경보가 {0} 중에 배포를 중지했습니다.',
  'The deployment was stopped.': '배포가 중지되었습니다.',
  'The deployment was stopped during {0}.': '배포가 {0} 중에 중지되었습니다.',
  'The deployment ended as {0}.': '배포가 종료되었습니다(상태: {0}).',
  '{0} failed{1}; the log of {2} tells why.':
    '{0} 단계가{1} 실패했습니다. 이유는 {2}의 로그에서 확인하세요.',
  '{0} failed{1}: {2}; the log of {3} tells more.':
    '{0} 단계가{1} 실패했습니다: {2}. 자세한 내용은 {3}의 로그에서 확인하세요.',
  '{0} failed{1}.': '{0} 단계가{1} 실패했습니다.',
  '{0} failed{1}: {2}.': '{0} 단계가{1} 실패했습니다: {2}.',
  'function {0}': '함수 {0}',
  ' after {0}': ' {0} 만에',
  'CodeDeploy says: {0}.': 'CodeDeploy 메시지: {0}.',
  'no reason given': '이유 없음',
  "green's health checks fail on {0} of {1} targets: {2}":
    '그린 대상 {1}개 중 {0}개의 상태 확인이 실패함: {2}',
  'a task of the new revision did not stay up ({0})': '새 리비전의 태스크가 유지되지 못함({0})',
  'container {0}: {1}': '컨테이너 {0}: {1}',
  'container {0} exited with {1}': '컨테이너 {0} 종료 코드 {1}',
  'container {0} exited with {1}: {2}': '컨테이너 {0} 종료 코드 {1}: {2}'
}
