output "role_arn" {
  description = "For the input role-to-assume."
  value       = aws_iam_role.ci.arn
}

output "provider_arn" {
  description = "For provider_arn of the next repository's role."
  value       = local.provider_arn
}
