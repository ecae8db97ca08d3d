import type { Catalogue } from '../language.ts'

/** What `src/taskdef` says. */
export const TASKDEF: Catalogue = {
  ' (value hidden)': ' (값 숨김)',
  anything: '모든 값',
  '{0}: {1} begins with an empty word, which AWS refuses; remove the word, or put what is to run there':
    '{0}: {1}의 첫 단어가 비어 있어 AWS가 받지 않습니다. 빈 단어를 제거하거나 실행할 명령을 적으세요',
  '{0}: found {1}, wanted {2}{3}': '{0}: 입력된 값: {1}, 필요한 값: {2}{3}',
  'it is for people and editors, and ECS takes no such member; remove it':
    '사람이나 편집기를 위한 항목으로 ECS가 받지 않습니다. 제거하세요',
  'ECS does not know it; it knows "{0}"': 'ECS에 없는 항목입니다. 올바른 이름: "{0}"',
  'it is not known here; it belongs in {0}': '이 위치에는 없는 항목입니다. 올바른 위치: {0}',
  'it belongs to the service, which a release leaves as it is; remove it':
    '서비스의 설정이며 배포는 서비스를 바꾸지 않습니다. 제거하세요',
  '; did you mean "{0}"?': '. 혹시 "{0}"?',
  'the AWS SDK of this action does not know it{0}': '이 액션의 AWS SDK에 없는 항목입니다{0}',
  '; remove it, or use a newer version of this action':
    '. 제거하거나 이 액션의 최신 버전을 사용하세요',
  'the task definition itself': '태스크 정의의 최상위',
  ' (put it in quotes)': ' (따옴표로 묶으세요)',
  'the image {0}': '이미지 {0}',
  '{0}, a placeholder that nothing has filled: set `container-name` and `image`':
    '{0}: 채워지지 않은 자리표시자입니다. `container-name`과 `image`를 설정하세요',
  "{0}, an address: an image begins with the registry's host, without `{1}//`":
    '{0}: 웹 주소입니다. 이미지는 `{1}//` 없이 레지스트리의 호스트로 시작합니다',
  '{0}, with blanks around it': '{0}: 앞뒤에 공백이 있습니다',
  '{0}: the name of a repository has no capital letters, and a digest has none either':
    '{0}: 리포지토리 이름과 다이제스트에는 대문자를 쓸 수 없습니다',
  '{0}: wanted [registry/]repository[:tag][@digest], such as {1}; where a part is missing, what was to fill it is empty':
    '{0}: 필요한 형식은 [registry/]repository[:tag][@digest]입니다. 예: {1}. 빠진 부분이 있다면 그 자리를 채울 값이 비어 있는 것입니다',
  'container "{0}" does not exist in the task definition; {1}':
    '컨테이너 "{0}": 태스크 정의에 없습니다. {1}',
  'those that exist: {0}': '있는 컨테이너: {0}',
  'it has none': '컨테이너가 하나도 없습니다',
  '`container-name` is wanted: it names the container that gets {0}':
    '`container-name`이 필요합니다. {0} 입력을 적용할 컨테이너를 지정합니다',
  'container "{0}" has no log driver for `log-configuration-options`; name one in `log-configuration-log-driver`':
    '컨테이너 "{0}": `log-configuration-options`에 필요한 로그 드라이버가 없습니다. `log-configuration-log-driver`에 지정하세요',
  'this is the answer of DescribeTaskDefinition; the task definition is its `taskDefinition` member':
    'DescribeTaskDefinition의 응답입니다. 태스크 정의는 그 안의 `taskDefinition` 항목입니다',
  '{0}[{1}].{2}: found nothing, wanted text': '{0}[{1}].{2}: 값이 없습니다. 필요한 값: 문자열',
  'family: found {0}, wanted up to 255 letters, digits, "_" and "-"':
    'family: 입력된 값: {0}, 필요한 값: 영문자, 숫자, "_", "-" 255자 이하',
  'an empty list': '빈 목록',
  'containerDefinitions: found {0}, wanted a list of at least one container':
    'containerDefinitions: 입력된 값: {0}, 필요한 값: 컨테이너가 하나 이상 있는 목록',
  '{0}: found {1}, wanted a container': '{0}: 입력된 값: {1}, 필요한 값: 컨테이너',
  '{0}.name: a container needs a name': '{0}.name: 컨테이너에는 이름이 필요합니다',
  '{0}.name: a second container "{1}"': '{0}.name: 컨테이너 "{1}" 중복',
  '{0} has no image': '{0}: 이미지가 없습니다',
  '{0} has {1}': '{0}: {1}',
  'container "{0}"': '컨테이너 "{0}"',
  '{0}: "{1}" is both an environment variable and a secret':
    '{0}: "{1}" 항목이 환경 변수와 시크릿에 모두 있습니다'
}
