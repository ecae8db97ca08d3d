# Nobody may delete, and only a gate's working item is ever changed: decisions are not.
data "aws_iam_policy_document" "decide" {
  statement {
    sid       = "ReadLedger"
    effect    = "Allow"
    actions   = ["dynamodb:GetItem", "dynamodb:Query"]
    resources = [aws_dynamodb_table.ledger.arn, "${aws_dynamodb_table.ledger.arn}/index/open"]
  }

  statement {
    sid       = "CreateDecisions"
    effect    = "Allow"
    actions   = ["dynamodb:PutItem"]
    resources = [aws_dynamodb_table.ledger.arn]

    condition {
      test     = "ForAllValues:StringLike"
      variable = "dynamodb:LeadingKeys"
      values   = ["chain#*"]
    }

    condition {
      test     = "Null"
      variable = "dynamodb:LeadingKeys"
      values   = ["false"]
    }
  }

  # The answer before a step of a failover, and a person's roll back.
  statement {
    sid       = "AnswerMoves"
    effect    = "Allow"
    actions   = ["dynamodb:PutItem"]
    resources = [aws_dynamodb_table.ledger.arn]

    condition {
      test     = "ForAllValues:StringLike"
      variable = "dynamodb:LeadingKeys"
      values   = ["move#*"]
    }

    condition {
      test     = "Null"
      variable = "dynamodb:LeadingKeys"
      values   = ["false"]
    }
  }

  statement {
    sid       = "ChangeGates"
    effect    = "Allow"
    actions   = ["dynamodb:UpdateItem"]
    resources = [aws_dynamodb_table.ledger.arn]

    condition {
      test     = "ForAllValues:StringLike"
      variable = "dynamodb:LeadingKeys"
      values   = ["gate#*"]
    }

    condition {
      test     = "Null"
      variable = "dynamodb:LeadingKeys"
      values   = ["false"]
    }
  }

  statement {
    sid       = "Seal"
    effect    = "Allow"
    actions   = ["kms:GenerateMac"]
    resources = [aws_kms_key.seal.arn]
  }

  statement {
    sid       = "ReadDeployments"
    effect    = "Allow"
    actions   = ["codedeploy:GetDeployment"]
    resources = ["arn:${local.partition}:codedeploy:${local.place}:deploymentgroup:*"]
  }

  # CodeDeploy has no resource for these: whoever may tell it, may tell it of any deployment.
  statement {
    sid    = "TellCodeDeploy"
    effect = "Allow"
    actions = [
      "codedeploy:PutLifecycleEventHookExecutionStatus",
      "codedeploy:ListDeploymentTargets",
      "codedeploy:BatchGetDeploymentTargets",
    ]
    resources = ["*"]
  }
}

data "aws_iam_policy_document" "settings" {
  statement {
    sid       = "ReadPolicy"
    effect    = "Allow"
    actions   = ["ssm:GetParameter"]
    resources = ["arn:${local.partition}:ssm:${local.place}:parameter${var.policy_parameter}"]
  }

  statement {
    sid       = "ReadSlackSecret"
    effect    = "Allow"
    actions   = ["secretsmanager:GetSecretValue"]
    resources = [var.slack_secret_arn]
  }
}
