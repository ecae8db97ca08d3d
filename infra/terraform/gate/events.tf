locals {
  # What EventBridge is to tell of, by the states of a deployment.
  deployment_events = {
    for name, states in {
      starts = ["START"]
      states = ["READY", "SUCCESS", "FAILURE", "STOP"]
    } :
    name => jsonencode({
      source      = ["aws.codedeploy"]
      detail-type = ["CodeDeploy Deployment State-change Notification"]
      detail      = { state = states }
    })
  }
}

resource "aws_cloudwatch_event_rule" "every_minute" {
  name                = "${var.prefix}-every-minute"
  schedule_expression = "rate(1 minute)"
  tags                = var.tags
}

resource "aws_cloudwatch_event_target" "every_minute" {
  rule      = aws_cloudwatch_event_rule.every_minute.name
  target_id = "sweep"
  arn       = aws_lambda_function.sweep.arn

  retry_policy {
    maximum_retry_attempts       = 0
    maximum_event_age_in_seconds = 60
  }
}

resource "aws_cloudwatch_event_rule" "deployment_starts" {
  name = "${var.prefix}-deployment-starts"
  # Either triggers it (PutRule).
  schedule_expression = "rate(1 minute)"
  event_pattern       = local.deployment_events.starts
  tags                = var.tags
}

resource "aws_cloudwatch_event_target" "deployment_starts" {
  rule      = aws_cloudwatch_event_rule.deployment_starts.name
  target_id = "watchdog"
  arn       = aws_lambda_function.watchdog.arn
}

resource "aws_cloudwatch_event_rule" "deployment_states" {
  name          = "${var.prefix}-deployment-states"
  event_pattern = local.deployment_events.states
  tags          = var.tags
}

resource "aws_cloudwatch_event_target" "deployment_states" {
  rule      = aws_cloudwatch_event_rule.deployment_states.name
  target_id = "sweep"
  arn       = aws_lambda_function.sweep.arn
}

# Evidence that comes while somebody waits counts at once; what gets lost here waits for the schedule.
resource "aws_lambda_event_source_mapping" "evidence_arrives" {
  event_source_arn              = aws_dynamodb_table.ledger.stream_arn
  function_name                 = aws_lambda_function.sweep.function_name
  starting_position             = "LATEST"
  batch_size                    = 100
  maximum_retry_attempts        = 2
  maximum_record_age_in_seconds = 300
  tags                          = var.tags

  filter_criteria {
    filter {
      pattern = jsonencode({
        eventName = ["INSERT"]
        dynamodb = {
          Keys     = { pk = { S = [{ prefix = "release#" }, { prefix = "measured#" }] } }
          NewImage = { evidence = { S = [{ prefix = "{" }] } }
        }
      })
    }
  }
}

resource "aws_lambda_permission" "schedule_may_invoke_sweep" {
  function_name = aws_lambda_function.sweep.function_name
  action        = "lambda:InvokeFunction"
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.every_minute.arn
}

resource "aws_lambda_permission" "states_may_invoke_sweep" {
  function_name = aws_lambda_function.sweep.function_name
  action        = "lambda:InvokeFunction"
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.deployment_states.arn
}

resource "aws_lambda_permission" "starts_may_invoke_watchdog" {
  function_name = aws_lambda_function.watchdog.function_name
  action        = "lambda:InvokeFunction"
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.deployment_starts.arn
}
