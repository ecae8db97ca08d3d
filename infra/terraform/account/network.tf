data "aws_partition" "current" {}

data "aws_region" "current" {}

data "aws_caller_identity" "current" {}

data "aws_availability_zones" "available" {
  state = "available"

  # Without local zones, in which there is less than all.
  filter {
    name   = "opt-in-status"
    values = ["opt-in-not-required"]
  }
}

locals {
  region = data.aws_region.current.region

  # By a letter that stays: what is behind it is only known when Terraform plans.
  zones = {
    a = data.aws_availability_zones.available.names[0]
    b = data.aws_availability_zones.available.names[1]
  }

  # Each subnet is a /20.
  subnet_bits    = 20 - tonumber(split("/", var.vpc_cidr)[1])
  public_blocks  = { a = cidrsubnet(var.vpc_cidr, local.subnet_bits, 0), b = cidrsubnet(var.vpc_cidr, local.subnet_bits, 1) }
  private_blocks = { a = cidrsubnet(var.vpc_cidr, local.subnet_bits, 2), b = cidrsubnet(var.vpc_cidr, local.subnet_bits, 3) }

  # By zone in which it stands; and by zone, the one that its private subnet uses.
  nat_gateways = { nat-gateway = toset(["a"]), nat-gateways = toset(["a", "b"]), endpoints = toset([]) }[var.egress]
  nat_routes   = { nat-gateway = { a = "a", b = "a" }, nat-gateways = { a = "a", b = "b" }, endpoints = {} }[var.egress]

  private_subnet_ids = [aws_subnet.private["a"].id, aws_subnet.private["b"].id]
  public_subnet_ids  = [aws_subnet.public["a"].id, aws_subnet.public["b"].id]
}

resource "aws_vpc" "this" {
  cidr_block           = var.vpc_cidr
  enable_dns_support   = true
  enable_dns_hostnames = true
  tags                 = merge(var.tags, { Name = var.name })
}

resource "aws_internet_gateway" "this" {
  vpc_id = aws_vpc.this.id
  tags   = merge(var.tags, { Name = var.name })
}

resource "aws_subnet" "public" {
  for_each = local.zones

  vpc_id            = aws_vpc.this.id
  availability_zone = each.value
  cidr_block        = local.public_blocks[each.key]
  tags              = merge(var.tags, { Name = "${var.name}-public-${each.key}" })

  # A zone that AWS adds comes before others in the list; subnets stay where they are.
  lifecycle {
    ignore_changes = [availability_zone]
  }
}

resource "aws_subnet" "private" {
  for_each = local.zones

  vpc_id            = aws_vpc.this.id
  availability_zone = each.value
  cidr_block        = local.private_blocks[each.key]
  tags              = merge(var.tags, { Name = "${var.name}-private-${each.key}" })

  lifecycle {
    ignore_changes = [availability_zone]
  }
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.this.id
  tags   = merge(var.tags, { Name = "${var.name}-public" })
}

resource "aws_route" "internet" {
  route_table_id         = aws_route_table.public.id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.this.id
}

resource "aws_route_table_association" "public" {
  for_each = local.zones

  route_table_id = aws_route_table.public.id
  subnet_id      = aws_subnet.public[each.key].id
}

# One for each zone, since each may have a gateway of its own.
resource "aws_route_table" "private" {
  for_each = local.zones

  vpc_id = aws_vpc.this.id
  tags   = merge(var.tags, { Name = "${var.name}-private-${each.key}" })
}

resource "aws_route_table_association" "private" {
  for_each = local.zones

  route_table_id = aws_route_table.private[each.key].id
  subnet_id      = aws_subnet.private[each.key].id
}

resource "aws_eip" "nat" {
  for_each = local.nat_gateways

  domain = "vpc"
  tags   = merge(var.tags, { Name = "${var.name}-nat-${each.key}" })

  depends_on = [aws_internet_gateway.this]
}

resource "aws_nat_gateway" "this" {
  for_each = local.nat_gateways

  allocation_id = aws_eip.nat[each.key].allocation_id
  subnet_id     = aws_subnet.public[each.key].id
  tags          = merge(var.tags, { Name = "${var.name}-${each.key}" })

  depends_on = [aws_route.internet]
}

resource "aws_route" "nat" {
  for_each = local.nat_routes

  route_table_id         = aws_route_table.private[each.key].id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.this[each.value].id
}
