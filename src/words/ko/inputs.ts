import type { Catalogue } from '../language.ts'

/** What `src/action/inputs` says. */
export const INPUTS: Catalogue = {
  ' (or list images per container in `images`)':
    ' (또는 `images`에 컨테이너별 이미지를 나열하세요)',
  '`container-name` is not set: {0} would apply to no container. Set it{1}.':
    '`container-name`이 설정되지 않아 {0} 입력을 적용할 컨테이너가 없습니다. 설정하세요{1}.',
  '`image` and `images` both set the image of container {0}. Keep one of them.':
    '`image`와 `images`가 모두 컨테이너 {0}의 이미지를 지정합니다. 하나만 남기세요.',
  '`secrets` and `environment-variables` both set {0}. Keep one of them.':
    '`secrets`와 `environment-variables`가 모두 {0} 값을 지정합니다. 하나만 남기세요.',
  '`container-name` names {0}, and nothing is to be changed there: `image` is empty, and so is every other input that applies to a container. Fill one of them, or remove `container-name`; {1}.':
    '`container-name`에 {0} 컨테이너가 있지만 변경할 내용이 없습니다. `image`를 비롯해 컨테이너에 적용되는 입력이 모두 비어 있습니다. 그중 하나를 채우거나 `container-name`을 제거하세요. {1}.',
  '`{0}` is not set, and `{1}` needs it. Set both, or neither.':
    '`{0}` 입력이 설정되지 않았지만 `{1}` 입력에 필요합니다. 둘 다 설정하거나 둘 다 제거하세요.',
  'an array with something else than objects': '객체가 아닌 요소가 있는 배열',
  'found {0}. Accepted: a JSON array such as {1}.': '입력된 값: {0}. 허용: {1} 같은 JSON 배열.',
  'found {0}. Accepted: a JSON object such as {1}.': '입력된 값: {0}. 허용: {1} 같은 JSON 객체.',
  'not JSON at character {0}: {1}. Accepted: JSON such as {2}.':
    '{0}번째 문자에서 JSON이 아닙니다: {1}. 허용: {2} 같은 JSON.',
  '{0}. Accepted: JSON such as {1}.': '{0}. 허용: {1} 같은 JSON.',
  'Accepted: {0}.': '허용: {0}.',
  ' Did you mean {0}?': ' 혹시 {0}?',
  'Accepted: {0}.{1}': '허용: {0}.{1}',
  'Accepted: true or false.': '허용: true 또는 false.',
  'Accepted: a whole number of {0} from {1} to {2}.': '허용: {1}에서 {2}까지의 정수({0}).',
  'Line {0}: {1}': '{0}행: {1}',
  'no "=". Accepted: one {0} a line.': '"="가 없습니다. 허용: 한 줄에 하나씩 {0}.',
  '{0} is there twice. Keep one of them.': '{0} 항목이 두 번 있습니다. 하나만 남기세요.',
  'Accepted: one {0} a line.': '허용: 한 줄에 하나씩 {0}.',
  'nothing before the "=". {0}': '"=" 앞이 비어 있습니다. {0}',
  'a blank before the "=" would become part of the name. Remove it.':
    '"=" 앞의 공백은 이름의 일부가 됩니다. 제거하세요.',
  'nothing after the "=". {0}': '"=" 뒤가 비어 있습니다. {0}',
  '{0} is unknown. Accepted: {1}.{2}': '{0} 항목은 알 수 없습니다. 허용: {1}.{2}',
  '{0} is not {1}.': '{0} 값이 올바르지 않습니다. 필요한 값: {1}.',
  'what follows {0} is not {1}.': '{0} 뒤의 값이 올바르지 않습니다. 필요한 값: {1}.',
  'words without quotes, or a JSON array of strings such as ["npm", "start"]':
    '따옴표 없는 단어들, 또는 ["npm", "start"] 같은 문자열 JSON 배열',
  "`run-task: true` would run the older revision's task before `rollback-to` releases it, and a migration of an older revision does not undo that of a newer one. Leave one of them out: in a workflow that does both, `run-task` can be the expression `inputs.rollback-to == ''`.":
    "`run-task: true`는 `rollback-to`가 이전 리비전을 배포하기 전에 그 리비전의 태스크를 실행하지만, 이전 리비전의 마이그레이션은 새 리비전의 마이그레이션을 되돌리지 않습니다. 둘 중 하나를 제거하세요. 둘 다 쓰는 워크플로에서는 `run-task`를 `inputs.rollback-to == ''` 표현식으로 지정할 수 있습니다.",
  '`wait-for-task-stopped: false` would release before the task has ended, and so before anybody knows whether it has failed. Leave it out, or set it to true: with `run-task: true` a release always waits. Start a task that the release need not wait for in a step of its own (`aws ecs run-task`).':
    '`wait-for-task-stopped: false`이면 태스크가 끝나기 전, 즉 실패 여부를 알기 전에 배포가 시작됩니다. 제거하거나 true로 설정하세요. `run-task: true`이면 배포는 항상 태스크를 기다립니다. 기다릴 필요가 없는 태스크는 별도 단계에서 시작하세요(`aws ecs run-task`).',
  '`run-task-security-groups` needs `run-task-subnets`: AWS takes security groups only together with subnets. Set `run-task-subnets` to those of the service, for example.':
    '`run-task-security-groups`에는 `run-task-subnets`가 필요합니다. AWS는 보안 그룹을 서브넷과 함께 지정할 때만 받습니다. 예를 들어 서비스의 서브넷을 `run-task-subnets`에 설정하세요.',
  '`{0}` has no effect: `{1}` is not set.':
    '`{0}` 입력은 효과가 없습니다. `{1}` 입력이 설정되지 않았습니다.',
  '`{0}` has no effect: `{1}` says where the task runs.':
    '`{0}` 입력은 효과가 없습니다. 태스크의 실행 위치는 `{1}` 입력이 정합니다.',
  '`{0}` is ignored: {1}.': '`{0}` 입력은 무시됩니다: {1}.',
  '`run-task-tags`: the key "{0}" begins with aws:, which AWS keeps for itself. Name it otherwise.':
    '`run-task-tags`: 키 "{0}"의 접두사 aws:는 AWS 전용입니다. 다른 이름을 쓰세요.',
  '`{0}` is not set, and `{1}` needs it: one names the volume of the task definition, the other says what it is to be. Set both, or neither.':
    '`{0}` 입력이 설정되지 않았지만 `{1}` 입력에 필요합니다. 하나는 태스크 정의의 볼륨 이름이고 다른 하나는 그 볼륨의 설정입니다. 둘 다 설정하거나 둘 다 제거하세요.',
  '`role-session-name` has no effect: `role-to-assume` is not set.':
    '`role-session-name`은 효과가 없습니다. `role-to-assume`이 설정되지 않았습니다.',
  '`verify-function` has no effect: `verification` is not set.':
    '`verify-function`은 효과가 없습니다. `verification`이 설정되지 않았습니다.',
  '`image` is empty: {0} keeps the image that the task definition names. Where `image` was meant to be set: {1}.':
    '`image`가 비어 있어 {0} 컨테이너는 태스크 정의의 이미지를 그대로 씁니다. `image`를 설정하려 했다면: {1}.',
  '`{0}` is required and not set. Set it.': '필수 입력 `{0}` 값이 없습니다. 설정하세요.',
  '`{0}`: {1} is not accepted. {2}': '`{0}`: {1} 값은 허용되지 않습니다. {2}',
  ' Did you mean `{0}`?': ' 혹시 `{0}`?',
  '`{0}` is not an input of this action.{1} Correct or remove it (an `env:` entry named {2} counts as one).':
    '`{0}` 입력은 이 액션에 없습니다.{1} 고치거나 제거하세요(`env:`의 {2} 항목도 입력으로 취급됩니다).',
  'as `codedeploy-appspec` asks': '`codedeploy-appspec` 설정에 따라',
  'no appspec.yaml is read with `rollback-to`': '`rollback-to` 사용 시 appspec.yaml을 읽지 않음',
  '`wait-for-service-stability: {0}` means `wait-for: {1}`, and `wait-for` says {2}. Keep `wait-for`.':
    '`wait-for-service-stability: {0}` 설정은 `wait-for: {1}` 설정과 같은데, `wait-for`의 값은 {2}입니다. `wait-for`만 남기세요.',
  'the name of an ECS cluster (letters, digits, "-", "_"; up to 255) or its ARN':
    'ECS 클러스터의 이름(영문자, 숫자, "-", "_", 255자 이하) 또는 ARN',
  'the name of an ECS service (letters, digits, "-", "_"; up to 255) or its ARN':
    'ECS 서비스의 이름(영문자, 숫자, "-", "_", 255자 이하) 또는 ARN',
  'the name of a container (letters, digits, "-", "_"; up to 255)':
    '컨테이너 이름(영문자, 숫자, "-", "_", 255자 이하)',
  'the name of a container (letters, digits, "-", "_"; up to 255), or several with commas':
    '컨테이너 이름(영문자, 숫자, "-", "_", 255자 이하), 여러 개는 쉼표로 구분',
  'a whole image such as {0}, without `https://` and in lower case; where a part is missing, the output that was to fill it is empty: its name is misspelt, or GitHub has masked it; where it holds a variable such as $ECR_REGISTRY, write `${{ env.ECR_REGISTRY }}`':
    '{0} 같은 전체 이미지 주소(소문자, `https://` 제외). 일부가 비었다면 그 자리를 채울 출력이 비어 있는 것입니다. 출력 이름이 틀렸거나 GitHub가 값을 가렸습니다. $ECR_REGISTRY 같은 변수는 `${{ env.ECR_REGISTRY }}`로 쓰세요',
  'an ARN such as arn:aws:ecs:eu-west-1:123456789012:task-definition/shop:42':
    'arn:aws:ecs:eu-west-1:123456789012:task-definition/shop:42 같은 ARN',
  'the name of a task definition family (letters, digits, "-", "_"; up to 255)':
    '태스크 정의 패밀리 이름(영문자, 숫자, "-", "_", 255자 이하)',
  'family or family:revision': 'family 또는 family:revision',
  'an IAM role, as ARN (arn:aws:iam::123456789012:role/name) or as name':
    'IAM 역할의 ARN(arn:aws:iam::123456789012:role/name) 또는 이름',
  'the ARN of an IAM role (arn:aws:iam::123456789012:role/name)':
    'IAM 역할의 ARN(arn:aws:iam::123456789012:role/name)',
  '2 to 64 letters, digits, or any of "_+=,.@-"': '영문자, 숫자, "_+=,.@-" 2~64자',
  'an AWS region such as eu-west-1': 'eu-west-1 같은 AWS 리전',
  'the name or the ARN of a Lambda function': 'Lambda 함수의 이름 또는 ARN',
  'a name of up to 100 characters': '100자 이하의 이름',
  'up to 256 characters': '256자 이하',
  'the name of a DynamoDB table (3 to 255 letters, digits, "_", "-", ".")':
    'DynamoDB 테이블 이름(영문자, 숫자, "_", "-", "." 3~255자)',
  'an http or https address without user and password':
    '사용자와 비밀번호가 없는 http 또는 https 주소',
  '${{ github.token }}, or another token with `deployments: write`':
    '${{ github.token }}, 또는 `deployments: write` 권한이 있는 다른 토큰',
  'the name of a GitHub environment (up to 255 characters)': 'GitHub 환경 이름(255자 이하)',
  "previous, a revision's number, family:revision, or an ARN":
    'previous, 리비전 번호, family:revision 또는 ARN',
  'the path of a .yml, .yaml or .json file within the workspace, such as release/verification.yml':
    'release/verification.yml처럼 작업 공간 안에 있는 .yml, .yaml, .json 파일의 경로',
  'a path, absolute or relative to the workspace, on one line':
    '한 줄로 된 절대 경로 또는 작업 공간 기준 상대 경로',
  'the ARN of a Secrets Manager secret or SSM parameter, or the name of a parameter':
    'Secrets Manager 보안 암호나 SSM 파라미터의 ARN, 또는 파라미터 이름',
  'the ARN of an S3 object (arn:aws:s3:::bucket/file.env)':
    'S3 객체의 ARN(arn:aws:s3:::bucket/file.env)',
  'ids of subnets such as subnet-0a1b2c3d4e5f67890, with commas between them':
    'subnet-0a1b2c3d4e5f67890 같은 서브넷 ID, 쉼표로 구분',
  'ids of security groups such as sg-0a1b2c3d4e5f67890, with commas between them':
    'sg-0a1b2c3d4e5f67890 같은 보안 그룹 ID, 쉼표로 구분',
  'up to 128 letters, digits, "-", "/" and "_"': '영문자, 숫자, "-", "/", "_" 128자 이하',
  'the name of a volume (letters, digits, "-", "_"; up to 255)':
    '볼륨 이름(영문자, 숫자, "-", "_", 255자 이하)',
  '{0} problems with the inputs:': '입력에 문제가 {0}개 있습니다:',
  '`break-glass-reason` needs `{0}`: only a rollback to a revision that the ledger knows as approved may pass without a person.':
    '`break-glass-reason`에는 `{0}` 입력이 필요합니다. 긴급 승인은 원장에 승인 기록이 있는 리비전으로 롤백할 때만 가능합니다.',
  '`rollback-to` and `task-definition` both say what to release. Keep one of them.':
    '`rollback-to`와 `task-definition`이 모두 배포할 대상을 지정합니다. 하나만 남기세요.',
  '`rollback-to` releases a revision as it was; remove the inputs that would change it (`image`, `environment-variables`, ...).':
    '`rollback-to`는 리비전을 그대로 배포합니다. 리비전을 바꾸는 입력(`image`, `environment-variables` 등)을 제거하세요.',
  "`rollback-to`: {0} is not accepted. Wanted previous, a revision's number, family:revision, or an ARN.":
    '`rollback-to`: {0} 값은 허용되지 않습니다. 허용: previous, 리비전 번호, family:revision 또는 ARN.',
  '`service` is in cluster "{0}" by its ARN ({1}), and `cluster` says "{2}". Remove `cluster`, or name the service that is meant.':
    '`service`의 ARN({1})에 따르면 클러스터는 "{0}"인데, `cluster`의 값은 "{2}"입니다. `cluster`를 제거하거나 올바른 서비스를 지정하세요.',
  '`{0}` names the {1} {2} by its ARN, and `{3}` the {4} {5}. Correct one of them.':
    '`{0}`의 ARN은 {1} {2}, `{3}`의 ARN은 {4} {5}입니다. 둘 중 하나를 고치세요.',
  '`{0}` is in account {1} by its ARN, and `role-to-assume` is a role of account {2}. Correct one of them.':
    '`{0}`의 ARN은 계정 {1}, `role-to-assume`의 역할은 계정 {2}에 있습니다. 둘 중 하나를 고치세요.',
  partition: '파티션',
  region: '리전',
  account: '계정',
  'a revision': '리비전',
  minutes: '분',
  retries: '재시도 횟수',
  'without `run-task` it means nothing, in the official action too':
    '`run-task` 없이는 의미가 없으며, 공식 액션에서도 같습니다',
  'it belongs to UpdateService, which neither this action nor the official one calls on a service that CodeDeploy controls':
    'UpdateService의 설정인데, CodeDeploy가 관리하는 서비스에는 이 액션도 공식 액션도 UpdateService를 호출하지 않습니다',
  "{0}; a release keeps the service's count": '{0}. 배포는 서비스의 태스크 수를 유지합니다',
  'the action polls at its own pace, in seconds while something moves':
    '상태 조회 간격은 액션이 정하며, 변화가 있는 동안에는 초 단위입니다',
  'empty values of a task definition are kept wherever AWS takes them':
    '태스크 정의의 빈 값은 AWS가 받는 한 그대로 유지됩니다',
  '{0} both name the task definition. Keep one of them.':
    '{0} 입력이 모두 태스크 정의를 지정합니다. 하나만 남기세요.',
  '`task-definition-revision` says which revision of a family, and `task-definition-family` is not set. Set it, or write family:{0} in `task-definition`.':
    '`task-definition-revision`은 패밀리의 리비전을 지정하지만 `task-definition-family`가 설정되지 않았습니다. 설정하거나 `task-definition`에 family:{0} 형식으로 쓰세요.',
  '`task-definition`: {0} is not the ARN of a task definition. Accepted: {1}.':
    '`task-definition`: {0} 값은 태스크 정의의 ARN이 아닙니다. 허용: {1}.',
  '`task-definition`: {0} is neither a path (it would end in .json, .yml or .yaml, or hold a "/": write ./{1} for a file of another name), nor an ARN, nor family[:revision].':
    '`task-definition`: {0} 값은 경로도, ARN도, family[:revision]도 아닙니다. 경로는 .json, .yml, .yaml로 끝나거나 "/"가 있어야 합니다. 다른 이름의 파일은 ./{1} 형식으로 쓰세요.'
}
