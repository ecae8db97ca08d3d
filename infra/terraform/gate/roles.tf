data "aws_iam_policy_document" "lambda" {
  statement {
    effect  = "Allow"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

# Rights: one role a function, each with what it does and no more.
resource "aws_iam_role" "function" {
  for_each = local.function_names

  name               = "${var.prefix}-${each.key}-${local.region}"
  assume_role_policy = data.aws_iam_policy_document.lambda.json
  tags               = var.tags
}

locals {
  own_rights = merge(
    {
      request  = data.aws_iam_policy_document.request.json
      callback = data.aws_iam_policy_document.callback.json
      sweep    = data.aws_iam_policy_document.sweep.json
      watchdog = data.aws_iam_policy_document.watchdog.json
    },
    local.in_vpc ? {
      verify  = one(data.aws_iam_policy_document.verify[*].json)
      observe = one(data.aws_iam_policy_document.observe[*].json)
    } : {},
  )

  shared_rights = merge(
    {
      request-decide    = { function = "request", policy_arn = aws_iam_policy.decide.arn }
      request-settings  = { function = "request", policy_arn = aws_iam_policy.settings.arn }
      callback-decide   = { function = "callback", policy_arn = aws_iam_policy.decide.arn }
      callback-settings = { function = "callback", policy_arn = aws_iam_policy.settings.arn }
      sweep-decide      = { function = "sweep", policy_arn = aws_iam_policy.decide.arn }
      sweep-settings    = { function = "sweep", policy_arn = aws_iam_policy.settings.arn }
      watchdog-settings = { function = "watchdog", policy_arn = aws_iam_policy.settings.arn }
    },
    local.in_vpc ? {
      verify-vpc  = { function = "verify", policy_arn = one(aws_iam_policy.vpc[*].arn) }
      observe-vpc = { function = "observe", policy_arn = one(aws_iam_policy.vpc[*].arn) }
    } : {},
  )

  # As policies name it: the streams of the group too.
  logs_of = { for name, group in aws_cloudwatch_log_group.function : name => "${group.arn}:*" }
}

resource "aws_iam_role_policy" "function" {
  for_each = local.function_names

  name   = each.key
  role   = aws_iam_role.function[each.key].name
  policy = local.own_rights[each.key]
}

resource "aws_iam_role_policy_attachment" "function" {
  for_each = local.shared_rights

  role       = aws_iam_role.function[each.value.function].name
  policy_arn = each.value.policy_arn
}

resource "aws_iam_policy" "decide" {
  name        = "${var.prefix}-decide-${local.region}"
  description = "To close a gate, put it on record, and tell CodeDeploy."
  policy      = data.aws_iam_policy_document.decide.json
  tags        = var.tags
}

resource "aws_iam_policy" "settings" {
  name        = "${var.prefix}-settings-${local.region}"
  description = "To read the policy document and Slack's secret."
  policy      = data.aws_iam_policy_document.settings.json
  tags        = var.tags
}
