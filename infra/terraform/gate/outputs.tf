output "gate_function" {
  description = "For the action's input gate-function, and BeforeAllowTraffic in an AppSpec."
  value       = aws_lambda_function.request.arn
}

output "verify_function" {
  description = "For the action's input verify-function; null if there are no functions inside the VPC."
  value       = one(aws_lambda_function.verify[*].arn)
}

output "interactivity_url" {
  description = "For Interactivity and Shortcuts of the Slack app."
  value       = "${aws_apigatewayv2_api.this.api_endpoint}/slack/interactions"
}

output "ledger_table" {
  description = "For the action's input ledger-table."
  value       = aws_dynamodb_table.ledger.name
}

output "ledger_arn" {
  description = "For the rights of others on the table."
  value       = aws_dynamodb_table.ledger.arn
}

output "seal_key" {
  description = "For verify --key."
  value       = aws_kms_key.seal.arn
}

output "ci_policy_arns" {
  description = "By name, the policies for a role that CI assumes, all of them: without the guard the others keep nobody from the gate."
  value       = { for name, policy in aws_iam_policy.ci : name => policy.arn }
}

output "auditor_policy_arn" {
  description = "For who lists and verifies decisions."
  value       = aws_iam_policy.auditor.arn
}
