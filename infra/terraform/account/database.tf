resource "aws_security_group" "database" {
  count = var.database ? 1 : 0

  name        = "${var.name}-database"
  description = "The database, which lets in the tasks of domains, by a line each."
  vpc_id      = aws_vpc.this.id
  tags        = var.tags
}

resource "aws_db_subnet_group" "this" {
  count = var.database ? 1 : 0

  name        = var.name
  description = "The private subnets."
  subnet_ids  = local.private_subnet_ids
  tags        = var.tags
}

data "aws_iam_policy_document" "database_key" {
  count = var.database ? 1 : 0

  statement {
    sid       = "AccountAdministers"
    effect    = "Allow"
    actions   = ["kms:*"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = ["arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:root"]
    }
  }
}

resource "aws_kms_key" "database" {
  count = var.database ? 1 : 0

  description         = "Database of ${var.name}."
  enable_key_rotation = true
  policy              = one(data.aws_iam_policy_document.database_key[*].json)
  tags                = var.tags

  # For storage, backups and the secret: it stays with the snapshot that the database leaves.
  lifecycle {
    prevent_destroy = true
  }
}

# Only with a replica: RDS user guide, "Password management with Amazon RDS and AWS Secrets Manager", makes none of
# a database whose password RDS manages.
data "aws_secretsmanager_random_password" "database" {
  count = var.database_replica ? 1 : 0

  password_length     = 40
  exclude_punctuation = true
}

resource "aws_secretsmanager_secret" "database" {
  count = var.database_replica ? 1 : 0

  name        = "${var.name}/database"
  description = "Main user of the database of ${var.name}."
  kms_key_id  = one(aws_kms_key.database[*].key_id)
  tags        = var.tags
}

resource "aws_secretsmanager_secret_version" "database" {
  count = var.database_replica ? 1 : 0

  secret_id = one(aws_secretsmanager_secret.database[*].id)
  secret_string = jsonencode({
    username = "dbadmin"
    password = one(data.aws_secretsmanager_random_password.database[*].random_password)
  })

  # AWS makes another password every time it is asked; the first one stays.
  lifecycle {
    ignore_changes = [secret_string]
  }
}

resource "aws_db_instance" "this" {
  count = var.database ? 1 : 0

  identifier     = var.name
  engine         = "postgres"
  engine_version = "18"
  instance_class = var.database_class
  db_name        = var.database_name
  username       = "dbadmin"
  # RDS makes the password, keeps it in Secrets Manager, and changes it there, unless there is a replica.
  manage_master_user_password   = var.database_replica ? null : true
  master_user_secret_kms_key_id = var.database_replica ? null : one(aws_kms_key.database[*].key_id)
  password                      = var.database_replica ? jsondecode(one(aws_secretsmanager_secret_version.database[*].secret_string)).password : null

  allocated_storage     = var.database_gigabytes
  max_allocated_storage = var.database_max_gigabytes
  storage_type          = "gp3"
  storage_encrypted     = true
  kms_key_id            = one(aws_kms_key.database[*].arn)

  multi_az               = var.database_multi_az
  db_subnet_group_name   = one(aws_db_subnet_group.this[*].name)
  vpc_security_group_ids = aws_security_group.database[*].id
  publicly_accessible    = false

  backup_retention_period         = var.database_backup_days
  copy_tags_to_snapshot           = true
  auto_minor_version_upgrade      = true
  enabled_cloudwatch_logs_exports = ["postgresql", "upgrade"]
  deletion_protection             = var.deletion_protection
  skip_final_snapshot             = false
  final_snapshot_identifier       = "${var.name}-final"
  tags                            = var.tags

  depends_on = [aws_cloudwatch_log_group.database]
}

resource "aws_db_instance" "replica" {
  count = var.database && var.database_replica ? 1 : 0

  identifier                 = "${var.name}-replica"
  replicate_source_db        = one(aws_db_instance.this[*].identifier)
  instance_class             = var.database_class
  vpc_security_group_ids     = aws_security_group.database[*].id
  publicly_accessible        = false
  auto_minor_version_upgrade = true
  copy_tags_to_snapshot      = true
  # What it holds is in the database.
  skip_final_snapshot = true
  tags                = var.tags
}

# RDS would make them, without an end to what they keep.
resource "aws_cloudwatch_log_group" "database" {
  for_each = var.database ? toset(["postgresql", "upgrade"]) : toset([])

  name              = "/aws/rds/instance/${var.name}/${each.value}"
  retention_in_days = var.log_retention_days
  tags              = var.tags
}
