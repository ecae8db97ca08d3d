resource "aws_security_group" "tasks" {
  name        = "${var.name}-tasks"
  description = "Tasks of ${var.name}."
  vpc_id      = var.vpc_id
  tags        = merge(var.tags, { Name = "${var.name}-tasks" })
}

resource "aws_vpc_security_group_ingress_rule" "tasks_from_load_balancer" {
  security_group_id            = aws_security_group.tasks.id
  description                  = "Requests and health checks of the load balancer."
  ip_protocol                  = "tcp"
  from_port                    = var.container_port
  to_port                      = var.container_port
  referenced_security_group_id = var.load_balancer_security_group
  tags                         = var.tags
}

resource "aws_vpc_security_group_egress_rule" "tasks_to_anywhere" {
  security_group_id = aws_security_group.tasks.id
  description       = "Images, secrets, logs, databases and whatever else the application calls."
  ip_protocol       = "-1"
  cidr_ipv4         = "0.0.0.0/0"
  tags              = var.tags
}

resource "aws_vpc_security_group_egress_rule" "load_balancer_to_tasks" {
  security_group_id            = var.load_balancer_security_group
  description                  = "Requests and health checks for ${var.name}."
  ip_protocol                  = "tcp"
  from_port                    = var.container_port
  to_port                      = var.container_port
  referenced_security_group_id = aws_security_group.tasks.id
  tags                         = var.tags
}

resource "aws_vpc_security_group_ingress_rule" "clients" {
  for_each = var.clients

  security_group_id = var.load_balancer_security_group
  description       = "Clients of ${var.name}."
  ip_protocol       = "tcp"
  from_port         = var.port
  to_port           = var.port
  cidr_ipv4         = each.value
  tags              = var.tags
}

resource "aws_vpc_security_group_ingress_rule" "test_clients" {
  for_each = local.has_test_listener ? var.test_clients : []

  security_group_id = var.load_balancer_security_group
  description       = "Who verifies green of ${var.name}."
  ip_protocol       = "tcp"
  from_port         = var.test_port
  to_port           = var.test_port
  cidr_ipv4         = each.value
  tags              = var.tags
}

resource "aws_vpc_security_group_ingress_rule" "database" {
  count = var.database_security_group == "" ? 0 : 1

  security_group_id            = var.database_security_group
  description                  = "Tasks of ${var.name}."
  ip_protocol                  = "tcp"
  from_port                    = 5432
  to_port                      = 5432
  referenced_security_group_id = aws_security_group.tasks.id
  tags                         = var.tags
}

resource "aws_vpc_security_group_ingress_rule" "cache" {
  count = var.cache_security_group == "" ? 0 : 1

  security_group_id            = var.cache_security_group
  description                  = "Tasks of ${var.name}."
  ip_protocol                  = "tcp"
  from_port                    = 6379
  to_port                      = 6379
  referenced_security_group_id = aws_security_group.tasks.id
  tags                         = var.tags
}
