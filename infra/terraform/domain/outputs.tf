output "service_name" {
  description = "For the action's input service; null with failover."
  value       = one(aws_ecs_service.this[*].name)
}

output "application_name" {
  description = "CodeDeploy's application, which the action finds if it has the console's name; null with failover."
  value       = one(aws_codedeploy_app.this[*].name)
}

output "deployment_group_name" {
  description = "CodeDeploy's deployment group, for watch.deployment-groups of the gate's policy; null with failover."
  value       = one(aws_codedeploy_deployment_group.this[*].deployment_group_name)
}

output "sides" {
  description = "For the action's input sides; null with blue-green."
  value = local.is_blue_green ? null : join(",", [
    "prod1=${aws_lb_target_group.this["a"].name}",
    "prod2=${aws_lb_target_group.this["b"].name}",
    "prod1-service=${aws_ecs_service.side["a"].name}",
    "prod2-service=${aws_ecs_service.side["b"].name}",
  ])
}

output "listener_arn" {
  description = "The listener that clients call."
  value       = aws_lb_listener.production.arn
}

output "test_listener_arn" {
  description = "The listener at which green is verified; null if there is none."
  value       = one(aws_lb_listener.test[*].arn)
}

output "task_definition_arn" {
  description = "The first revision."
  value       = aws_ecs_task_definition.first.arn
}

output "execution_role_arn" {
  description = "For task definitions, and for ci_pass_roles of the module gate."
  value       = aws_iam_role.execution.arn
}

output "task_role_arn" {
  description = "For task definitions, and for ci_pass_roles of the module gate."
  value       = aws_iam_role.task.arn
}

output "task_security_group" {
  description = "Security group of the tasks."
  value       = aws_security_group.tasks.id
}

output "log_group_name" {
  description = "Logs of the tasks."
  value       = aws_cloudwatch_log_group.this.name
}
