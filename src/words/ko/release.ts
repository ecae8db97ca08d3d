import type { Catalogue } from '../language.ts'

/** What `src/release` says. */
export const RELEASE: Catalogue = {
  'Not decided yet': '아직 결정되지 않음',
  Approved: '승인',
  Rejected: '거절',
  'Expired: nobody decided in time': '만료: 제한 시간 안에 결정되지 않음',
  'Closed, because nobody could be asked': '승인을 요청할 수 없어 게이트가 닫힘',
  'Withdrawn before anyone decided': '결정 전에 요청이 종료됨'
}
