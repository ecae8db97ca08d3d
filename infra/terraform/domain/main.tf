data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {}

locals {
  partition = data.aws_partition.current.partition
  region    = data.aws_region.current.region
  place     = "${local.region}:${data.aws_caller_identity.current.account_id}"

  is_blue_green     = var.strategy == "blue-green"
  has_test_listener = local.is_blue_green && var.test_port != 0

  cluster = var.account.cluster
  service = var.service_name == "" ? var.name : var.service_name
  # By the letter of its target group, each side of a failover.
  sides = {
    for letter, side in { a = "prod1", b = "prod2" } :
    letter => "${local.service}-${side}" if !local.is_blue_green
  }

  database_secret = var.database_secret_arn == "" ? var.account.database_secret_arn : var.database_secret_arn
  secret_arns = concat(
    var.uses_database ? [local.database_secret] : [],
    var.uses_cache ? [var.account.cache_url_secret_arn] : [],
    var.documents_secret_arn == "" ? [] : [var.documents_secret_arn],
  )

  alarm_actions = var.alarm_topic_arn == "" ? [] : [var.alarm_topic_arn]
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/ecs/${var.name}"
  retention_in_days = var.log_retention_days
  tags              = var.tags
}

# The first revision. Releases register what follows, so an old one is not taken away from tasks that run it.
resource "aws_ecs_task_definition" "first" {
  family                   = local.service
  network_mode             = "awsvpc"
  requires_compatibilities = ["FARGATE"]
  cpu                      = var.cpu
  memory                   = var.memory
  execution_role_arn       = aws_iam_role.execution.arn
  task_role_arn            = aws_iam_role.task.arn
  skip_destroy             = true
  tags                     = var.tags

  container_definitions = jsonencode([
    {
      name         = var.name
      image        = var.image
      essential    = true
      portMappings = [{ containerPort = var.container_port, protocol = "tcp" }]
      environment = concat(
        [{ name = "PORT", value = tostring(var.container_port) }],
        var.uses_database ? [
          { name = "DATABASE_HOST", value = var.account.database_host },
          { name = "DATABASE_NAME", value = var.account.database_name },
        ] : [],
      )
      secrets = concat(
        var.uses_database ? [
          { name = "DATABASE_USER", valueFrom = "${local.database_secret}:username::" },
          { name = "DATABASE_PASSWORD", valueFrom = "${local.database_secret}:password::" },
        ] : [],
        var.uses_cache ? [{ name = "REDIS_URL", valueFrom = var.account.cache_url_secret_arn }] : [],
        var.documents_secret_arn == "" ? [] : [{ name = "MONGODB_URL", valueFrom = var.documents_secret_arn }],
      )
      # Open requests are finished before a task ends.
      stopTimeout = 30
      logConfiguration = {
        logDriver = "awslogs"
        options = {
          awslogs-group         = aws_cloudwatch_log_group.this.name
          awslogs-region        = local.region
          awslogs-stream-prefix = var.name
        }
      }
    },
  ])

  # Its arguments are those of the first revision alone, and its secrets have to be there.
  lifecycle {
    precondition {
      condition     = !var.uses_database || var.account.database_security_group != ""
      error_message = "uses_database needs an account with a database."
    }

    precondition {
      condition     = !var.uses_cache || var.account.cache_security_group != ""
      error_message = "uses_cache needs an account with a cache."
    }
  }
}

# Without a count: it begins with one task, and autoscaling makes it min_tasks.
resource "aws_ecs_service" "this" {
  count = local.is_blue_green ? 1 : 0

  name                              = local.service
  cluster                           = local.cluster
  task_definition                   = aws_ecs_task_definition.first.arn
  desired_count                     = 1
  launch_type                       = "FARGATE"
  platform_version                  = "LATEST"
  health_check_grace_period_seconds = 60
  tags                              = var.tags

  deployment_controller {
    type = "CODE_DEPLOY"
  }

  network_configuration {
    subnets          = var.account.private_subnets
    security_groups  = [aws_security_group.tasks.id]
    assign_public_ip = false
  }

  load_balancer {
    target_group_arn = aws_lb_target_group.this["a"].arn
    container_name   = var.name
    container_port   = var.container_port
  }

  # CodeDeploy moves the first two, and the rest of what an AppSpec may carry; autoscaling moves the count.
  # ECS refuses all but the count in UpdateService for a service of this controller.
  lifecycle {
    ignore_changes = [
      task_definition,
      load_balancer,
      network_configuration,
      platform_version,
      desired_count,
    ]
  }

  # A target group has to have a listener before tasks can be registered in it.
  depends_on = [aws_lb_listener.production, aws_vpc_security_group_egress_rule.load_balancer_to_tasks]
}

# The two services of a failover: ECS deploys the one that has no weight.
resource "aws_ecs_service" "side" {
  for_each = local.sides

  name                              = each.value
  cluster                           = local.cluster
  task_definition                   = aws_ecs_task_definition.first.arn
  desired_count                     = 1
  launch_type                       = "FARGATE"
  platform_version                  = "LATEST"
  health_check_grace_period_seconds = 60
  tags                              = var.tags

  deployment_controller {
    type = "ECS"
  }

  # A version that does not start is given up, and the side keeps the one that it had.
  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  network_configuration {
    subnets          = var.account.private_subnets
    security_groups  = [aws_security_group.tasks.id]
    assign_public_ip = false
  }

  load_balancer {
    target_group_arn = aws_lb_target_group.this[each.key].arn
    container_name   = var.name
    container_port   = var.container_port
  }

  # A release deploys the revision, and autoscaling moves the count.
  lifecycle {
    ignore_changes = [task_definition, desired_count]
  }

  depends_on = [aws_lb_listener.production, aws_vpc_security_group_egress_rule.load_balancer_to_tasks]
}

locals {
  # Every service that there is, by what it is here.
  services = merge(
    { for service in aws_ecs_service.this[*].name : "service" => service },
    { for letter, service in aws_ecs_service.side : letter => service.name },
  )
}

resource "aws_appautoscaling_target" "tasks" {
  for_each = local.services

  service_namespace  = "ecs"
  resource_id        = "service/${local.cluster}/${each.value}"
  scalable_dimension = "ecs:service:DesiredCount"
  min_capacity       = var.min_tasks
  max_capacity       = var.max_tasks
  tags               = var.tags
}

resource "aws_appautoscaling_policy" "cpu" {
  for_each = local.services

  name               = "${each.value}-cpu"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.tasks[each.key].service_namespace
  resource_id        = aws_appautoscaling_target.tasks[each.key].resource_id
  scalable_dimension = aws_appautoscaling_target.tasks[each.key].scalable_dimension

  target_tracking_scaling_policy_configuration {
    target_value       = var.target_cpu_percent
    scale_in_cooldown  = 300
    scale_out_cooldown = 60

    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }
}
