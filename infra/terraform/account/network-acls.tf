# Network ACLs know no connections: what answers needs a line of its own. AWS's own DNS and time servers are
# reached whatever stands here.
locals {
  acl_rules = {
    # Clients, and whoever is redirected.
    public-https-in = { acl = "public", egress = false, number = 100, block = "0.0.0.0/0", from = 443, to = 443 }
    public-http-in  = { acl = "public", egress = false, number = 110, block = "0.0.0.0/0", from = 80, to = 80 }
    # The listeners of the domains, and answers to what goes out through the NAT gateways.
    public-high-in = { acl = "public", egress = false, number = 120, block = "0.0.0.0/0", from = 1024, to = 65535 }
    # Tasks call out through the NAT gateways, at whatever port, and answer the load balancer.
    public-inside-in = { acl = "public", egress = false, number = 130, block = var.vpc_cidr, from = 0, to = 65535 }
    # The load balancer calls tasks, and the NAT gateways answer them.
    public-inside-out = { acl = "public", egress = true, number = 100, block = var.vpc_cidr, from = 0, to = 65535 }
    # What tasks call through the NAT gateways.
    public-https-out = { acl = "public", egress = true, number = 110, block = "0.0.0.0/0", from = 443, to = 443 }
    public-http-out  = { acl = "public", egress = true, number = 120, block = "0.0.0.0/0", from = 80, to = 80 }
    # Answers to clients, and what tasks call at high ports, such as a document store.
    public-high-out = { acl = "public", egress = true, number = 130, block = "0.0.0.0/0", from = 1024, to = 65535 }

    # The load balancer, tasks among themselves, databases and endpoints.
    private-inside-in = { acl = "private", egress = false, number = 100, block = var.vpc_cidr, from = 0, to = 65535 }
    # Answers from outside: nobody can begin a connection through a NAT gateway.
    private-answers-in = { acl = "private", egress = false, number = 110, block = "0.0.0.0/0", from = 1024, to = 65535 }
    # The same places, and answers to the load balancer.
    private-inside-out = { acl = "private", egress = true, number = 100, block = var.vpc_cidr, from = 0, to = 65535 }
    # AWS's services, registries and other people's interfaces.
    private-https-out = { acl = "private", egress = true, number = 110, block = "0.0.0.0/0", from = 443, to = 443 }
    private-http-out  = { acl = "private", egress = true, number = 120, block = "0.0.0.0/0", from = 80, to = 80 }
    # What is called at high ports, such as a document store elsewhere.
    private-high-out = { acl = "private", egress = true, number = 130, block = "0.0.0.0/0", from = 1024, to = 65535 }
  }

  acls = {
    public  = local.public_subnet_ids
    private = local.private_subnet_ids
  }
}

resource "aws_network_acl" "this" {
  for_each = local.acls

  vpc_id     = aws_vpc.this.id
  subnet_ids = each.value
  tags       = merge(var.tags, { Name = "${var.name}-${each.key}" })
}

resource "aws_network_acl_rule" "this" {
  for_each = local.acl_rules

  network_acl_id = aws_network_acl.this[each.value.acl].id
  egress         = each.value.egress
  rule_number    = each.value.number
  rule_action    = "allow"
  protocol       = "tcp"
  cidr_block     = each.value.block
  from_port      = each.value.from
  to_port        = each.value.to
}
