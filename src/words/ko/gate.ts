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
  "not finished within the function's time": '함수의 제한 시간 안에 끝나지 않음'
}
