# Who may talk to whom: lines in the security groups of load balancer, tasks, database and cache.
locals {
  tasks_egress = merge(
    {
      tls = {
        description = "Images, secrets, logs and whatever has TLS"
        from        = 443
        to          = 443
        group       = null
      }
      domains = {
        description = "Other domains, through the load balancer"
        from        = 1
        to          = 65535
        group       = var.account.load_balancer_security_group
      }
    },
    var.uses_database ? {
      database = {
        description = "The database"
        from        = 5432
        to          = 5432
        group       = var.account.database_security_group
      }
    } : {},
    var.uses_cache ? {
      cache = {
        description = "The cache"
        from        = 6379
        to          = 6379
        group       = var.account.cache_security_group
      }
    } : {},
    var.documents_secret_arn == "" ? {} : {
      documents = {
        description = "The document store, wherever it is"
        from        = var.documents_port
        to          = var.documents_port
        group       = null
      }
    },
  )
}

resource "aws_security_group" "tasks" {
  name        = "${var.name}-tasks"
  description = "Tasks of ${var.name}."
  vpc_id      = var.account.vpc_id
  tags        = var.tags
}

resource "aws_vpc_security_group_ingress_rule" "tasks_from_load_balancer" {
  security_group_id            = aws_security_group.tasks.id
  description                  = "Requests and health checks of the load balancer"
  ip_protocol                  = "tcp"
  from_port                    = var.container_port
  to_port                      = var.container_port
  referenced_security_group_id = var.account.load_balancer_security_group
  tags                         = var.tags
}

resource "aws_vpc_security_group_ingress_rule" "tasks_from_vpc" {
  security_group_id = aws_security_group.tasks.id
  description       = "Checks that the gate makes of single tasks, from inside the VPC"
  ip_protocol       = "tcp"
  from_port         = var.container_port
  to_port           = var.container_port
  cidr_ipv4         = var.account.vpc_cidr
  tags              = var.tags
}

resource "aws_vpc_security_group_egress_rule" "tasks" {
  for_each = local.tasks_egress

  security_group_id            = aws_security_group.tasks.id
  description                  = each.value.description
  ip_protocol                  = "tcp"
  from_port                    = each.value.from
  to_port                      = each.value.to
  referenced_security_group_id = each.value.group
  cidr_ipv4                    = each.value.group == null ? "0.0.0.0/0" : null
  tags                         = var.tags
}

resource "aws_vpc_security_group_egress_rule" "load_balancer_to_tasks" {
  security_group_id            = var.account.load_balancer_security_group
  description                  = "Requests and health checks for ${var.name}"
  ip_protocol                  = "tcp"
  from_port                    = var.container_port
  to_port                      = var.container_port
  referenced_security_group_id = aws_security_group.tasks.id
  tags                         = var.tags
}

resource "aws_vpc_security_group_ingress_rule" "clients" {
  security_group_id = var.account.load_balancer_security_group
  description       = "Clients of ${var.name}"
  ip_protocol       = "tcp"
  from_port         = var.port
  to_port           = var.port
  cidr_ipv4         = var.client_cidr
  tags              = var.tags
}

resource "aws_vpc_security_group_ingress_rule" "test_clients" {
  count = local.has_test_listener ? 1 : 0

  security_group_id = var.account.load_balancer_security_group
  description       = "Whoever verifies green of ${var.name}"
  ip_protocol       = "tcp"
  from_port         = var.test_port
  to_port           = var.test_port
  cidr_ipv4         = var.test_client_cidr == "" ? var.account.vpc_cidr : var.test_client_cidr
  tags              = var.tags
}

resource "aws_vpc_security_group_ingress_rule" "database" {
  count = var.uses_database ? 1 : 0

  security_group_id            = var.account.database_security_group
  description                  = "Tasks of ${var.name}"
  ip_protocol                  = "tcp"
  from_port                    = 5432
  to_port                      = 5432
  referenced_security_group_id = aws_security_group.tasks.id
  tags                         = var.tags
}

resource "aws_vpc_security_group_ingress_rule" "cache" {
  count = var.uses_cache ? 1 : 0

  security_group_id            = var.account.cache_security_group
  description                  = "Tasks of ${var.name}"
  ip_protocol                  = "tcp"
  from_port                    = 6379
  to_port                      = 6379
  referenced_security_group_id = aws_security_group.tasks.id
  tags                         = var.tags
}
