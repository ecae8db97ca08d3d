import type { Catalogue } from '../language.ts'

/** What `src/action/summary` says. */
export const SUMMARY: Catalogue = {
  Phases: '단계',
  Traffic: '트래픽',
  'Failed {0}': '실패 {0}건',
  Answers: '응답',
  'Times in UTC': '시각 UTC',
  'seconds from {0} UTC': '{0} UTC부터 초 단위',
  'Slowest answer in each {0} s, in ms': '{0}초마다 가장 느린 응답 (ms)',
  'Failed requests in each {0} s': '{0}초마다 실패한 요청',
  'Green traffic': '그린 트래픽',
  'Until stopped': '중지까지',
  'Until draining': '드레이닝까지',
  'Until a new task started': '새 태스크 시작까지',
  'Until registered': '등록까지',
  'Until healthy': '정상까지',
  '{0} problems': '문제 {0}개',
  'The problem': '문제',
  'What to do:': '해결 방법:',
  'correct all of them (this is the whole list) and run again.':
    '모두 고친 뒤 다시 실행하세요 (전체 목록입니다).',
  'correct it and run again.': '고친 뒤 다시 실행하세요.',
  'Nothing was registered, deployed or changed; {0} checks without a release.':
    '등록, 배포, 변경된 것은 없습니다. {0} 입력을 쓰면 배포 없이 점검만 합니다.',
  Health: '상태',
  Request: '요청',
  Least: '최소',
  Most: '최대',
  'A rollback': '롤백',
  'after {0} had ended as {1}': '{0} 배포가 {1} 상태로 끝난 뒤',
  "succeeded: production is back on the tasks that served before, green's tasks are going away.":
    '성공: 운영 트래픽은 이전 태스크로 돌아갔고, 그린 태스크는 종료됩니다.',
  'It took {0}.': '소요 시간: {0}.',
  'was still in progress when this job ended: look at it before the next release.':
    '이 작업이 끝날 때 진행 중이었습니다. 다음 배포 전에 확인하세요.',
  'failed. Check now what serves production.':
    '실패. 지금 어떤 태스크가 운영 트래픽을 처리하는지 확인하세요.',
  'AWS says: {0}': 'AWS 메시지: {0}',
  'All production traffic moves at once, and there is no test listener.':
    '운영 트래픽이 한 번에 전환되며, 테스트 리스너가 없습니다.',
  "Green's health checks have not started yet when a person approves: the first requests that reach green are production's. Add a test listener, or a canary or linear deployment config.":
    '승인 시점에 그린의 상태 검사가 아직 시작되지 않았으므로, 그린이 처음 받는 요청이 운영 요청입니다. 테스트 리스너를 추가하거나 카나리 또는 선형 배포 구성을 사용하세요.',
  '{0} by {1}': '{0} ({1})',
  'asked at {0} UTC': '{0} UTC에 요청됨',
  'at {0} UTC, {1} after the gate opened': '{0} UTC, 게이트가 열리고 {1} 후',
  '{0}: keep it, {1} finds every later change with it':
    '{0}: 보관해 두면 {1} 명령으로 이후의 모든 변조를 찾을 수 있습니다',
  'Too late': '결정이 늦음',
  'CodeDeploy no longer waited when it was told':
    '결정이 전달되기 전에 CodeDeploy 배포가 종료되었습니다',
  'CodeDeploy had not been told yet when this job looked':
    '이 작업이 확인할 때 결정이 아직 CodeDeploy에 전달되지 않았습니다',
  '{0} in cluster {1}': '{0} (클러스터 {1})',
  'not required': '불필요',
  'commit {0}': '커밋 {0}',
  'Triggered by': '실행',
  'No difference to the revision that runs now.': '현재 실행 중인 리비전과 차이가 없습니다.',
  '{0} added (value not shown)': '{0} 추가 (값은 표시하지 않음)',
  '{0} changed (value not shown)': '{0} 변경 (값은 표시하지 않음)',
  '{0} removed (value not shown)': '{0} 삭제 (값은 표시하지 않음)',
  'started {0} UTC': '{0} UTC 시작',
  'took {0}': '{0} 소요',
  '{0} when this run last saw it': '마지막 확인 시 {0}',
  'All production traffic was on {0} at {1} UTC ({2}).':
    '{1} UTC에 운영 트래픽이 모두 전환되었습니다: {0} ({2}).',
  'At the end {0} gets {1} % of production traffic, and {2} gets {3} %.':
    '최종 운영 트래픽 비율: {0} {1} %, {2} {3} %.',
  'Traffic of {0}': '{0} 트래픽',
  'the traffic no longer waited for the decision': '결정을 더는 기다리지 않았습니다',
  'the functions had not acted on it yet when this job looked':
    '이 작업이 확인할 때 함수가 아직 결정을 처리하지 않았습니다',
  Targets: '대상',
  'Steps of the failover': '트래픽 전환 단계',
  'Seen at (UTC)': '확인 시각 (UTC)',
  'Skipped look-ups': '건너뛴 조회',
  'These were optional; the release went on without them.':
    '선택적인 조회이며, 배포는 이 정보 없이 계속되었습니다.',
  'In the AWS console': 'AWS 콘솔',
  'In the AWS console:': 'AWS 콘솔:',
  '{0} of {1} entries left out for size.': '크기 때문에 {1}개 중 {0}개를 생략했습니다.',
  'Left out for size: {0}. The JSON report has everything.':
    '크기 때문에 생략: {0}. JSON 보고서에는 모두 있습니다.'
}
