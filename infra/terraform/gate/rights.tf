data "aws_iam_policy_document" "request" {
  statement {
    sid       = "WriteOwnLogs"
    effect    = "Allow"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = [local.logs_of.request]
  }

  statement {
    sid       = "OpenGates"
    effect    = "Allow"
    actions   = ["dynamodb:PutItem"]
    resources = [aws_dynamodb_table.ledger.arn]

    condition {
      test     = "ForAllValues:StringLike"
      variable = "dynamodb:LeadingKeys"
      values   = ["gate#*", "hold#*"]
    }

    condition {
      test     = "Null"
      variable = "dynamodb:LeadingKeys"
      values   = ["false"]
    }
  }

  statement {
    sid       = "Verify"
    effect    = "Allow"
    actions   = ["kms:VerifyMac"]
    resources = [aws_kms_key.seal.arn]
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

  # How traffic will move, for the card. Without it the card says that it is not known.
  statement {
    sid       = "ReadDeploymentConfigs"
    effect    = "Allow"
    actions   = ["codedeploy:GetDeploymentConfig"]
    resources = ["arn:${local.partition}:codedeploy:${local.place}:deploymentconfig:*"]
  }

  # Here and below: AWS has no resource for what is allowed on *.
  statement {
    sid    = "ReadWhatHasNoArn"
    effect = "Allow"
    actions = [
      "ecs:ListTasks",
      "ecs:DescribeTaskDefinition",
      "elasticloadbalancing:DescribeTargetHealth",
    ]
    resources = ["*"]
  }
}

data "aws_iam_policy_document" "callback" {
  statement {
    sid       = "WriteOwnLogs"
    effect    = "Allow"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = [local.logs_of.callback]
  }

  # What green runs at the click.
  statement {
    sid     = "ReadServicesAndTasks"
    effect  = "Allow"
    actions = ["ecs:DescribeServices", "ecs:DescribeTasks"]
    resources = [
      "arn:${local.partition}:ecs:${local.place}:service/*",
      "arn:${local.partition}:ecs:${local.place}:task/*",
    ]
  }

  statement {
    sid       = "ListTasks"
    effect    = "Allow"
    actions   = ["ecs:ListTasks"]
    resources = ["*"]
  }
}

data "aws_iam_policy_document" "sweep" {
  statement {
    sid       = "WriteOwnLogs"
    effect    = "Allow"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = [local.logs_of.sweep]
  }

  # For the pre-flight, which cannot read the policy.
  statement {
    sid       = "SayWhatIsWatched"
    effect    = "Allow"
    actions   = ["dynamodb:PutItem", "dynamodb:UpdateItem"]
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
    sid       = "HearOfEvidence"
    effect    = "Allow"
    actions   = ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"]
    resources = [aws_dynamodb_table.ledger.stream_arn]
  }

  statement {
    sid       = "ListStreams"
    effect    = "Allow"
    actions   = ["dynamodb:ListStreams"]
    resources = ["*"]
  }
}

data "aws_iam_policy_document" "watchdog" {
  statement {
    sid       = "WriteOwnLogs"
    effect    = "Allow"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = [local.logs_of.watchdog]
  }

  statement {
    sid     = "LookAt"
    effect  = "Allow"
    actions = ["codedeploy:GetDeployment", "codedeploy:GetApplicationRevision"]
    resources = [
      "arn:${local.partition}:codedeploy:${local.place}:deploymentgroup:*",
      "arn:${local.partition}:codedeploy:${local.place}:application:*",
    ]
  }

  statement {
    sid       = "ListAndStop"
    effect    = "Allow"
    actions   = ["codedeploy:ListDeployments", "codedeploy:StopDeployment"]
    resources = ["*"]
  }

  statement {
    sid       = "MarkWhatIsJudged"
    effect    = "Allow"
    actions   = ["dynamodb:PutItem", "dynamodb:Query"]
    resources = [aws_dynamodb_table.ledger.arn]

    condition {
      test     = "ForAllValues:StringLike"
      variable = "dynamodb:LeadingKeys"
      values   = ["seen#*"]
    }

    condition {
      test     = "Null"
      variable = "dynamodb:LeadingKeys"
      values   = ["false"]
    }
  }

  # It puts on record what the ledger does not know of. By its name: the functions wait for these rights.
  statement {
    sid       = "HandOn"
    effect    = "Allow"
    actions   = ["lambda:InvokeFunction"]
    resources = ["arn:${local.partition}:lambda:${local.place}:function:${local.names.request}"]
  }

  statement {
    sid       = "StartObserver"
    effect    = "Allow"
    actions   = ["lambda:InvokeFunction"]
    resources = ["arn:${local.partition}:lambda:${local.place}:function:${var.prefix}-observe"]
  }
}

