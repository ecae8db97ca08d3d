/** The words of the page, in the languages its readers work in. */
export const WORDS = {
  en: {
    title: 'Approve this release?',
    waiting: 'The new version is being started. The gate asks as soon as it can be tried.',
    asked: 'Version 2 runs beside version 1 and has no users yet. Try it, then decide.',
    decided: 'Decided. CodeDeploy goes on; the terminal shows how.',
    ended: 'The release has ended. You can close this page.',
    service: 'Service',
    cluster: 'Cluster',
    revision: 'Revision',
    deployment: 'Deployment',
    users: 'What users get now',
    tryNew: 'Try the new version',
    version: 'Version',
    requests: 'Requests',
    failures: 'Failed',
    approve: 'Approve',
    reject: 'Reject',
    outcome: 'Outcome',
    other: '한국어'
  },
  ko: {
    title: '이 릴리스를 승인할까요?',
    waiting: '새 버전을 시작하고 있습니다. 확인할 수 있게 되면 게이트가 묻습니다.',
    asked:
      '버전 2가 버전 1 옆에서 실행 중이며 아직 사용자 트래픽은 없습니다. 확인한 뒤 결정하세요.',
    decided: '결정되었습니다. CodeDeploy가 이어서 진행하며 터미널에 과정이 표시됩니다.',
    ended: '릴리스가 끝났습니다. 이 페이지를 닫아도 됩니다.',
    service: '서비스',
    cluster: '클러스터',
    revision: '리비전',
    deployment: '배포',
    users: '지금 사용자가 받는 버전',
    tryNew: '새 버전 확인하기',
    version: '버전',
    requests: '요청',
    failures: '실패',
    approve: '승인',
    reject: '거부',
    outcome: '결과',
    other: 'English'
  }
} as const

export type Language = keyof typeof WORDS

/** From `?lang=`, else from the browser's own preference. */
export function languageOf(query: string | null, accepted: string | undefined): Language {
  if (query === 'ko' || query === 'en') return query
  return /^ko\b/i.test(accepted ?? '') ? 'ko' : 'en'
}
