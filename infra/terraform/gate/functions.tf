locals {
  gate_environment = {
    LEDGER_TABLE     = aws_dynamodb_table.ledger.name
    LEDGER_KEY       = aws_kms_key.seal.arn
    POLICY_PARAMETER = var.policy_parameter
    SLACK_SECRET     = var.slack_secret_arn
  }
}

resource "aws_cloudwatch_log_group" "function" {
  for_each = local.function_names

  name              = "/aws/lambda/${each.value}"
  retention_in_days = var.log_retention_days
  tags              = var.tags
}

resource "aws_lambda_function" "request" {
  function_name = local.names.request
  description   = "Asked by CodeDeploy before production traffic moves; opens the gate."
  runtime       = "nodejs24.x"
  architectures = ["arm64"]
  handler       = "request/index.handler"
  memory_size   = 512
  # It tries for minutes, then says no.
  timeout   = 300
  role      = aws_iam_role.function["request"].arn
  s3_bucket = var.code_bucket
  s3_key    = var.code_key
  tags      = var.tags

  environment {
    variables = local.gate_environment
  }

  # Lambda would make the log group itself, without an end to what it keeps; and a function needs its rights.
  depends_on = [
    aws_cloudwatch_log_group.function,
    aws_iam_role_policy.function,
    aws_iam_role_policy_attachment.function,
  ]
}

resource "aws_lambda_function" "callback" {
  function_name = local.names.callback
  description   = "Takes clicks of Slack, decides, and tells CodeDeploy."
  runtime       = "nodejs24.x"
  architectures = ["arm64"]
  handler       = "callback/index.handler"
  # Memory is processor time: Slack waits for three seconds, a cold start included.
  memory_size = 1024
  timeout     = 10
  # To Lambda a reserved 0 means that the function never runs, and to the provider -1 that nothing is reserved.
  reserved_concurrent_executions = var.callback_concurrency == 0 ? -1 : var.callback_concurrency
  role                           = aws_iam_role.function["callback"].arn
  s3_bucket                      = var.code_bucket
  s3_key                         = var.code_key
  tags                           = var.tags

  environment {
    variables = local.gate_environment
  }

  depends_on = [
    aws_cloudwatch_log_group.function,
    aws_iam_role_policy.function,
    aws_iam_role_policy_attachment.function,
  ]
}

resource "aws_lambda_function" "sweep" {
  function_name = local.names.sweep
  description   = "Every minute; finishes what was cut short, reminds, expires."
  runtime       = "nodejs24.x"
  architectures = ["arm64"]
  handler       = "sweep/index.handler"
  memory_size   = 512
  timeout       = 50
  role          = aws_iam_role.function["sweep"].arn
  s3_bucket     = var.code_bucket
  s3_key        = var.code_key
  tags          = var.tags

  environment {
    variables = local.gate_environment
  }

  depends_on = [
    aws_cloudwatch_log_group.function,
    aws_iam_role_policy.function,
    aws_iam_role_policy_attachment.function,
  ]
}

resource "aws_lambda_function" "watchdog" {
  function_name = local.names.watchdog
  description   = "Stops or reports deployments of gated groups that do not carry the gate."
  runtime       = "nodejs24.x"
  architectures = ["arm64"]
  handler       = "watchdog/index.handler"
  memory_size   = 512
  timeout       = 30
  role          = aws_iam_role.function["watchdog"].arn
  s3_bucket     = var.code_bucket
  s3_key        = var.code_key
  tags          = var.tags

  environment {
    variables = merge(local.gate_environment, {
      GATE_FUNCTION = aws_lambda_function.request.arn
      # It is there only if there are functions inside the VPC.
      OBSERVE_FUNCTION = local.names.observe
    })
  }

  depends_on = [
    aws_cloudwatch_log_group.function,
    aws_iam_role_policy.function,
    aws_iam_role_policy_attachment.function,
  ]
}
