# Slack's way in.
resource "aws_apigatewayv2_api" "this" {
  name          = var.prefix
  protocol_type = "HTTP"
  tags          = var.tags
}

resource "aws_apigatewayv2_integration" "callback" {
  api_id                 = aws_apigatewayv2_api.this.id
  integration_type       = "AWS_PROXY"
  integration_uri        = aws_lambda_function.callback.arn
  payload_format_version = "2.0"
  timeout_milliseconds   = 5000
}

resource "aws_apigatewayv2_route" "interactions" {
  api_id    = aws_apigatewayv2_api.this.id
  route_key = "POST /slack/interactions"
  # Slack signs its requests; the function checks that before it does anything.
  authorization_type = "NONE"
  target             = "integrations/${aws_apigatewayv2_integration.callback.id}"
}

resource "aws_apigatewayv2_stage" "default" {
  api_id      = aws_apigatewayv2_api.this.id
  name        = "$default"
  auto_deploy = true
  tags        = var.tags

  default_route_settings {
    throttling_rate_limit  = 20
    throttling_burst_limit = 50
  }

  access_log_settings {
    destination_arn = aws_cloudwatch_log_group.api.arn
    # API Gateway refuses a format without $context.requestId (API reference, AccessLogSettings).
    format = jsonencode({
      id     = "$context.requestId"
      at     = "$context.requestTime"
      ip     = "$context.identity.sourceIp"
      route  = "$context.routeKey"
      status = "$context.status"
      ms     = "$context.responseLatency"
      error  = "$context.error.message"
    })
  }
}

resource "aws_cloudwatch_log_group" "api" {
  name              = "/aws/apigateway/${var.prefix}"
  retention_in_days = var.log_retention_days
  tags              = var.tags
}

resource "aws_lambda_permission" "api_may_invoke_callback" {
  function_name = aws_lambda_function.callback.function_name
  action        = "lambda:InvokeFunction"
  principal     = "apigateway.amazonaws.com"
  source_arn    = "arn:${local.partition}:execute-api:${local.place}:${aws_apigatewayv2_api.this.id}/$default/POST/slack/interactions"
}
