/** A right of the role that CI has. The pages in English and in Korean are made from the same list. */
export interface Right {
  /** As IAM names it, in Markdown; of several of one service the later ones without its prefix. */
  readonly right: string
  readonly en: string
  readonly ko: string
  /** The Korean of what `right` says besides names; undefined if it has names alone. */
  readonly koRight?: string
}

/** What a release cannot do without. */
export const NEEDED: readonly Right[] = [
  {
    right: '`ecs:DescribeServices`',
    en: 'what runs, and who controls it',
    ko: '지금 실행 중인 것과 배포 컨트롤러 확인'
  },
  {
    right: '`ecs:RegisterTaskDefinition`',
    en: 'the new revision; with `iam:PassRole` for the roles it names, and `ecs:TagResource` where it has tags',
    ko: '새 리비전 등록. 태스크 정의에 적힌 역할에 대한 `iam:PassRole`, 태그가 있으면 `ecs:TagResource`도 필요합니다'
  },
  {
    right: '`codedeploy:GetDeploymentGroup`',
    en: 'the group that owns the service',
    ko: '서비스를 담당하는 배포 그룹 확인'
  },
  {
    right: '`codedeploy:CreateDeployment`',
    en: "the release; with `codedeploy:RegisterApplicationRevision` on the application and `codedeploy:GetDeploymentConfig` on its config, which AWS's own deploy action names as needed too",
    ko: '배포 생성. AWS의 공식 배포 액션도 요구하는 애플리케이션의 `codedeploy:RegisterApplicationRevision`, 배포 구성의 `codedeploy:GetDeploymentConfig` 포함'
  },
  {
    right: '`codedeploy:GetDeployment`',
    en: 'following it',
    ko: '배포 진행 확인'
  }
]

/** What a release goes on without; the text says what is lost. */
export const OPTIONAL: readonly Right[] = [
  {
    right: '`codedeploy:GetDeploymentTarget`',
    en: 'lifecycle events and traffic weights: the job sees the end, not the way there, only `wait-for: started` and `completed` are of use, and `green-unhealthy-after` has no effect',
    ko: '수명 주기 이벤트와 트래픽 비율. 작업은 과정 없이 끝만 볼 수 있고, `wait-for`는 `started`와 `completed`만 쓸 수 있으며, `green-unhealthy-after`는 동작하지 않습니다'
  },
  {
    right: '`codedeploy:StopDeployment`',
    en: 'cancel and timeout leave the deployment; `on-active-deployment: stop` refuses',
    ko: '취소하거나 시간이 초과되어도 배포를 멈추지 못합니다. `on-active-deployment: stop`은 거부됩니다'
  },
  {
    right: '`codedeploy:GetApplicationRevision` on the application',
    koRight: '`codedeploy:GetApplicationRevision`(애플리케이션)',
    en: "an AppSpec's text: `rollback-to: previous` and `on-active-deployment: attach` refuse",
    ko: 'AppSpec의 내용. `rollback-to: previous`와 `on-active-deployment: attach`가 거부됩니다'
  },
  {
    right: '`codedeploy:ListDeployments`',
    en: "the active deployment is read from the group's last attempt",
    ko: '진행 중인 배포를 배포 그룹의 마지막 시도에서 읽습니다'
  },
  {
    right: '`codedeploy:BatchGetDeployments`',
    en: 'which revision served before: `rollback-to: previous` refuses',
    ko: '이전에 서비스한 리비전. `rollback-to: previous`가 거부됩니다'
  },
  {
    right: '`codedeploy:ListApplications`, `ListDeploymentGroups`, `BatchGetDeploymentGroups`',
    en: 'a group that neither the running task set nor the default names lead to is not found; name it',
    ko: '실행 중인 태스크 세트나 기본 이름으로 알 수 없는 배포 그룹은 찾지 못하므로 입력으로 지정해야 합니다'
  },
  {
    right: '`ecs:DescribeTaskDefinition`',
    en: 'no diff, and a new revision each time. Needed where `task-definition` is empty, a family or an ARN',
    ko: '변경 내용을 볼 수 없고 매번 새 리비전을 등록합니다. `task-definition`이 비어 있거나 패밀리, ARN이면 반드시 필요합니다'
  },
  {
    right:
      "`dynamodb:PutItem`, `GetItem`, `Query` on the ledger's table, within `release#`, `gate#`, `watch#` and (reading alone) `measured#`, `move#` and `route#` keys",
    koRight:
      '`dynamodb:PutItem`, `GetItem`, `Query`(원장 테이블의 `release#`, `gate#`, `watch#` 키, `measured#`, `move#`, `route#`은 읽기만)',
    en: 'only with `ledger-table`: the gate does not know who asked (and stays closed where self-approval is forbidden), the job not who answered',
    ko: '`ledger-table`을 쓸 때만 필요합니다. 없으면 게이트는 누가 요청했는지 알 수 없어 본인 승인이 금지된 경우 열리지 않고, 작업은 누가 답했는지 알 수 없습니다'
  },
  {
    right: '`ecs:ListTasks`, `ecs:DescribeTasks`',
    en: 'exit codes and reasons of stopped tasks, while green is installed and in the diagnosis, when the old tasks have stopped, and `recovery`',
    ko: '그린을 설치하는 동안과 진단에 나오는 중지된 태스크의 종료 코드와 이유, 이전 태스크가 중지된 시각, `recovery` 검증'
  },
  {
    right: '`ecs:ListServices`, `ecs:ListClusters`',
    en: 'the names that are close to a service or a cluster that does not exist',
    ko: '없는 서비스나 클러스터와 비슷한 이름 제안'
  },
  {
    right: '`logs:GetLogEvents` on the log groups of the tasks',
    koRight: '`logs:GetLogEvents`(태스크의 로그 그룹)',
    en: 'only with `show-logs`. In a policy of its own, `CiTaskLogsPolicyArn`',
    ko: '`show-logs`를 쓸 때만 필요합니다. 별도 정책 `CiTaskLogsPolicyArn`에 있습니다'
  },
  {
    right: '`elasticloadbalancing:DescribeLoadBalancers`',
    en: 'only with `verification` and without `target.test`: where green is asked',
    ko: '`verification`을 쓰고 `target.test`가 없을 때만 필요합니다. 그린에 요청을 보낼 주소'
  },
  {
    right: '`cloudwatch:GetMetricData`, `cloudwatch:DescribeAlarms`',
    en: 'with `metrics` in the verification file: the figures, and the states of its `alarms`; without either that evidence is `unknown`. A failover reads with the first when the side at weight 0 had its last requests',
    ko: '검증 파일에 `metrics`가 있을 때만 필요합니다. 지표 값과 `alarms`의 상태이며, 하나라도 없으면 그 검증 결과는 `unknown`입니다. 트래픽 전환(failover)에서는 `cloudwatch:GetMetricData` 권한으로 가중치 0인 쪽의 마지막 요청 시각도 읽습니다'
  },
  {
    right: '`ecs:StopTask` in the clusters that may lose a task',
    koRight: '`ecs:StopTask`(태스크를 중지해도 되는 클러스터)',
    en: 'only with `recovery` in the verification file: `unknown` without it. In a policy of its own, `CiRecoveryPolicyArn`',
    ko: '검증 파일에 `recovery`가 있을 때만 필요하며, 없으면 `unknown`입니다. 별도 정책 `CiRecoveryPolicyArn`에 있습니다'
  },
  {
    right:
      "`ecs:RunTask` on the family, `ecs:DescribeTasks` and `ecs:StopTask` on the cluster's tasks",
    koRight: '`ecs:RunTask`(패밀리), `ecs:DescribeTasks`, `ecs:StopTask`(클러스터의 태스크)',
    en: "only with `run-task`, which fails without the first two, and does not end the task at a cancel without the third; with `iam:PassRole` for the task's roles ([one-off tasks](one-off-tasks.md)). In a policy of its own, `CiRunTaskPolicyArn`",
    ko: '`run-task`를 쓸 때만 필요합니다. 앞의 둘이 없으면 실패하고, 세 번째가 없으면 취소해도 태스크를 끝내지 못합니다. 태스크 역할에 대한 `iam:PassRole`도 필요합니다([일회성 태스크](../one-off-tasks.md), 영문). 별도 정책 `CiRunTaskPolicyArn`에 있습니다'
  },
  {
    right:
      '`elasticloadbalancing:DescribeListeners`, `DescribeTargetGroups`, `DescribeTargetHealth`',
    en: 'the check of listeners, target groups and live traffic, target health while it waits, `metrics` and `recovery`',
    ko: '리스너, 대상 그룹, 실제 트래픽 점검, 기다리는 동안의 대상 상태, `metrics`와 `recovery`'
  },
  {
    right: '`elasticloadbalancing:DescribeTargetGroupAttributes`',
    en: 'only with `strategy: failover`, which is refused without it and without the other reads of listeners and target groups: stickiness and slow start ([failover](failover.md))',
    ko: '`strategy: failover`를 쓸 때만 필요합니다. 고정 세션과 느린 시작 확인. 이 권한과 리스너, 대상 그룹 조회 권한이 없으면 거부됩니다([failover](../failover.md), 영문)'
  },
  {
    right: '`ecs:UpdateService` on the services of the production groups',
    koRight: '`ecs:UpdateService`(운영 그룹의 서비스)',
    en: 'only with `strategy: failover` and `deploy: ecs`. In a policy of its own, `CiFailoverPolicyArn`',
    ko: '`strategy: failover`와 `deploy: ecs`를 쓸 때만 필요합니다. 별도 정책 `CiFailoverPolicyArn`에 있습니다'
  },
  {
    right:
      '`elasticloadbalancing:ModifyListener`, `elasticloadbalancing:ModifyRule` on the listeners and rules that move',
    koRight:
      '`elasticloadbalancing:ModifyListener`, `elasticloadbalancing:ModifyRule`(트래픽을 옮길 리스너와 규칙)',
    en: "only with `strategy: failover` and without `ledger-table`; with one the gate's functions move the weights, and this right would be a way around them. In a policy of its own, `CiListenersPolicyArn`",
    ko: '`strategy: failover`를 `ledger-table` 없이 쓸 때만 필요합니다. 원장이 있으면 게이트의 함수가 가중치를 옮기므로, 이 권한은 게이트를 우회하는 길이 됩니다. 별도 정책 `CiListenersPolicyArn`에 있습니다'
  },
  {
    right: '`lambda:GetFunctionConfiguration` on the functions of the hooks',
    koRight: '`lambda:GetFunctionConfiguration`(훅의 함수)',
    en: 'whether the gate and the other functions exist',
    ko: '게이트와 다른 함수가 있는지 확인'
  },
  {
    right: '`ecr:DescribeImages` on the repositories, `ecr:DescribePullThroughCacheRules`',
    koRight: '`ecr:DescribeImages`(리포지토리), `ecr:DescribePullThroughCacheRules`',
    en: 'whether the images are in ECR, and their digests; without the second, one that is not there is a warning, since a rule may fetch it',
    ko: '이미지가 ECR에 있는지와 그 다이제스트. 두 번째가 없으면 규칙이 가져올 수도 있으므로 없는 이미지는 경고로 알립니다'
  },
  {
    right:
      '`logs:DescribeLogGroups`; `iam:GetRole` on the roles of the tasks; `secretsmanager:DescribeSecret` on their secrets, `ssm:DescribeParameters`',
    koRight:
      '`logs:DescribeLogGroups`, `iam:GetRole`(태스크의 역할), `secretsmanager:DescribeSecret`(보안 암호), `ssm:DescribeParameters`',
    en: "whether these exist, and whether ECS's tasks may assume the roles. No value is read",
    ko: '이들이 있는지, ECS 태스크가 그 역할을 맡을 수 있는지 확인. 값은 읽지 않습니다'
  },
  {
    right: '`elasticloadbalancing:DescribeRules`',
    en: 'the rules of the production listener in the check of its routing; without it, a rule that leads to the pair is not seen',
    ko: '라우팅 점검에서 운영 리스너의 규칙 확인. 없으면 대상 그룹 쌍으로 전달하는 규칙을 알 수 없습니다'
  }
]

/** A table of rights in a language. `heads`: its two columns. */
export function rightsTable(
  rights: readonly Right[],
  language: 'en' | 'ko',
  heads: readonly [string, string]
): string {
  const rows = rights.map(({ right, koRight = right, [language]: text }) =>
    language === 'ko' ? `| ${koRight} | ${text} |` : `| ${right} | ${text} |`
  )
  return [`| ${heads.join(' | ')} |`, '|---|---|', ...rows].join('\n')
}
