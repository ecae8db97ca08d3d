import type { Catalogue } from '../language.ts'

/** What the command `gate` says of the ledger and of a policy (`src/ledger`, `src/gate/cli`). */
export const RECORD: Catalogue = {
  'No decisions.': '결정이 없습니다.',
  'Nothing was under way.': '진행 중인 배포가 없었습니다.',
  'DECIDED (UTC)': '결정 시각(UTC)',
  SERVICE: '서비스',
  'ASKED BY': '요청자',
  DECISION: '결정',
  'DECIDED BY': '결정자',
  REVISION: '리비전',
  RESULT: '결과',
  REASON: '사유',
  EVIDENCE: '검증 결과',
  'DOING (UTC)': '상태(UTC)',
  'waiting for a decision': '승인 대기 중',
  'approved, no traffic moved yet': '승인됨, 트래픽 전환 전',
  'moving traffic': '트래픽 전환 중',
  'all traffic on the new revision': '전체 트래픽이 새 리비전에 있음',
  'rolling back': '롤백 중',
  'REQUESTS FAILED': '실패한 요청',
  '{0} since {1}': '{0} {1}부터',
  'all traffic shifted {0}': '전체 트래픽 전환 {0}',
  'all traffic shifted {0}, not ended yet': '전체 트래픽 전환 {0}, 아직 끝나지 않음',
  'traffic moved from {0}': '트래픽 전환 시작 {0}',
  'no traffic moved': '트래픽 전환 없음',
  'released {0}': '배포 완료 {0}',
  'failed {0}': '실패 {0}',
  'stopped {0}': '중지 {0}',
  'rolled back {0}': '롤백 완료 {0}',
  'rolled back': '롤백 완료',
  'rolling back when last seen': '마지막 확인 시 롤백 중',
  'the rollback failed': '롤백 실패',
  '{0} of {1} (measured by the observer)': '{1}건 중 {0}건(관측 함수가 측정)',
  '{0} of {1} (measured by the job)': '{1}건 중 {0}건(작업이 측정)',
  '{0} of {1} (not on record who measured)': '{1}건 중 {0}건(측정 주체는 기록에 없음)',
  "{0}: ok, the gate's functions take it as it is":
    '{0}: 문제없음, 게이트 함수가 그대로 사용할 수 있습니다',
  '{0}: problems: {1}. The gate stays closed with it.':
    '{0}: 문제 {1}건. 이 정책으로는 게이트가 열리지 않습니다.',
  'Taken as UTC: {0}': 'UTC로 해석함: {0}',
  'Other services at this time:': '같은 시각의 다른 서비스:',
  'No release with a gate moved traffic at this time.':
    '이 시각에 게이트가 있는 배포는 트래픽을 전환하지 않았습니다.',
  '{0}: cannot be read as a row of the record': '{0}: 원장의 행으로 읽을 수 없습니다',
  'From {0} to {1} UTC:': '조회 시각: {0}–{1} UTC'
}
