resource "aws_security_group" "cache" {
  count = var.cache ? 1 : 0

  name        = "${var.name}-cache"
  description = "The cache, which lets in the tasks of domains, by a line each."
  vpc_id      = aws_vpc.this.id
  tags        = var.tags
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
  auth_token                 = one(aws_secretsmanager_secret_version.cache_token[*].secret_string)
  tags                       = var.tags
}

# Letters and digits alone, since it stands in a URL.
data "aws_secretsmanager_random_password" "cache" {
  count = var.cache ? 1 : 0

  password_length     = 64
  exclude_punctuation = true
}

resource "aws_secretsmanager_secret" "cache_token" {
  count = var.cache ? 1 : 0

  name        = "${var.name}/cache-token"
  description = "Password of the cache of ${var.name}."
  tags        = var.tags
}

resource "aws_secretsmanager_secret_version" "cache_token" {
  count = var.cache ? 1 : 0

  secret_id     = one(aws_secretsmanager_secret.cache_token[*].id)
  secret_string = one(data.aws_secretsmanager_random_password.cache[*].random_password)

  # AWS makes another password every time it is asked; the first one stays.
  lifecycle {
    ignore_changes = [secret_string]
  }
}

# What tasks are given: REDIS_URL.
resource "aws_secretsmanager_secret" "cache_url" {
  count = var.cache ? 1 : 0

  name        = "${var.name}/cache-url"
  description = "URL of the cache of ${var.name}, its password within."
  tags        = var.tags
}

resource "aws_secretsmanager_secret_version" "cache_url" {
  count = var.cache ? 1 : 0

  secret_id     = one(aws_secretsmanager_secret.cache_url[*].id)
  secret_string = "rediss://:${aws_secretsmanager_secret_version.cache_token[count.index].secret_string}@${aws_elasticache_replication_group.this[count.index].primary_endpoint_address}:6379"
}
