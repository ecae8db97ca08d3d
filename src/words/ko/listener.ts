import type { Catalogue } from '../language.ts'

/** What `src/controllers/listener` says. */
export const LISTENER: Catalogue = {
  'Accepted: rising whole numbers of percent, the last of them 100, such as 10, 25, 50, 75, 100.':
    '허용: 점점 커지는 정수 퍼센트이며 마지막은 100이어야 합니다. 예: 10, 25, 50, 75, 100',
  '{0} is no whole number from 1 to 100. {1}': '1부터 100까지의 정수가 아닙니다: {0}. {1}',
  '{0} does not rise above {1}. {2}': '앞의 값({1})보다 크지 않습니다: {0}. {2}',
  'the steps do not end with 100. {0}': '마지막 단계가 100이 아닙니다. {0}',
  'Accepted: once, every-step, or a list of the steps {0} before which a person is asked.':
    '허용: once, every-step, 또는 승인을 요청할 단계의 목록({0})',
  'there is no listener {0}': '리스너가 없습니다: {0}',
  'there is no load balancer {0}': '로드 밸런서가 없습니다: {0}',
  '{0} has no listener on port {1}; its listeners are on ports {2}':
    '로드 밸런서({0})에 {1} 포트의 리스너가 없습니다. 리스너가 있는 포트: {2}',
  '{0} is the default action: leave `rule` out': '기본 작업입니다: {0}. `rule` 입력을 비워 두세요',
  'the listener has no rule {0}; its rules have the priorities {1}':
    '리스너에 해당 규칙이 없습니다: {0}. 규칙의 우선순위: {1}',
  'there is no target group {0}': '대상 그룹이 없습니다: {0}',
  '{0} and {1} are the same target group: name two':
    '같은 대상 그룹입니다: {0}, {1}. 서로 다른 두 그룹을 지정하세요',
  '{0} has to forward to exactly the target groups of {1} and {2}, each with a weight; it forwards to {3}':
    '위치: {0}. 가중치가 있는 대상 그룹이 정확히 {1}, {2} 두 개여야 합니다. 현재 전달 대상: {3}',
  'both weights are 0, so nobody is served: give one side all traffic first':
    '두 가중치가 모두 0이라 아무도 서비스를 받지 못합니다. 먼저 한쪽에 모든 트래픽을 보내세요',
  '{0} sends {1} {2} and {3} {4}': '위치: {0}. 가중치: {1} {2}, {3} {4}',
  '{0} speaks {1} and {2} {3}: both need the same protocol':
    '프로토콜이 서로 다릅니다: {0} {1}, {2} {3}. 같은 프로토콜이어야 합니다',
  'the target optimizer limits {0} and not {1}: the one would answer 503 where the other does not':
    'target optimizer가 한쪽에만 설정되어 있습니다: 설정 {0}, 미설정 {1}. 한쪽만 503으로 응답할 수 있습니다',
  off: '꺼져 있음',
  '{0} keeps clients where they were, so they would stay on the old side, and the shares of a step would mean nothing: turn stickiness off':
    '고정 세션이 켜져 있습니다: {0}. 클라이언트가 이전 그룹에 남아 단계별 비율이 의미를 잃습니다. 고정 세션을 끄세요',
  '{0} has {1} healthy targets of {2} needed': '{0} 그룹의 정상 대상 {1}개, 필요한 수 {2}개',
  '{0} has {1} healthy targets and would have to carry what {2} carry: start more, or set `min-healthy`':
    '{0} 그룹의 정상 대상은 {1}개인데 {2}개 몫의 트래픽을 받아야 합니다. 대상을 늘리거나 `min-healthy` 입력을 설정하세요',
  'new targets of {0} get their share of requests slowly, so a step shows their full load only after that time':
    '느린 시작이 설정되어 있습니다: {0}. 새 대상은 그 시간이 지나야 전체 부하를 받습니다',
  'a Network Load Balancer follows its weights minutes later (ECS itself waits ten): make `bake` longer than that':
    'Network Load Balancer는 가중치를 몇 분 뒤에 반영합니다(ECS도 10분을 기다립니다). `bake` 입력을 그보다 길게 설정하세요',
  'rehearsed on a listener of the same shape': '구성이 같은 리스너에서 예행연습을 했습니다',
  "the listener of the rehearsal has another shape than production's: {0} there, {1} here":
    '예행연습 리스너의 구성이 운영과 다릅니다: 예행연습 {0}, 운영 {1}',
  'the default action of the listener on port {0}': '{0} 포트 리스너의 기본 작업',
  'the rule {0} of the listener on port {1}': '{1} 포트 리스너의 규칙 {0}',
  'deploy {0} to {1} (service {2}), which has no traffic meanwhile, and wait until the deployment is complete and its targets are healthy':
    '{0} 리비전을 {1}에 배포(서비스 {2}, 그동안 트래픽 없음)하고 배포 완료와 대상의 정상 상태를 기다립니다'
}
