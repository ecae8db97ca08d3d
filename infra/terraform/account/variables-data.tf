# PostgreSQL ---

variable "database" {
  description = "Whether there is a database (RDS for PostgreSQL)."
  type        = bool
  default     = false
  nullable    = false
}

variable "database_class" {
  description = "Its instance class."
  type        = string
  default     = "db.t4g.medium"
  nullable    = false

  validation {
    condition     = can(regex("^db\\.[a-z0-9]+\\.[a-z0-9]+$", var.database_class))
    error_message = "database_class must be an instance class such as db.t4g.medium."
  }
}

variable "database_name" {
  description = "The first database in it."
  type        = string
  default     = "app"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9_]{0,62}$", var.database_name))
    error_message = "database_name must be lower case letters, digits and underscores, a letter first."
  }
}

variable "database_gigabytes" {
  description = "Storage at first."
  type        = number
  default     = 20
  nullable    = false

  validation {
    condition     = var.database_gigabytes >= 20 && var.database_gigabytes <= 13000
    error_message = "database_gigabytes must be from 20 to 13000."
  }
}

variable "database_max_gigabytes" {
  description = "Storage to which it grows by itself, a tenth more than at first or beyond."
  type        = number
  default     = 100
  nullable    = false

  validation {
    condition     = var.database_max_gigabytes >= 22 && var.database_max_gigabytes <= 65536 && var.database_max_gigabytes >= var.database_gigabytes * 1.1
    error_message = "database_max_gigabytes must be from 22 to 65536, and a tenth more than database_gigabytes or beyond."
  }
}

variable "database_multi_az" {
  description = "Whether a standby waits in the other zone."
  type        = bool
  default     = true
  nullable    = false
}

variable "database_replica" {
  description = "Whether there is a read replica. With one the password is kept in a secret of this module, and in the state, for RDS makes no replica of a database whose secret it manages."
  type        = bool
  default     = false
  nullable    = false

  validation {
    condition     = var.database || !var.database_replica
    error_message = "database_replica must be false without a database."
  }
}

variable "database_backup_days" {
  description = "How many days the database can be put back to."
  type        = number
  default     = 7
  nullable    = false

  validation {
    condition     = var.database_backup_days >= 1 && var.database_backup_days <= 35
    error_message = "database_backup_days must be from 1 to 35."
  }
}

# Valkey ---

variable "cache" {
  description = "Whether there is a cache (ElastiCache for Valkey)."
  type        = bool
  default     = false
  nullable    = false
}

variable "cache_node_type" {
  description = "Its node type."
  type        = string
  default     = "cache.t4g.small"
  nullable    = false

  validation {
    condition     = can(regex("^cache\\.[a-z0-9]+\\.[a-z0-9]+$", var.cache_node_type))
    error_message = "cache_node_type must be a node type such as cache.t4g.small."
  }
}

variable "cache_nodes" {
  description = "How many nodes; with two or more another zone takes over."
  type        = number
  default     = 2
  nullable    = false

  validation {
    condition     = var.cache_nodes >= 1 && var.cache_nodes <= 6
    error_message = "cache_nodes must be from 1 to 6."
  }
}
