# What moves the traffic of a blue-green domain.
resource "aws_codedeploy_app" "this" {
  count = local.is_blue_green ? 1 : 0

  # The action finds application and group by the console's names.
  name             = var.application_name == "" ? "AppECS-${local.cluster}-${aws_ecs_service.this[count.index].name}" : var.application_name
  compute_platform = "ECS"
  tags             = var.tags
}

resource "aws_codedeploy_deployment_group" "this" {
  count = local.is_blue_green ? 1 : 0

  app_name               = aws_codedeploy_app.this[count.index].name
  deployment_group_name  = var.deployment_group_name == "" ? "DgpECS-${local.cluster}-${aws_ecs_service.this[count.index].name}" : var.deployment_group_name
  deployment_config_name = var.deployment_config
  service_role_arn       = one(aws_iam_role.codedeploy[*].arn)
  tags                   = var.tags

  deployment_style {
    deployment_option = "WITH_TRAFFIC_CONTROL"
    deployment_type   = "BLUE_GREEN"
  }

  ecs_service {
    cluster_name = local.cluster
    service_name = aws_ecs_service.this[count.index].name
  }

  load_balancer_info {
    target_group_pair_info {
      prod_traffic_route {
        listener_arns = [aws_lb_listener.production.arn]
      }

      dynamic "test_traffic_route" {
        for_each = aws_lb_listener.test[*].arn

        content {
          listener_arns = [test_traffic_route.value]
        }
      }

      target_group {
        name = aws_lb_target_group.this["a"].name
      }

      target_group {
        name = aws_lb_target_group.this["b"].name
      }
    }
  }

  blue_green_deployment_config {
    # The gate's hook decides; nobody has to continue a deployment by hand.
    deployment_ready_option {
      action_on_timeout = "CONTINUE_DEPLOYMENT"
    }

    terminate_blue_instances_on_deployment_success {
      action                           = "TERMINATE"
      termination_wait_time_in_minutes = var.blue_stays_minutes
    }
  }

  auto_rollback_configuration {
    enabled = true
    events  = ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM", "DEPLOYMENT_STOP_ON_REQUEST"]
  }

  alarm_configuration {
    enabled = true
    alarms  = concat([for alarm in aws_cloudwatch_metric_alarm.errors : alarm.alarm_name], compact([var.more_alarm]))
  }

  # Without its rights CodeDeploy cannot look at the service.
  depends_on = [aws_iam_role_policy.codedeploy, aws_iam_role_policy_attachment.codedeploy]
}

# Of each target group, since either may be green.
resource "aws_cloudwatch_metric_alarm" "errors" {
  for_each = local.target_groups

  alarm_name          = "${each.value}-errors"
  alarm_description   = "Tasks of ${var.name} answer with 500 and above."
  namespace           = "AWS/ApplicationELB"
  metric_name         = "HTTPCode_Target_5XX_Count"
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 1
  threshold           = var.errors_alarm_threshold
  comparison_operator = "GreaterThanOrEqualToThreshold"
  # No answers are no errors.
  treat_missing_data = "notBreaching"
  alarm_actions      = local.alarm_actions
  ok_actions         = local.alarm_actions
  tags               = var.tags

  dimensions = {
    LoadBalancer = var.account.load_balancer_full_name
    TargetGroup  = aws_lb_target_group.this[each.key].arn_suffix
  }
}
