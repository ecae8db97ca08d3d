# Lambda attaches with the function's role, and asks for all of these on *; the deny takes them from the
# function's code again (Lambda developer guide, "Giving Lambda functions access to resources in a VPC").
data "aws_iam_policy_document" "vpc" {
  count = local.in_vpc ? 1 : 0

  statement {
    sid    = "LambdaAttaches"
    effect = "Allow"
    actions = [
      "ec2:CreateNetworkInterface",
      "ec2:DescribeNetworkInterfaces",
      "ec2:DescribeSubnets",
      "ec2:DeleteNetworkInterface",
      "ec2:AssignPrivateIpAddresses",
      "ec2:UnassignPrivateIpAddresses",
    ]
    resources = ["*"]
  }

  statement {
    sid       = "OwnCodeDoesNot"
    effect    = "Deny"
    actions   = ["ec2:*"]
    resources = ["*"]

    condition {
      test     = "ArnEquals"
      variable = "lambda:SourceFunctionArn"
      values = [
        "arn:${local.partition}:lambda:${local.place}:function:CodeDeployHook_${var.prefix}-verify*",
        "arn:${local.partition}:lambda:${local.place}:function:${var.prefix}-observe*",
      ]
    }
  }
}

data "aws_iam_policy_document" "verify" {
  count = local.in_vpc ? 1 : 0

  statement {
    sid       = "WriteOwnLogs"
    effect    = "Allow"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = [local.logs_of.verify]
  }

  statement {
    sid       = "ReadWhatToMeasure"
    effect    = "Allow"
    actions   = ["dynamodb:GetItem"]
    resources = [aws_dynamodb_table.ledger.arn]

    condition {
      test     = "ForAllValues:StringLike"
      variable = "dynamodb:LeadingKeys"
      values   = ["release#*", "measured#*"]
    }

    condition {
      test     = "Null"
      variable = "dynamodb:LeadingKeys"
      values   = ["false"]
    }
  }

  statement {
    sid       = "StoreWhatIsMeasured"
    effect    = "Allow"
    actions   = ["dynamodb:PutItem"]
    resources = [aws_dynamodb_table.ledger.arn]

    condition {
      test     = "ForAllValues:StringLike"
      variable = "dynamodb:LeadingKeys"
      values   = ["measured#*"]
    }

    condition {
      test     = "Null"
      variable = "dynamodb:LeadingKeys"
      values   = ["false"]
    }
  }

  # In which language the gate speaks, which the policy says.
  statement {
    sid       = "ReadWhatTheGateSays"
    effect    = "Allow"
    actions   = ["dynamodb:GetItem"]
    resources = [aws_dynamodb_table.ledger.arn]

    condition {
      test     = "ForAllValues:StringLike"
      variable = "dynamodb:LeadingKeys"
      values   = ["watch#*"]
    }

    condition {
      test     = "Null"
      variable = "dynamodb:LeadingKeys"
      values   = ["false"]
    }
  }

  statement {
    sid    = "ReadReleases"
    effect = "Allow"
    actions = [
      "codedeploy:GetDeployment",
      "codedeploy:GetDeploymentGroup",
      "codedeploy:GetApplicationRevision",
      "ecs:DescribeServices",
      "ecs:DescribeTasks",
    ]
    resources = [
      "arn:${local.partition}:codedeploy:${local.place}:deploymentgroup:*",
      "arn:${local.partition}:codedeploy:${local.place}:application:*",
      "arn:${local.partition}:ecs:${local.place}:service/*",
      "arn:${local.partition}:ecs:${local.place}:task/*",
    ]
  }

  # AWS has no resource for these. Who may answer one hook may answer any, the gate's too.
  statement {
    sid    = "WithoutResource"
    effect = "Allow"
    actions = [
      "codedeploy:PutLifecycleEventHookExecutionStatus",
      "codedeploy:ListDeploymentTargets",
      "codedeploy:BatchGetDeploymentTargets",
      "ecs:ListTasks",
      "elasticloadbalancing:DescribeListeners",
      "elasticloadbalancing:DescribeLoadBalancers",
    ]
    resources = ["*"]
  }

  dynamic "statement" {
    for_each = var.verify_secret_arn == "" ? [] : [var.verify_secret_arn]

    content {
      sid       = "ReadValues"
      effect    = "Allow"
      actions   = ["secretsmanager:GetSecretValue"]
      resources = [statement.value]
    }
  }
}

data "aws_iam_policy_document" "observe" {
  count = local.in_vpc ? 1 : 0

  statement {
    sid       = "WriteOwnLogs"
    effect    = "Allow"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = [local.logs_of.observe]
  }

  statement {
    sid       = "ReadWhatToMeasure"
    effect    = "Allow"
    actions   = ["dynamodb:GetItem"]
    resources = [aws_dynamodb_table.ledger.arn]

    condition {
      test     = "ForAllValues:StringLike"
      variable = "dynamodb:LeadingKeys"
      values   = ["release#*", "measured#*"]
    }

    condition {
      test     = "Null"
      variable = "dynamodb:LeadingKeys"
      values   = ["false"]
    }
  }

  statement {
    sid       = "StoreWhatIsMeasured"
    effect    = "Allow"
    actions   = ["dynamodb:PutItem"]
    resources = [aws_dynamodb_table.ledger.arn]

    condition {
      test     = "ForAllValues:StringLike"
      variable = "dynamodb:LeadingKeys"
      values   = ["measured#*"]
    }

    condition {
      test     = "Null"
      variable = "dynamodb:LeadingKeys"
      values   = ["false"]
    }
  }

  # In which language the gate speaks, which the policy says.
  statement {
    sid       = "ReadWhatTheGateSays"
    effect    = "Allow"
    actions   = ["dynamodb:GetItem"]
    resources = [aws_dynamodb_table.ledger.arn]

    condition {
      test     = "ForAllValues:StringLike"
      variable = "dynamodb:LeadingKeys"
      values   = ["watch#*"]
    }

    condition {
      test     = "Null"
      variable = "dynamodb:LeadingKeys"
      values   = ["false"]
    }
  }

  statement {
    sid       = "HandOn"
    effect    = "Allow"
    actions   = ["lambda:InvokeFunction"]
    resources = ["arn:${local.partition}:lambda:${local.place}:function:${var.prefix}-observe"]
  }

  statement {
    sid       = "ReadDeployments"
    effect    = "Allow"
    actions   = ["codedeploy:GetDeployment"]
    resources = ["arn:${local.partition}:codedeploy:${local.place}:deploymentgroup:*"]
  }

  statement {
    sid    = "WithoutResource"
    effect = "Allow"
    actions = [
      "codedeploy:StopDeployment",
      "codedeploy:ListDeploymentTargets",
      "codedeploy:BatchGetDeploymentTargets",
      "elasticloadbalancing:DescribeListeners",
      "elasticloadbalancing:DescribeLoadBalancers",
    ]
    resources = ["*"]
  }
}

