import type { ShiftFacts } from '../../../ledger/gate-facts.ts'
import type { Words } from './words.ts'

/** 다음에 다시 묻는 단계까지, 또는 끝까지. */
function steps({ shares, to, minutes, asksBefore }: ShiftFacts & { kind: 'steps' }): string {
  const [first, ...rest] = shares
  const then = rest.length === 0 ? '' : `, 이후 ${rest.map((share) => `${share}%`).join(', ')}를`
  const each = minutes === 0 ? '' : ` 단계마다 ${minutes}분 동안 확인합니다.`
  const again = asksBefore === undefined ? '' : ` ${asksBefore}% 전에 다시 승인을 요청합니다.`
  const moved = rest.length === 0 ? `${first}%를` : `${first}%를 바로${then}`
  return `승인하면 트래픽의 ${moved} ${to} 쪽으로 전환합니다.${each}${again}`
}

export const KO: Words = {
  header: {
    waiting: (subject) => `${subject}: 배포 승인 대기 중`,
    approved: (subject) => `${subject}: 승인되었습니다`,
    rejected: (subject) => `${subject}: 거절되었습니다`,
    expired: (subject) => `${subject}: 제한 시간 안에 결정되지 않아 만료되었습니다`,
    'gate-failed': (subject) => `${subject}: 게이트 오류로 배포를 차단했습니다`,
    withdrawn: (subject) => `${subject}: 승인 요청이 종료되었습니다`,
    'too-late': (subject) => `${subject}: 승인이 늦어 반영되지 않았습니다`,
    shifting: (subject) => `${subject}: 트래픽 전환 중`,
    shifted: (subject) => `${subject}: 트래픽 전환 완료`,
    released: (subject) => `${subject}: 배포되었습니다`,
    failed: (subject) => `${subject}: 배포에 실패했습니다`,
    stopped: (subject) => `${subject}: 배포가 중지되었습니다`,
    'rolling-back': (subject) => `${subject}: 롤백 중`,
    'rolled-back': (subject) => `${subject}: 롤백되었습니다`,
    'rollback-failed': (subject) => `${subject}: 롤백에 실패했습니다`
  },
  imagesChange: (count) => `이미지 ${count}개`,
  more: (left) => `_… 외 ${left}건_`,
  shortened: '_… 이하 생략_',

  image: (before, after) => `${before} → ${after}`,
  newImage: (after) => `${after} (신규)`,
  sameImage: (image) => `${image} (변경 없음)`,
  otherPlace: ':warning: 다른 저장소의 이미지',
  revision: (before, after) =>
    before === undefined ? `태스크 정의 ${after}` : `태스크 정의 ${before} → ${after}`,
  betweenSides: (from, to) => `트래픽 ${from} → ${to}`,
  shift: (shift) => {
    switch (shift?.kind) {
      case 'all-at-once':
        return '승인하면 모든 트래픽이 한 번에 전환됩니다.'
      case 'canary':
        return `승인하면 트래픽의 ${shift.percentage}%를 바로, 나머지를 ${shift.minutes}분 후에 전환합니다.`
      case 'linear':
        return `승인하면 트래픽의 ${shift.percentage}%를 바로, 이후 ${shift.minutes}분마다 ${shift.percentage}%씩 전환합니다.`
      case 'steps':
        return steps(shift)
      default:
        return '트래픽 전환 속도를 알 수 없습니다.'
    }
  },
  changes: (count) => `이미지 외 변경 ${count}건`,
  change: { added: '추가', removed: '삭제', changed: '변경' },
  noChanges: '이미지 외 변경 없음',
  changesUnknown: '이미지 외 변경 사항을 알 수 없음',

  labels: {
    askedBy: '요청자',
    commit: '커밋',
    green: '새 태스크',
    testUrl: '확인 주소',
    deployment: '배포',
    openUntil: '승인 기한',
    evidence: '검증 결과',
    moving: '진행 중인 다른 배포',
    reason: {
      APPROVED: '사유',
      REJECTED: '거절 사유',
      EXPIRED: '사유',
      FAILED: '차단 사유',
      WITHDRAWN: '종료 사유'
    }
  },
  run: (id, attempt) => (attempt === undefined ? `실행 ${id}` : `실행 ${id}, 시도 ${attempt}`),
  nobodyKnows: '알 수 없음',
  notProven: '(신원 미확인)',
  healthUnknown: (why) => `읽을 수 없습니다: ${why}`,
  noTargetGroup: '그린에 아직 대상 그룹이 없습니다',
  noTargets: '등록된 대상이 없습니다',
  unchecked: '`unused`: 연결된 리스너가 없어 아직 아무도 상태를 확인하지 않았습니다',
  timeLeft: (until, left) => `${until} (${left}분 남음)`,
  timeOver: '기한이 지났습니다',
  verdict: {
    passed: '통과',
    failed: '실패',
    warning: '경고',
    unknown: '알 수 없음',
    pending: '측정 중'
  },
  required: '필수',
  askedTasks: '로드 밸런서를 거치지 않고 태스크에 직접 확인',
  measuredByJob: '작업이 측정',
  noEvidence: '없습니다. 결정하기 전에 새 버전을 확인해 주세요.',
  moving: {
    'gate-open': (service, since) => `${service} 승인 대기 중 (${since}부터)`,
    'traffic-shifting': (service, since) => `${service} 트래픽 전환 중 (${since}부터)`
  },

  votes: (counted, quorum, people) =>
    counted === 0
      ? `승인 ${quorum}건이 필요합니다.`
      : `승인 ${quorum}건 중 ${counted}건: ${people}`,
  frozen: (windows) => `:snowflake: 배포 동결 중: ${windows}. 끝날 때까지 승인할 수 없습니다.`,
  greenChanged: (at) =>
    `:warning: *${at}부터 새 태스크가 다른 이미지를 실행합니다.* 카드에는 현재 실행 중인 이미지가 표시되며, 이전의 승인과 검증 결과는 인정하지 않습니다.`,
  frozenBreakGlass: '긴급 승인은 상세 보기에서 할 수 있습니다.',
  evidenceAwaited: (names) => `필수 검증 결과가 나와야 승인할 수 있습니다: ${names}.`,
  evidenceFailed: (names) => `필수 검증을 통과하지 못했습니다: ${names}.`,
  closed: (because) => `:lock: *이 배포는 아무도 승인할 수 없습니다*: ${because}`,
  glassRefused: (because) =>
    `:rotating_light: 사람의 승인 없이 통과하도록 요청했지만 통과하지 않습니다: ${because}`,
  glassRefusedWhy: {
    'not-allowed': (service) => `정책이 ${service} 서비스에 이를 허용하지 않습니다.`,
    'not-proven': (logins) => `${logins}의 요청임을 증명하는 것이 없습니다.`,
    'revision-unread': () => 'AWS가 어느 리비전인지 알려 주지 않았습니다.',
    'chain-damaged': (row) => `결정 기록의 체인이 ${row}에서 손상되었습니다.`,
    'never-decided': (revision) => `${revision}에 대한 결정이 기록에 없습니다.`,
    'not-approved': (state) => `이 리비전에 대한 가장 최근 결정은 ${state}입니다.`,
    'seal-broken': (row) => `기록 ${row}의 봉인이 원장의 것이 아닙니다.`,
    'seal-unread': (row) => `기록 ${row}의 봉인을 확인하지 못했습니다.`,
    'gone-back-from': (deployment) => `${deployment} 배포에서 이 리비전을 되돌렸습니다.`,
    'result-unknown': (deployment) =>
      `이 리비전을 마지막으로 배포한 ${deployment} 배포가 완료되었는지 알 수 없습니다.`,
    late: (deployment) => `이 리비전을 마지막으로 배포한 ${deployment} 배포는 승인이 늦었습니다.`,
    failed: (deployment) => `이 리비전을 마지막으로 배포한 ${deployment} 배포가 실패했습니다.`,
    stopped: (deployment) => `이 리비전을 마지막으로 배포한 ${deployment} 배포가 중지되었습니다.`,
    'rolled-back': (deployment) =>
      `이 리비전을 마지막으로 배포한 ${deployment} 배포가 롤백되었습니다.`,
    'digest-not-recorded': (container) =>
      `이 리비전이 승인될 때 ${container} 컨테이너가 실행한 이미지가 기록에 없습니다.`,
    'digest-not-known': (container) =>
      `지금 ${container} 컨테이너가 실행하는 이미지를 알 수 없습니다.`,
    'digest-differs': (container) =>
      `${container} 컨테이너가 이 리비전이 승인될 때와 다른 이미지를 실행합니다.`
  },
  unverified: {
    'no-policy': '정책을 읽을 수 없어 요청자를 확인하지 못했습니다.',
    'no-token':
      '본인 승인이 금지되어 있는데 요청자를 증명하는 것이 없습니다. 작업에 `id-token: write`와 `ledger-table` 입력이 필요합니다.',
    malformed: '본인 승인이 금지되어 있는데 요청자를 증명할 토큰의 형식이 올바르지 않습니다.',
    'keys-unavailable':
      '본인 승인이 금지되어 있는데 요청자를 증명할 GitHub의 키를 가져오지 못했습니다. 게이트의 함수가 정책의 `github.issuer`에 접속할 수 있어야 합니다. GitHub Enterprise Server라면 그 네트워크로 가는 경로가 필요할 수 있습니다.',
    'bad-signature': '본인 승인이 금지되어 있는데 요청자 토큰의 서명이 GitHub의 것이 아닙니다.',
    'wrong-issuer':
      '본인 승인이 금지되어 있는데 요청자의 토큰을 정책의 `github.issuer`가 아닌 다른 발급자가 발급했습니다.',
    'wrong-audience': '본인 승인이 금지되어 있는데 요청자의 토큰이 다른 배포의 것입니다.',
    'wrong-repository':
      '본인 승인이 금지되어 있는데 요청자의 토큰이 정책에 없는 저장소의 것입니다.',
    'wrong-run':
      '본인 승인이 금지되어 있는데 요청자의 토큰이 다른 실행 또는 다른 실행 차수의 것입니다.',
    'rerun-unnamed':
      '본인 승인이 금지되어 있는데 재실행한 사용자가 배포 기록에 없습니다. 재실행하지 말고 워크플로를 새로 실행하세요.',
    'wrong-time':
      '본인 승인이 금지되어 있는데 요청자의 토큰이 배포 생성 시점에 발급되지 않았습니다.'
  },
  unmapped: (logins) =>
    `본인 승인이 금지되어 있는데 정책에 ${logins}의 Slack 사용자가 지정되어 있지 않습니다.`,

  approve: '승인',
  reject: '거절',
  breakGlass: '긴급 승인',
  cancel: '취소',
  rollBack: '롤백',
  rollBackTitle: '지금 롤백할까요?',
  rollBackText: (service, side) =>
    `${service} 서비스의 트래픽을 시작 상태로 되돌립니다. ${side} 쪽으로 더 전환하지 않습니다.`,
  confirmTitle: '운영에 배포하시겠습니까?',
  confirmText: (service, image) => `${service} 사용자에게 새 이미지를 제공합니다: ${image}.`,

  theEvidence: '검증 결과',

  decided: {
    APPROVED: (people, at) => `:white_check_mark: *승인* ${people}, ${at}`,
    REJECTED: (people, at) => `:no_entry: *거절* ${people}, ${at}`,
    EXPIRED: (_, at) => `:hourglass: *만료* ${at}: 아무도 결정하지 않았습니다. 거절은 아닙니다.`,
    FAILED: (_, at) => `:lock: *게이트 오류로 차단* ${at}: 승인을 요청할 수 없었습니다.`,
    WITHDRAWN: (_, at) => `:heavy_minus_sign: *승인 요청 종료* ${at}`
  },
  ownReason: {
    'policy-unusable': (problem) => `정책을 사용할 수 없습니다: ${problem}`,
    'card-not-posted': () => 'Slack에 카드를 게시하지 못했습니다',
    'gave-up': (problem) => `게이트가 포기했습니다: ${problem}`,
    'told-before': () =>
      '아무에게도 묻지 못했습니다: 게이트를 열기 전에 배포가 거절되었거나 끝났습니다',
    superseded: (deploymentId) => `새 배포로 대체되었습니다: ${deploymentId}`,
    'deployment-ended': () => '배포가 이미 끝났습니다'
  },
  withBreakGlass:
    ':rotating_light: *긴급 승인*: 정족수, 배포 동결, 본인 승인 규칙과 관계없이 단독으로 결정했습니다.',
  telling: 'CodeDeploy에 알리는 중입니다.',
  late: '*늦었습니다*: 결정이 전달되기 전에 CodeDeploy 배포가 종료되었습니다.',
  moves: (since) => `:arrow_right: 트래픽 전환 중 (${since}부터)`,
  moved: (since) => `:arrow_right: 트래픽 전환 시작 ${since}`,
  shifted: (at) => `:arrow_right: 트래픽 전환 완료 ${at}`,
  released: (at) => `:tada: *배포 완료* ${at}: 사용자가 새 버전을 사용합니다.`,
  failed: (at) => `:x: *배포 실패* ${at}`,
  stopped: {
    observer: (at) => `:octagonal_sign: *배포 중지* ${at}: 운영 트래픽이 제한을 벗어났습니다.`,
    watchdog: (at) => `:octagonal_sign: *배포 중지* ${at}: 감시 함수가 중지했습니다.`,
    person: (at) => `:octagonal_sign: *배포 중지* ${at}: 승인자가 롤백했습니다.`,
    condition: (at) => `:octagonal_sign: *배포 중지* ${at}: 전환 조건을 벗어났습니다.`,
    rejected: (at) => `:octagonal_sign: *배포 중지* ${at}: 전환 단계가 거절되었습니다.`,
    expired: (at) => `:octagonal_sign: *배포 중지* ${at}: 전환 단계를 제때 결정한 사람이 없습니다.`,
    job: (at) => `:octagonal_sign: *배포 중지* ${at}: 워크플로가 중지를 요청했습니다.`,
    others: (at) => `:octagonal_sign: *배포 중지* ${at}: 다른 곳에서 리스너를 변경했습니다.`,
    somebody: (at) => `:octagonal_sign: *배포 중지* ${at}`
  },
  cause: (why) => `원인: ${why}`,
  reached: (share, side, next) =>
    `:arrow_right: 새 요청의 *${share}%* 전환됨 (${side})` +
    (next === undefined ? ', 마지막 단계' : `, 다음 단계 ${next}%`),
  staysAt: (share, side) =>
    `새 요청의 ${share}% 전환 상태로 유지됩니다 (${side}). 다음 단계는 없습니다.`,
  foreign: (left, found) =>
    found === undefined
      ? `:warning: 마지막 가중치: ${left}. 지금은 두 대상 그룹으로 전달하지 않으며, 그대로 둡니다.`
      : `:warning: 마지막 가중치: ${left}. 현재 가중치: *${found}*. 그대로 둡니다.`,
  rolledBackBy: (people, at) => `:leftwards_arrow_with_hook: *롤백 결정* ${people}, ${at}`,
  ownPlane: {
    telling: '곧 트래픽 전환을 시작합니다.',
    late: '*늦었습니다*: 결정이 반영되기 전에 배포가 종료되었습니다.',
    notRolledBack: ':rotating_light: 트래픽이 전환되었지만 *롤백되지 않았습니다*.',
    rollbackFailed: (at) =>
      `:rotating_light: *롤백 실패* ${at}`.trim() + ': 지금 리스너를 확인해 주세요.'
  },
  rollback: {
    'in-progress': () => ':leftwards_arrow_with_hook: 롤백하는 중입니다.',
    succeeded: (at) =>
      `:leftwards_arrow_with_hook: *롤백 완료* ${at}`.trim() + ': 사용자는 이전 버전을 사용합니다.',
    failed: (at) =>
      `:rotating_light: *롤백 실패* ${at}`.trim() + ': 지금 CodeDeploy를 확인해 주세요.'
  },
  rollbackAwaited: '롤백 여부를 확인하는 중입니다.',
  notRolledBack:
    ':rotating_light: 트래픽이 전환되었지만 *롤백되지 않았습니다*. 지금 CodeDeploy를 확인해 주세요.',
  nothingMoved: '트래픽은 전환되지 않았습니다. 사용자는 이전 버전을 사용합니다.',
  production: (failed, total) => `운영: 요청 ${total}건 중 ${failed}건 실패`,
  head: (head) => `기록 번호 ${head}`,

  digest: {
    decidedBy: {
      APPROVED: (people) => `승인: ${people}`,
      REJECTED: (people) => `거절: ${people}`
    },
    withBreakGlass: '긴급 승인',
    requestsFailed: (failed, total) => `요청 ${total}건 중 ${failed}건 실패`
  },

  remind: (service, left, people) =>
    `:bell: ${service} 배포가 아직 승인을 기다립니다. ${left}분 남았습니다. ${people}`.trim(),

  details: '상세 보기',
  close: '닫기',
  detailsOf: {
    what: '배포할 내용',
    changes: '태스크 정의 변경 사항',
    evidence: '검증 결과',
    targets: '새 태스크의 대상',
    moving: '진행 중인 다른 배포',
    links: '관련 링크'
  },
  wholeDefinition: '태스크 정의 전체',
  addedOrRemoved: {
    added: '컨테이너 추가',
    removed: '컨테이너 삭제',
    changed: '컨테이너 변경'
  },
  seenAt: (at) => `${at} 기준`,
  cut: (left, where) => `_… 외 ${left}건, 전체 내용: ${where}_`,
  breakGlassHere:
    '긴급 승인을 할 수 있습니다. 정족수, 배포 동결, 검증 결과와 관계없이 단독으로 결정하며, 사유가 기록에 남습니다.',
  noticeTitle: '처리되지 않음',

  modalTitle: { reject: '배포 거절', 'break-glass': '긴급 승인' },
  modalLabel: { reject: '거절 사유', 'break-glass': '기다릴 수 없는 사유' },
  modalHint: '기록에 남고 채널의 모든 사람에게 보입니다.',
  modalAbout: {
    reject: (service) => `${service} 서비스는 이전 버전을 유지하며, 배포는 실패하고 롤백됩니다.`,
    'break-glass': (service) =>
      `정책과 관계없이 본인의 결정만으로 ${service} 서비스의 운영 트래픽이 전환됩니다.`
  },

  denied: {
    'person-unknown':
      'Slack에서 사용자를 확인하지 못해 요청이 처리되지 않았습니다. 잠시 후 다시 시도해 주세요.',
    'not-approver': '이 서비스의 승인자가 아닙니다. 요청이 처리되지 않았습니다.',
    'not-break-glass': '긴급 승인을 할 수 있는 사람이 아닙니다. 요청이 처리되지 않았습니다.',
    'own-release': '본인이 요청한 배포이므로 다른 사람이 승인해야 합니다. 거절은 할 수 있습니다.'
  },
  outstanding: (names) =>
    `필수 검증이 아직 진행 중입니다: ${names}. 결과가 나오면 승인할 수 있습니다.`,
  against: (names) =>
    `필수 검증을 통과하지 못했습니다: ${names}. 이 배포는 곧 거절되므로 요청이 처리되지 않았습니다.`,
  outsider: {
    'other-workspace': '이 워크스페이스의 구성원만 결정할 수 있습니다.',
    guest: '게스트는 결정할 수 없습니다.',
    bot: '봇은 결정할 수 없습니다.',
    deactivated: '비활성화된 계정은 결정할 수 없습니다.'
  },
  ledgerFailed:
    '원장을 사용할 수 없어 반영되지 않았을 수 있습니다. 카드를 확인하고 잠시 후 다시 시도해 주세요.',
  detailsFailed: '상세 보기를 열지 못했습니다. 잠시 후 다시 시도해 주세요.',
  policyUnreadable: '정책을 읽을 수 없어 지금은 아무도 결정할 수 없습니다. 게이트는 닫혀 있습니다.',
  otherMessage:
    '게이트가 게시한 메시지의 버튼이 아닙니다. 요청이 처리되지 않았습니다. 이 채널의 최신 카드에서 결정해 주세요.',
  elsewhere: '다른 워크스페이스, 앱 또는 채널의 버튼입니다. 요청이 처리되지 않았습니다.',
  unknownGate: '알 수 없는 게이트입니다. 요청이 처리되지 않았습니다.',
  greenUnread:
    '지금 새 태스크가 실행하는 이미지를 확인하지 못해 승인하지 않았습니다. 잠시 후 다시 눌러 주세요.',
  greenOther:
    '새 태스크가 이 카드에 표시된 것과 다른 이미지를 실행하고 있어 승인하지 않았습니다. 카드를 다시 확인한 뒤 결정해 주세요.',
  reasonMissing: '사유가 필요합니다.',
  nothingMoves: '진행 중인 트래픽 전환이 없어 롤백할 것이 없습니다.',
  rolledBackBefore: (people, at) => `이미 롤백되었습니다: ${people}, ${at}.`,
  already: {
    APPROVED: (people, at) => `이미 승인되었습니다: ${people}, ${at}.`,
    REJECTED: (people, at) => `이미 거절되었습니다: ${people}, ${at}.`,
    EXPIRED: (_, at) => `이미 만료되었습니다: ${at}.`,
    FAILED: (_, at) => `게이트 오류로 이미 차단되었습니다: ${at}.`,
    WITHDRAWN: (_, at) => `승인 요청이 이미 종료되었습니다: ${at}.`
  },

  ungatedHeader: (group, end) => `${group}: 게이트 없는 배포${end === undefined ? '' : `, ${end}`}`,
  ungatedWhy: {
    'no-hook': () =>
      'AppSpec의 `BeforeAllowTraffic`에 함수가 없어 아무에게도 승인을 묻지 않습니다.',
    unreadable: () => 'AppSpec을 읽을 수 없어 승인을 묻는지 알 수 없습니다.',
    'other-function': (found) =>
      `AppSpec의 \`BeforeAllowTraffic\`에 게이트가 아닌 함수가 지정되어 있습니다: ${found}.`,
    characters: (found) =>
      `AppSpec에 YAML 해석기마다 다르게 읽을 수 있는 문자가 있습니다: ${found}.`,
    construct: (found) =>
      `AppSpec에 YAML 해석기마다 다르게 읽을 수 있는 구문이 있습니다: ${found}. 단순한 키, 문자열, 목록만 인정합니다.`,
    readings: (found) => `AppSpec의 뜻이 해석 방식에 따라 다릅니다: ${found}.`,
    'key-twice': (found) => `AppSpec에 같은 키가 두 번 있습니다. 두 번째 위치: ${found}`,
    'unknown-key': (found) =>
      `AppSpec에 AWS 문서의 표기와 정확히 일치하지 않는 키가 있습니다: ${found}.`,
    value: (found) => `AppSpec의 ${found} 값이 없거나 AWS 문서와 다릅니다.`,
    'event-twice': (found) => `AppSpec이 ${found}에 함수를 두 개 지정했습니다.`
  },
  ungatedResult: {
    stopped: ':octagonal_sign: *배포를 중지하고* CodeDeploy에 롤백을 요청했습니다.',
    reported: ':warning: *배포는 계속됩니다*: 정책에 따라 알리기만 합니다.',
    'too-late': ':warning: 중지하기 전에 *이미 끝났습니다*.',
    'not-stopped': ':rotating_light: *중지하지 못했습니다.* 지금 직접 중지해 주세요.'
  },
  ungatedEnd: {
    none: {
      header: '중지됨',
      sentence: ':octagonal_sign: *배포를 중지했습니다*. CodeDeploy가 롤백을 만들지 않았습니다.'
    },
    succeeded: {
      header: '중지 후 롤백됨',
      sentence:
        ':leftwards_arrow_with_hook: *배포를 중지하고 롤백했습니다*: 이전 버전이 서비스합니다.'
    },
    failed: {
      header: '중지됨, 롤백 실패',
      sentence:
        ':rotating_light: *배포를 중지했지만 롤백에 실패했습니다.* 지금 어떤 버전이 서비스하는지 확인해 주세요.'
    }
  }
}
