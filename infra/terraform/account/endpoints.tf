locals {
  # What tasks need to start and to log, and what the functions of the gate inside the VPC call.
  interface_endpoints = var.egress == "endpoints" ? toset([
    "codedeploy",
    "ecr.api",
    "ecr.dkr",
    "ecs",
    "elasticloadbalancing",
    "lambda",
    "logs",
    "secretsmanager",
    "ssm",
  ]) : toset([])
}

# They cost nothing, and keep the layers of images and the ledger off the NAT gateways.
resource "aws_vpc_endpoint" "gateway" {
  for_each = toset(["dynamodb", "s3"])

  vpc_id            = aws_vpc.this.id
  service_name      = "com.amazonaws.${local.region}.${each.value}"
  vpc_endpoint_type = "Gateway"
  route_table_ids   = [aws_route_table.private["a"].id, aws_route_table.private["b"].id]
  tags              = merge(var.tags, { Name = "${var.name}-${each.value}" })
}

resource "aws_vpc_endpoint" "interface" {
  for_each = local.interface_endpoints

  vpc_id              = aws_vpc.this.id
  service_name        = "com.amazonaws.${local.region}.${each.value}"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
  subnet_ids          = local.private_subnet_ids
  security_group_ids  = aws_security_group.endpoints[*].id
  tags                = merge(var.tags, { Name = "${var.name}-${each.value}" })
}

resource "aws_security_group" "endpoints" {
  count = var.egress == "endpoints" ? 1 : 0

  name        = "${var.name}-endpoints"
  description = "Endpoints of AWS's services."
  vpc_id      = aws_vpc.this.id
  tags        = merge(var.tags, { Name = "${var.name}-endpoints" })
}

resource "aws_vpc_security_group_ingress_rule" "endpoints" {
  for_each = var.egress == "endpoints" ? local.private_blocks : {}

  security_group_id = one(aws_security_group.endpoints[*].id)
  description       = "Tasks and functions."
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = each.value
  tags              = var.tags
}
