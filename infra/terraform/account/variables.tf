variable "name" {
  description = "What every name begins with, and the name of cluster and load balancer."
  type        = string
  default     = "production"
  nullable    = false

  validation {
    # A load balancer's name has 32 characters at most, and its role's and database's have suffixes.
    condition     = can(regex("^[a-z](?:-?[a-z0-9]){1,23}$", var.name)) && length(var.name) <= 24
    error_message = "name must be 2 to 24 lower case letters, digits and single hyphens, a letter first."
  }
}

# Network ---

variable "vpc_cidr" {
  description = "Addresses of the VPC; each of its four subnets takes a /20."
  type        = string
  default     = "10.0.0.0/16"
  nullable    = false

  validation {
    condition     = can(regex("^(\\d{1,3}\\.){3}\\d{1,3}/1[6-8]$", var.vpc_cidr)) && can(cidrhost(var.vpc_cidr, 0))
    error_message = "vpc_cidr must be a CIDR block from /16 to /18."
  }
}

variable "egress" {
  description = "How private subnets reach what is outside: nat-gateway (one for both zones), nat-gateways (one in each, so that a zone may fail), or endpoints (AWS's services alone, without the internet)."
  type        = string
  default     = "nat-gateways"
  nullable    = false

  validation {
    condition     = contains(["nat-gateway", "nat-gateways", "endpoints"], var.egress)
    error_message = "egress must be one of nat-gateway, nat-gateways, endpoints."
  }
}

# Load balancer ---

variable "scheme" {
  description = "Whether clients of the load balancer come from the internet (internet-facing) or from inside the network alone (internal)."
  type        = string
  default     = "internet-facing"
  nullable    = false

  validation {
    condition     = contains(["internet-facing", "internal"], var.scheme)
    error_message = "scheme must be one of internet-facing, internal."
  }
}

variable "domain_name" {
  description = "Name under which clients call, such as shop.example.com; with it there are a certificate, an alias record and the redirect of HTTP. Empty for none."
  type        = string
  default     = ""
  nullable    = false

  validation {
    condition     = can(regex("^([a-z0-9-]+(\\.[a-z0-9-]+)+)?$", var.domain_name))
    error_message = "domain_name must be a host name, or empty."
  }
}

variable "hosted_zone_id" {
  description = "Public hosted zone of domain_name in Route 53."
  type        = string
  default     = ""
  nullable    = false

  validation {
    condition     = can(regex("^(Z[A-Z0-9]+)?$", var.hosted_zone_id))
    error_message = "hosted_zone_id must be the id of a hosted zone, or empty."
  }

  validation {
    condition     = (var.domain_name == "") == (var.hosted_zone_id == "")
    error_message = "hosted_zone_id and domain_name must be given together, or neither."
  }
}

variable "access_logs_bucket" {
  description = "Bucket for the load balancer's access logs, which has to let it write; empty for none."
  type        = string
  default     = ""
  nullable    = false

  validation {
    condition     = can(regex("^([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])?$", var.access_logs_bucket))
    error_message = "access_logs_bucket must be the name of a bucket, or empty."
  }
}

variable "deletion_protection" {
  description = "Whether load balancer and database refuse to be deleted."
  type        = bool
  default     = true
  nullable    = false
}

# Containers ---

variable "repositories" {
  description = "Names of ECR repositories, one for each domain's images."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for name in var.repositories : can(regex("^[a-z0-9]+([._/-][a-z0-9]+)*$", name))])
    error_message = "repositories must be names of ECR repositories."
  }
}

variable "container_insights" {
  description = "Whether CloudWatch keeps figures of tasks and containers: enabled or disabled."
  type        = string
  default     = "enabled"
  nullable    = false

  validation {
    condition     = contains(["enabled", "disabled"], var.container_insights)
    error_message = "container_insights must be one of enabled, disabled."
  }
}

variable "log_retention_days" {
  description = "How long logs are kept."
  type        = number
  default     = 90
  nullable    = false

  validation {
    condition     = contains([7, 14, 30, 60, 90, 180, 365, 731], var.log_retention_days)
    error_message = "log_retention_days must be one of 7, 14, 30, 60, 90, 180, 365, 731."
  }
}

variable "tags" {
  description = "Tags of everything that takes tags."
  type        = map(string)
  default     = {}
  nullable    = false
}
