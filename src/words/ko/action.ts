import type { Catalogue } from '../language.ts'

/** What `src/action` says, but for its inputs and its summary. */
export const ACTION: Catalogue = {
  'The HTML report could not be made: {0}': 'HTML 보고서를 만들지 못했습니다: {0}',
  '{0} could not be written: {1}': '{0} 저장에 실패했습니다: {1}',
  'The report': '보고서',
  'The outputs': '출력',
  'The job summary': '작업 요약',
  'the outputs could not be written, so later steps do not know of it; {0}':
    '출력을 저장하지 못해 이후 단계에서 결과를 알 수 없습니다. {0}',
  'GITHUB_STEP_SUMMARY is not set: this runner shows no summaries':
    'GITHUB_STEP_SUMMARY가 설정되지 않았습니다. 이 러너는 요약을 표시하지 않습니다',
  'service {0} in cluster {1}': '서비스 {0}, 클러스터 {1}',
  "GitHub's deployment": 'GitHub 배포',
  'GitHub made no deployment': 'GitHub가 배포를 만들지 않았습니다',
  'waiting for pre-flight': '사전 점검 대기 중',
  'the deployment is under way': '배포 진행 중',
  '; give the job `permissions: {deployments: write}`':
    '. 작업에 `permissions: {deployments: write}` 권한을 추가하세요',
  "GitHub's deployment does not follow this release: {0}":
    'GitHub 배포에 이 배포의 상태를 반영하지 못합니다: {0}',
  "of {0}, renewed through GitHub's OIDC token while it waits":
    '역할 {0}, 대기 중에 GitHub OIDC 토큰으로 갱신',
  'not of a role session in the environment': '환경 변수의 역할 세션이 아님',
  'set `role-to-assume` and `permissions: {id-token: write}`, and the action renews them itself':
    '`role-to-assume`과 `permissions: {id-token: write}`를 설정하면 액션이 직접 갱신합니다',
  'a role session, as long as the longest wait by default':
    '역할 세션, 기본 유효 시간이 최대 대기 시간 이상',
  'a role session lasts {0} min by default, and this release may wait {1} min; {2}':
    '역할 세션은 기본 {0}분 동안 유효한데 이 배포는 최대 {1}분 대기할 수 있습니다. {2}',
  'good for {0} min': '{0}분 동안 유효',
  'they expire in {0} min, and this release may wait {1} min; {2}':
    '자격 증명이 {0}분 뒤에 만료되는데 이 배포는 최대 {1}분 대기할 수 있습니다. {2}',
  'the longest wait, {0} min, fits into the job': '최대 대기 시간 {0}분은 작업 제한 시간 안에 있음',
  'this release may wait {0} min, and GitHub ends {1} job after {2} min; an earlier `wait-for` ends sooner':
    '이 배포는 최대 {0}분 대기할 수 있는데 GitHub는 {1} 작업을 {2}분 뒤에 종료합니다. `wait-for`를 더 이른 단계로 설정하면 일찍 끝납니다',
  'a hosted': '호스팅 러너',
  'a self-hosted': '자체 호스팅 러너',
  'calls do not go to AWS: {0}': '호출이 AWS로 가지 않습니다: {0}',
  '{0}; correct `ledger-table`': '{0}. `ledger-table`을 고치세요',
  '{0}; who decides will not be known': '{0}. 누가 결정했는지 알 수 없게 됩니다',
  '{0} can be read': '{0} 읽기 가능',
  "GitHub's token will prove it to the gate, if its policy lists {0} and maps {1}":
    '게이트 정책에 {0} 및 {1} 매핑이 있으면 GitHub 토큰으로 게이트에 증명됩니다',
  'the repository': '저장소',
  'who asks': '요청자',
  "this job may not request GitHub's OIDC token, so who asks cannot be proven; where the gate's policy forbids self-approval nobody will be able to approve: give the job `permissions: {id-token: write}`":
    '이 작업은 GitHub OIDC 토큰을 요청할 수 없어 요청자를 증명할 수 없습니다. 게이트 정책이 본인 승인을 금지하면 아무도 승인할 수 없습니다. 작업에 `permissions: {id-token: write}` 권한을 추가하세요',
  "GitHub's deployment {0} stays as it is: `{1}` is not set any more":
    'GitHub 배포 {0}의 상태를 그대로 둡니다. `{1}` 입력이 더 이상 설정되어 있지 않습니다',
  'The job broke off before it knew of a deployment': '배포를 확인하기 전에 작업이 중단되었습니다',
  'The job broke off; {0}: ': '작업이 중단되었습니다. {0}: ',
  '{0}AWS could not be asked, so it may go on without the job':
    '{0}AWS에 문의하지 못했으므로 배포가 작업 없이 계속될 수 있습니다',
  'Warning: {0}': '경고: {0}',
  'Error: {0}': '오류: {0}',
  'this process ended before it had told everybody of it':
    '결과를 모두 알리기 전에 이 프로세스가 종료되었습니다',
  ', but for a revision that may have been registered': ' (리비전은 등록되었을 수 있습니다)',
  'this process ended before the release did': '배포가 끝나기 전에 이 프로세스가 종료되었습니다',
  '{0}{1}; run the job again': '{0}{1}. 작업을 다시 실행하세요',
  'What the main phase has left behind': '메인 단계가 남긴 항목',
  '{0} could not be looked after: this process ended before it had its answer':
    '{0}: 정리하지 못했습니다. 응답을 받기 전에 이 프로세스가 종료되었습니다',
  'Nothing to clean up.': '정리할 항목이 없습니다.',
  'The one-off task {0}': '일회성 태스크 {0}',
  '{0} could not be looked after: {1}': '{0}: 정리하지 못했습니다. {1}',
  'The one-off task {0} goes on (on-cancel: leave).':
    '일회성 태스크 {0}: 계속 실행됩니다(on-cancel: leave).',
  'The one-off task {0} was told to stop (on-cancel: {1}).':
    '일회성 태스크 {0}: 중지를 요청했습니다(on-cancel: {1}).',
  'The one-off task {0} could not be stopped: {1}': '일회성 태스크 {0}: 중지하지 못했습니다. {1}',
  '{0}. It may go on without the job; nothing was deployed':
    '{0}. 작업 없이 계속 실행될 수 있습니다. 배포된 것은 없습니다',
  'Deployment {0}': '배포 {0}',
  'It may go on without the job; look with: {0}': '작업 없이 계속될 수 있습니다. 확인: {0}',
  "the release's record could not be written to the ledger: {0}":
    '배포 기록을 원장에 저장하지 못했습니다: {0}',
  'the verification file could not be written to the ledger, so green will not be verified: {0}':
    '검증 파일을 원장에 저장하지 못해 그린을 검증하지 못합니다: {0}',
  '{0}; the one-off task{1} may go on; nothing was deployed':
    '{0}. 일회성 태스크{1}: 계속 실행 중일 수 있습니다. 배포된 것은 없습니다',
  'nothing was deployed': '배포된 것은 없습니다',
  "`role-to-assume` needs GitHub's OIDC token, which this job may not request; give the job `permissions: {id-token: write}`":
    '`role-to-assume`에는 GitHub OIDC 토큰이 필요하지만 이 작업은 토큰을 요청할 수 없습니다. 작업에 `permissions: {id-token: write}` 권한을 추가하세요',
  'GitHub gave no OIDC token within {0} s': 'GitHub가 {0}초 안에 OIDC 토큰을 발급하지 않았습니다',
  'no AWS region is set; set `aws-region`, or AWS_REGION for the job':
    'AWS 리전이 설정되지 않았습니다. `aws-region` 또는 작업의 AWS_REGION을 설정하세요',
  'the state of the main phase has no usable {0}':
    '메인 단계의 상태에 사용할 수 있는 {0} 값이 없습니다',
  'the state of the main phase lacks {0}': '메인 단계의 상태에 {0} 값이 없습니다',
  'the state of the main phase has an unknown onCancel':
    '메인 단계의 상태에 알 수 없는 onCancel 값이 있습니다',
  'the state of the main phase does not say which deployment it is about':
    '메인 단계의 상태에 배포 정보가 없습니다',
  'the state of the main phase has no usable {0} of a one-off task':
    '메인 단계의 상태에 일회성 태스크의 {0} 값이 없습니다',
  'the state of the main phase has no usable id of a GitHub deployment':
    '메인 단계의 상태에 GitHub 배포의 ID가 없습니다',
  'the state of the main phase is not JSON': '메인 단계의 상태가 JSON이 아닙니다',
  'the state of the main phase is not an object': '메인 단계의 상태가 객체가 아닙니다',
  '{0}; whether {1} is watched is not known': '{0}. {1} 배포 그룹이 감시되는지 알 수 없습니다',
  "the gate has not said yet what it watches, so whether {0} is among it is not known; its sweep says so within a minute of the stack's creation":
    '게이트가 감시 대상을 아직 알리지 않아 {0} 배포 그룹이 포함되는지 알 수 없습니다. 스택 생성 후 1분 안에 알려집니다',
  'the gate cannot use its policy: nobody can approve, and no deployment is watched; correct the document (docs/gate-policy.md)':
    '게이트가 정책을 사용할 수 없어 아무도 승인할 수 없고 배포를 감시하지 않습니다. 정책 문서를 고치세요(docs/gate-policy.md)',
  "the gate's policy does not watch {0}, so a deployment there without the gate goes through unseen; add it to `watch.deployment-groups`":
    '게이트 정책이 {0} 배포 그룹을 감시하지 않아 게이트를 거치지 않은 배포가 드러나지 않습니다. `watch.deployment-groups`에 추가하세요',
  'reported in Slack, not stopped': '중지하지 않고 Slack에 알림',
  'a deployment of {0} without the gate is {1}': '{0} 배포 그룹에서 게이트를 거치지 않은 배포: {1}',
  'this job is {0}; the gate does not say its version, so it is older than 1.0.0: update its functions first, then jobs (docs/upgrade.md)':
    '작업은 {0} 버전이고 게이트는 버전을 알리지 않습니다(1.0.0 이전). 게이트 함수를 먼저, 작업을 그다음에 업데이트하세요(docs/upgrade.md)',
  'the job and the gate are {0}': '작업과 게이트의 버전: {0}',
  'this job is {0}, the gate {1}: each understands what the other writes':
    '작업은 {0} 버전, 게이트는 {1} 버전이며 서로의 기록을 읽을 수 있습니다',
  "this job is {0}, the gate {1}: what is new in the job may be missing on the card and in the decision; update the gate's functions (docs/upgrade.md)":
    '작업은 {0} 버전, 게이트는 {1} 버전입니다. 작업의 새 기능이 카드와 결정에 반영되지 않을 수 있으니 게이트 함수를 업데이트하세요(docs/upgrade.md)',
  'this job is {0}, the gate {1}: they are of different major versions, between which formats may change; use the same one in both, the functions first (docs/upgrade.md)':
    '작업은 {0} 버전, 게이트는 {1} 버전입니다. 메이저 버전이 다르면 형식이 다를 수 있습니다. 함수를 먼저 업데이트해 같은 메이저 버전을 사용하세요(docs/upgrade.md)',
  'this job is {0}, the gate {1}: these versions cannot be compared; use releases in both':
    '작업은 {0} 버전, 게이트는 {1} 버전이며 두 버전을 비교할 수 없습니다. 양쪽 모두 릴리스 버전을 사용하세요',
  'there is no such file': '파일이 없습니다',
  'a part of the path is a file, not a folder': '경로의 일부가 폴더가 아니라 파일입니다',
  'it is a folder': '폴더입니다',
  'the job may not read it': '작업에 읽기 권한이 없습니다',
  'its links lead round in a circle': '링크가 순환합니다',
  'the name is too long for a file': '파일 이름으로 너무 깁니다',
  'it leads out of the workspace': '작업 공간 밖의 경로입니다',
  "the runner's file system says {0}": '러너의 파일 시스템 응답: {0}',
  "the gate's policy does not allow that for {0} (`break-glass.rollback`)":
    '게이트 정책이 {0} 서비스에 허용하지 않습니다(`break-glass.rollback`)',
  'nothing proves who asked for it: give the job `permissions: {id-token: write}`':
    '요청자의 신원을 확인할 수 없습니다. 작업에 `permissions: {id-token: write}` 권한을 주세요',
  'nothing proves that {0} asked for it: give the job `permissions: {id-token: write}`':
    '요청자({0})의 신원을 확인할 수 없습니다. 작업에 `permissions: {id-token: write}` 권한을 주세요',
  'AWS did not say which revision this is': 'AWS에서 리비전을 확인할 수 없습니다',
  "the ledger's chain of decisions is damaged at {0}":
    '원장의 결정 기록이 {0} 위치에서 손상되었습니다',
  'nobody has ever decided on {0}': '{0} 리비전에 대한 결정이 기록에 없습니다',
  'the newest decision about this revision is {0}': '이 리비전의 가장 최근 결정: {0}',
  "the seal of the ledger's row {0} is not the ledger's":
    '원장의 기록 {0} 봉인이 원장의 것이 아닙니다',
  "the seal of the ledger's row {0} could not be verified":
    '원장의 기록 {0} 봉인을 확인할 수 없습니다',
  'deployment {0} went back from this revision': '배포({0})에서 이 리비전을 되돌렸습니다',
  'it is not known that deployment {0}, which released this revision last, has completed':
    '이 리비전의 마지막 배포({0})가 완료되었는지 알 수 없습니다',
  'deployment {0}, which released this revision last, was approved too late':
    '이 리비전의 마지막 배포({0})는 승인이 너무 늦었습니다',
  'deployment {0}, which released this revision last, failed':
    '이 리비전의 마지막 배포({0})가 실패했습니다',
  'deployment {0}, which released this revision last, was stopped':
    '이 리비전의 마지막 배포({0})가 중지되었습니다',
  'deployment {0}, which released this revision last, was rolled back':
    '이 리비전의 마지막 배포({0})가 롤백되었습니다',
  'which image container {0} ran when this revision was approved is not on record':
    '이 리비전이 승인될 때 컨테이너 {0}에서 실행한 이미지가 기록에 없습니다',
  'which image container {0} runs now is not known':
    '지금 컨테이너 {0}에서 실행 중인 이미지를 알 수 없습니다',
  'container {0} runs another image now than when this revision was approved':
    '컨테이너 {0}의 이미지가 이 리비전이 승인될 때와 다릅니다'
}
