import type { Catalogue } from '../language.ts'

/** What a failover says in the job: its inputs, its release, its steps. */
export const FAILOVER: Catalogue = {
  '; then both sides share it evenly': '; 그다음 양쪽이 절반씩 나눕니다',
  "CodeDeploy's deployments may not be listed": 'CodeDeploy 배포 목록을 조회할 권한이 없습니다',
  'ELB has taken the weights several times and does not show them':
    'ELB가 가중치를 여러 번 받았지만 조회하면 반영되어 있지 않습니다',
  Listener: '리스너',
  'Service of {0}': '{0} 서비스',
  '"{0}" deploys by {1}, which moves traffic by itself; a failover needs ROLLING':
    '"{0}" 서비스의 배포 전략 {1}: 트래픽을 스스로 옮깁니다. failover에는 ROLLING이 필요합니다',
  '"{0}" does not register its tasks with that target group, but with {1}':
    '"{0}" 서비스가 태스크를 그 대상 그룹에 등록하지 않습니다. 등록하는 그룹: {1}',
  '"{0}" is controlled by {1}; a failover deploys to services of the controller ECS alone':
    '"{0}" 서비스의 배포 컨트롤러는 {1}입니다. failover는 ECS 컨트롤러의 서비스에만 배포합니다',
  '"{0}" is {1}': '"{0}" 서비스 상태: {1}',
  '"{0}" serves, and a deployment of it is under way: wait until it has ended':
    '"{0}" 서비스가 운영 트래픽을 받고 있고 배포가 진행 중입니다. 끝날 때까지 기다리세요',
  '`approve: {0}` needs `ledger-table`: without the gate nobody can be asked between two steps.':
    '`approve: {0}`에는 `ledger-table`이 필요합니다. 게이트가 없으면 단계 사이에 승인을 요청할 수 없습니다.',
  '`first`: {0} is no side. Accepted: {1}.': '`first`: 없는 그룹입니다: {0}. 허용: {1}.',
  '`rollback-to: previous`: both sides run {0}, so which revision served before is not known; name it':
    '`rollback-to: previous`: 양쪽이 모두 {0} 리비전을 실행하고 있어 이전 리비전을 알 수 없습니다. 리비전을 직접 지정하세요',
  '`strategy` is not `failover`': '`strategy`가 `failover`가 아닙니다',
  '`{0}` belongs to a failover, and `strategy` is not `failover`. Set `strategy: failover`, or remove it.':
    '`{0}`: failover 입력인데 `strategy`가 `failover`가 아닙니다. `strategy: failover`로 설정하거나 입력을 지우세요.',
  '`{0}` is required with `strategy: failover`. Set it.':
    '`{0}`: `strategy: failover`에 필요합니다. 설정하세요.',
  '`{0}` says what to deploy, and `deploy: none` deploys nothing. Remove one of them.':
    '`{0}`: 배포할 것을 지정하는데 `deploy: none`은 아무것도 배포하지 않습니다. 둘 중 하나를 지우세요.',
  '`{0}` tells CodeDeploy something, and with `strategy: failover` no CodeDeploy takes part. Remove it.':
    '`{0}`: CodeDeploy용 입력인데 `strategy: failover`에서는 CodeDeploy를 쓰지 않습니다. 지우세요.',
  'a deployment of "{0}" is under way: wait until it has ended':
    '"{0}" 서비스의 배포가 진행 중입니다. 끝날 때까지 기다리세요',
  'a failover times no recovery': 'failover에서는 복구 시간을 측정하지 않습니다',
  'a number of minutes, or a duration such as 90 s, 5 min or 1 h':
    '분 단위 숫자 또는 90 s, 5 min, 1 h 같은 시간',
  'a person is asked {0}': '승인 요청 시점: {0}',
  'an http or https origin such as https://prod1.test.example.com, without a path':
    'https://prod1.test.example.com처럼 경로가 없는 http 또는 https 주소',
  'another deployment has taken its place, with {0}': '다른 배포로 대체되었습니다. 리비전: {0}',
  'approval of {0}': '{0} 승인',
  'as `first` says': '`first` 설정에 따라',
  'before every step': '모든 단계 전',
  'before the first step': '첫 단계 전',
  'before the steps {0}': '{0} 단계 전',
  'both sides are {0}. Name two.': '양쪽이 같습니다: {0}. 서로 다른 둘을 지정하세요.',
  'both sides have traffic ({0} {1}, {2} {3}), as after an even split or a release that broke off, and no ledger says which one was deployed last: name in `first` the side that is to serve alone first; the other one is then deployed':
    '양쪽 모두 트래픽을 받고 있습니다({0} {1}, {2} {3}). 균등 분배 뒤이거나 배포가 중단된 경우입니다. 마지막으로 배포된 그룹이 원장에 없으므로 먼저 혼자 트래픽을 받을 그룹을 `first`에 지정하세요. 그다음 나머지 그룹에 배포합니다',
  'both sides have traffic ({0}): all of it moves to {1} first, {2}; then {3} is released and gets it{4}':
    '양쪽 모두 트래픽을 받고 있습니다({0}). 먼저 모든 트래픽을 {1} 그룹으로 옮기고({2}) {3} 그룹에 배포한 뒤 트래픽을 옮깁니다{4}',
  'deploy {0} to {1} (service {2}), which has no traffic meanwhile, and verify it':
    '트래픽이 없는 {1} 그룹(서비스 {2})에 {0} 배포 후 검증',
  'deploy {0}': '{0} 배포',
  'it names {0} sides ({1}). Accepted: two, one name=target-group a line.':
    '그룹이 {0}개입니다({1}). 허용: 두 개, 한 줄에 하나씩 name=target-group.',
  'it runs {0} instead': '다른 리비전을 실행합니다: {0}',
  'move traffic from {0} to {1}, which has {2} % now: {3}; each step is watched for {4} s':
    '{0} 그룹에서 {1} 그룹으로 트래픽 전환(현재 {2} %): {3}. 단계마다 {4}초 관찰',
  'no traffic has begun to move for {0}': '{0} 배포의 트래픽 전환이 시작되지 않았습니다',
  'nobody is asked by this action: without `ledger-table` there is no gate, and the job moves the traffic itself; a GitHub environment with required reviewers can ask before the job':
    '이 액션은 승인을 요청하지 않습니다. `ledger-table`이 없으면 게이트가 없고 작업이 직접 트래픽을 옮깁니다. 필수 검토자가 있는 GitHub 환경으로 작업 전에 승인을 받을 수 있습니다',
  'none: {0}, which serves now, is deployed to the other side':
    '없음: 지금 운영 중인 {0} 리비전을 다른 쪽에도 배포합니다',
  'nothing to release: {0} serves already; `force-new-deployment: true` releases the same revision again':
    '배포할 것이 없습니다. {0} 리비전이 이미 운영 중입니다. `force-new-deployment: true`로 같은 리비전을 다시 배포할 수 있습니다',
  'somebody else has changed the listener while traffic moved: the weights were to be {0}, and it does not forward to these two target groups any more; it was left as it is':
    '트래픽 전환 중에 다른 사람이 리스너를 바꿨습니다. 예상 가중치는 {0}인데 리스너가 더는 이 두 대상 그룹으로 전달하지 않습니다. 그대로 두었습니다',
  'somebody else has changed the weights while traffic moved: they were to be {0}, and they are {1} and {2}; they were left as they are':
    '트래픽 전환 중에 다른 사람이 가중치를 바꿨습니다. 예상 {0}, 현재 {1}, {2}. 그대로 두었습니다',
  'somebody else moves traffic of these target groups: {0}; wait until it has ended':
    '다른 배포가 이 대상 그룹의 트래픽을 옮기고 있습니다: {0}. 끝날 때까지 기다리세요',
  'start weights': '시작 가중치',
  targets: '대상',
  'the ARN of a listener or of a rule, or the name of a load balancer and a port such as shop-dev:443, for a rule with its priority as in shop-dev:443/7':
    '리스너나 규칙의 ARN, 또는 shop-dev:443처럼 로드 밸런서 이름과 포트. 규칙이면 shop-dev:443/7처럼 우선순위를 붙입니다',
  'the ARN of a listener rule, or its priority': '리스너 규칙의 ARN 또는 우선순위',
  'the ARN of a listener, or the name of a load balancer and a port such as shop:443':
    '리스너의 ARN, 또는 shop:443처럼 로드 밸런서 이름과 포트',
  'the deployment to {0} has failed: {1}': '{0} 그룹의 배포가 실패했습니다: {1}',
  'the job deploys to the side without traffic itself, so it cannot end with `wait-for: {0}`; wait for `{1}`':
    '트래픽이 없는 쪽의 배포를 작업이 직접 하므로 `wait-for: {0}`로 끝낼 수 없습니다. 다음으로 설정하세요: `{1}`',
  'the listener has weights of no step of this release, so somebody else has changed them; they were left as they are':
    '리스너의 가중치가 이 배포의 어느 단계와도 다릅니다. 다른 사람이 바꾼 것이므로 그대로 두었습니다',
  'the name of a side (letters, digits, "-", "_"; up to 32)':
    '그룹 이름(영문자, 숫자, "-", "_", 최대 32자)',
  'the name of a target group (letters, digits, "-"; up to 32) or its ARN':
    '대상 그룹의 이름(영문자, 숫자, "-", 최대 32자) 또는 ARN',
  'the new revision': '새 리비전',
  'the release could not begin: {0}': '배포를 시작하지 못했습니다: {0}',
  'the release has ended already': '배포가 이미 끝났습니다',
  'the service is gone': '서비스가 없어졌습니다',
  'the start weights did not come back': '시작 가중치로 돌아오지 못했습니다',
  'the task definition is not that of {0}, which serves now':
    '지금 운영 중인 {0} 리비전과 태스크 정의가 다릅니다',
  'the traffic has stopped moving already': '트래픽 전환이 이미 멈췄습니다',
  'the weights are {0}: {1}': '현재 가중치 {0}: {1}',
  'the weights could not be changed: {0}': '가중치를 바꾸지 못했습니다: {0}',
  '{0} is ready': '{0} 준비됨',
  'watch {0}': '{0} 관찰',
  'what serves now is not known: {0}': '지금 운영 중인 리비전을 알 수 없습니다: {0}',
  'what the release was to do was not kept': '배포 계획이 남아 있지 않습니다',
  'which was deployed last, as the ledger says': '원장에 따르면 마지막으로 배포된 그룹',
  'with `finish: balanced` the job deploys to the other side at the end, so it cannot end with `wait-for: {0}`; wait for `completed`':
    '`finish: balanced`에서는 작업이 마지막에 다른 쪽에도 배포하므로 `wait-for: {0}`로 끝낼 수 없습니다. `completed`로 설정하세요',
  'without `ledger-table` the job moves the traffic itself, so it cannot end with `wait-for: {0}`; wait for `completed`':
    '`ledger-table`이 없으면 작업이 직접 트래픽을 옮기므로 `wait-for: {0}`로 끝낼 수 없습니다. `completed`로 설정하세요',
  '{0} % (asked)': '{0} %(승인 후)',
  '{0} % to {1}': '{1} {0} %',
  '{0} and {1}': '{0}, {1}',
  '{0} has asked for the way back': '{0} 님이 롤백을 요청했습니다',
  '{0} has no ECS service. Add {1}-service=name, or set `deploy: none` if another pipeline fills the group.':
    '{0} 그룹에 ECS 서비스가 없습니다. {1}-service=name 줄을 추가하거나, 다른 파이프라인이 배포한다면 `deploy: none`으로 설정하세요.',
  '{0} has no target group. Add {1}=target-group.':
    '{0} 그룹에 대상 그룹이 없습니다. {1}=target-group 줄을 추가하세요.',
  '{0} has {1} healthy targets of {2} needed, and the release starts {3}':
    '{0} 그룹의 정상 대상 {1}개, 필요한 수 {2}개. 배포가 {3}개를 시작합니다',
  '{0} serves, so {1} is released and gets the traffic{2}':
    '{0} 그룹이 운영 중이므로 {1} 그룹에 배포하고 트래픽을 옮깁니다{2}',
  '{0} was begun by another run': '다른 실행이 시작한 배포입니다: {0}',
  '{0} {1}, {2} {3}': '{0} {1}, {2} {3}',
  '{0}-service names what to deploy to, and `deploy: none` deploys nothing.':
    '{0}-service는 배포 대상을 지정하는데 `deploy: none`은 아무것도 배포하지 않습니다.',
  '{0}: "{1}" is ACTIVE and steady': '{0}: "{1}" 서비스가 ACTIVE 상태이고 안정적입니다',
  '{0}: {1}': '{0}: {1}'
}
