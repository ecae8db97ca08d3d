# What CI and auditors may do with the gate. Empty lists make no policy, since a statement needs a resource.
locals {
  ci_policies = merge(
    {
      ci = {
        name        = "ci"
        description = "Releases through the gate."
        document    = data.aws_iam_policy_document.ci.json
      }
      guard = {
        name        = "guard"
        description = "No way around the gate, for every role that is not to open it."
        document    = data.aws_iam_policy_document.guard.json
      }
    },
    length(var.ci_pass_roles) == 0 ? {} : {
      ci_pass_roles = {
        name        = "ci-pass-roles"
        description = "The roles that tasks of a release run with."
        document    = data.aws_iam_policy_document.ci_pass_roles.json
      }
    },
    length(var.run_task_clusters) == 0 ? {} : {
      ci_run_task = {
        name        = "ci-run-task"
        description = "Where a release may run a task before its deployment."
        document    = data.aws_iam_policy_document.ci_run_task.json
      }
    },
    length(var.recovery_clusters) == 0 ? {} : {
      ci_recovery = {
        name        = "ci-recovery"
        description = "Where a release may stop a task to time its recovery."
        document    = data.aws_iam_policy_document.ci_recovery.json
      }
    },
    length(var.failover_services) == 0 ? {} : {
      ci_failover = {
        name        = "ci-failover"
        description = "Where a failover may deploy to."
        document    = data.aws_iam_policy_document.ci_failover.json
      }
    },
    # Without a ledger nobody else moves them. With one this would be a way around the gate.
    length(var.failover_listeners) == 0 ? {} : {
      ci_listeners = {
        name        = "ci-listeners"
        description = "Whose weights a failover without a ledger may move."
        document    = data.aws_iam_policy_document.ci_listeners.json
      }
    },
    length(var.task_log_groups) == 0 ? {} : {
      ci_task_logs = {
        name        = "ci-task-logs"
        description = "What a release may show of the logs of its tasks."
        document    = data.aws_iam_policy_document.ci_task_logs.json
      }
    },
  )

  # One attachment for each role and policy.
  ci_attachments = merge([
    for role in var.ci_roles : {
      for policy in keys(local.ci_policies) : "${role}/${policy}" => { role = role, policy = policy }
    }
  ]...)
}

resource "aws_iam_policy" "ci" {
  for_each = local.ci_policies

  name        = "${var.prefix}-${each.value.name}-${local.region}"
  description = each.value.description
  policy      = each.value.document
  tags        = var.tags
}

resource "aws_iam_role_policy_attachment" "ci" {
  for_each = local.ci_attachments

  role       = each.value.role
  policy_arn = aws_iam_policy.ci[each.value.policy].arn
}

resource "aws_iam_policy" "auditor" {
  name        = "${var.prefix}-auditor-${local.region}"
  description = "Lists what was decided and verifies the record."
  policy      = data.aws_iam_policy_document.auditor.json
  tags        = var.tags
}

data "aws_iam_policy_document" "auditor" {
  statement {
    sid       = "ReadLedger"
    effect    = "Allow"
    actions   = ["dynamodb:GetItem", "dynamodb:Query"]
    resources = [aws_dynamodb_table.ledger.arn]

    condition {
      test     = "ForAllValues:StringLike"
      variable = "dynamodb:LeadingKeys"
      values   = ["release#*", "measured#*", "gate#*", "watch#*", "chain#*"]
    }

    condition {
      test     = "Null"
      variable = "dynamodb:LeadingKeys"
      values   = ["false"]
    }
  }

  # A scan has no key to be judged by, so it may ask for what decisions are made of.
  statement {
    sid       = "ListDecisions"
    effect    = "Allow"
    actions   = ["dynamodb:Scan"]
    resources = [aws_dynamodb_table.ledger.arn]

    condition {
      test     = "ForAllValues:StringEquals"
      variable = "dynamodb:Attributes"
      values   = ["pk", "sk", "row", "digest", "mac"]
    }

    condition {
      test     = "Null"
      variable = "dynamodb:Attributes"
      values   = ["false"]
    }

    condition {
      test     = "StringEquals"
      variable = "dynamodb:Select"
      values   = ["SPECIFIC_ATTRIBUTES"]
    }
  }

  statement {
    sid       = "VerifySeals"
    effect    = "Allow"
    actions   = ["kms:VerifyMac"]
    resources = [aws_kms_key.seal.arn]
  }
}

