# A deny holds whatever else a role is given. docs/security.md says what a role that administers the account
# can do all the same.
data "aws_iam_policy_document" "guard" {
  statement {
    sid       = "NeverAroundTheGate"
    effect    = "Deny"
    actions   = ["codedeploy:PutLifecycleEventHookExecutionStatus", "codedeploy:ContinueDeployment"]
    resources = ["*"]
  }

  statement {
    sid     = "NeverTouchTheGate"
    effect  = "Deny"
    actions = ["*"]
    resources = [
      "arn:${local.partition}:events:${local.place}:rule/${var.prefix}-*",
      "arn:${local.partition}:lambda:${local.place}:event-source-mapping:${aws_lambda_event_source_mapping.evidence_arrives.uuid}",
      "arn:${local.partition}:apigateway:${local.region}::/apis/${aws_apigatewayv2_api.this.id}",
      "arn:${local.partition}:apigateway:${local.region}::/apis/${aws_apigatewayv2_api.this.id}/*",
      "arn:${local.partition}:iam::${local.account}:role/${var.prefix}-*-${local.region}",
      "arn:${local.partition}:iam::${local.account}:policy/${var.prefix}-*-${local.region}",
      "${var.slack_secret_arn}*",
      "arn:${local.partition}:ssm:${local.place}:parameter${var.policy_parameter}",
      aws_kms_key.seal.arn,
      "arn:${local.partition}:kms:${local.place}:alias/${var.prefix}",
      # Logs are judged by the ARN of the group, and by that with :* behind it.
      "arn:${local.partition}:logs:${local.place}:log-group:/aws/lambda/${var.prefix}-*",
      "arn:${local.partition}:logs:${local.place}:log-group:/aws/lambda/CodeDeployHook_${var.prefix}-*",
      "arn:${local.partition}:logs:${local.place}:log-group:/aws/apigateway/${var.prefix}",
      "arn:${local.partition}:logs:${local.place}:log-group:/aws/apigateway/${var.prefix}:*",
    ]
  }

  # A call with a version, an alias or $LATEST is judged by the ARN that ends in it; * is these too.
  statement {
    sid    = "AtMostLookAtThese"
    effect = "Deny"
    not_actions = [
      "lambda:Get*",
      "lambda:List*",
      "cloudformation:Describe*",
      "cloudformation:Get*",
      "cloudformation:List*",
      "cloudwatch:Describe*",
      "cloudwatch:Get*",
      "cloudwatch:List*",
    ]
    resources = [
      "arn:${local.partition}:lambda:${local.place}:function:${var.prefix}-*",
      "arn:${local.partition}:lambda:${local.place}:function:CodeDeployHook_${var.prefix}-*",
      # Stacks too, for accounts in which a part of the gate stands as one.
      "arn:${local.partition}:cloudformation:${local.place}:stack/${var.prefix}/*",
      "arn:${local.partition}:cloudformation:${local.place}:stack/${var.prefix}-*",
      "arn:${local.partition}:cloudwatch:${local.place}:alarm:${var.prefix}-*",
    ]
  }

  # A new mapping has no ARN yet.
  statement {
    sid       = "NeverFeedItsFunctions"
    effect    = "Deny"
    actions   = ["lambda:CreateEventSourceMapping", "lambda:UpdateEventSourceMapping"]
    resources = ["*"]

    condition {
      test     = "StringLike"
      variable = "lambda:FunctionArn"
      values = [
        "arn:${local.partition}:lambda:${local.place}:function:${var.prefix}-*",
        "arn:${local.partition}:lambda:${local.place}:function:CodeDeployHook_${var.prefix}-*",
      ]
    }
  }

  # This policy off a role, or the gate's rights onto one: both are judged by the role's ARN.
  statement {
    sid       = "NeverMoveItsPolicies"
    effect    = "Deny"
    actions   = ["iam:Attach*", "iam:Detach*"]
    resources = ["*"]

    condition {
      test     = "ArnLike"
      variable = "iam:PolicyARN"
      values   = ["arn:${local.partition}:iam::${local.account}:policy/${var.prefix}-*-${local.region}"]
    }
  }

  # Table, index, stream, backups and exports: whatever else reads, reads what answers the hook.
  statement {
    sid         = "OnlyTheseOfTheLedger"
    effect      = "Deny"
    not_actions = ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query"]
    resources   = [aws_dynamodb_table.ledger.arn, "${aws_dynamodb_table.ledger.arn}/*"]
  }

  statement {
    sid       = "NeverWriteDecisions"
    effect    = "Deny"
    actions   = ["dynamodb:PutItem"]
    resources = [aws_dynamodb_table.ledger.arn]

    condition {
      test     = "ForAnyValue:StringLike"
      variable = "dynamodb:LeadingKeys"
      values   = ["gate#*", "hold#*", "watch#*", "seen#*", "chain#*", "measured#*"]
    }
  }

  statement {
    sid       = "NeverReadHolds"
    effect    = "Deny"
    actions   = ["dynamodb:GetItem", "dynamodb:Query"]
    resources = [aws_dynamodb_table.ledger.arn]

    condition {
      test     = "ForAnyValue:StringLike"
      variable = "dynamodb:LeadingKeys"
      values   = ["hold#*"]
    }
  }
}

