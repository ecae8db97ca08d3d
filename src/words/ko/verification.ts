import type { Catalogue } from '../language.ts'

/** Problems of a verification file. Each comes after the place where it is. */
const FILE: Catalogue = {
  'wanted at most {0} s': '최대 {0}초까지 지정할 수 있습니다',
  'wanted {0}': '{0} 형식이어야 합니다',
  'wanted a status from 100 to 599, or a list of them':
    '100~599 사이의 상태 코드 또는 그 목록이어야 합니다',
  'wanted a text, {equals: text} or {contains: text}':
    '문자열, {equals: 문자열}, {contains: 문자열} 중 하나여야 합니다',
  'wanted a mapping of JSON paths to what is expected there':
    'JSON 경로와 기대하는 값의 매핑이어야 합니다',
  'wanted a value, or one of {equals: value}, {contains: value}, {exists: true or false}':
    '값 또는 {equals: 값}, {contains: 값}, {exists: true/false} 중 하나여야 합니다',
  'a duration such as 500 ms, 2 s or 1 min': '500 ms, 2 s, 1 min 같은 시간',
  'wanted a share such as 1 % or 0.5 %': '1 %, 0.5 % 같은 비율이어야 합니다',
  'uses match() or search(), whose patterns can take for ever; accepted are the other functions of RFC 9535, and {equals: value} or {contains: value} for what the path finds':
    'match()와 search()는 실행이 끝나지 않을 수 있어 사용할 수 없습니다. RFC 9535의 다른 함수를 사용하거나, 경로가 찾은 값에 {equals: 값} 또는 {contains: 값}을 사용하세요',
  'is no JSON path (RFC 9535), such as $.items[0].name':
    'JSON 경로(RFC 9535)가 아닙니다. 예: $.items[0].name',
  'are those of k6, which runs a script only; name one':
    'k6의 인수이며, k6는 스크립트만 실행합니다. script를 지정하세요',
  'wanted 1 s to {0} min': '1 s부터 {0} min까지 지정할 수 있습니다',
  'has no meaning in a load': '부하 테스트에서는 의미가 없습니다',
  'is missing; wanted requests to send, or a k6 script':
    '없습니다. 보낼 요청이나 k6 스크립트가 필요합니다',
  'are those of a k6 script; name one': 'k6 스크립트의 체크입니다. script를 지정하세요',
  'wanted a share such as 99 %, or a share by the name of a check':
    '99 % 같은 비율이거나, 체크 이름별 비율이어야 합니다',
  'found {0} names, wanted 1 to {1}': '이름이 {0}개입니다. 1~{1}개여야 합니다',
  'wanted a share such as 99 %': '99 % 같은 비율이어야 합니다',
  'found {0}, wanted a path within the workspace':
    '{0} 값은 사용할 수 없습니다. 워크스페이스 안의 경로여야 합니다',
  'wanted 1 min to 30 min': '1 min부터 30 min까지 지정할 수 있습니다',
  'found {0}, wanted at most {1}': '{0}개입니다. 최대 {1}개까지 지정할 수 있습니다',
  'found {0}, {1}': '입력값 {0}: {1}',
  'wanted a side, a metric, a comparison and a figure, such as green target-5xx < 1 or green response-time < 300 ms':
    '대상, 지표, 비교, 수치 순서여야 합니다. 예: green target-5xx < 1, green response-time < 300 ms',
  'where the side {0} is not known, accepted: {1}':
    '{0} 대상은 알 수 없습니다. 사용할 수 있는 값: {1}',
  'where the metric {0} is not known, accepted: {1}':
    '{0} 지표는 알 수 없습니다. 사용할 수 있는 값: {1}',
  '{0}; did you mean {1}?': '{0}. 혹시 {1} 아닌가요?',
  'where the comparison {0} is not known, accepted: {1}':
    '{0} 비교는 알 수 없습니다. 사용할 수 있는 값: {1}',
  'where a duration is wanted in ms or s: 300 ms': '시간은 ms 또는 s 단위로 씁니다. 예: 300 ms',
  'where {0} has no unit': '{0} 지표에는 단위가 없습니다',
  'nothing is verified: wanted checks, flows, load, availability, metrics or recovery':
    '검증할 것이 없습니다. checks, flows, load, availability, metrics, recovery 중 하나가 필요합니다',
  "found {0}, which the runner or AWS's clients use; accepted is any other name but ACTIONS_*, AWS_*, GITHUB_*, INPUT_* and RUNNER_*, so hand the value over by one of your own":
    '{0} 변수는 러너나 AWS 클라이언트가 사용합니다. ACTIONS_*, AWS_*, GITHUB_*, INPUT_*, RUNNER_* 외의 이름만 사용할 수 있으니 별도의 변수로 값을 넘기세요',
  'found {0}, wanted the name of an environment variable':
    '{0} 값은 사용할 수 없습니다. 환경 변수 이름이어야 합니다',
  'found {0}, wanted http:// or https://, a host, and a port where it is another than the usual':
    '{0} 값은 사용할 수 없습니다. http:// 또는 https://와 호스트, 기본 포트가 아니면 포트까지 필요합니다',
  '{0} is there twice': '{0} 이름이 두 번 있습니다',
  'found {0} bytes, wanted at most {1}; shorten the name':
    '{0}바이트입니다. 최대 {1}바이트까지 가능하니 이름을 줄이세요',
  "{0} is a section's": '{0} 이름은 섹션이 사용합니다',
  'is empty, wanted at least one': '비어 있습니다. 하나 이상 필요합니다',
  'found {0}, wanted a path that starts with one /':
    '{0} 값은 사용할 수 없습니다. / 하나로 시작하는 경로여야 합니다',
  'found {0}, wanted the name of a cluster':
    '{0} 값은 사용할 수 없습니다. 클러스터 이름이어야 합니다',
  'wanted 1 s to 30 min': '1 s부터 30 min까지 지정할 수 있습니다',
  'and url cannot both be there': 'url과 함께 사용할 수 없습니다',
  'is missing; wanted a path on the target, or url': '없습니다. 대상의 경로나 url이 필요합니다',
  'found {0}, wanted an http or https URL':
    '{0} 값은 사용할 수 없습니다. http 또는 https URL이어야 합니다',
  'goes to {0}, which target.allow does not list': '{0} 주소가 target.allow에 없습니다',
  'wanted a text in one line': '한 줄 문자열이어야 합니다',
  'is no header that a request may set': '요청에 지정할 수 없는 헤더입니다',
  'wanted a text, or a mapping or list to be sent as JSON':
    '문자열이거나, JSON으로 보낼 매핑 또는 목록이어야 합니다',
  'wanted a mapping of names to JSON paths, or to header:NAME':
    '이름과 JSON 경로(또는 header:NAME)의 매핑이어야 합니다',
  'wanted a name of letters, digits, _ and -': '이름에는 영문자, 숫자, _, -만 사용할 수 있습니다',
  'wanted a JSON path such as $.id, or header:NAME':
    '$.id 같은 JSON 경로 또는 header:NAME이어야 합니다',
  'is not listed in env; add {0} to it': 'env에 없습니다. {0} 변수를 env에 추가하세요',
  'is saved by no step before this one': '이전 단계에서 저장되지 않았습니다',
  '{0}: found {1}': '{0}: 입력값 {1}',
  '{0}, wanted a statistic, a comparison and a limit with its unit, such as p99 < 500 ms, failure-rate < 1 % or rate > 50 /s':
    '{0}. 통계, 비교, 단위를 붙인 한도 순서여야 합니다. 예: p99 < 500 ms, failure-rate < 1 %, rate > 50 /s',
  '{0}, where the statistic {1} is not known, accepted: {2}':
    '{0}. {1} 통계는 알 수 없습니다. 사용할 수 있는 값: {2}',
  '{0}, where the comparison {1} is not known, accepted: {2}':
    '{0}. {1} 비교는 알 수 없습니다. 사용할 수 있는 값: {2}',
  'where a rate is wanted in requests a second: 50 /s': 'rate는 초당 요청 수로 씁니다. 예: 50 /s',
  'where a failure rate is wanted in per cent, 1 %, or as a fraction below 1, 0.01':
    'failure-rate는 1 % 같은 백분율이나 0.01 같은 1 미만의 소수로 씁니다',
  'where a duration is wanted in ms or s: 500 ms or 0.5 s':
    '시간은 ms 또는 s 단위로 씁니다. 예: 500 ms, 0.5 s'
}

/** The load, its engines and a script's checks. */
const LOAD: Catalogue = {
  'p99 {0}': 'p99 {0}',
  '{0} of {1} requests failed ({2})': '요청 {1}건 중 {0}건 실패({2})',
  '{0} of {1} thresholds hold': '임계값 {1}개 중 {0}개 충족',
  '{0} of {1} thresholds hold ({2} without a sample)':
    '임계값 {1}개 중 {0}개 충족(표본 없음 {2}개)',
  '{0} (not measured)': '{0}(측정되지 않음)',
  '{0} of {1} checks pass': '체크 {1}개 중 {0}개 통과',
  '"{0}" ({1})': '"{0}"({1})',
  '"{0}" failed {1} of {2} times': '"{0}" {2}회 중 {1}회 실패',
  'never ran': '실행되지 않음',
  'passed {0} of {1} times': '{1}회 중 {0}회 통과',
  '{0}, not {1} and {2} more': '{0}, 미충족: {1} 외 {2}개',
  '{0}, not {1}': '{0}, 미충족: {1}',
  'and {0} more': '외 {0}개',
  'the script logged an error': '스크립트 오류 로그 1건',
  'the script logged {0} errors': '스크립트 오류 로그 {0}건',
  'no check ran, although the file has load.checks':
    '파일에 load.checks가 있지만 실행된 체크가 없습니다',
  'k6 ended with exit code 99, a threshold was crossed, but by its figures none is, so the load counts as failed':
    'k6는 임계값을 넘었다며 종료 코드 99로 끝났지만 수치로는 넘은 임계값이 없어, 부하 테스트를 실패로 처리합니다',
  'k6 ended with exit code 0, every threshold holds, but by its figures this does not: {0}; so the load counts as failed':
    'k6는 종료 코드 0으로 끝났지만 수치로는 충족하지 않는 임계값이 있어, 부하 테스트를 실패로 처리합니다: {0}',
  'k6 is not there ({0}), so its script did not run':
    'k6가 없어 스크립트를 실행하지 못했습니다({0})',
  'the load has no requests to send instead; install k6, say in k6-path where it is, or give requests':
    '대신 보낼 요청도 없습니다. k6를 설치하거나, k6-path에 위치를 지정하거나, requests를 추가하세요',
  'stopped early': '조기 중단',
  'thresholds of the script': '스크립트의 임계값',
  interrupted: '중단됨',
  'interrupted, {0}': '중단됨, {0}',
  'k6 version says no version, exit code {0}{1}':
    'k6 version 명령이 버전을 출력하지 않았습니다. 종료 코드 {0}{1}',
  'killed by a signal': '시그널로 종료됨',
  'exit code {0}': '종료 코드 {0}',
  'exit code {0}, {1}': '종료 코드 {0}, {1}',
  'its summary is longer than {0} bytes': '요약이 {0}바이트를 넘습니다',
  'k6 wrote no summary (--no-summary and --summary-mode=disabled keep it from doing so)':
    'k6가 요약을 남기지 않았습니다(--no-summary와 --summary-mode=disabled를 쓰면 남지 않습니다)',
  'the cloud run failed': '클라우드 실행 실패',
  'the cloud run could not be followed': '클라우드 실행을 추적할 수 없음',
  'setup() took too long': 'setup() 시간 초과',
  'teardown() took too long': 'teardown() 시간 초과',
  'the options are not valid': '잘못된 옵션',
  'it was interrupted': '중단됨',
  'the script threw an error': '스크립트에서 오류 발생',
  'the script aborted the test': '스크립트가 테스트를 중단함',
  'k6 crashed': 'k6 비정상 종료',
  'the script marked the test as failed': '스크립트가 테스트를 실패로 표시함',
  '{0} s: {1} requests, {2} failed': '{0}초: 요청 {1}건, 실패 {2}건',
  'it has not ended when it should have': '제시간에 끝나지 않았습니다',
  '1,000 requests in a row had no answer ({0})':
    '요청 1,000건이 연속으로 응답을 받지 못했습니다({0})',
  'no reason': '이유 없음',
  'a line of the answer does not end': '응답의 한 줄이 끝나지 않습니다',
  'this autocannon keeps answers elsewhere than 9.0.0; without a bound on them nothing is sent':
    '이 autocannon 버전은 9.0.0과 응답을 보관하는 방식이 다릅니다. 크기를 제한할 수 없어 아무것도 보내지 않습니다',
  'connections: found {0}, wanted a whole number of at least 1':
    'connections: {0} 값은 사용할 수 없습니다. 1 이상의 정수여야 합니다',
  'seconds: found {0}, wanted more than 0':
    'seconds: {0} 값은 사용할 수 없습니다. 0보다 커야 합니다',
  '{0}.method: found {1}, accepted: {2}':
    '{0}.method: {1} 값은 사용할 수 없습니다. 사용할 수 있는 값: {2}',
  '{0}.path: found {1}, wanted a path that starts with / and has no spaces':
    '{0}.path: {1} 값은 사용할 수 없습니다. /로 시작하고 공백이 없는 경로여야 합니다',
  '{0}.headers: {1} is no valid header': '{0}.headers: {1} 헤더는 올바르지 않습니다',
  '{0}: longer than {1} bytes': '{0}: {1}바이트를 넘습니다',
  '{0}: no metrics.http_reqs: the script has sent no HTTP request':
    '{0}: metrics.http_reqs가 없습니다. 스크립트가 HTTP 요청을 보내지 않았습니다',
  '{0}: metrics.http_reqs.count: the script has sent no HTTP request':
    '{0}: metrics.http_reqs.count: 스크립트가 HTTP 요청을 보내지 않았습니다',
  '{0}: metrics.http_reqs.rate: found nothing, wanted a number of at least 0':
    '{0}: metrics.http_reqs.rate: 값이 없습니다. 0 이상의 숫자여야 합니다',
  '{0}: metrics.http_req_failed: wanted the counts passes and fails':
    '{0}: metrics.http_req_failed: passes와 fails 값이 필요합니다',
  '{0}: it is of --new-machine-readable-summary, which lacks figures: leave that out':
    '{0}: --new-machine-readable-summary로 만든 요약에는 필요한 수치가 없습니다. 이 옵션을 빼세요',
  '{0}: found no metrics: is it a summary of k6?': '{0}: 지표가 없습니다. k6의 요약이 맞습니까?',
  '{0}: metrics.{1}.{2}: found {3}, wanted a number of at least 0':
    '{0}: metrics.{1}.{2}: {3} 값은 사용할 수 없습니다. 0 이상의 숫자여야 합니다'
}

/** Production while traffic moves. */
const AVAILABILITY: Catalogue = {
  '{0} of {1} requests failed, at most {2} % may; last: {3}':
    '요청 {1}건 중 {0}건 실패(허용 {2} %), 마지막 원인: {3}',
  '{0} of {1} requests failed within {2} s, at most {3} % may; last: {4}':
    '{2}초 동안 요청 {1}건 중 {0}건 실패(허용 {3} %), 마지막 원인: {4}',
  'p99 above {0} ms: {1} of {2} answers took longer':
    'p99 {0} ms 초과: 응답 {2}건 중 {1}건이 더 오래 걸림',
  'p99 above {0} ms: {1} of {2} answers took longer within {3} s':
    'p99 {0} ms 초과: {3}초 동안 응답 {2}건 중 {1}건이 더 오래 걸림',
  'production was not asked before the shift':
    '트래픽 전환 전에 운영 환경에 요청을 보내지 않았습니다',
  'production did not answer well before the shift':
    '트래픽 전환 전에도 운영 환경이 정상 응답하지 않았습니다',
  'production did not answer well before the shift either':
    '트래픽 전환 전에도 운영 환경이 정상 응답하지 않았습니다',
  'no request was sent': '보낸 요청이 없습니다',
  'limit broken: {0}': '한도 초과: {0}'
}

/** CloudWatch's figures. */
const METRICS: Catalogue = {
  '{0}: no figures': '{0}: 수치 없음',
  '{0} healthy': '정상 {0}개',
  '{0} requests': '요청 {0}건',
  '{0} 5xx': '5xx {0}건',
  '{0} 4xx': '4xx {0}건',
  '{0} alarm {1}': '경보 {0}개 {1}',
  '{0} alarms {1}': '경보 {0}개 {1}',
  '{0} {1} has no figure, must be {2}': '{0} {1} 수치 없음(기준 {2})',
  '{0} {1} is {2}, must be {3}': '{0} {1} 수치 {2}(기준 {3})',
  'alarm {0} is in ALARM': '경보 {0} 상태가 ALARM입니다',
  'alarm {0} is not there': '경보 {0} 항목이 없습니다',
  'only an application load balancer has these figures':
    '이 수치는 Application Load Balancer에만 있습니다',
  'no time has passed': '측정한 시간이 없습니다',
  '{0}: ended before it was read': '{0}: 읽기 전에 종료되었습니다',
  '{0} gave no whole answer': '{0} 호출이 완전한 응답을 주지 않았습니다',
  'which target groups are blue and green is not known: codedeploy:GetDeploymentTarget gave no answer':
    '블루와 그린의 대상 그룹을 알 수 없습니다: codedeploy:GetDeploymentTarget 응답이 없습니다',
  'read before CloudWatch had all of it; {0}': 'CloudWatch에 모두 반영되기 전에 읽었습니다. {0}'
}

/** Why a request had no answer. */
const REASONS: Catalogue = {
  'connection refused': '연결 거부됨',
  'connection reset': '연결 재설정됨',
  'connection closed': '연결이 닫힘',
  'connecting timed out': '연결 시간 초과',
  'host unreachable': '호스트에 연결할 수 없음',
  'network unreachable': '네트워크에 연결할 수 없음',
  'name not found': '호스트 이름을 찾을 수 없음',
  'name server does not answer': 'DNS 서버 응답 없음',
  'too many open files here': '이 머신에 열린 파일이 너무 많음',
  'no local port left here': '이 머신에 남은 포트가 없음',
  'headers too long': '헤더가 너무 김',
  'handshake failed': '핸드셰이크 실패',
  'certificate expired': '인증서 만료됨',
  'certificate not yet valid': '인증서가 아직 유효하지 않음',
  'certificate revoked': '인증서 폐기됨',
  'certificate not trusted': '신뢰할 수 없는 인증서',
  'certificate rejected': '인증서 거부됨',
  'self-signed certificate': '자체 서명된 인증서',
  'self-signed certificate in chain': '인증서 체인에 자체 서명된 인증서가 있음',
  'issuer unknown': '발급자를 알 수 없음',
  'certificate of another host': '다른 호스트의 인증서',
  'timed out after {0} s': '{0}초 후 시간 초과',
  'status {0}': '상태 코드 {0}',
  'not HTTP: {0}': 'HTTP가 아님: {0}',
  'the host name is not known': '호스트 이름을 찾을 수 없습니다',
  'the name server did not answer': 'DNS 서버가 응답하지 않았습니다',
  'the host cannot be reached': '호스트에 연결할 수 없습니다',
  'the network cannot be reached': '네트워크에 연결할 수 없습니다',
  'connecting took too long': '연결이 너무 오래 걸렸습니다',
  'the connection was closed without a whole answer': '응답이 끝나기 전에 연결이 닫혔습니다',
  'the request failed': '요청이 실패했습니다',
  'not sent: {0} in flight': '보내지 못함: 응답 대기 {0}건',
  'the connection was closed without an answer': '응답 없이 연결이 닫혔습니다',
  'no answer in time': '제한 시간 안에 응답이 없습니다',
  'no whole answer within {0} ms': '{0} ms 안에 응답이 끝나지 않았습니다',
  'no whole answer within {0} s': '{0}초 안에 응답이 끝나지 않았습니다',
  '{0} is at {1}, where no request may go': '{0} 호스트의 주소 {1}에는 요청을 보낼 수 없습니다'
}

/** A side that loses a task. */
const RECOVERY: Catalogue = {
  'no task was stopped: it may be done in {0}, not in {1}':
    '태스크를 중지하지 않았습니다: {0} 클러스터에서만 허용되며, 이 배포의 클러스터는 {1}입니다',
  'there is no test listener to ask; set target.test':
    '요청을 보낼 테스트 리스너가 없습니다. target.test를 지정하세요',
  'where production answers could not be found out; set target.production':
    '운영 환경의 주소를 찾을 수 없습니다. target.production을 지정하세요',
  'no task was stopped: {0} was not whole before, {1} of {2} tasks and {3} healthy targets':
    '태스크를 중지하지 않았습니다: {0} 상태가 이미 온전하지 않았습니다(태스크 {2}개 중 {1}개, 정상 대상 {3}개)',
  'whole again after {0}': '{0} 만에 복구',
  'interrupted {0} after a task was stopped': '태스크 중지 {0} 후 중단됨',
  'not whole again within {0}': '{0} 안에 복구되지 않음',
  'requests were not counted': '요청을 집계하지 못했습니다',
  '{0}, at most {1} % may': '{0}(허용 {1} %)',
  'last: {0}': '마지막 원인: {0}'
}

/** Checks and flows. */
const REQUESTS: Catalogue = {
  '{0} of {1} routes answer, the slowest in {2} ms':
    '경로 {1}개 중 {0}개 응답, 가장 느린 응답 {2} ms',
  '{0} of {1} routes fail: {2}: {3}': '경로 {1}개 중 {0}개 실패: {2}: {3}',
  '{0}, and {1} more': '{0} 외 {1}개',
  'fails at {0}: {1}': '{0} 단계에서 실패: {1}',
  '{0} steps in {1} ms': '{0}단계, {1} ms',
  '{0} (task {1})': '{0}(태스크 {1})',
  'status {0}, wanted {1}': '상태 코드 {0}, 기대값 {1}',
  'header {0} is missing': '헤더 {0} 없음',
  'header {0}': '헤더 {0}',
  'the body is longer than {0} bytes': '본문이 {0}바이트를 넘습니다',
  'the body': '본문',
  'the body is not JSON': '본문이 JSON이 아닙니다',
  'took {0} ms, wanted at most {1} ms': '{0} ms 걸림, 최대 {1} ms',
  'nothing to save as {0}': '{0} 변수에 저장할 값이 없습니다',
  'a value that it needs is not there': '필요한 값이 없습니다',
  'a value that its requests need is not there': '요청에 필요한 값이 없습니다',
  '{0} cannot be evaluated: {1}': '{0} 경로를 평가할 수 없습니다: {1}',
  'the answer is nested too deeply': '응답의 중첩이 너무 깊습니다',
  '{0} is there': '{0} 있음(없어야 함)',
  '{0} does not equal {1}': '{0} 값이 기대값 {1}에 맞지 않습니다',
  '{0} does not contain {1}': '{0} 값에 {1} 내용이 없습니다',
  'where green answers could not be found out; set target.test':
    '그린의 주소를 찾을 수 없습니다. target.test를 지정하세요'
}

/** What `src/verification` says. */
export const VERIFICATION: Catalogue = {
  ...FILE,
  ...LOAD,
  ...AVAILABILITY,
  ...METRICS,
  ...REASONS,
  ...RECOVERY,
  ...REQUESTS
}
