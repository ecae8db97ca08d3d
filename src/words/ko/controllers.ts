import type { Catalogue } from '../language.ts'

/** What `src/controllers` says. */
export const CONTROLLERS: Catalogue = {
  '`task-definition` is empty, so what runs now would be released: {0}':
    '`task-definition`이 비어 있어 현재 실행 중인 태스크 정의를 배포해야 합니다: {0}',
  '`rollback-to` starts from what runs now: {0}':
    '`rollback-to`는 현재 실행 중인 태스크 정의를 기준으로 합니다: {0}',
  '`{0}`: "{1}" could not be read: {2}': '`{0}`: "{1}" 값을 읽지 못했습니다: {2}',
  'control plane "{0}" is not known; known: {1}': '배포 방식 "{0}": 알 수 없습니다. 있는 방식: {1}',
  'service: {0}': '서비스: {0}',
  'service: "{0}" is controlled by {1}; this action releases services whose deployment controller is one of {2}':
    '서비스: "{0}" 서비스의 배포 컨트롤러는 {1}입니다. 이 액션은 다음 배포 컨트롤러의 서비스만 배포합니다: {2}',
  'the AppSpec\'s container "{0}" does not exist in the task definition; those that exist: {1}':
    'AppSpec의 컨테이너 "{0}": 태스크 정의에 없습니다. 있는 컨테이너: {1}',
  'container "{0}" does not map the AppSpec\'s port {1}; those it maps: {2}':
    '컨테이너 "{0}": AppSpec의 포트 {1} 매핑이 없습니다. 있는 포트: {2}',
  'correct it, name another one in `codedeploy-appspec`, or set `codedeploy-appspec: generate`':
    '파일을 고치거나, `codedeploy-appspec`에 다른 파일을 지정하거나, `codedeploy-appspec: generate`로 설정하세요',
  'as `codedeploy-appspec` says': '`codedeploy-appspec` 설정에 따라',
  "the workspace's own: `codedeploy-appspec` is not set":
    '작업 공간의 파일, `codedeploy-appspec` 미설정',
  'the workspace holds no {0}': '작업 공간에 {0} 파일 없음',
  '`{0}` is not set, so {1} of the workspace is read, as the official deploy action does: {2}':
    '`{0}` 입력이 설정되지 않아 공식 배포 액션처럼 작업 공간의 {1} 파일을 읽습니다: {2}',
  'the task set {0}': '태스크 세트 {0}',
  '(no id)': '(ID 없음)',
  'the service {0}': '서비스 {0}',
  '(no name)': '(이름 없음)',
  '{0} of them ({1})': '{0}개({1})',
  configured: '설정됨',
  'no AppSpec can be generated: it names one container and port behind the load balancer, and {0} has {1}; name a file in `codedeploy-appspec`':
    'AppSpec을 생성할 수 없습니다. 로드 밸런서에 연결된 컨테이너와 포트가 하나여야 하는데 {0}: {1}. `codedeploy-appspec`에 파일을 지정하세요',
  'hook {0}: wanted one of {1}': '후크 {0}: 허용되는 이벤트: {1}',
  'hook {0}: two functions are named, "{1}" and "{2}"; wanted one':
    '후크 {0}: 함수가 둘 지정되었습니다("{1}", "{2}"). 하나만 지정하세요',
  'no {0} hook': '{0} 후크 없음',
  '{0} runs "{1}"': '{0} 후크가 "{1}" 함수를 실행',
  '{0}; without `gate-function` any function would do':
    '{0}. `gate-function`이 없으므로 어떤 함수든 게이트로 인정됩니다',
  '{0}, the gate': '{0}(게이트)',
  '{0}, which is not the gate "{1}"': '{0}, 게이트 "{1}" 함수가 아님',
  'let the function of {0} do what "{1}" does': '"{1}" 함수가 하는 일을 {0} 이벤트의 함수로 옮기고',
  'move "{0}" to {1}': '"{0}" 함수를 {1} 이벤트로 옮기고',
  'CodeDeploy runs one function an event: {0}, and leave {1} to the gate':
    'CodeDeploy는 이벤트마다 함수를 하나만 실행합니다. {0} {1} 이벤트는 게이트에 남겨 두세요',
  'found {0}: this is an AppSpec for servers; one for ECS has a TargetService among its Resources':
    '{0} 항목이 있는 서버용 AppSpec입니다. ECS용 AppSpec에는 Resources에 TargetService가 있습니다',
  'wanted 0.0, the only one': '필요한 값: 0.0(유일한 버전)',
  'found {0}, wanted one TargetService': '{0}개가 있습니다. TargetService 하나가 필요합니다',
  'is there twice, wanted one function an event':
    '두 번 있습니다. 이벤트마다 함수 하나만 지정하세요',
  'TaskDefinition: found {0}, wanted the ARN of one revision, arn:aws:ecs:REGION:ACCOUNT:task-definition/FAMILY:REVISION':
    'TaskDefinition: 입력된 값: {0}, 필요한 값: 리비전 하나의 ARN(arn:aws:ecs:REGION:ACCOUNT:task-definition/FAMILY:REVISION)',
  'deployment {0} has no ECS target: its service is not known':
    '배포 {0}: ECS 대상이 없어 서비스를 알 수 없습니다',
  '{0} is {1}, not Pending': '{0} 이벤트의 상태가 Pending이 아니라 {1}입니다',
  'not there': '없음',
  'its AppSpec is not shown': 'AppSpec을 조회할 수 없습니다',
  '{0} is {1}': '{0}: {1}',
  'the AppSpec does not name this function': 'AppSpec에 이 함수가 없습니다',
  'CodeDeploy has no text of the AppSpec {0}': 'CodeDeploy에 AppSpec {0}의 내용이 없습니다',
  'the deployment had already ended': '배포가 이미 종료되어 있었습니다',
  'the deployment could not be stopped and goes on: {0}':
    '배포를 중지하지 못해 계속 진행됩니다: {0}',
  'no message': '메시지 없음',
  'CreateDeployment answered without an id': 'CreateDeployment 응답에 ID가 없습니다',
  'it is a rollback': '롤백입니다',
  'which revision it releases is not known': '어떤 리비전을 배포하는지 알 수 없습니다',
  'it is not known to be gated, as its AppSpec could not be read':
    'AppSpec을 읽지 못해 게이트가 있는지 알 수 없습니다',
  'it is not gated: {0}': '게이트가 없습니다: {0}',
  'it is not known to be gated, as AWS may read its AppSpec in another way':
    'AWS가 AppSpec을 다르게 해석할 수 있어 게이트가 있는지 알 수 없습니다',
  'its revision {0} could not be read': '리비전 {0}: 읽지 못했습니다',
  'its revision {0} is not the one asked for': '리비전 {0}: 요청한 리비전이 아닙니다',
  'AppSpec of {0}': '{0}의 AppSpec',
  'the AppSpec of {0} cannot be read: {1}': '{0}의 AppSpec을 읽을 수 없습니다: {1}',
  'as given': '입력에 지정됨',
  'through deployment {0}': '배포 {0}에서',
  'by its default name': '기본 이름으로',
  'by a scan of all groups': '전체 배포 그룹 검색으로',
  'whether a task was stopped is not known: {0}': '태스크가 중지되었는지 알 수 없습니다: {0}',
  'the deployment is {0}': '배포 상태: {0}',
  'whether green has production traffic is not known: codedeploy:GetDeploymentTarget gave no answer':
    '그린이 운영 트래픽을 받는지 알 수 없습니다. codedeploy:GetDeploymentTarget의 응답이 없습니다',
  'production traffic moves to green': '운영 트래픽이 그린으로 전환되고 있습니다',
  '{0} is not running': '{0} 태스크는 실행 중이 아닙니다',
  'blue and green of service "{0}" cannot be told apart':
    '서비스 "{0}": 블루와 그린을 구분할 수 없습니다',
  '{0} gave no answer': '{0} 호출의 응답이 없습니다',
  '`codedeploy-appspec`: {0}; it is read from {1}: {2}':
    '`codedeploy-appspec`: {0}. 읽은 파일: {1}. {2}',
  'the deployment group waits {0} min for an explicit continue':
    '배포 그룹이 계속 진행 요청을 {0}분 동안 기다림',
  'there is no AppSpec to look at': '확인할 AppSpec 없음',
  'the pre-flight has let a release pass that cannot be created':
    '사전 점검을 통과했지만 배포를 만들 수 없습니다',
  'deployment group: {0}': '배포 그룹: {0}',
  'going back to {0}, released by {1}': '{0} 리비전으로 롤백(배포 {1})',
  'what runs now is not known, so nothing can be compared: {0}':
    '현재 실행 중인 리비전을 알 수 없어 비교할 수 없습니다: {0}',
  'the task definition is not that of {0}, which runs now':
    '태스크 정의가 현재 실행 중인 {0} 리비전과 다름',
  'none to {0}, which runs now; the AppSpec changes {1}':
    '현재 실행 중인 {0} 리비전과 같음. AppSpec이 변경하는 항목: {1}',
  'none: `force-new-deployment` asks for {0} again, which runs now':
    '없음: `force-new-deployment` 설정으로 현재 실행 중인 {0} 리비전을 다시 배포',
  'none to {0}, which runs now; looked at again once {1} is dealt with':
    '현재 실행 중인 {0} 리비전과 같음. 배포 {1} 처리 후 다시 확인',
  ', released by {0}': '(배포 {0})',
  'nothing to release: {0} runs {1} already{2}; {3}. Where this job runs again and an earlier attempt has released it, nothing is left to do; `force-new-deployment: true` releases the same revision again':
    '배포할 변경 사항이 없습니다. 서비스 {0}: 이미 {1} 리비전을 실행 중입니다{2}. {3}. 작업을 다시 실행한 것이고 이전 시도에서 배포되었다면 더 할 일이 없습니다. 같은 리비전을 다시 배포하려면 `force-new-deployment: true`로 설정하세요',
  '`task-definition` is empty, and no other input changes anything: {0}':
    '`task-definition`이 비어 있고 다른 입력도 변경하는 것이 없습니다: {0}',
  'the revision that `rollback-to` names says the same':
    '`rollback-to`로 지정한 리비전의 내용이 같습니다',
  'what the inputs ask for says the same. An image that was pushed again under the same tag is no change that can be seen here: name it by its digest':
    '입력으로 지정한 내용이 같습니다. 같은 태그로 다시 푸시한 이미지는 변경으로 보이지 않으므로 다이제스트로 지정하세요',
  '; "{0}" is not asked: {1}': '. "{0}" 함수는 호출되지 않습니다: {1}',
  'there is no AppSpec to look at, for the reasons above': '위의 이유로 확인할 AppSpec이 없음',
  '; production traffic moves without anybody being asked': '. 승인 없이 운영 트래픽이 전환됩니다',
  'set `gate-function` or a `BeforeAllowTraffic` hook, let the deployment group wait for an explicit continue':
    '`gate-function`이나 `BeforeAllowTraffic` 후크를 설정하거나, 배포 그룹이 계속 진행 요청을 기다리게 하거나',
  '{0}; {1}, or set `require-approval: false`':
    '{0}. {1}. 또는 `require-approval: false`로 설정하세요',
  '{0}, in {1}': '{0}({1})',
  'nobody can prove it without a record in the ledger, and a gate whose policy forbids self-approval stays closed: set `ledger-table`, and give the job `permissions: {id-token: write}`':
    '원장에 기록이 없으면 증명할 수 없고, 정책이 본인 승인을 금지하면 게이트가 열리지 않습니다. `ledger-table`을 설정하고 작업에 `permissions: {id-token: write}` 권한을 추가하세요',
  "whether the gate's policy watches this deployment group is not known without `ledger-table`":
    '`ledger-table`이 없어 게이트 정책이 이 배포 그룹을 감시하는지 알 수 없음',
  'could not be read': '읽지 못했습니다',
  'the deployment group names target groups that do not exist: {0}':
    '배포 그룹에 지정된 대상 그룹이 없습니다: {0}',
  "the default action of the production listener forwards to {0}, not to the group's pair, and whether a rule does is not known without `elasticloadbalancing:DescribeRules`":
    '운영 리스너의 기본 작업은 {0} 대상 그룹으로 전달하며 배포 그룹의 대상 그룹 쌍이 아닙니다. 규칙이 전달하는지는 `elasticloadbalancing:DescribeRules` 권한이 없어 알 수 없습니다',
  "the production listener forwards to {0}, which is not in the group's pair {1}{2}":
    '운영 리스너가 {0} 대상 그룹으로 전달하는데 배포 그룹의 대상 그룹 쌍({1})에 없습니다{2}',
  ', and no rule of it forwards to the pair':
    '. 리스너의 규칙 중에도 그 쌍으로 전달하는 것이 없습니다',
  'production{0} forwards to {1}{2}': '운영 리스너{0} 전달 대상: {1}{2}',
  '; its rules were not read (`elasticloadbalancing:DescribeRules`)':
    '. 리스너 규칙은 읽지 못함(`elasticloadbalancing:DescribeRules`)',
  'the default action and rule {0} lead to the pair; each names both target groups, as CodeDeploy leaves what it changes':
    '기본 작업과 규칙 {0} 모두 대상 그룹 쌍으로 전달하며, CodeDeploy가 변경한 뒤의 형태처럼 각각 두 대상 그룹을 모두 포함함',
  'the rules {0} lead to the pair; each names both target groups, as CodeDeploy leaves what it changes':
    '규칙 {0} 모두 대상 그룹 쌍으로 전달하며, CodeDeploy가 변경한 뒤의 형태처럼 각각 두 대상 그룹을 모두 포함함',
  'the default action and rule {0} of the production listener forward to the pair, and AWS does not say which of them CodeDeploy changes; after this release see whether each leads to green, or let one of them alone forward to the pair. This is not said any more once each names both target groups, as CodeDeploy leaves what it changes':
    '운영 리스너의 기본 작업과 규칙 {0} 모두 대상 그룹 쌍으로 전달하는데 CodeDeploy가 어느 것을 바꾸는지 AWS 문서에 없습니다. 이번 릴리스 뒤 각각 그린으로 전달하는지 확인하거나 하나만 전달하게 하세요. CodeDeploy가 변경한 뒤의 형태처럼 각각 두 대상 그룹을 모두 포함하면 이 경고는 더 나오지 않습니다',
  ' on port {0}': ' 포트 {0}',
  ', by rule {0} ({1}),': ', 규칙 {0}({1}),',
  'the rules {0} of the production listener forward to the pair, and AWS does not say which of them CodeDeploy changes; after this release see whether each leads to green, or join their conditions in one rule. This is not said any more once each names both target groups, as CodeDeploy leaves what it changes':
    '운영 리스너의 규칙 {0} 모두 대상 그룹 쌍으로 전달하는데 CodeDeploy가 어느 규칙을 바꾸는지 AWS 문서에 없습니다. 이번 릴리스 뒤 각각 그린으로 전달하는지 확인하거나 조건을 하나의 규칙으로 합치세요. CodeDeploy가 변경한 뒤의 형태처럼 각각 두 대상 그룹을 모두 포함하면 이 경고는 더 나오지 않습니다',
  '{0} is under way, and moves it': '배포 {0} 진행 중이며 트래픽을 전환함',
  'which target group serves is not known: the service lists no PRIMARY task set':
    '서비스에 PRIMARY 태스크 세트가 없어 어느 대상 그룹이 서비스 중인지 알 수 없음',
  'all of it goes to {0}, where the PRIMARY task set is':
    '모든 트래픽이 PRIMARY 태스크 세트의 대상 그룹 {0}에 전달됨',
  '{0} has production traffic, and the PRIMARY task set is in {1}: green would be started in {2} and have users before anybody has decided; set the weight of {3} to 100 and of {4} to 0':
    '대상 그룹 {0}에 운영 트래픽이 있는데 PRIMARY 태스크 세트의 대상 그룹은 {1}입니다. 그린이 {2}에서 시작되어 결정 전에 사용자 요청을 받게 됩니다. 가중치를 {3}: 100, {4}: 0으로 설정하세요',
  'clients stay with their target group for {0} s: after the shift some still ask the old version, and those of a canary stay on green; turn the stickiness of the target groups off':
    '클라이언트가 {0}초 동안 같은 대상 그룹에 고정됩니다. 전환 후에도 일부는 이전 버전으로 요청하고 카나리의 클라이언트는 그린에 남습니다. 대상 그룹의 고정 세션을 끄세요',
  '{0}, which production traffic goes to, has no healthy target: users get errors now, and a rollback would lead back to it':
    '운영 트래픽이 전달되는 대상 그룹 {0}에 정상 대상이 없습니다. 지금 사용자에게 오류가 발생하며, 롤백하면 이 상태로 돌아갑니다',
  '{0} for the answers of hooks, an hour each': '후크 응답 {0}분(각 1시간)',
  '{0} for a continue': '계속 진행 요청 {0}분',
  '{0} for the shift of traffic': '트래픽 전환 {0}분',
  '{0} until blue ends': '블루 종료 {0}분',
  '`wait-for-minutes` is {0}, and until `wait-for: {1}` the deployment may take {2} min ({3}); before that `on-timeout: {4}` decides. Set at least {5}, or leave `wait-for-minutes` out':
    '`wait-for-minutes`는 {0}인데 `wait-for: {1}` 단계까지 최대 {2}분({3}) 걸릴 수 있습니다. 그 전에 `on-timeout: {4}` 설정이 적용됩니다. {5} 이상으로 설정하거나 `wait-for-minutes`를 제거하세요',
  'the deployment group waits up to {0} min before production traffic moves, and stops the deployment then. This job does not continue it: a person does, in the console of CodeDeploy or with `aws deploy continue-deployment --deployment-wait-type READY_WAIT --deployment-id ID`, who needs `codedeploy:ContinueDeployment`':
    '배포 그룹이 운영 트래픽을 전환하기 전에 최대 {0}분 기다린 뒤 배포를 중지합니다. 이 작업은 계속 진행시키지 않습니다. `codedeploy:ContinueDeployment` 권한이 있는 사람이 CodeDeploy 콘솔이나 `aws deploy continue-deployment --deployment-wait-type READY_WAIT --deployment-id ID` 명령으로 진행해야 합니다',
  "; the gate's approval does not continue it either, and whether it is asked before or after this wait is not documented. To leave the decision to the gate alone, let the group reroute at once (`deploymentReadyOption: {actionOnTimeout: CONTINUE_DEPLOYMENT}`)":
    '. 게이트의 승인으로도 진행되지 않으며, 게이트가 이 대기의 앞인지 뒤인지는 문서에 없습니다. 게이트만으로 결정하려면 배포 그룹이 즉시 전환하도록 설정하세요(`deploymentReadyOption: {actionOnTimeout: CONTINUE_DEPLOYMENT}`)',
  '; by the ARN in `{0}` it is in account {1}': '. `{0}`의 ARN에 따르면 계정은 {1}입니다',
  '"{0}" is {1}, not ACTIVE': '"{0}" 서비스의 상태가 ACTIVE가 아닙니다: {1}',
  'in no known status': '알 수 없는 상태',
  '"{0}" is controlled by {1}; this action releases services whose deployment controller is CODE_DEPLOY. A controller cannot be changed to it in place: create the service with `deploymentController: {type: CODE_DEPLOY}`':
    '"{0}" 서비스의 배포 컨트롤러는 {1}입니다. 이 액션은 배포 컨트롤러가 CODE_DEPLOY인 서비스만 배포합니다. 기존 서비스의 컨트롤러는 바꿀 수 없으므로 `deploymentController: {type: CODE_DEPLOY}`로 서비스를 만드세요',
  'ACTIVE, controlled by CODE_DEPLOY': 'ACTIVE, 배포 컨트롤러 CODE_DEPLOY',
  '"{0}" of "{1}" deploys {2}, not {3}/{4}':
    '배포 그룹 "{0}"(애플리케이션 "{1}")의 배포 대상은 {2}이며 {3}/{4} 서비스가 아닙니다',
  'no ECS service': 'ECS 서비스 없음',
  '{0} / {1} (found {2})': '{0} / {1} ({2})',
  'no value in the task definition, so it is released as an empty one: {0}':
    '태스크 정의에 값이 없어 빈 값으로 배포됨: {0}',
  'an empty text in the task definition, which AWS refuses or takes for none, so it is left out: {0}':
    'AWS가 거부하거나 없는 값으로 취급하는 빈 문자열이라 제외됨: {0}',
  'generated from what serves now': '현재 서비스 중인 구성에서 생성',
  'read from {0}': '{0} 파일에서 읽음',
  '{0} of the workspace is not read: without `codedeploy-appspec` only appspec.yaml is, as in the official deploy action; name it in `codedeploy-appspec` if it is meant':
    '작업 공간의 {0} 파일은 읽지 않습니다. `codedeploy-appspec`이 없으면 공식 배포 액션처럼 appspec.yaml만 읽습니다. 이 파일을 쓰려면 `codedeploy-appspec`에 지정하세요',
  'it is read from {0}: {1}': '읽은 파일: {0}. {1}',
  '{0}:{1} is in the task definition': '태스크 정의에 {0}:{1} 있음',
  '{0} is under way; wait for it, or set `on-active-deployment` to wait, stop or attach':
    '배포 {0} 진행 중입니다. 끝날 때까지 기다리거나 `on-active-deployment`를 wait, stop, attach 중 하나로 설정하세요',
  '{0} is under way (on-active-deployment: {1})': '배포 {0} 진행 중(on-active-deployment: {1})',
  'on failure': '실패 시',
  'not configured for DEPLOYMENT_FAILURE: after a rejection or a failure green keeps running and listeners stay where they are':
    'DEPLOYMENT_FAILURE에 대해 설정되지 않았습니다. 거절이나 실패 후에도 그린이 계속 실행되고 리스너는 그대로 남습니다',
  'the deployment group has none, so `wait-for: test-traffic` would never be reached':
    '배포 그룹에 없어 `wait-for: test-traffic` 단계에 도달할 수 없습니다',
  "none, and all traffic moves at once: green's health checks start only when it serves users":
    '없으며 트래픽이 한 번에 전환됩니다. 그린의 상태 확인은 사용자 요청을 받을 때에야 시작됩니다',
  'none; green gets no traffic before the gate': '없음. 게이트 전까지 그린은 트래픽을 받지 않음',
  'the group names no deployment config': '배포 그룹에 배포 구성이 없음',
  '{0} could not be read': '{0}: 읽지 못했습니다',
  ' (as asked)': ' (입력에 지정됨)',
  "the group's deployments could not be read: {0}": '배포 그룹의 배포 목록을 읽지 못했습니다: {0}',
  'none of the last {0} deployments released another revision':
    '최근 배포 {0}건 중 다른 리비전을 배포한 것이 없습니다',
  '`rollback-to: previous`: {0}; name the revision, as family:revision':
    '`rollback-to: previous`: {0}. 리비전을 family:revision 형식으로 지정하세요',
  'the AppSpec of deployment {0}': '배포 {0}의 AppSpec',
  '{0} could not be read: {1}': '{0}: 읽지 못했습니다. {1}',
  '{0} is not in CodeDeploy, or names no task definition':
    '{0}: CodeDeploy에 없거나 태스크 정의가 지정되지 않았습니다',
  'the service is not known': '서비스를 알 수 없습니다',
  'the service names no task definition': '서비스에 태스크 정의가 없습니다',
  'set `codedeploy-application` and `codedeploy-deployment-group`':
    '`codedeploy-application`과 `codedeploy-deployment-group`을 설정하세요',
  'no deployment group owns service "{0}" of cluster "{1}"; looked at the live task set, the default names and every application the role may list; {2}':
    '클러스터 "{1}"의 서비스 "{0}"에 대한 배포 그룹이 없습니다. 현재 태스크 세트, 기본 이름, 조회 권한이 있는 모든 애플리케이션을 확인했습니다. {2}',
  'the target groups {0} and {1} are not there, or behind no load balancer':
    '대상 그룹 {0}, {1}: 없거나 로드 밸런서에 연결되어 있지 않습니다',
  'create it, or set the log option `awslogs-create-group: true`':
    '로그 그룹을 만들거나 로그 옵션 `awslogs-create-group: true`를 설정하세요',
  ' in {0}': '({0})',
  '{0} exists': '{0} 있음',
  '{0} does not exist{1}{2}': '{0} 없음{1}{2}',
  '{0} could not be looked up with `{1}`': '{0}: `{1}` 호출로 조회하지 못했습니다',
  'no hook could run, and the deployment would wait an hour for its answer':
    '후크를 실행할 수 없어 배포가 응답을 1시간 기다리게 됩니다',
  '{0} is {1}{2}': '{0}: {1}{2}',
  '{0} is in a registry that is not asked': '{0}: 조회하지 않는 레지스트리의 이미지',
  '{0} is not in ECR; unless a pull-through cache rule fetches it, no task of green can start (the rules could not be looked up with `ecr:DescribePullThroughCacheRules`)':
    '{0}: ECR에 없습니다. 풀스루 캐시 규칙으로 가져오지 않으면 그린의 태스크를 시작할 수 없습니다(`ecr:DescribePullThroughCacheRules` 호출로 규칙을 조회하지 못함)',
  '{0} is not in ECR: push it before the release, or correct repository and tag':
    '{0}: ECR에 없습니다. 배포 전에 푸시하거나 리포지토리와 태그를 고치세요',
  '{0} is not in ECR yet; the pull-through cache rule {1} may fetch it':
    '{0}: 아직 ECR에 없음. 풀스루 캐시 규칙 {1}에서 가져올 수 있음',
  '{0} does not exist: the role of that name is {1}': '{0}: 없습니다. 같은 이름의 역할은 {1}입니다',
  '{0} is of another account than {1}': '{0}: 계정 {1}의 역할이 아님',
  "{0} does not trust ecs-tasks.amazonaws.com, so no task can run with it: add it to the role's trust policy":
    '{0}: ecs-tasks.amazonaws.com을 신뢰하지 않아 태스크를 실행할 수 없습니다. 역할의 신뢰 정책에 추가하세요',
  '{0} is scheduled for deletion, and has no value until it is restored':
    '{0}: 삭제 예약되어 복원할 때까지 값이 없습니다',
  '{0} is not known to be of this account': '{0}: 이 계정의 것인지 알 수 없음',
  "`{0}` is in {1} by its ARN ({2}), and calls go to {3}, as `aws-region` or the job's AWS_REGION says; set `aws-region: {4}`, or name the service that is meant":
    '`{0}`의 ARN({2})에 따르면 리전은 {1}인데, `aws-region` 또는 작업의 AWS_REGION에 따라 호출은 {3} 리전으로 갑니다. `aws-region: {4}`로 설정하거나 올바른 서비스를 지정하세요',
  '`{0}` names the {1} {2} by its ARN ({3}), and the credentials of this job reach {4}; use credentials of that {5}, or name the service that is meant':
    '`{0}`의 ARN({3})은 {1} {2}인데 이 작업의 자격 증명으로 접근되는 것은 {4}입니다. 같은 {5}의 자격 증명을 쓰거나 올바른 서비스를 지정하세요',
  'there is no task definition to start from': '기준이 될 태스크 정의가 없습니다',
  'service "{0}" in cluster "{1}": {2}{3}': '서비스 "{0}"(클러스터 "{1}"): {2}{3}'
}
