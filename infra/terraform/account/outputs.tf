output "vpc_id" {
  description = "The VPC."
  value       = aws_vpc.this.id
}

output "vpc_cidr" {
  description = "Addresses of the VPC."
  value       = var.vpc_cidr
}

output "private_subnets" {
  description = "For verify_subnets of the module gate."
  value       = local.private_subnet_ids
}

output "cluster" {
  description = "For the action's input cluster."
  value       = aws_ecs_cluster.this.name
}

output "load_balancer_arn" {
  description = "The load balancer."
  value       = aws_lb.this.arn
}

output "load_balancer_full_name" {
  description = "The load balancer, as CloudWatch names it."
  value       = aws_lb.this.arn_suffix
}

output "load_balancer_dns" {
  description = "The load balancer's own host name."
  value       = aws_lb.this.dns_name
}

output "load_balancer_security_group" {
  description = "Security group of the load balancer."
  value       = aws_security_group.load_balancer.id
}

output "certificate_arn" {
  description = "Certificate of domain_name, once ACM has validated it; empty without one."
  value       = local.has_domain ? aws_acm_certificate_validation.this[0].certificate_arn : ""
}

output "repository_urls" {
  description = "By name, where images are pushed and pulled."
  value       = { for name, repository in aws_ecr_repository.this : name => repository.repository_url }
}

output "database_host" {
  description = "Where the database is; null without one."
  value       = one(aws_db_instance.this[*].address)
}

output "database_replica_host" {
  description = "Where the read replica is; null without one."
  value       = one(aws_db_instance.replica[*].address)
}

output "database_name" {
  description = "The first database in it."
  value       = var.database_name
}

output "database_secret_arn" {
  description = "Secret with username and password of the database's main user; null without a database."
  value = one(concat(
    aws_secretsmanager_secret.database[*].arn,
    var.database_replica ? [] : flatten(aws_db_instance.this[*].master_user_secret[*].secret_arn),
  ))
}

output "database_key_arn" {
  description = "Key of storage and secret of the database; null without one."
  value       = one(aws_kms_key.database[*].arn)
}

output "database_security_group" {
  description = "Security group of the database; empty without one."
  value       = join("", aws_security_group.database[*].id)
}

output "cache_url_secret_arn" {
  description = "Secret with the URL of the cache; null without one."
  value       = one(aws_secretsmanager_secret.cache_url[*].arn)
}

output "cache_security_group" {
  description = "Security group of the cache; empty without one."
  value       = join("", aws_security_group.cache[*].id)
}
