# The domain ---

variable "name" {
  description = "The domain's name, which its service and most else here has: what is released as CLUSTER/NAME."
  type        = string
  nullable    = false

  validation {
    # A target group's name has 32 characters at most, -green among them.
    condition     = can(regex("^[a-z][a-z0-9-]{0,24}[a-z0-9]$", var.name))
    error_message = "name must be 2 to 26 lower case letters, digits and hyphens, a letter first and no hyphen last."
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
  description = "The port of the test listener, at which green answers before traffic moves; 0 for none."
  type        = number
  default     = 0
  nullable    = false

  validation {
    condition     = var.test_port >= 0 && var.test_port <= 65535 && var.test_port != var.port
    error_message = "test_port must be from 1 to 65535 and another one than port, or 0."
  }
}

variable "clients" {
  description = "Addresses that may call the domain, as CIDR blocks."
  type        = set(string)
  default     = ["0.0.0.0/0"]
  nullable    = false

  validation {
    condition     = alltrue([for block in var.clients : can(cidrhost(block, 0))])
    error_message = "clients must be CIDR blocks such as 203.0.113.0/24."
  }
}

variable "test_clients" {
  description = "Addresses that may call the test listener, as CIDR blocks; those of the runners that verify green, or none."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for block in var.test_clients : can(cidrhost(block, 0))])
    error_message = "test_clients must be CIDR blocks such as 203.0.113.0/24."
  }
}

variable "certificate_arn" {
  description = "Certificate of the listeners, in ACM; empty for HTTP, which is for networks that nobody else reads."
  type        = string
  default     = ""
  nullable    = false

  validation {
    condition     = can(regex("^(arn:[a-z-]+:acm:[a-z0-9-]+:[0-9]{12}:certificate/.+)?$", var.certificate_arn))
    error_message = "certificate_arn must be the ARN of a certificate in ACM, or empty."
  }
}

# The account around it ---

variable "cluster_name" {
  description = "The ECS cluster."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9_-]{1,255}$", var.cluster_name))
    error_message = "cluster_name must be the name of a cluster, and no ARN."
  }
}

variable "vpc_id" {
  description = "The VPC of load balancer and tasks."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^vpc-[0-9a-f]+$", var.vpc_id))
    error_message = "vpc_id must be the id of a VPC."
  }
}

variable "subnets" {
  description = "Private subnets of the tasks, in two zones or more."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.subnets) >= 2 && alltrue([for id in var.subnets : can(regex("^subnet-[0-9a-f]+$", id))])
    error_message = "subnets must be ids of subnets, two or more."
  }
}

variable "load_balancer_arn" {
  description = "The application load balancer."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:[a-z-]+:elasticloadbalancing:[a-z0-9-]+:[0-9]{12}:loadbalancer/app/.+$", var.load_balancer_arn))
    error_message = "load_balancer_arn must be the ARN of an application load balancer."
  }
}

variable "load_balancer_security_group" {
  description = "The load balancer's security group, which gets this domain's lines."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^sg-[0-9a-f]+$", var.load_balancer_security_group))
    error_message = "load_balancer_security_group must be the id of a security group."
  }
}

variable "database_security_group" {
  description = "The database's security group, which lets the tasks in at 5432; empty for none."
  type        = string
  default     = ""
  nullable    = false

  validation {
    condition     = can(regex("^(sg-[0-9a-f]+)?$", var.database_security_group))
    error_message = "database_security_group must be the id of a security group, or empty."
  }
}

variable "cache_security_group" {
  description = "The cache's security group, which lets the tasks in at 6379; empty for none."
  type        = string
  default     = ""
  nullable    = false

  validation {
    condition     = can(regex("^(sg-[0-9a-f]+)?$", var.cache_security_group))
    error_message = "cache_security_group must be the id of a security group, or empty."
  }
}

# The service ---

variable "image" {
  description = "Image of the first task definition. Releases register the next ones; nothing here moves back what they have released."
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
    error_message = "health_check_path must begin with a slash."
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
  description = "Memory of a task in MiB."
  type        = number
  default     = 512
  nullable    = false

  validation {
    condition     = var.memory >= 512 && var.memory <= 122880
    error_message = "memory must be from 512 to 122880, as Fargate has it for cpu."
  }
}

variable "environment" {
  description = "Environment of the container, by name."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for name in keys(var.environment) : can(regex("^[A-Za-z_][A-Za-z0-9_]*$", name))])
    error_message = "environment must have names of letters, digits and underscores."
  }
}

variable "secrets" {
  description = "Secrets of the container, by the name of the variable that holds each: ARNs of Secrets Manager (with :KEY:: behind them for one key) or of SSM parameters."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for arn in values(var.secrets) : can(regex("^arn:[a-z-]+:(secretsmanager|ssm):[a-z0-9-]+:[0-9]{12}:(secret:|parameter/).+$", arn))])
    error_message = "secrets must be ARNs of secrets or of SSM parameters."
  }
}

variable "secret_key_arns" {
  description = "KMS keys of your own under which the secrets are encrypted; none for AWS's."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for arn in var.secret_key_arns : can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/.+$", arn))])
    error_message = "secret_key_arns must be ARNs of KMS keys."
  }
}

variable "task_policy_arns" {
  description = "Policies of the task role: what the application itself may do."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for arn in var.task_policy_arns : can(regex("^arn:[a-z-]+:iam::([0-9]{12}|aws):policy/.+$", arn))])
    error_message = "task_policy_arns must be ARNs of policies."
  }
}
