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

variable "database_version" {
  description = "Its major version; RDS takes the newest minor one."
  type        = string
  default     = "17"
  nullable    = false

  validation {
    condition     = can(regex("^[0-9]{2}$", var.database_version))
    error_message = "database_version must be a major version such as 17."
  }
}

variable "database_gigabytes" {
  description = "Its storage in GiB; RDS adds to it, up to five times as much."
  type        = number
  default     = 20
  nullable    = false

  validation {
    condition     = var.database_gigabytes >= 20 && var.database_gigabytes <= 13107
    error_message = "database_gigabytes must be from 20 to 13107."
  }
}

variable "database_multi_az" {
  description = "Whether a standby waits in the other zone."
  type        = bool
  default     = true
  nullable    = false
}

variable "database_replica" {
  description = "Whether there is a read replica."
  type        = bool
  default     = false
  nullable    = false
}

variable "database_backup_days" {
  description = "How long backups are kept."
  type        = number
  default     = 14
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
  description = "How many nodes it has; with two or more, one in the other zone takes over."
  type        = number
  default     = 2
  nullable    = false

  validation {
    condition     = var.cache_nodes >= 1 && var.cache_nodes <= 6
    error_message = "cache_nodes must be from 1 to 6."
  }
}
