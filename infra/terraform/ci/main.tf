data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {}

locals {
  account   = data.aws_caller_identity.current.account_id
  partition = data.aws_partition.current.partition
  region    = data.aws_region.current.region

  provider_arn = var.provider_arn == "" ? one(aws_iam_openid_connect_provider.github[*].arn) : var.provider_arn

  # By name, and by name and id: GitHub sends the second form for repositories created, renamed or transferred
  # since 15 July 2026, and for those that have asked for it.
  repositories = compact([
    "${var.owner}/${var.repository}",
    var.repository_id == "" ? "" : "${var.owner}@${var.owner_id}/${var.repository}@${var.repository_id}",
  ])
  origins = compact([
    var.branch == "" ? "" : "ref:refs/heads/${var.branch}",
    var.tag == "" ? "" : "ref:refs/tags/${var.tag}",
    var.environment == "" ? "" : "environment:${var.environment}",
  ])
  subjects = flatten([
    for repository in local.repositories : [for origin in local.origins : "repo:${repository}:${origin}"]
  ])

  # The guard is never left out: without it the others keep nobody from the gate.
  policies = concat(
    ["ci", "guard"],
    var.passes_roles ? ["ci-pass-roles"] : [],
    var.runs_tasks ? ["ci-run-task"] : [],
    var.times_recovery ? ["ci-recovery"] : [],
    var.shows_logs ? ["ci-task-logs"] : [],
  )
}

# An account has one provider for an address, and other roles may trust it: it is not destroyed with the role.
resource "aws_iam_openid_connect_provider" "github" {
  count = var.provider_arn == "" ? 1 : 0

  url            = "https://token.actions.githubusercontent.com"
  client_id_list = ["sts.amazonaws.com"]
  tags           = var.tags

  lifecycle {
    prevent_destroy = true
  }
}

data "aws_iam_policy_document" "workflows" {
  dynamic "statement" {
    for_each = length(local.subjects) == 0 ? [] : [local.subjects]

    content {
      sid     = "WorkflowsOfTheRepository"
      effect  = "Allow"
      actions = ["sts:AssumeRoleWithWebIdentity"]

      principals {
        type        = "Federated"
        identifiers = [local.provider_arn]
      }

      condition {
        test     = "StringEquals"
        variable = "token.actions.githubusercontent.com:aud"
        values   = ["sts.amazonaws.com"]
      }

      condition {
        test     = "StringLike"
        variable = "token.actions.githubusercontent.com:sub"
        values   = statement.value
      }
    }
  }

  dynamic "statement" {
    for_each = length(var.more_subjects) == 0 ? [] : [var.more_subjects]

    content {
      sid     = "WorkflowsByOtherSubjects"
      effect  = "Allow"
      actions = ["sts:AssumeRoleWithWebIdentity"]

      principals {
        type        = "Federated"
        identifiers = [local.provider_arn]
      }

      condition {
        test     = "StringEquals"
        variable = "token.actions.githubusercontent.com:aud"
        values   = ["sts.amazonaws.com"]
      }

      condition {
        test     = "StringEquals"
        variable = "token.actions.githubusercontent.com:sub"
        values   = statement.value
      }
    }
  }
}

resource "aws_iam_role" "ci" {
  name                 = var.role_name
  description          = "Releases of ${var.owner}/${var.repository} through the gate."
  max_session_duration = var.max_session_seconds
  permissions_boundary = var.permissions_boundary_arn == "" ? null : var.permissions_boundary_arn
  assume_role_policy   = data.aws_iam_policy_document.workflows.json
  tags                 = var.tags

  lifecycle {
    precondition {
      condition     = length(local.subjects) + length(var.more_subjects) > 0
      error_message = "Nobody could take the role: give branch, tag, environment or more_subjects."
    }
  }
}

resource "aws_iam_role_policy_attachment" "ci" {
  for_each = toset(local.policies)

  role       = aws_iam_role.ci.name
  policy_arn = "arn:${local.partition}:iam::${local.account}:policy/${var.prefix}-${each.value}-${local.region}"
}

# The policy of CI allows the releases of all services that the module gate names.
data "aws_iam_policy_document" "own_releases_only" {
  statement {
    sid       = "NeverRecordOthers"
    effect    = "Deny"
    actions   = ["dynamodb:PutItem"]
    resources = ["arn:${local.partition}:dynamodb:${local.region}:${local.account}:table/${var.prefix}"]

    condition {
      test     = "ForAnyValue:StringNotLike"
      variable = "dynamodb:LeadingKeys"
      values   = var.releases
    }
  }
}

resource "aws_iam_role_policy" "own_releases_only" {
  name   = "own-releases-only"
  role   = aws_iam_role.ci.name
  policy = data.aws_iam_policy_document.own_releases_only.json
}
