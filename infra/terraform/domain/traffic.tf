locals {
  # Which of the two serves changes with every release.
  target_groups = local.is_blue_green ? { a = "${var.name}-a", b = "${var.name}-b" } : { a = "${var.name}-prod1", b = "${var.name}-prod2" }

  protocol        = var.https ? "HTTPS" : "HTTP"
  ssl_policy      = var.https ? "ELBSecurityPolicy-TLS13-1-2-2021-06" : null
  certificate_arn = var.https ? var.account.certificate_arn : null
}

resource "aws_lb_target_group" "this" {
  for_each = local.target_groups

  name                 = each.value
  vpc_id               = var.account.vpc_id
  target_type          = "ip"
  protocol             = "HTTP"
  port                 = var.container_port
  deregistration_delay = var.deregistration_seconds
  tags                 = var.tags

  health_check {
    path                = var.health_check_path
    matcher             = "200"
    interval            = 10
    timeout             = 5
    healthy_threshold   = 2
    unhealthy_threshold = 3
  }
}

# Where it leads to is as it is made only at first: CodeDeploy moves it, or the gate its two weights.
resource "aws_lb_listener" "production" {
  load_balancer_arn = var.account.load_balancer_arn
  port              = var.port
  protocol          = local.protocol
  ssl_policy        = local.ssl_policy
  certificate_arn   = local.certificate_arn
  tags              = var.tags

  default_action {
    type             = "forward"
    target_group_arn = local.is_blue_green ? aws_lb_target_group.this["a"].arn : null

    dynamic "forward" {
      for_each = local.is_blue_green ? [] : [{ a = 100, b = 0 }]

      content {
        dynamic "target_group" {
          for_each = forward.value

          content {
            arn    = aws_lb_target_group.this[target_group.key].arn
            weight = target_group.value
          }
        }
      }
    }
  }

  lifecycle {
    ignore_changes = [default_action]

    precondition {
      condition     = !var.https || var.account.certificate_arn != ""
      error_message = "https needs an account with a certificate (domain_name); https = false is for networks that nobody else reads."
    }
  }
}

resource "aws_lb_listener" "test" {
  count = local.has_test_listener ? 1 : 0

  load_balancer_arn = var.account.load_balancer_arn
  port              = var.test_port
  protocol          = local.protocol
  ssl_policy        = local.ssl_policy
  certificate_arn   = local.certificate_arn
  tags              = var.tags

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.this["a"].arn
  }

  # CodeDeploy leads it to green, and back.
  lifecycle {
    ignore_changes = [default_action]
  }
}
