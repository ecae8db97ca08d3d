import type { Catalogue } from '../language.ts'

/** What `src/flow` says. */
export const FLOW: Catalogue = {
  '{0}, so this run does not attach to it': '{0}. 따라서 이 배포에 연결하지 않습니다',
  'and `on-active-deployment` is `fail`': '`on-active-deployment` 설정이 `fail`입니다',
  'deployment {0} is under way: {1}': '배포 {0} 진행 중: {1}',
  'this run was cancelled while it waited for it': '기다리는 동안 이 실행이 취소되었습니다',
  'it did not end within `wait-for-minutes`': '`wait-for-minutes` 안에 끝나지 않았습니다',
  'it can no longer be seen: {0}': '더 이상 조회할 수 없습니다: {0}',
  'its lifecycle events may not be read, so whether it moves production traffic is not known; it is not stopped':
    '수명 주기 이벤트를 읽을 권한이 없어 운영 트래픽을 전환하는지 알 수 없으므로 중지하지 않습니다',
  'it is a rollback, which is not stopped': '롤백이므로 중지하지 않습니다',
  'it already moves production traffic, so it is not stopped':
    '이미 운영 트래픽을 전환하고 있으므로 중지하지 않습니다',
  'its end was not seen after it was asked to stop': '중지를 요청했지만 종료를 확인하지 못했습니다',
  'it was stopped, and its rollback is {0}': '중지했지만 롤백 상태는 {0}입니다',
  'names another one': '다른 파일을 지정합니다',
  'names none (`verification`)': '파일을 지정하지 않습니다(`verification`)',
  '{0} is verified by a file that this run does not have: it {1}, so what that file asks is not asked here':
    '배포 {0}: 이 실행에 없는 파일로 검증됩니다. 이 실행은 {1}. 따라서 그 파일의 검증을 실행하지 않습니다',
  '{0} was started without `verification`, and is followed as it was started: nothing is asked of green':
    '배포 {0}: `verification` 없이 시작되었으므로 그대로 추적하고 그린을 검증하지 않습니다',
  'the function that observes production has written nothing; does the stack of infra/vpc.yaml stand? Its log says why':
    '운영 관찰 함수가 결과를 남기지 않았습니다. infra/vpc.yaml 스택이 있는지 확인하세요. 원인은 함수 로그에 있습니다',
  'the verification function has written nothing; its log says why':
    '검증 함수가 결과를 남기지 않았습니다. 원인은 함수 로그에 있습니다',
  '`{0}`: "{1}" is a file in the workspace, and could be a family of task definitions as well; write `{2}: ./{3}` for the file, or {4} for the family':
    '`{0}`: "{1}" 값은 작업 공간의 파일이면서 태스크 정의 패밀리일 수도 있습니다. 파일이면 `{2}: ./{3}`, 패밀리이면 {4} 형식으로 쓰세요',
  ' and `task-definition-revision: {0}`': ', `task-definition-revision: {0}`',
  '`task-definition-family: {0}`{1}': '`task-definition-family: {0}`{1}',
  'Gate function': '게이트 함수',
  'evidence {0} could not be written to the ledger, so the gate does not know of it: {1}':
    '검증 결과 {0}: 원장에 저장하지 못해 게이트가 알지 못합니다. {1}',
  'the deployment could not be stopped ({0}): {1}': '배포를 중지하지 못했습니다({0}): {1}',
  'ECS does not know it': 'ECS에 없는 태스크입니다',
  'waiting {0} s: {1}': '{0}초 대기: {1}',
  'ECS gives no reason': 'ECS가 이유를 알리지 않음',
  'The one-off task of {0} was not started: {1}': '{0}의 일회성 태스크가 시작되지 않았습니다: {1}',
  "This run was cancelled before it had RunTask's answer, so whether the one-off task runs is not known {0}":
    'RunTask의 응답을 받기 전에 이 실행이 취소되어 일회성 태스크의 실행 여부를 알 수 없습니다 {0}',
  'The one-off task of {0} could not be started {1}':
    '{0}의 일회성 태스크를 시작하지 못했습니다 {1}',
  'Whether the one-off task of {0} was started is not known {1}':
    '{0}의 일회성 태스크가 시작되었는지 알 수 없습니다 {1}',
  'The one-off task {0} failed: {1}': '일회성 태스크 {0} 실패: {1}',
  '{0} minutes (wait-for-minutes) passed': '{0}분(wait-for-minutes) 경과',
  'it goes on (on-{0}: {1})': '태스크는 계속 실행됩니다(on-{0}: {1})',
  'it was told to stop (on-{0}: {1})': '태스크 중지를 요청했습니다(on-{0}: {1})',
  'it may go on, because it could not be stopped (StopTask: {0})':
    '태스크를 중지하지 못해 계속 실행될 수 있습니다(StopTask: {0})',
  'one-off task: {0}': '일회성 태스크: {0}',
  'the one-off task {0}': '일회성 태스크 {0}',
  '{0} before {1} had ended; {2}': '{0}: {1} 종료 전. {2}',
  'The one-off task {0} can no longer be seen ({1}), and may go on; look with: {2}':
    '일회성 태스크 {0}: 더 이상 조회할 수 없으며({1}) 계속 실행 중일 수 있습니다. 확인: {2}',
  '{0}; nothing was deployed': '{0}. 배포된 것은 없습니다',
  'this control plane registers no revision that the task could run':
    '이 배포 방식은 태스크가 실행할 리비전을 등록하지 않습니다',
  ', with overrides of {0}': ', 재정의 대상 {0}',
  'one task of the revision runs on {0}{1}; the deployment is started once every container has ended with exit code 0, within {2} min':
    '리비전의 태스크 하나를 {0}에서 실행합니다{1}. {2}분 안에 모든 컨테이너가 종료 코드 0으로 끝나면 배포를 시작합니다',
  '`run-task-container-overrides` names the container "{0}", and the task definition has {1}; correct the name':
    '`run-task-container-overrides`의 컨테이너 "{0}": 태스크 정의에 없습니다(있는 컨테이너: {1}). 이름을 고치세요',
  'the network mode awsvpc needs a network of its own for the task, which it does not take from the service; set `run-task-subnets`, and `run-task-security-groups` where the default one is not meant':
    '네트워크 모드 awsvpc에는 태스크의 네트워크 설정이 필요하며 서비스의 설정을 쓰지 않습니다. `run-task-subnets`를 설정하고, 기본 보안 그룹이 아니면 `run-task-security-groups`도 설정하세요',
  '`run-task-subnets` needs the network mode awsvpc, and the task definition has {0}; remove `run-task-subnets`':
    '`run-task-subnets`에는 네트워크 모드 awsvpc가 필요한데 태스크 정의의 값은 {0}입니다. `run-task-subnets`를 제거하세요',
  'none, which is bridge': '없음(bridge)',
  'the task would run on {0}{1}, and the task definition is for {2}; correct `run-task-launch-type`':
    '태스크의 시작 유형은 {0}{1}인데 태스크 정의의 대상은 {2}입니다. `run-task-launch-type`을 고치세요',
  ' (the default of `run-task-launch-type`)': '(`run-task-launch-type`의 기본값)',
  '`run-task-managed-ebs-volume-name` names "{0}", and the task definition has no such volume with configuredAtLaunch; correct the name, or add the volume':
    '`run-task-managed-ebs-volume-name`의 볼륨 "{0}": 태스크 정의에 configuredAtLaunch 볼륨으로 없습니다. 이름을 고치거나 볼륨을 추가하세요',
  "`recovery` may stop tasks in the cluster {0}, and this release is in {1}; take the section out of this release's file":
    '`recovery`는 클러스터 {0}의 태스크를 중지할 수 있는데 이 배포의 클러스터는 {1}입니다. 이 배포의 파일에서 해당 항목을 제거하세요',
  'nothing holds production traffic back while a task of green is away: `recovery` needs a gate':
    '그린의 태스크가 없는 동안 운영 트래픽을 막을 장치가 없습니다. `recovery`에는 게이트가 필요합니다',
  'one task of green in {0} will be stopped': '클러스터 {0}에서 그린의 태스크 하나를 중지할 예정',
  '`verify-function` finds what to ask in the ledger; set `ledger-table` as well':
    '`verify-function`은 검증 내용을 원장에서 읽습니다. `ledger-table`도 설정하세요',
  'the deployment group has no test listener, so {0} cannot be asked before it has production traffic; give the group one, or name an address of green in `target.test` of {1}':
    '배포 그룹에 테스트 리스너가 없어 운영 트래픽을 받기 전에 검증할 수 없습니다: {0}. 테스트 리스너를 추가하거나 {1} 파일의 `target.test`에 그린의 주소를 쓰세요',
  'the {0} listener {1}; name the address that people use in `target.{2}` of {3}':
    '{0} 리스너: {1}. 사용자가 쓰는 주소를 `target.{2}`에 쓰세요({3})',
  test: '테스트',
  production: '운영',
  'with `wait-for: started` the job ends before green can be asked; wait for `test-traffic` or later':
    '`wait-for: started`이면 그린을 검증하기 전에 작업이 끝납니다. `test-traffic` 이후 단계로 설정하세요',
  "{0}: nothing holds traffic back until they are there; the job stops the deployment when one fails, if that is in time. The project's own gate with `ledger-table` waits for them":
    '{0}: 결과가 나올 때까지 트래픽을 막을 장치가 없습니다. 실패하면 늦지 않은 경우 작업이 배포를 중지합니다. `ledger-table`을 설정한 이 프로젝트의 게이트는 결과를 기다립니다',
  "speaks TLS, and no certificate is for the load balancer's own name":
    'TLS를 사용하지만 로드 밸런서의 이름에 대한 인증서가 없습니다',
  "leads to the service only by a rule that wants more than a path, such as a host or a header, which a request to the load balancer's own name does not have":
    '호스트나 헤더처럼 경로 외의 조건이 있는 규칙으로만 서비스에 연결되며, 로드 밸런서 이름으로 보내는 요청은 그 조건을 만족하지 않습니다',
  'observed from inside the VPC': 'VPC 안에서 관찰',
  'asked from inside the VPC': 'VPC 안에서 검증',
  "asked from inside the VPC at green's tasks directly: the deployment group has no test listener":
    'VPC 안에서 그린의 태스크를 직접 검증: 배포 그룹에 테스트 리스너가 없음',
  ' (advisory)': ' (참고)',
  'Deployment {0} is under way': '배포 {0} 진행 중',
  'Task definition': '태스크 정의',
  'no one-off task is started: the run that started this deployment did that':
    '일회성 태스크를 시작하지 않습니다. 이 배포를 시작한 실행이 이미 실행했습니다',
  'nothing had been deployed': '배포된 것은 없습니다',
  '{0}; so a person has to decide': '{0}. 담당자의 결정이 필요합니다'
}
