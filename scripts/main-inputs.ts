import type { ActionMetadata } from './action-yml.ts'

/** The inputs that most workflows set, in the order in which people think of them, as both READMEs show them. */
export const MAIN_INPUTS: Readonly<Record<string, { readonly en: string; readonly ko: string }>> = {
  service: { en: 'the service to release', ko: '배포할 서비스' },
  cluster: { en: 'its cluster; empty: `default`', ko: '서비스의 클러스터. 비우면 `default`' },
  'task-definition': {
    en: 'a file, a family or an ARN to start from; empty: what runs now',
    ko: '기준이 되는 파일, 패밀리 또는 ARN. 비우면 지금 실행 중인 것'
  },
  'container-name': {
    en: 'the container that gets `image`, `environment-variables`, `secrets`, ...',
    ko: '`image`, `environment-variables`, `secrets` 등을 적용할 컨테이너'
  },
  image: { en: 'its new image', ko: '새 이미지' },
  'gate-function': {
    en: 'the function that asks for approval; put into the AppSpec',
    ko: '승인을 요청하는 함수. AppSpec에 자동으로 들어갑니다'
  },
  'ledger-table': {
    en: "the gate's table: who asks is proven, who decided is known",
    ko: '게이트의 테이블. 요청자를 증명하고 결정자를 알 수 있습니다'
  },
  verification: {
    en: 'a file of requests and flows that green has to answer before anybody decides',
    ko: '결정하기 전에 그린에 실행할 요청과 업무 흐름을 적은 파일'
  },
  'verify-function': {
    en: 'asks them from inside the VPC, for internal load balancers',
    ko: '내부 로드 밸런서일 때 VPC 안에서 대신 확인하는 함수'
  },
  'run-task': {
    en: '`true` runs a task first, such as a migration',
    ko: '`true`이면 마이그레이션 같은 태스크를 먼저 실행합니다'
  },
  'wait-for': {
    en: '`completed` (default), `traffic-shifted`, `approval`, `test-traffic` or `started`',
    ko: '기다릴 단계: `completed`(기본값), `traffic-shifted`, `approval`, `test-traffic`, `started`'
  },
  'rollback-to': {
    en: '`previous` or a revision: releases that one, through the same gate',
    ko: '`previous` 또는 리비전. 같은 게이트를 거쳐 그 리비전을 배포합니다'
  },
  'break-glass-reason': {
    en: 'lets a rollback pass without a person, where the policy allows it',
    ko: '정책이 허용하면 사람의 승인 없이 롤백하는 긴급 승인 사유'
  },
  'on-cancel': {
    en: '`stop-and-rollback` (default), `stop` or `leave`',
    ko: '작업이 취소되면: `stop-and-rollback`(기본값), `stop`, `leave`'
  },
  'on-active-deployment': {
    en: 'the group is busy: `fail` (default), `wait`, `stop` or `attach`',
    ko: '배포 그룹이 사용 중이면: `fail`(기본값), `wait`, `stop`, `attach`'
  },
  'role-to-assume': {
    en: 'the role, through OIDC; renewed while the release waits',
    ko: 'OIDC로 맡을 역할. 기다리는 동안 갱신합니다'
  },
  'aws-region': { en: 'the region', ko: '리전' },
  language: {
    en: "`en` or `ko`, of log, summary and report; empty: the gate's",
    ko: '로그, 요약, 보고서의 언어: `en`, `ko`. 비우면 게이트의 언어'
  },
  'dry-run': {
    en: '`true` shows diff, AppSpec and pre-flight, and writes nothing',
    ko: '`true`이면 변경 내용과 AppSpec, 사전 점검만 보여 주고 아무것도 쓰지 않습니다'
  }
}

/** The table in a language. Errors: an input that action.yml does not have. */
export function mainInputs({ inputs }: ActionMetadata, language: 'en' | 'ko'): string {
  const rows = Object.entries(MAIN_INPUTS).map(([name, { [language]: text }]) => {
    if (!inputs.some((each) => each.name === name)) throw new Error(`action.yml has no ${name}`)
    return `| \`${name}\` | ${text} |`
  })
  return [`| ${language === 'ko' ? '입력' : 'Input'} | |`, '|---|---|', ...rows].join('\n')
}
