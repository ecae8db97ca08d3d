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
  tags              = var.tags
}

resource "aws_vpc_endpoint" "interface" {
  for_each = local.interface_endpoints

  vpc_id              = aws_vpc.this.id
  service_name        = "com.amazonaws.${local.region}.${each.value}"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
  subnet_ids          = local.private_subnet_ids
  security_group_ids  = aws_security_group.endpoints[*].id
  tags                = var.tags
}

resource "aws_security_group" "endpoints" {
  count = var.egress == "endpoints" ? 1 : 0

  name        = "${var.name}-endpoints"
  description = "Endpoints of AWS services."
  vpc_id      = aws_vpc.this.id
  tags        = var.tags
}

resource "aws_vpc_security_group_ingress_rule" "endpoints" {
  count = var.egress == "endpoints" ? 1 : 0

  security_group_id = one(aws_security_group.endpoints[*].id)
  description       = "Tasks and functions in the VPC"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = var.vpc_cidr
  tags              = var.tags
}
