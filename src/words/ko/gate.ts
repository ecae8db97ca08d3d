import type { Catalogue } from '../language.ts'

/** What `src/gate` says in evidence and in reasons. Its card has words of its own. */
export const GATE: Catalogue = {
  '{0} answers {1}': '{0} 응답: {1}',
  '{0} answers without keys': '{0} 응답에 키가 없습니다',
  'nobody observed it after {0}': '{0} 이후에는 관찰되지 않음',
  'what was measured before {0} is lost': '{0} 이전의 측정값이 유실됨',
  '{0} not sent, between two functions ({1} in all)':
    '두 함수 사이에서 보내지 못함: {0} (모두 {1})',
  'an image that is not known': '알 수 없는 이미지',
  'nothing known': '알 수 없음',
  '{0} ran {1}, and runs {2}': '{0}: 이전 {1}, 현재 {2}',
  'measured before green changed: {0}': '그린이 바뀌기 전에 측정됨: {0}',
  ', and tasks that do not say': ', 그 밖에 알 수 없는 태스크',
  'green runs {0} {1}{2}': '그린이 실행 중인 이미지: {0} {1}{2}',
  'asked of {0} {1}, while green runs {2}':
    '검증한 이미지({0} {1})와 그린이 실행 중인 이미지({2})가 다름',
  "the gate's stack does not allow requests to {0}; add it to the stack's parameter VerifyOrigins, or leave it out of the file":
    '게이트 스택이 {0} 주소로 보내는 요청을 허용하지 않습니다. 스택 파라미터 VerifyOrigins에 추가하거나 파일에서 제거하세요',
  'there is neither a test listener nor a running task to ask':
    '검증할 테스트 리스너도 실행 중인 태스크도 없습니다',
  "not finished within the function's time": '함수의 제한 시간 안에 끝나지 않음',
  '{0} is no file of parameters, so it is left as it is: wanted a JSON list of "NAME=VALUE"; name another file with --parameters':
    '{0} 파일은 파라미터 파일이 아니므로 그대로 둡니다. "NAME=VALUE"의 JSON 목록이어야 합니다. --parameters로 다른 파일을 지정하세요',
  '{0}: {1} bytes, as {2} says': '{0}: {1}바이트, {2} 파일의 체크섬과 일치',
  'put as s3://{0}/{1}': '업로드 위치: s3://{0}/{1}',
  '{0} names it: --parameter-overrides file://{1}':
    '{0} 파일에 기록했습니다: --parameter-overrides file://{1}',
  'there is no bucket {0} in this account: add --create-bucket to make it, or name one with --bucket':
    '이 계정에 {0} 버킷이 없습니다. --create-bucket으로 만들거나 --bucket으로 다른 버킷을 지정하세요',
  'the bucket {0} is in {1}, the stack in {2}: Lambda takes code from no other region; name another one with --bucket':
    '{0} 버킷은 {1} 리전에, 스택은 {2} 리전에 있습니다. Lambda는 다른 리전의 코드를 받지 않으니 --bucket으로 다른 버킷을 지정하세요',
  "the bucket {0} is not this account's, or these credentials may not look at it; name another one with --bucket":
    '{0} 버킷이 이 계정의 것이 아니거나 이 자격 증명에 조회 권한이 없습니다. --bucket으로 다른 버킷을 지정하세요',
  'made the bucket {0} in {1}: private, with versions, over TLS only':
    '{1} 리전에 {0} 버킷을 만들었습니다: 비공개, 버전 관리, TLS 전용',
  '{0}/{1} does not name {2}': '{0}/{1} 파일에 {2} 항목이 없습니다',
  '{0}/{1} is not the one of the release: its SHA-256 is {2}, {3} says {4}; nothing was sent. Download the release again':
    '{0}/{1} 파일이 릴리스의 파일과 다릅니다. SHA-256은 {2}, {3}의 값은 {4}입니다. 아무것도 전송하지 않았습니다. 릴리스를 다시 내려받으세요',
  'AWS says who calls, but no account: {0}': 'AWS 응답에 계정이 없습니다: {0}',
  'no region: set AWS_REGION, or give --region':
    '리전이 없습니다. AWS_REGION을 설정하거나 --region을 지정하세요',
  'Slack does not say which app this token is of: is it the Bot User OAuth Token, which begins with xoxb-?':
    'Slack이 이 토큰의 앱을 알려 주지 않습니다. xoxb-로 시작하는 Bot User OAuth Token인지 확인하세요',
  '{0} names both: --parameter-overrides file://{1}':
    '{0} 파일에 둘 다 기록했습니다: --parameter-overrides file://{1}',
  'stored token and signing secret as {0}': '토큰과 서명 시크릿을 저장했습니다: {0}',
  'there is a secret {0} already, which stays as it is; `aws secretsmanager put-secret-value` gives it a new value':
    '시크릿 {0} 항목이 이미 있어 그대로 둡니다. 새 값은 `aws secretsmanager put-secret-value`로 저장하세요',
  'stored the policy as {0}:': '정책을 저장했습니다: {0}',
  'there is a policy {0} already, which stays as it is': '정책 {0} 항목이 이미 있어 그대로 둡니다',
  'wanted on standard input: {"bot-token": "xoxb-...", "signing-secret": "..."}, from a file: < slack.json':
    '표준 입력에 {"bot-token": "xoxb-...", "signing-secret": "..."} 형식이 필요합니다. 파일에서 읽으려면: < slack.json',
  'aws {0} failed: {1}': 'aws {0} 실패: {1}',
  'aws {0} could not be run: the AWS CLI is needed on the PATH (https://docs.aws.amazon.com/cli/)':
    'aws {0} 명령을 실행할 수 없습니다. PATH에 AWS CLI가 필요합니다(https://docs.aws.amazon.com/cli/)'
}
