/** The words of the page, in the languages its readers work in. */
export const WORDS = {
  en: {
    title: 'Release gate',
    waiting: 'Version 2 is being started. You are asked as soon as it can be tried.',
    asked: 'Version 2 runs beside version 1 and has no users yet. Try it, then decide.',
    approve: 'Approve',
    reject: 'Reject',
    decidedApprove: 'Approved. CodeDeploy moves production traffic to version 2.',
    decidedReject: 'Rejected. Version 1 serves on; CodeDeploy takes version 2 away.',
    ended: 'The release has ended: {outcome}. You can close this page.',
    gone: 'The demo has ended. Its terminal shows the result.',
    service: 'Service',
    cluster: 'Cluster',
    revision: 'Revision',
    deployment: 'Deployment',
    outcome: 'Outcome',
    requests: 'Requests so far',
    listener: 'Listener',
    production: 'Production',
    test: 'Test',
    open: 'open',
    version: 'Version {version}',
    failed: 'Failed',
    answers: 'Answers now',
    other: '한국어'
  },
  ko: {
    title: '릴리스 승인',
    waiting: '버전 2를 시작하고 있습니다. 확인할 수 있게 되면 결정을 요청합니다.',
    asked: '버전 2가 버전 1 옆에서 실행 중이며 아직 사용자는 없습니다. 확인한 뒤 결정하세요.',
    approve: '승인',
    reject: '거절',
    decidedApprove: '승인했습니다. CodeDeploy가 프로덕션 트래픽을 버전 2로 옮깁니다.',
    decidedReject: '거절했습니다. 버전 1이 계속 서비스하고 CodeDeploy가 버전 2를 정리합니다.',
    ended: '릴리스가 끝났습니다: {outcome}. 이 페이지를 닫아도 됩니다.',
    gone: '데모가 끝났습니다. 결과는 터미널에 있습니다.',
    service: '서비스',
    cluster: '클러스터',
    revision: '리비전',
    deployment: '배포',
    outcome: '결과',
    requests: '지금까지의 요청',
    listener: '리스너',
    production: '프로덕션',
    test: '테스트',
    open: '열기',
    version: '버전 {version}',
    failed: '실패',
    answers: '지금 응답하는 버전',
    other: 'English'
  }
} as const

export type Language = keyof typeof WORDS

/** From `?lang=`, else from the browser's own preference. */
export function languageOf(query: string | null, accepted: string | undefined): Language {
  if (query === 'ko' || query === 'en') return query
  return /^ko\b/i.test(accepted ?? '') ? 'ko' : 'en'
}
