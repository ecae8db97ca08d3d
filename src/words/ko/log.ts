import type { Catalogue } from '../language.ts'

/** What the log says while a release runs, and the next steps that errors name. */
export const LOG: Catalogue = {
  "the job's role lacks a right: compare its policies with the rights of the role in the documentation, or attach those of infra/policies.yaml":
    '작업의 역할에 권한이 부족합니다. 문서의 역할 권한 표와 정책을 비교하거나 infra/policies.yaml의 정책을 연결하세요',
  'the right {0} is denied by a statement ({1}), against which no other policy helps: whoever owns it has to change it':
    '권한 {0}: 명시적으로 거부되어 있습니다({1}). 다른 정책으로는 허용할 수 없으므로 해당 정책의 소유자가 변경해야 합니다',
  "give the job's role the right {0}": '작업의 역할에 {0} 권한을 부여하세요',
  "give the job's role the right {0} (see the rights of the role in the documentation; of infra/policies.yaml the policy {1} allows it)":
    '작업의 역할에 {0} 권한을 부여하세요(문서의 역할 권한 표 참고, infra/policies.yaml의 {1} 정책에 포함)',
  "the trust policy of this role has to trust GitHub's OIDC provider for this repository, and its branch or environment, and the job needs permissions: {id-token: write}":
    '역할의 신뢰 정책이 이 저장소와 브랜치 또는 환경에 대해 GitHub의 OIDC 공급자를 신뢰해야 하며, 작업에는 permissions: {id-token: write}가 필요합니다',
  'this job has no AWS credentials: set role-to-assume (and permissions: {id-token: write}), or run aws-actions/configure-aws-credentials in a step before this one':
    '이 작업에 AWS 자격 증명이 없습니다. role-to-assume(및 permissions: {id-token: write})을 설정하거나 앞 단계에서 aws-actions/configure-aws-credentials를 실행하세요',
  'the credentials of this job have expired: set role-to-assume, which renews them, or give aws-actions/configure-aws-credentials a longer role-duration-seconds':
    '이 작업의 자격 증명이 만료되었습니다. 자격 증명을 갱신하는 role-to-assume을 설정하거나 aws-actions/configure-aws-credentials의 role-duration-seconds를 늘리세요',
  'AWS does not accept the credentials of this job: check the access key, the session token and the region (aws-region), or set role-to-assume':
    'AWS가 이 작업의 자격 증명을 거부했습니다. 액세스 키, 세션 토큰, 리전(aws-region)을 확인하거나 role-to-assume을 설정하세요',
  'cluster "{0}": {1}': '클러스터 "{0}": {1}',
  'the cluster "{0}" has no services; {1}': '클러스터 "{0}"에 서비스가 없습니다. {1}',
  'did you mean "{0}"? The cluster has it': '"{0}"입니까? 클러스터에 있는 서비스입니다',
  'the cluster has the services {0}; {1}': '클러스터에 있는 서비스: {0}. {1}',
  'the account has no clusters in this region; {0}': '계정의 이 리전에 클러스터가 없습니다. {0}',
  'did you mean "{0}"? The account has it in this region':
    '"{0}"입니까? 계정의 이 리전에 있는 클러스터입니다',
  'the account has the clusters {0} in this region; {1}':
    '계정의 이 리전에 있는 클러스터: {0}. {1}',
  'check the inputs cluster and service, the region (aws-region), and the account of the credentials':
    '입력 cluster와 service, 리전(aws-region), 자격 증명의 계정을 확인하세요',
  '{0} and {1} more': '{0} 외 {1}개',

  '"*" stands for an anchor ("&") that no line before this one has; put quotes around a value that begins with "*"':
    '"*"에 해당하는 앵커("&")가 앞에 없습니다. "*"로 시작하는 값은 따옴표로 묶으세요',
  '"<<" takes a mapping, or an alias of one': '"<<"에는 매핑 또는 매핑의 별칭만 쓸 수 있습니다',
  'a mark of a merge conflict; resolve the conflict and remove its marks':
    '병합 충돌 표시가 남아 있습니다. 충돌을 해결하고 표시를 지우세요',
  '"{{" begins a mapping in YAML; put quotes around the placeholder, or fill it in before this step':
    'YAML에서 "{{"는 매핑의 시작입니다. 자리 표시자를 따옴표로 묶거나 이 단계 전에 값을 채우세요',
  'the line is indented with a tab; YAML takes only spaces there':
    '탭으로 들여썼습니다. YAML의 들여쓰기에는 공백만 쓸 수 있습니다',
  'the key is there twice in one mapping; remove one of them':
    '한 매핑에 같은 키가 두 번 있습니다. 하나를 지우세요',
  '"---" begins a second document, and this file may hold one; remove it and what follows':
    '"---"부터 두 번째 문서입니다. 파일에는 문서가 하나만 있어야 하므로 "---"와 그 뒤를 지우세요',
  'a blank is missing after the colon: write "key: value"':
    '콜론 뒤에 공백이 없습니다. "키: 값"으로 쓰세요',
  'the line is no "key: value"; a colon is missing, or the line is indented too little':
    '"키: 값" 형식이 아닙니다. 콜론이 없거나 들여쓰기가 부족합니다',
  'a second "key: value" on one line; put it on a line of its own, or put quotes around a value with ": " in it':
    '한 줄에 "키: 값"이 두 번 있습니다. 줄을 나누거나, ": "이 들어 있는 값을 따옴표로 묶으세요',
  'the line is indented otherwise than its neighbours; the keys of one mapping, and the items of one list, stand in one column':
    '들여쓰기가 앞뒤 줄과 다릅니다. 한 매핑의 키와 한 목록의 항목은 같은 열에서 시작해야 합니다',
  '"{0}" is missing, which has to come before this place': '이 위치 앞에 "{0}" 기호가 없습니다',
  'a value may not begin with this character; put quotes around the value':
    '값은 이 문자로 시작할 수 없습니다. 값을 따옴표로 묶으세요',
  'after a backslash in double quotes YAML takes only certain characters; write \\\\ for a backslash, or use single quotes':
    '큰따옴표 안의 백슬래시 뒤에는 정해진 문자만 올 수 있습니다. 백슬래시는 \\\\로 쓰거나 작은따옴표를 사용하세요',
  'a quote that was opened is not closed before this line': '앞에서 연 따옴표를 닫지 않았습니다',
  'a colon, a comma or a blank is missing here': '콜론, 쉼표 또는 공백이 빠졌습니다',
  'between braces or brackets a comma is missing before this':
    '중괄호나 대괄호 안에서 이 앞에 쉼표가 빠졌습니다',
  'the tag {0} has no meaning here; write out what it stands for':
    '태그 {0}: 여기서는 쓸 수 없습니다. 태그가 나타내는 값을 직접 쓰세요',
  'a key has to be text': '키는 문자열이어야 합니다',
  'a list\'s "- " stands on the line of its key; put it on the next line, or write the list as [a, b]':
    '목록의 "- "이 키와 같은 줄에 있습니다. 다음 줄로 옮기거나 [a, b] 형식으로 쓰세요',
  'more text follows after the closing quote; put one pair of quotes around all of the value, and double a quote within single quotes':
    '닫는 따옴표 뒤에 글자가 더 있습니다. 값 전체를 한 쌍의 따옴표로 묶고, 작은따옴표 안의 작은따옴표는 두 번 쓰세요',
  'this is not expected here; put quotes around a value with special characters':
    '여기에 올 수 없는 내용입니다. 특수 문자가 있는 값은 따옴표로 묶으세요',

  'still waiting for evidence that is being gathered; until {0} UTC at most':
    '검증 결과를 수집하는 중입니다. 늦어도 {0} UTC까지 기다립니다',
  'the deployment cannot be read at the moment; when it was last read: {0}: {1}':
    '지금은 배포를 조회할 수 없습니다. 마지막 조회: {0}: {1}',
  'it has not ended yet, its status is {0}; this job waits until {1} UTC':
    '아직 끝나지 않았습니다(상태 {0}). 이 작업은 {1} UTC까지 기다립니다',
  'what happens next': '이후 진행',
  'ECS starts them again; {0} waits up to {1} minutes for green to become healthy, until {2} UTC, and fails the deployment then':
    'ECS가 태스크를 다시 시작합니다. {0}: 그린이 정상이 될 때까지 최대 {1}분({2} UTC까지) 기다린 뒤 배포를 실패로 처리합니다',
  'ECS starts them again': 'ECS가 태스크를 다시 시작합니다',
  'unless green is healthy by {0} UTC, this job stops the deployment (green-unhealthy-after: {1})':
    '{0} UTC까지 그린이 정상이 되지 않으면 이 작업이 배포를 중지합니다(green-unhealthy-after: {1})',
  'this job stops it earlier if the input green-unhealthy-after says so; it is not set':
    '입력 green-unhealthy-after를 설정하면 이 작업이 더 일찍 중지합니다(지금은 설정되지 않음)',
  'this job waits until {0} UTC; then on-timeout: {1} decides':
    '이 작업은 {0} UTC까지 기다린 뒤 on-timeout: {1} 설정을 따릅니다',
  'to stop it now: cancel this run (on-cancel: {0})':
    '지금 중지하려면 이 실행을 취소하세요(on-cancel: {0})',
  'to stop it now: cancel this run (on-cancel: {0}), or run: {1}':
    '지금 중지하려면 이 실행을 취소하거나(on-cancel: {0}) 다음 명령을 실행하세요: {1}',
  'to stop it now, run: {0}': '지금 중지하려면 다음 명령을 실행하세요: {0}',
  'container {0} of task {1} has logged nothing': '컨테이너 {0}(태스크 {1}): 로그가 없습니다',
  'the last lines, at most {0}, of container {1} in task {2}:':
    '마지막 로그(최대 {0}줄), 컨테이너 {1}, 태스크 {2}:',
  'container {0} logs to no stream of CloudWatch Logs that its task definition names':
    '컨테이너 {0}: 태스크 정의에 CloudWatch Logs 로그 스트림이 없습니다',
  'container {0} logs with the driver {1}, which this action does not read':
    '컨테이너 {0}: 로그 드라이버 {1}의 로그는 이 액션이 읽지 않습니다',
  'green was not healthy for {0} min (green-unhealthy-after: {1}){2}':
    '그린이 {0}분 동안 정상이 되지 않았습니다(green-unhealthy-after: {1}){2}',
  'container {0} exited with {1}{2}': '컨테이너 {0}: 종료 코드 {1}{2}',
  unhealthy: '그린 비정상',
  'green tasks': '그린 태스크',
  '1 task has stopped by itself: {0}': '태스크 1개가 스스로 종료되었습니다: {0}',
  '{0} tasks have stopped by themselves; the last one: {1}':
    '태스크 {0}개가 스스로 종료되었습니다. 마지막 태스크: {1}',
  '{0} tasks have stopped by themselves within {1}; the last one: {2}':
    '{1} 동안 태스크 {0}개가 스스로 종료되었습니다. 마지막 태스크: {2}',
  'this job waits until {0} UTC': '이 작업은 {0} UTC까지 기다립니다',
  'it has not been read yet': '아직 조회하지 못했습니다',
  'it still waits for a person to continue it': '계속 진행하라는 요청을 기다리는 중입니다',
  'all traffic is on green; the old tasks have not ended yet':
    '모든 트래픽이 그린으로 전환되었습니다. 이전 태스크는 아직 종료되지 않았습니다',
  'still moving; {0} % is on green': '전환 중입니다. 그린 {0}%',
  'still {0}': '아직 {0} 상태입니다',
  'still in progress': '진행 중입니다',
  'in progress for {0}': '{0}째 진행 중입니다',
  'still waiting for approval': '승인 대기 중입니다',
  'waiting for approval for {0}': '{0}째 승인 대기 중입니다',
  'an answer counts until {0} UTC': '결정 기한: {0} UTC',
  'green is not healthy yet': '그린이 아직 정상이 아닙니다',
  'green is not healthy after {0}': '{0}째 그린이 정상이 아닙니다',
  '{0} waits for it until {1} UTC': '{0} 대기 기한: {1} UTC',
  '{0} of {1} tasks run': '태스크 {1}개 중 {0}개 실행 중',
  '{0} of {1} targets are healthy': '대상 {1}개 중 {0}개 정상',
  'tasks that have stopped by themselves: {0}': '스스로 종료된 태스크: {0}개'
}
