# What CI may do in a failover ---

variable "failover_services" {
  description = "ARNs of the ECS services behind production groups, to which CI may deploy (strategy failover); empty for none."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for arn in var.failover_services : can(regex("^arn:[a-z-]+:ecs:[a-z0-9-]+:[0-9]{12}:service/[A-Za-z0-9_-]+/[A-Za-z0-9_-]+$", arn))])
    error_message = "failover_services must be ARNs of services."
  }
}

variable "failover_listeners" {
  description = "ARNs of listeners and rules whose weights CI itself may move (strategy failover without a ledger); with a ledger the gate moves them, so leave it empty."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for arn in var.failover_listeners : can(regex("^arn:[a-z-]+:elasticloadbalancing:[a-z0-9-]+:[0-9]{12}:listener(-rule)?/[A-Za-z0-9/-]+$", arn))])
    error_message = "failover_listeners must be ARNs of listeners or rules."
  }
}
