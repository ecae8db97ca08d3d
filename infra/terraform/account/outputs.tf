output "vpc_id" {
  description = "For vpc_id of the module domain."
  value       = aws_vpc.this.id
}

output "private_subnets" {
  description = "For subnets of the module domain, and verify_subnets of the module gate."
  value       = local.private_subnet_ids
}

output "cluster_name" {
  description = "For cluster_name of the module domain, and the action's input cluster."
  value       = aws_ecs_cluster.this.name
}

output "load_balancer_arn" {
  description = "For load_balancer_arn of the module domain."
  value       = aws_lb.this.arn
}

output "load_balancer_security_group" {
  description = "For load_balancer_security_group of the module domain."
  value       = aws_security_group.load_balancer.id
}

output "load_balancer_name" {
  description = "The load balancer's own host name."
  value       = aws_lb.this.dns_name
}

output "certificate_arn" {
  description = "For certificate_arn of the module domain, once ACM has validated it; empty without a domain_name."
  value       = local.has_domain ? aws_acm_certificate_validation.this[0].certificate_arn : ""
}

output "repository_urls" {
  description = "By name, where images are pushed and pulled."
  value       = { for name, repository in aws_ecr_repository.this : name => repository.repository_url }
}

output "database_address" {
  description = "The database's host name; null if there is none."
  value       = one(aws_db_instance.this[*].address)
}

output "database_replica_address" {
  description = "The read replica's host name; null if there is none."
  value       = one(aws_db_instance.replica[*].address)
}

output "database_secret_arn" {
  description = "Secret of Secrets Manager with the JSON keys username and password, which RDS manages; null without a database."
  value       = one(flatten(aws_db_instance.this[*].master_user_secret[*].secret_arn))
}

output "database_security_group" {
  description = "For database_security_group of the module domain; empty without a database."
  value       = join("", aws_security_group.database[*].id)
}

output "cache_address" {
  description = "The cache's host name, to be called with TLS; null if there is none."
  value       = one(aws_elasticache_replication_group.this[*].primary_endpoint_address)
}

output "cache_security_group" {
  description = "For cache_security_group of the module domain; empty without a cache."
  value       = join("", aws_security_group.cache[*].id)
}
