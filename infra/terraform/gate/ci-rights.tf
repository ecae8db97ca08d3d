data "aws_iam_policy_document" "ci" {
  statement {
    sid    = "Release"
    effect = "Allow"
    actions = [
      "codedeploy:CreateDeployment",
      "codedeploy:GetDeployment",
      "codedeploy:BatchGetDeployments",
      "codedeploy:GetDeploymentGroup",
      "codedeploy:BatchGetDeploymentGroups",
      "codedeploy:ListDeployments",
    ]
    resources = ["arn:${local.partition}:codedeploy:${local.place}:deploymentgroup:*"]
  }

  statement {
    sid       = "ReadDeploymentConfigs"
    effect    = "Allow"
    actions   = ["codedeploy:GetDeploymentConfig"]
    resources = ["arn:${local.partition}:codedeploy:${local.place}:deploymentconfig:*"]
  }

  statement {
    sid    = "CreateRevisions"
    effect = "Allow"
    actions = [
      "codedeploy:RegisterApplicationRevision",
      "codedeploy:GetApplicationRevision",
      "codedeploy:ListDeploymentGroups",
    ]
    resources = ["arn:${local.partition}:codedeploy:${local.place}:application:*"]
  }

  statement {
    sid       = "RegisterTaskDefinitions"
    effect    = "Allow"
    actions   = ["ecs:RegisterTaskDefinition", "ecs:TagResource"]
    resources = ["arn:${local.partition}:ecs:${local.place}:task-definition/*"]
  }

  statement {
    sid     = "ReadServicesAndTasks"
    effect  = "Allow"
    actions = ["ecs:DescribeServices", "ecs:DescribeTasks"]
    resources = [
      "arn:${local.partition}:ecs:${local.place}:service/*",
      "arn:${local.partition}:ecs:${local.place}:task/*",
    ]
  }

  # AWS has no resource for these; DescribeAlarms shows composite alarms to no narrower right.
  statement {
    sid    = "WithoutResource"
    effect = "Allow"
    actions = [
      "codedeploy:StopDeployment",
      "codedeploy:GetDeploymentTarget",
      "codedeploy:ListApplications",
      "cloudwatch:DescribeAlarms",
      "cloudwatch:GetMetricData",
      "ecs:DescribeTaskDefinition",
      "ecs:ListClusters",
      "ecs:ListServices",
      "ecs:ListTasks",
      "elasticloadbalancing:DescribeListeners",
      "elasticloadbalancing:DescribeLoadBalancers",
      "elasticloadbalancing:DescribeRules",
      "elasticloadbalancing:DescribeTargetGroupAttributes",
      "elasticloadbalancing:DescribeTargetGroups",
      "elasticloadbalancing:DescribeTargetHealth",
    ]
    resources = ["*"]
  }

  # Whether what a release names is there. No value is read.
  statement {
    sid    = "LookUpNames"
    effect = "Allow"
    actions = [
      "ecr:DescribeImages",
      "ecr:DescribePullThroughCacheRules",
      "lambda:GetFunctionConfiguration",
      "logs:DescribeLogGroups",
      "secretsmanager:DescribeSecret",
      "ssm:DescribeParameters",
    ]
    resources = ["*"]
  }

  statement {
    sid       = "RecordOwnReleases"
    effect    = "Allow"
    actions   = ["dynamodb:PutItem"]
    resources = [aws_dynamodb_table.ledger.arn]

    condition {
      test     = "ForAllValues:StringLike"
      variable = "dynamodb:LeadingKeys"
      values   = var.ci_services
    }

    condition {
      test     = "Null"
      variable = "dynamodb:LeadingKeys"
      values   = ["false"]
    }
  }

  statement {
    sid       = "ReadDecisions"
    effect    = "Allow"
    actions   = ["dynamodb:GetItem", "dynamodb:Query"]
    resources = [aws_dynamodb_table.ledger.arn]

    condition {
      test     = "ForAllValues:StringLike"
      variable = "dynamodb:LeadingKeys"
      values   = ["release#*", "measured#*", "gate#*", "move#*", "route#*", "watch#*"]
    }

    condition {
      test     = "Null"
      variable = "dynamodb:LeadingKeys"
      values   = ["false"]
    }
  }

  # Whatever else the role is given: of other services' releases nothing is overwritten.
  statement {
    sid       = "NeverRecordOthers"
    effect    = "Deny"
    actions   = ["dynamodb:PutItem"]
    resources = [aws_dynamodb_table.ledger.arn]

    condition {
      test     = "ForAnyValue:StringNotLike"
      variable = "dynamodb:LeadingKeys"
      values   = var.ci_services
    }
  }
}

data "aws_iam_policy_document" "ci_pass_roles" {
  statement {
    sid       = "PassRolesToTasks"
    effect    = "Allow"
    actions   = ["iam:PassRole"]
    resources = var.ci_pass_roles

    condition {
      test     = "StringEquals"
      variable = "iam:PassedToService"
      values   = ["ecs-tasks.amazonaws.com"]
    }
  }

  statement {
    sid       = "LookAtRolesOfTasks"
    effect    = "Allow"
    actions   = ["iam:GetRole"]
    resources = var.ci_pass_roles
  }
}

data "aws_iam_policy_document" "ci_run_task" {
  statement {
    sid     = "RunAndStopTasks"
    effect  = "Allow"
    actions = ["ecs:RunTask", "ecs:StopTask"]
    resources = [
      "arn:${local.partition}:ecs:${local.place}:task-definition/*",
      "arn:${local.partition}:ecs:${local.place}:task/*",
    ]

    condition {
      test     = "ArnEquals"
      variable = "ecs:cluster"
      values   = var.run_task_clusters
    }
  }

  # For run-task-tags and enable-ecs-managed-tags.
  statement {
    sid       = "TagTasksAsTheyBegin"
    effect    = "Allow"
    actions   = ["ecs:TagResource"]
    resources = ["arn:${local.partition}:ecs:${local.place}:task/*"]

    condition {
      test     = "StringEquals"
      variable = "ecs:CreateAction"
      values   = ["RunTask"]
    }
  }
}

data "aws_iam_policy_document" "ci_recovery" {
  statement {
    sid       = "StopTasksToTimeRecovery"
    effect    = "Allow"
    actions   = ["ecs:StopTask"]
    resources = ["arn:${local.partition}:ecs:${local.place}:task/*"]

    condition {
      test     = "ArnEquals"
      variable = "ecs:cluster"
      values   = var.recovery_clusters
    }
  }
}

data "aws_iam_policy_document" "ci_task_logs" {
  statement {
    sid       = "ReadLogsOfTasks"
    effect    = "Allow"
    actions   = ["logs:GetLogEvents"]
    resources = var.task_log_groups
  }
}


data "aws_iam_policy_document" "ci_failover" {
  statement {
    sid       = "DeployToTheSideWithoutTraffic"
    effect    = "Allow"
    actions   = ["ecs:UpdateService"]
    resources = var.failover_services
  }

  # Of every group, for whether CodeDeploy moves traffic of the same target groups.
  statement {
    sid       = "SeeWhoElseMoves"
    effect    = "Allow"
    actions   = ["codedeploy:ListDeployments"]
    resources = ["*"]
  }
}

data "aws_iam_policy_document" "ci_listeners" {
  statement {
    sid       = "MoveWeights"
    effect    = "Allow"
    actions   = ["elasticloadbalancing:ModifyListener", "elasticloadbalancing:ModifyRule"]
    resources = var.failover_listeners
  }
}
