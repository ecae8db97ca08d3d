import type { Catalogue } from '../language.ts'

/** What `src/aws` says. AWS's own words stay as AWS says them. */
export const AWS: Catalogue = {
  'the answer did not end within {0} ms': '{0}ms 안에 응답이 끝나지 않았습니다',
  'cannot assume {0}: {1}': '역할을 수임할 수 없습니다({0}): {1}',
  'GetRole answered without a role': 'GetRole 응답에 역할이 없습니다',
  'no answer within {0} s': '{0}초 안에 응답이 없습니다',
  'no address': '주소가 아닌 값',
  'a proxy that speaks {0}': '{0} 프록시',
  '{0} names {1}; wanted http://host:port or https://host:port, with user:password@ before the host where the proxy asks for it':
    '{0} 값: {1}. 필요한 값: http://host:port 또는 https://host:port, 프록시가 인증을 요구하면 호스트 앞에 user:password@',
  'family: wanted text': 'family: 필요한 값: 문자열',
  'containerDefinitions: wanted a list': 'containerDefinitions: 필요한 값: 목록',
  'DescribeTaskDefinition of {0} answered without a task definition':
    'DescribeTaskDefinition 응답에 태스크 정의가 없습니다({0})',
  'RegisterTaskDefinition answered without an ARN': 'RegisterTaskDefinition 응답에 ARN이 없습니다'
}
