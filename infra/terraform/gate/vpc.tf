# Verification and observation from inside the VPC, for internal load balancers.
locals {
  verify_origins = join(",", var.verify_origins)
}

# A hook too, so the name begins as CodeDeploy may invoke it.
resource "aws_lambda_function" "verify" {
  count = local.in_vpc ? 1 : 0

  function_name = local.names.verify
  description   = "Asks green what its verification file says, from inside the VPC."
  runtime       = "nodejs24.x"
  architectures = ["arm64"]
  handler       = "verify/index.handler"
  memory_size   = 512
  # Lambda's longest; it answers the hook before.
  timeout   = 900
  role      = aws_iam_role.function["verify"].arn
  s3_bucket = var.code_bucket
  s3_key    = var.code_key
  tags      = var.tags

  environment {
    variables = {
      LEDGER_TABLE   = aws_dynamodb_table.ledger.name
      GATE_FUNCTION  = aws_lambda_function.request.arn
      VERIFY_SECRET  = var.verify_secret_arn
      VERIFY_ORIGINS = local.verify_origins
    }
  }

  vpc_config {
    subnet_ids         = var.verify_subnets
    security_group_ids = var.verify_security_groups
  }

  depends_on = [
    aws_cloudwatch_log_group.function,
    aws_iam_role_policy.function,
    aws_iam_role_policy_attachment.function,
  ]
}

resource "aws_lambda_function" "observe" {
  count = local.in_vpc ? 1 : 0

  function_name = local.names.observe
  description   = "Asks production at a steady rate through a deployment, from inside the VPC."
  runtime       = "nodejs24.x"
  architectures = ["arm64"]
  handler       = "observe/index.handler"
  memory_size   = 512
  # Lambda's longest; before that it starts its successor.
  timeout   = 900
  role      = aws_iam_role.function["observe"].arn
  s3_bucket = var.code_bucket
  s3_key    = var.code_key
  tags      = var.tags

  environment {
    variables = {
      LEDGER_TABLE   = aws_dynamodb_table.ledger.name
      VERIFY_ORIGINS = local.verify_origins
    }
  }

  vpc_config {
    subnet_ids         = var.verify_subnets
    security_group_ids = var.verify_security_groups
  }

  depends_on = [
    aws_cloudwatch_log_group.function,
    aws_iam_role_policy.function,
    aws_iam_role_policy_attachment.function,
  ]
}

# Else Lambda stops a function that invokes itself some 16 times over, four hours here; a release may wait for
# days. The function ends after 800 parts.
resource "aws_lambda_function_recursion_config" "observe" {
  count = local.in_vpc ? 1 : 0

  function_name  = aws_lambda_function.observe[count.index].function_name
  recursive_loop = "Allow"
}

resource "aws_iam_policy" "vpc" {
  count = local.in_vpc ? 1 : 0

  name        = "${var.prefix}-vpc-${local.region}"
  description = "For Lambda, to attach functions to the VPC."
  policy      = data.aws_iam_policy_document.vpc[count.index].json
  tags        = var.tags
}

resource "aws_cloudwatch_event_rule" "observed_starts" {
  count = local.in_vpc ? 1 : 0

  name          = "${var.prefix}-observed-starts"
  event_pattern = local.deployment_events.starts
  tags          = var.tags
}

resource "aws_cloudwatch_event_target" "observed_starts" {
  count = local.in_vpc ? 1 : 0

  rule      = aws_cloudwatch_event_rule.observed_starts[count.index].name
  target_id = "observe"
  arn       = aws_lambda_function.observe[count.index].arn
}

resource "aws_lambda_permission" "starts_may_invoke_observe" {
  count = local.in_vpc ? 1 : 0

  function_name = aws_lambda_function.observe[count.index].function_name
  action        = "lambda:InvokeFunction"
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.observed_starts[count.index].arn
}
