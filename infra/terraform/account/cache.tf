resource "aws_security_group" "cache" {
  count = var.cache ? 1 : 0

  name        = "${var.name}-cache"
  description = "The cache, which the tasks of domains are let in to by a line each."
  vpc_id      = aws_vpc.this.id
  tags        = merge(var.tags, { Name = "${var.name}-cache" })
}

resource "aws_elasticache_subnet_group" "this" {
  count = var.cache ? 1 : 0

  name        = var.name
  description = "The private subnets."
  subnet_ids  = local.private_subnet_ids
  tags        = var.tags
}

resource "aws_elasticache_replication_group" "this" {
  count = var.cache ? 1 : 0

  replication_group_id       = var.name
  description                = "Logins, queues and whatever else may be lost."
  engine                     = "valkey"
  engine_version             = "8.0"
  node_type                  = var.cache_node_type
  num_cache_clusters         = var.cache_nodes
  automatic_failover_enabled = var.cache_nodes > 1
  multi_az_enabled           = var.cache_nodes > 1
  port                       = 6379
  subnet_group_name          = one(aws_elasticache_subnet_group.this[*].name)
  security_group_ids         = aws_security_group.cache[*].id
  at_rest_encryption_enabled = true
  transit_encryption_enabled = true
  tags                       = var.tags
}
