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
  'From {0} to {1} UTC:': '조회 시각: {0}–{1} UTC',
  'there is no row of this number': '이 번호의 행이 없습니다',
  'the text does not have the digest that stands beside it':
    '본문과 함께 기록된 다이제스트가 본문과 일치하지 않습니다',
  'it was written for another place': '다른 위치에 기록된 행입니다',
  'it was not written after the row before it': '바로 앞의 행에 이어서 기록된 행이 아닙니다',
  'its seal was not made by the key of the ledger': '원장의 키로 만든 봉인이 아닙니다',
  'no row has the head {0}': '헤드가 {0}인 행이 없습니다',
  edited: '변조됨',
  reordered: '순서가 바뀜',
  forged: '위조됨',
  'cut-off': '끝이 잘림',
  'row {0}: {1}: {2}': '{0}번 행: {1}: {2}',
  '{0}: unreadable: it is no row of the record': '{0}: 읽을 수 없음: 원장의 행이 아닙니다',
  '1 row of {0}': '{0}의 행 1개',
  '{0} rows of {1}': '{1}의 행 {0}개',
  '{0} (1 decision, {1} of what became of it)': '{0}(결정 1건, 그 결과 {1}건)',
  '{0} ({1} decisions, {2} of what became of them)': '{0}(결정 {1}건, 그 결과 {2}건)',
  ', seals not checked': '(봉인은 검사하지 않음)',
  ', every seal is ours': '(모든 봉인이 원장의 키로 만들어짐)',
  '1 fault': '문제 1건',
  '{0} faults': '문제 {0}건',
  'ok: {0}, none edited, removed, reordered or cut off{1}':
    '정상: {0}, 변조·삭제·순서 변경·잘림 없음{1}',
  'DAMAGED: {0} in {1}': '손상됨: {0}, 검사 대상: {1}',
  'found {0} characters, wanted at most {1}': '{0}자입니다. 최대 {1}자까지 쓸 수 있습니다',
  'names no workspace': '워크스페이스가 없습니다',
  'found {0}, wanted a host such as test.example.com or *.example.com':
    '입력된 값: {0}, 필요한 값: 호스트(예: test.example.com, *.example.com)',
  'found {0}, wanted the https URL of an issuer':
    '입력된 값: {0}, 필요한 값: 토큰 발급자의 https URL',
  'found {0}, wanted owner/name': '입력된 값: {0}, 필요한 값: owner/name',
  'wanted cluster/service, where * stands for any characters but /':
    '필요한 값: 클러스터/서비스(*는 / 외의 모든 문자)',
  'found {0}, wanted application/deployment group':
    '입력된 값: {0}, 필요한 값: 애플리케이션/배포 그룹',
  'is not after from': 'from보다 뒤가 아닙니다',
  'found {0}, wanted a time such as 2026-12-24T00:00:00+09:00 (or HH:MM together with days and time-zone)':
    '입력된 값: {0}, 필요한 값: 2026-12-24T00:00:00+09:00 형식의 시각(days와 time-zone이 함께 있으면 HH:MM)',
  'found {0}, wanted a list of {1}': '입력된 값: {0}, 필요한 값: 다음으로 이루어진 목록: {1}',
  'found {0}, wanted an IANA name such as Asia/Seoul':
    '입력된 값: {0}, 필요한 값: IANA 시간대 이름(예: Asia/Seoul)',
  'found {0}, wanted a time of day such as 18:00':
    '입력된 값: {0}, 필요한 값: 하루 중의 시각(예: 18:00)',
  'is forbidden, but github.identities names nobody: who asked could not be told from who approves, so nobody could ever approve; add their logins':
    '금지되어 있지만 github.identities에 아무도 없습니다. 요청자와 승인자를 구별할 수 없어 아무도 승인할 수 없습니다. GitHub 로그인을 추가하세요',
  'found {0}, but only {1} users may approve':
    '입력된 값: {0}. 승인할 수 있는 사용자는 {1}명뿐입니다',
  'found {0}, but whoever of github.identities asks, fewer others may approve (self-approval is forbidden)':
    '입력된 값: {0}. github.identities의 누가 요청하더라도 승인할 수 있는 다른 사람이 그보다 적습니다(본인 승인 금지)',
  'names nobody, wanted users or groups of Slack':
    '아무도 없습니다. Slack 사용자나 그룹을 지정하세요',
  "a Slack user's id such as U012AB3CD": 'Slack 사용자 ID(예: U012AB3CD)',
  "a Slack user group's id such as S012AB3CD": 'Slack 사용자 그룹 ID(예: S012AB3CD)',
  "the Slack workspace's id such as T012AB3CD": 'Slack 워크스페이스 ID(예: T012AB3CD)',
  "the Slack organization's id such as E012AB3CD": 'Slack 조직 ID(예: E012AB3CD)',
  "the Slack app's id such as A012AB3CD": 'Slack 앱 ID(예: A012AB3CD)',
  "a Slack channel's id such as C012AB3CD": 'Slack 채널 ID(예: C012AB3CD)',
  'a list, each of it {0}': '목록, 각 항목은 {0}',
  'names somebody twice': '같은 사람이 두 번 있습니다',
  'wanted a GitHub login': '필요한 값: GitHub 로그인'
}
