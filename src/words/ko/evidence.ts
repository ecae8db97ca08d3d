import type { Catalogue } from '../language.ts'

/** What is said of evidence outside of `src/verification`: checklist, pre-flight, fleets. */
export const EVIDENCE: Catalogue = {
  '{0} is no task of {1}': '{0} 태스크는 {1} 쪽 태스크가 아닙니다',
  '{0} has more than {1} tasks': '{0} 쪽 태스크가 {1}개를 넘습니다',
  'one task of blue, which serves production, will be stopped in {0}':
    '{0} 클러스터에서 운영 트래픽을 받는 블루 태스크 하나를 중지합니다',
  'no task was to be stopped': '태스크 중지 테스트 없음',
  'CloudWatch was not asked': 'CloudWatch 조회 없음',
  'no alarm was to be read': '확인할 알람 없음',
  'in ALARM: {0}': 'ALARM 상태: {0}',
  'INSUFFICIENT_DATA: {0}': 'INSUFFICIENT_DATA: {0}',
  '{0} OK': '{0}개 OK',
  'traffic did not move': '트래픽이 전환되지 않음',
  'traffic moved at once': '트래픽을 한 번에 전환',
  'traffic moved in steps: {0}': '트래픽을 단계적으로 전환: {0}',
  'whether the new tasks were healthy before is not known; {0}':
    '새 태스크가 전환 전에 정상이었는지 알 수 없음; {0}',
  '{0} of {1} new tasks were healthy before; {2}': '전환 전 새 태스크 {1}개 중 {0}개 정상; {2}',
  'the old tasks were told to stop at {0} UTC, {1} of {2} have stopped':
    '이전 태스크 중지 요청 {0} UTC, {2}개 중 {1}개 중지됨',
  'the old tasks were told to stop at {0} UTC, the last of {1} had stopped at {2} UTC':
    '이전 태스크 중지 요청 {0} UTC, {1}개 모두 {2} UTC에 중지 완료'
}
