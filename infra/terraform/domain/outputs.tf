output "service" {
  description = "For the action's inputs cluster and service, and for releases in its ledger: CLUSTER/SERVICE."
  value       = "${var.cluster_name}/${aws_ecs_service.this.name}"
}

output "application" {
  description = "CodeDeploy's application, which the action finds by its name."
  value       = aws_codedeploy_app.this.name
}

output "deployment_group" {
  description = "CodeDeploy's deployment group, for watch.deployment-groups of the gate's policy."
  value       = aws_codedeploy_deployment_group.this.deployment_group_name
}

output "task_definition_family" {
  description = "The family of which releases register revisions."
  value       = aws_ecs_task_definition.first.family
}

output "execution_role_arn" {
  description = "For task definitions, and for ci_pass_roles of the module gate."
  value       = aws_iam_role.execution.arn
}

output "task_role_arn" {
  description = "For task definitions, and for ci_pass_roles of the module gate."
  value       = aws_iam_role.task.arn
}

output "security_group" {
  description = "Of the tasks: for the security groups of databases, which let it in."
  value       = aws_security_group.tasks.id
}

output "listener_arn" {
  description = "The production listener."
  value       = aws_lb_listener.production.arn
}

output "test_listener_arn" {
  description = "The test listener; null if there is none."
  value       = one(aws_lb_listener.test[*].arn)
}

output "log_group" {
  description = "Logs of the tasks."
  value       = aws_cloudwatch_log_group.this.name
}
