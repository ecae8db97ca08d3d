resource "aws_dynamodb_table" "ledger" {
  name                        = var.prefix
  billing_mode                = "PAY_PER_REQUEST"
  deletion_protection_enabled = true
  hash_key                    = "pk"
  range_key                   = "sk"
  # For the sweep, which is woken by evidence.
  stream_enabled   = true
  stream_view_type = "NEW_IMAGE"
  tags             = var.tags

  attribute {
    name = "pk"
    type = "S"
  }

  attribute {
    name = "sk"
    type = "S"
  }

  attribute {
    name = "open"
    type = "S"
  }

  global_secondary_index {
    name            = "open"
    hash_key        = "open"
    range_key       = "pk"
    projection_type = "ALL"
  }

  point_in_time_recovery {
    enabled = true
  }

  server_side_encryption {
    enabled = true
  }

  # For storage only: records of releases carry it, decisions never do.
  ttl {
    attribute_name = "ttl"
    enabled        = true
  }

  # The record of decisions outlives the module: it is removed from the state before a destroy.
  lifecycle {
    prevent_destroy = true
  }
}

# Whatever else this account allows, administrators included.
resource "aws_dynamodb_resource_policy" "ledger" {
  resource_arn = aws_dynamodb_table.ledger.arn
  policy       = data.aws_iam_policy_document.ledger.json
}

resource "aws_kms_key" "seal" {
  description              = "Seals the rows of decisions (HMAC)."
  customer_master_key_spec = "HMAC_256"
  key_usage                = "GENERATE_VERIFY_MAC"
  policy                   = data.aws_iam_policy_document.seal.json
  tags                     = var.tags

  # Without the key no record can be verified.
  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_kms_alias" "seal" {
  name          = "alias/${var.prefix}"
  target_key_id = aws_kms_key.seal.key_id
}

locals {
  # By its name, so that a plan shows the whole policy.
  ledger_arn = "arn:${local.partition}:dynamodb:${local.place}:table/${var.prefix}"
  ledger_writes = [
    "dynamodb:PutItem",
    "dynamodb:UpdateItem",
    "dynamodb:DeleteItem",
    "dynamodb:BatchWriteItem",
    "dynamodb:PartiQLInsert",
    "dynamodb:PartiQLUpdate",
    "dynamodb:PartiQLDelete",
  ]
  # By their names too: roles of functions that are not there are none that anybody has.
  role_arns = {
    for name in ["request", "callback", "sweep", "watchdog", "verify", "observe"] :
    name => "arn:${local.partition}:iam::${local.account}:role/${var.prefix}-${name}-${local.region}"
  }
  gate_role_arns = [local.role_arns.request, local.role_arns.callback, local.role_arns.sweep]
}

data "aws_iam_policy_document" "ledger" {
  statement {
    sid       = "OnlyTheGateWritesGatesAndDecisions"
    effect    = "Deny"
    actions   = local.ledger_writes
    resources = [local.ledger_arn]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "ForAnyValue:StringLike"
      variable = "dynamodb:LeadingKeys"
      values   = ["gate#*", "watch#*", "chain#*"]
    }

    condition {
      test     = "ArnNotEquals"
      variable = "aws:PrincipalArn"
      values   = local.gate_role_arns
    }
  }

  # What answers CodeDeploy's hook.
  statement {
    sid       = "OnlyTheGateReachesHolds"
    effect    = "Deny"
    actions   = ["dynamodb:*"]
    resources = [local.ledger_arn]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "ForAnyValue:StringLike"
      variable = "dynamodb:LeadingKeys"
      values   = ["hold#*"]
    }

    condition {
      test     = "ArnNotEquals"
      variable = "aws:PrincipalArn"
      values   = local.gate_role_arns
    }
  }

  # What the functions inside the VPC measure: CI must not pass for them.
  statement {
    sid       = "OnlyTheFunctionsMeasure"
    effect    = "Deny"
    actions   = local.ledger_writes
    resources = [local.ledger_arn]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "ForAnyValue:StringLike"
      variable = "dynamodb:LeadingKeys"
      values   = ["measured#*"]
    }

    condition {
      test     = "ArnNotEquals"
      variable = "aws:PrincipalArn"
      values = [
        local.role_arns.verify,
        local.role_arns.observe,
      ]
    }
  }

  statement {
    sid       = "OnlyTheWatchdogMarks"
    effect    = "Deny"
    actions   = local.ledger_writes
    resources = [local.ledger_arn]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "ForAnyValue:StringLike"
      variable = "dynamodb:LeadingKeys"
      values   = ["seen#*"]
    }

    condition {
      test     = "ArnNotEquals"
      variable = "aws:PrincipalArn"
      values   = [local.role_arns.watchdog]
    }
  }

  statement {
    sid    = "NobodyChangesDecisions"
    effect = "Deny"
    actions = [
      "dynamodb:UpdateItem",
      "dynamodb:DeleteItem",
      "dynamodb:BatchWriteItem",
      "dynamodb:PartiQLInsert",
      "dynamodb:PartiQLUpdate",
      "dynamodb:PartiQLDelete",
    ]
    resources = [local.ledger_arn]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "ForAnyValue:StringLike"
      variable = "dynamodb:LeadingKeys"
      values   = ["chain#*", "hold#*"]
    }
  }
}

data "aws_iam_policy_document" "seal" {
  statement {
    sid    = "AccountAdministersAndVerifies"
    effect = "Allow"
    actions = [
      "kms:CancelKeyDeletion",
      "kms:*Alias",
      "kms:DescribeKey",
      "kms:DisableKey",
      "kms:EnableKey",
      "kms:Get*",
      "kms:List*",
      "kms:PutKeyPolicy",
      "kms:ScheduleKeyDeletion",
      "kms:TagResource",
      "kms:UntagResource",
      "kms:UpdateKeyDescription",
      "kms:VerifyMac",
    ]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = ["arn:${local.partition}:iam::${local.account}:root"]
    }
  }

  statement {
    sid       = "OnlyTheGateSeals"
    effect    = "Allow"
    actions   = ["kms:GenerateMac"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = ["arn:${local.partition}:iam::${local.account}:root"]
    }

    condition {
      test     = "ArnEquals"
      variable = "aws:PrincipalArn"
      values   = local.gate_role_arns
    }
  }
}

