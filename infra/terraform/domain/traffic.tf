locals {
  # Which of the two is blue changes with every release.
  target_groups = toset(["a", "b"])

  protocol   = var.certificate_arn == "" ? "HTTP" : "HTTPS"
  ssl_policy = var.certificate_arn == "" ? null : "ELBSecurityPolicy-TLS13-1-2-2021-06"
}

resource "aws_lb_target_group" "this" {
  for_each = local.target_groups

  name        = "${var.name}-${each.key}"
  vpc_id      = var.vpc_id
  target_type = "ip"
  protocol    = "HTTP"
  port        = var.container_port
  # As long as a request may take; blue waits for it before its tasks end.
  deregistration_delay = 30
  tags                 = var.tags

  health_check {
    path                = var.health_check_path
    protocol            = "HTTP"
    matcher             = "200"
    interval            = 10
    timeout             = 5
    healthy_threshold   = 2
    unhealthy_threshold = 3
  }
}

resource "aws_lb_listener" "production" {
  load_balancer_arn = var.load_balancer_arn
  port              = var.port
  protocol          = local.protocol
  ssl_policy        = local.ssl_policy
  certificate_arn   = var.certificate_arn == "" ? null : var.certificate_arn
  tags              = var.tags

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.this["a"].arn
  }

  # CodeDeploy moves the traffic.
  lifecycle {
    ignore_changes = [default_action]
  }
}

resource "aws_lb_listener" "test" {
  count = local.has_test_listener ? 1 : 0

  load_balancer_arn = var.load_balancer_arn
  port              = var.test_port
  protocol          = local.protocol
  ssl_policy        = local.ssl_policy
  certificate_arn   = var.certificate_arn == "" ? null : var.certificate_arn
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

