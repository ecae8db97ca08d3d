import type { Catalogue } from '../language.ts'

/** What `src/documents` says. */
export const DOCUMENTS: Catalogue = {
  'relative to the workspace, or absolute': '작업 공간 기준 상대 경로 또는 절대 경로',
  'within the workspace': '작업 공간 안의 경로',
  '`{0}`: cannot read "{1}": {2}; give a path {3}, and check out the repository first':
    '`{0}`: "{1}" 파일을 읽을 수 없습니다: {2}. 저장소를 먼저 체크아웃하고 올바른 경로를 지정하세요({3})',
  'the end of the file': '파일의 끝',
  'nested deeper than {0} levels': '중첩이 {0}단계를 넘습니다',
  'a value': '값',
  'a key in double quotes': '큰따옴표로 묶은 키',
  'the key {0} is there twice': '키 {0} 중복',
  '"," or "{0}"': '"," 또는 "{0}"',
  'text in double quotes': '큰따옴표로 묶은 문자열',
  'text that does not end on its line, or a bad escape or control character':
    '같은 줄에서 끝나지 않는 문자열, 또는 잘못된 이스케이프나 제어 문자',
  'found {0}, wanted {1}': '입력된 값: {0}, 필요한 값: {1}',
  nothing: '없음',
  'a list': '목록',
  'a mapping': '매핑',
  'true or false': 'true 또는 false',
  'a number': '숫자',
  'no finite number': '유한하지 않은 수',
  text: '문자열',
  'is there twice, as "{0}" too': '두 번 있습니다("{0}")',
  'a list of at least one text': '문자열이 하나 이상 있는 목록',
  ' and ': ', ',
  'a whole number from {0} to {1}': '{0}에서 {1}까지의 정수',
  'is missing': '누락',
  '; did you mean {0}?': '. 혹시 {0}?',
  'is not known, accepted: {0}{1}': '알 수 없는 항목입니다. 허용: {0}{1}',
  'the file is empty': '파일이 비어 있음',
  'the top level is {0}': '최상위 값: {0}',
  '{0}, wanted a mapping': '{0}. 필요한 값: 매핑',
  '{0} (at most {1} aliases)': '{0} (별칭은 최대 {1}개)',
  '{0}:1:1: the file is in {1}; save it as UTF-8':
    '{0}:1:1: 파일의 인코딩이 {1}입니다. UTF-8로 저장하세요',
  '{0}:{1}:{2}: the file is not in UTF-8, as byte 0x{3} shows: it looks like {4}; save it as UTF-8':
    '{0}:{1}:{2}: 파일이 UTF-8이 아닙니다(바이트 0x{3}). {4} 인코딩으로 보입니다. UTF-8로 저장하세요'
}
