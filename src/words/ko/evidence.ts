import type { Catalogue } from '../language.ts'

/** What is said of evidence outside of `src/verification`: checklist, pre-flight, fleets. */
export const EVIDENCE: Catalogue = {
  'no task was to be stopped': '태스크 중지 테스트 없음',
  'CloudWatch was not asked': 'CloudWatch 조회 없음',
  'no alarm was to be read': '확인할 경보 없음',
  'in ALARM: {0}': 'ALARM 상태: {0}',
  'INSUFFICIENT_DATA: {0}': 'INSUFFICIENT_DATA: {0}',
  '{0} OK': '{0}개 OK',
  'traffic moved at once': '트래픽을 한 번에 전환',
  'traffic moved in steps: {0}': '트래픽을 단계적으로 전환: {0}',
  'whether the new tasks were healthy before is not known; {0}':
    '새 태스크가 전환 전에 정상이었는지 알 수 없음; {0}',
  '{0} of {1} new tasks were healthy before; {2}': '전환 전 새 태스크 {1}개 중 {0}개 정상; {2}',
  'the old tasks were told to stop at {0} UTC, {1} of {2} have stopped':
    '이전 태스크 중지 요청 {0} UTC, {2}개 중 {1}개 중지됨',
  'the old tasks were told to stop at {0} UTC, the last of {1} had stopped at {2} UTC':
    '이전 태스크 중지 요청 {0} UTC, {1}개 모두 {2} UTC에 중지 완료',
  'It recovered from the loss of a task': '태스크 중지 후 복구',
  'CloudWatch figures kept their limits': 'CloudWatch 지표 기준 충족',
  'No alarm was raised': '경보 없음',
  'New tasks were healthy before old ones ended': '점진적 태스크 교체(새 태스크 정상 확인 후 교체)',
  Trend: '추이 지표',
  'Errors that the script logged: {0}': '스크립트 오류 로그: {0}건',
  'What k6 printed at its end': 'k6 종료 시 출력',
  Passes: '통과',
  Failures: '실패',
  Share: '비율',
  Wanted: '기준',
  'fails sometimes': '간헐적 실패',
  'Targets of green': '그린 대상 목록',
  '{0} of {1} healthy': '{1}개 중 {0}개 정상',
  '{0} received, {1} sent': '수신 {0}, 송신 {1}',
  Iterations: '반복 횟수',
  'Virtual users': '가상 사용자(VU)',
  'at most {0} at once': '동시 최대 {0}명',
  Data: '데이터',
  '0 of {0}': '{0}건 중 0건',
  '{0} of {1} ({2})': '{1}건 중 {0}건({2})',
  'Request duration': '요청 소요 시간',
  '{0}: {1} answers by {2}': '{0}: {2} 버전 응답 {1}건',
  'Answers in each {0} s, by version': '버전별 응답 수({0}초 단위)',
  '{0} answers by {1}': '{1} 버전 응답 {0}건',
  Tasks: '태스크 수',
  '{0} of {1} failed, at most {2} may': '{1}건 중 {0}건 실패(허용 {2})',
  'Further trends: {0}': '기타 추이 지표: {0}개'
}
