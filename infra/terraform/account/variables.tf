variable "name" {
  description = "What every name begins with, and the cluster's name."
  type        = string
  default     = "production"
  nullable    = false

  validation {
    # A load balancer's name has 32 characters at most, a cache's 40 with its suffix.
    condition     = can(regex("^[a-z][a-z0-9-]{0,22}[a-z0-9]$", var.name))
    error_message = "name must be 2 to 24 lower case letters, digits and hyphens, a letter first and no hyphen last."
  }
}

# Network ---

variable "vpc_cidr" {
  description = "Addresses of the VPC. Each of its four subnets takes a sixteenth."
  type        = string
  default     = "10.0.0.0/16"
  nullable    = false

  validation {
    condition     = can(cidrhost(var.vpc_cidr, 0)) && can(regex("/(1[6-9]|2[0-4])$", var.vpc_cidr))
    error_message = "vpc_cidr must be a CIDR block from /16 to /24."
  }
}

variable "zones" {
  description = "The two availability zones. Empty: the region's first two."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = contains([0, 2], length(var.zones)) && length(distinct(var.zones)) == length(var.zones)
    error_message = "zones must be two availability zones, or empty."
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

variable "internal" {
  description = "Whether the load balancer stands in the private subnets, for clients inside the network alone."
  type        = bool
  default     = false
  nullable    = false
}

variable "domain_name" {
  description = "Name under which clients call, such as shop.example.com; with it there are a certificate, an alias record and the redirect of HTTP. Empty for none."
  type        = string
  default     = ""
  nullable    = false

  validation {
    condition     = can(regex("^([a-z0-9-]+\\.)*([a-z0-9-]+\\.[a-z]+)?$", var.domain_name))
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
    condition     = var.access_logs_bucket == "" || length(var.access_logs_bucket) >= 3
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
