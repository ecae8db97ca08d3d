locals {
  # Unless an alarm says otherwise: one occurrence within a minute, and silence where there is no data.
  alarms = merge(
    {
      request-errors = {
        description = "The gate could not be opened, and has said no."
        namespace   = "AWS/Lambda"
        metric      = "Errors"
        dimensions  = { FunctionName = local.names.request }
      }
      callback-errors = {
        description = "Clicks could not be handled."
        namespace   = "AWS/Lambda"
        metric      = "Errors"
        dimensions  = { FunctionName = local.names.callback }
      }
      callback-throttles = {
        description = "More clicks than the concurrency of the callback, or of the account; a flood, or too little of it."
        namespace   = "AWS/Lambda"
        metric      = "Throttles"
        dimensions  = { FunctionName = local.names.callback }
      }
      sweep-errors = {
        description        = "A gate could not be driven on for three minutes running."
        namespace          = "AWS/Lambda"
        metric             = "Errors"
        dimensions         = { FunctionName = local.names.sweep }
        evaluation_periods = 3
      }
      sweep-stopped = {
        description  = "The sweep does not run; gates do not expire and nobody is reminded."
        namespace    = "AWS/Lambda"
        metric       = "Invocations"
        dimensions   = { FunctionName = local.names.sweep }
        period       = 300
        threshold    = 1
        comparison   = "LessThanThreshold"
        missing_data = "breaching"
      }
      watchdog-errors = {
        description = "A deployment could not be looked at, stopped or reported."
        namespace   = "AWS/Lambda"
        metric      = "Errors"
        dimensions  = { FunctionName = local.names.watchdog }
      }
      api-refusals = {
        description = "Many requests that Slack has not signed; somebody is trying the door."
        namespace   = "AWS/ApiGateway"
        metric      = "4xx"
        dimensions  = { ApiId = aws_apigatewayv2_api.this.id }
        period      = 300
        threshold   = 50
        comparison  = "GreaterThanOrEqualToThreshold"
      }
      request-throttles = {
        description = "CodeDeploy could not ask the gate; the account has no concurrency left."
        namespace   = "AWS/Lambda"
        metric      = "Throttles"
        dimensions  = { FunctionName = local.names.request }
      }
      sweep-throttles = {
        description = "The sweep waits; the account has no concurrency left."
        namespace   = "AWS/Lambda"
        metric      = "Throttles"
        dimensions  = { FunctionName = local.names.sweep }
      }
      watchdog-throttles = {
        description = "Deployments are looked at late; the account has no concurrency left."
        namespace   = "AWS/Lambda"
        metric      = "Throttles"
        dimensions  = { FunctionName = local.names.watchdog }
      }
      api-failures = {
        description = "Slack got an error; what somebody clicked may not have been taken."
        namespace   = "AWS/ApiGateway"
        metric      = "5xx"
        dimensions  = { ApiId = aws_apigatewayv2_api.this.id }
      }
    },
    { for name, alarm in {
      verify-errors = {
        description = "A verification hook got no answer; the deployment waits until CodeDeploy gives up."
        namespace   = "AWS/Lambda"
        metric      = "Errors"
        dimensions  = { FunctionName = local.names.verify }
      }
      verify-throttles = {
        description = "Green is verified late, or not at all; the account has no concurrency left."
        namespace   = "AWS/Lambda"
        metric      = "Throttles"
        dimensions  = { FunctionName = local.names.verify }
      }
      observe-errors = {
        description = "Production was observed in part; a breach may go unseen."
        namespace   = "AWS/Lambda"
        metric      = "Errors"
        dimensions  = { FunctionName = local.names.observe }
      }
      observe-throttles = {
        description = "Production is observed late, or not at all; the account has no concurrency left."
        namespace   = "AWS/Lambda"
        metric      = "Throttles"
        dimensions  = { FunctionName = local.names.observe }
      }
    } : name => alarm if local.in_vpc },
  )
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each = local.alarms

  alarm_name          = "${var.prefix}-${each.key}"
  alarm_description   = each.value.description
  namespace           = each.value.namespace
  metric_name         = each.value.metric
  dimensions          = each.value.dimensions
  statistic           = "Sum"
  period              = try(each.value.period, 60)
  evaluation_periods  = try(each.value.evaluation_periods, 1)
  threshold           = try(each.value.threshold, 0)
  comparison_operator = try(each.value.comparison, "GreaterThanThreshold")
  treat_missing_data  = try(each.value.missing_data, "notBreaching")
  alarm_actions       = local.alarm_actions
  ok_actions          = local.alarm_actions
  tags                = var.tags
}
