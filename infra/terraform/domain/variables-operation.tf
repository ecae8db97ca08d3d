# Names ---

variable "service_name" {
  description = "The ECS service, and the family of its revisions; empty for name."
  type        = string
  default     = ""
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9_-]{0,64}$", var.service_name))
    error_message = "service_name must be letters, digits, hyphens and underscores, or empty."
  }
}

variable "application_name" {
  description = "CodeDeploy's application; empty for AppECS-CLUSTER-SERVICE, as the ECS console names it."
  type        = string
  default     = ""
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9+=,.@_-]{0,100}$", var.application_name))
    error_message = "application_name must be the name of an application of CodeDeploy, or empty."
  }
}

variable "deployment_group_name" {
  description = "CodeDeploy's deployment group; empty for DgpECS-CLUSTER-SERVICE, as the ECS console names it."
  type        = string
  default     = ""
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9+=,.@_-]{0,100}$", var.deployment_group_name))
    error_message = "deployment_group_name must be the name of a deployment group, or empty."
  }
}

# Deployments ---

variable "deployment_config" {
  description = "How CodeDeploy moves traffic after the gate has said yes."
  type        = string
  default     = "CodeDeployDefault.ECSLinear10PercentEvery1Minutes"
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9+=,.@_-]{1,100}$", var.deployment_config))
    error_message = "deployment_config must be the name of a deployment configuration."
  }
}

variable "blue_stays_minutes" {
  description = "How long blue stays after traffic has moved, for a rollback that starts no task."
  type        = number
  default     = 30
  nullable    = false

  validation {
    condition     = var.blue_stays_minutes >= 0 && var.blue_stays_minutes <= 2880
    error_message = "blue_stays_minutes must be from 0 to 2880."
  }
}

variable "errors_alarm_threshold" {
  description = "How many answers of 500 and above within a minute ring, and roll a deployment back."
  type        = number
  default     = 10
  nullable    = false

  validation {
    condition     = var.errors_alarm_threshold >= 1 && var.errors_alarm_threshold <= 1000000
    error_message = "errors_alarm_threshold must be from 1 to 1000000."
  }
}

variable "more_alarm" {
  description = "Name of a further CloudWatch alarm that rolls a deployment back; empty for none."
  type        = string
  default     = ""
  nullable    = false

  validation {
    condition     = length(var.more_alarm) <= 255
    error_message = "more_alarm must be the name of an alarm, or empty."
  }
}

# Operation ---

variable "min_tasks" {
  description = "How many tasks serve at least."
  type        = number
  default     = 2
  nullable    = false

  validation {
    condition     = var.min_tasks >= 1 && var.min_tasks <= 1000
    error_message = "min_tasks must be from 1 to 1000."
  }
}

variable "max_tasks" {
  description = "How many tasks serve at most."
  type        = number
  default     = 6
  nullable    = false

  validation {
    condition     = var.max_tasks >= 1 && var.max_tasks <= 1000 && var.max_tasks >= var.min_tasks
    error_message = "max_tasks must be from 1 to 1000, and min_tasks or more."
  }
}

variable "target_cpu_percent" {
  description = "Average use of the tasks' processors that autoscaling holds."
  type        = number
  default     = 60
  nullable    = false

  validation {
    condition     = var.target_cpu_percent >= 10 && var.target_cpu_percent <= 90
    error_message = "target_cpu_percent must be from 10 to 90."
  }
}

variable "deregistration_seconds" {
  description = "As long as a request may take; a task that no longer serves waits for it before it ends."
  type        = number
  default     = 30
  nullable    = false

  validation {
    condition     = var.deregistration_seconds >= 0 && var.deregistration_seconds <= 3600
    error_message = "deregistration_seconds must be from 0 to 3600."
  }
}

variable "alarm_topic_arn" {
  description = "Where alarms go; empty for nowhere."
  type        = string
  default     = ""
  nullable    = false

  validation {
    condition     = can(regex("^(arn:[a-z-]+:sns:[a-z0-9-]+:[0-9]{12}:.+)?$", var.alarm_topic_arn))
    error_message = "alarm_topic_arn must be the ARN of an SNS topic, or empty."
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
