import type { Catalogue } from '../language.ts'

/** What the lines of the pre-flight are called (`src/release/check-names.ts`). */
export const CHECKS: Catalogue = {
  'active deployment': '진행 중인 배포',
  'container and port': '컨테이너와 포트',
  continue: '계속 진행',
  credentials: '자격 증명',
  'deployment group': '배포 그룹',
  endpoint: '엔드포인트',
  functions: '함수',
  gate: '게이트',
  images: '이미지',
  'job limit': '작업 제한 시간',
  ledger: '원장',
  'listeners and target groups': '리스너와 대상 그룹',
  'live traffic': '운영 트래픽',
  'log groups': '로그 그룹',
  'one-off task': '일회성 태스크',
  'production targets': '운영 대상',
  recovery: '복구',
  roles: '역할',
  secrets: '시크릿',
  service: '서비스',
  stickiness: '고정 세션',
  'task definition': '태스크 정의',
  'test listener': '테스트 리스너',
  'time to wait': '대기 시간',
  'traffic shift': '트래픽 전환',
  verification: '검증',
  watchdog: '감시'
}
