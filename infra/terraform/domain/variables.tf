# The domain ---

variable "account" {
  description = "What stands around the domain: the outputs of the module account (account = module.account)."
  type = object({
    vpc_id                       = string
    vpc_cidr                     = string
    private_subnets              = list(string)
    cluster                      = string
    load_balancer_arn            = string
    load_balancer_full_name      = string
    load_balancer_security_group = string
    certificate_arn              = string
    database_host                = string
    database_name                = string
    database_secret_arn          = string
    database_key_arn             = string
    database_security_group      = string
    cache_url_secret_arn         = string
    cache_security_group         = string
  })
  nullable = false

  validation {
    condition     = length(var.account.private_subnets) >= 2
    error_message = "account must have private_subnets in two zones or more."
  }
}

variable "name" {
  description = "The domain's name, which its container, target groups and roles have; unique in the region."
  type        = string
  nullable    = false

  validation {
    # A target group's name has 32 characters at most, -prod1 among them.
    condition     = can(regex("^[a-z](?:-?[a-z0-9]){1,25}$", var.name)) && length(var.name) <= 26
    error_message = "name must be 2 to 26 lower case letters, digits and single hyphens, a letter first."
  }
}

variable "strategy" {
  description = "blue-green is one service that CodeDeploy releases; failover is two services behind weights that the gate moves. A domain keeps its strategy."
  type        = string
  default     = "blue-green"
  nullable    = false

  validation {
    condition     = contains(["blue-green", "failover"], var.strategy)
    error_message = "strategy must be one of blue-green, failover."
  }
}

variable "port" {
  description = "The listener's port, which belongs to this domain alone."
  type        = number
  nullable    = false

  validation {
    condition     = var.port >= 1 && var.port <= 65535
    error_message = "port must be from 1 to 65535."
  }
}

variable "test_port" {
  description = "Port of the test listener, at which green answers before traffic moves; 0 for none. With blue-green."
  type        = number
  default     = 0
  nullable    = false

  validation {
    condition     = var.test_port >= 0 && var.test_port <= 65535 && var.test_port != var.port
    error_message = "test_port must be from 1 to 65535 and another one than port, or 0."
  }
}

variable "https" {
  description = "Whether the listeners speak TLS with the account's certificate, for which the account needs a domain_name."
  type        = bool
  default     = true
  nullable    = false
}

variable "client_cidr" {
  description = "Addresses that may call the domain."
  type        = string
  default     = "0.0.0.0/0"
  nullable    = false

  validation {
    condition     = can(regex("^(\\d{1,3}\\.){3}\\d{1,3}/\\d{1,2}$", var.client_cidr)) && can(cidrhost(var.client_cidr, 0))
    error_message = "client_cidr must be a CIDR block such as 203.0.113.0/24."
  }
}

variable "test_client_cidr" {
  description = "Addresses that may call the test listener; empty for those of the VPC."
  type        = string
  default     = ""
  nullable    = false

  validation {
    condition     = can(regex("^((\\d{1,3}\\.){3}\\d{1,3}/\\d{1,2})?$", var.test_client_cidr)) && (var.test_client_cidr == "" || can(cidrhost(var.test_client_cidr, 0)))
    error_message = "test_client_cidr must be a CIDR block such as 203.0.113.0/24, or empty."
  }
}

# The first revision; releases register what follows ---

variable "image" {
  description = "Image of the first revision."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[^\\s]+[:@][^\\s/]+$", var.image))
    error_message = "image must be an image with a tag or a digest."
  }
}

variable "container_port" {
  description = "The port at which the container answers."
  type        = number
  default     = 8080
  nullable    = false

  validation {
    condition     = var.container_port >= 1 && var.container_port <= 65535
    error_message = "container_port must be from 1 to 65535."
  }
}

variable "health_check_path" {
  description = "What the load balancer asks a task to know whether it can serve."
  type        = string
  default     = "/health"
  nullable    = false

  validation {
    condition     = can(regex("^/[^\\s]*$", var.health_check_path))
    error_message = "health_check_path must be a path with a slash before it."
  }
}

variable "cpu" {
  description = "CPU units of a task; 1024 are one processor."
  type        = number
  default     = 256
  nullable    = false

  validation {
    condition     = contains([256, 512, 1024, 2048, 4096, 8192, 16384], var.cpu)
    error_message = "cpu must be one of 256, 512, 1024, 2048, 4096, 8192, 16384."
  }
}

variable "memory" {
  description = "Memory of a task in MiB, as Fargate has it for cpu."
  type        = number
  default     = 512
  nullable    = false

  validation {
    condition     = var.memory >= 512 && var.memory <= 122880
    error_message = "memory must be from 512 to 122880, as Fargate has it for cpu."
  }
}

variable "task_policy_arns" {
  description = "What the application itself may do, as ARNs of managed policies; empty for nothing."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for arn in var.task_policy_arns : can(regex("^arn:[a-z-]+:iam::([0-9]{12}|aws):policy/.+$", arn))])
    error_message = "task_policy_arns must be ARNs of managed policies."
  }
}

# What it stores in ---

variable "uses_database" {
  description = "Whether the container is given the account's database, in DATABASE_HOST, _NAME, _USER and _PASSWORD."
  type        = bool
  default     = false
  nullable    = false
}

variable "database_secret_arn" {
  description = "Secret with username and password of this domain's own user; empty for the main user's, which RDS changes every week."
  type        = string
  default     = ""
  nullable    = false

  validation {
    condition     = can(regex("^(arn:[a-z-]+:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:.+)?$", var.database_secret_arn))
    error_message = "database_secret_arn must be the ARN of a secret in Secrets Manager, or empty."
  }
}

variable "uses_cache" {
  description = "Whether the container is given the account's cache, in REDIS_URL."
  type        = bool
  default     = false
  nullable    = false
}

variable "documents_secret_arn" {
  description = "Secret with the URL of a document store, which the container is given in MONGODB_URL; empty for none."
  type        = string
  default     = ""
  nullable    = false

  validation {
    condition     = can(regex("^(arn:[a-z-]+:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:.+)?$", var.documents_secret_arn))
    error_message = "documents_secret_arn must be the ARN of a secret in Secrets Manager, or empty."
  }
}

variable "documents_port" {
  description = "Port of the document store."
  type        = number
  default     = 27017
  nullable    = false

  validation {
    condition     = var.documents_port >= 1 && var.documents_port <= 65535
    error_message = "documents_port must be from 1 to 65535."
  }
}
