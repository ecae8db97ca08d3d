variable "prefix" {
  description = "What every name begins with."
  type        = string
  default     = "release-gate"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,30}$", var.prefix))
    error_message = "prefix must be 3 to 31 lower case letters, digits and hyphens, a letter first."
  }
}

variable "code_bucket" {
  description = "S3 bucket that holds gate.zip, the folder dist/gate of a release."
  type        = string
  nullable    = false

  validation {
    condition     = length(var.code_bucket) >= 3
    error_message = "code_bucket must be the name of a bucket, 3 characters or more."
  }
}

variable "code_key" {
  description = "Key of gate.zip in that bucket; a new release under a new key."
  type        = string
  nullable    = false

  validation {
    condition     = length(var.code_key) >= 1
    error_message = "code_key must be the key of an object."
  }
}

variable "slack_secret_arn" {
  description = "Secret with the JSON {\"bot-token\": \"xoxb-...\", \"signing-secret\": \"...\"}."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:[a-z-]+:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:.+$", var.slack_secret_arn))
    error_message = "slack_secret_arn must be the ARN of a secret in Secrets Manager."
  }
}

variable "policy_parameter" {
  description = "SSM parameter with the policy document (docs/gate-policy.md)."
  type        = string
  default     = "/release-gate/policy"
  nullable    = false

  validation {
    condition     = can(regex("^/[A-Za-z0-9_./-]+$", var.policy_parameter))
    error_message = "policy_parameter must be the name of an SSM parameter, with a slash before it."
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

variable "callback_concurrency" {
  description = "How many clicks are handled at once; reserved, so that a flood takes nothing from others. 0 reserves nothing."
  type        = number
  default     = 10
  nullable    = false

  validation {
    condition     = var.callback_concurrency >= 0 && var.callback_concurrency <= 100 && floor(var.callback_concurrency) == var.callback_concurrency
    error_message = "callback_concurrency must be a whole number from 0 to 100."
  }
}

# Functions inside the VPC ---

variable "verify_subnets" {
  description = "Private subnets that reach internal load balancers. Empty: there are no functions inside the VPC."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for id in var.verify_subnets : can(regex("^subnet-[0-9a-f]+$", id))])
    error_message = "verify_subnets must be ids of subnets."
  }
}

variable "verify_security_groups" {
  description = "Security groups of the functions in the VPC, which the load balancers or the tasks let in."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for id in var.verify_security_groups : can(regex("^sg-[0-9a-f]+$", id))])
    error_message = "verify_security_groups must be ids of security groups."
  }

  validation {
    condition     = (length(var.verify_subnets) == 0) == (length(var.verify_security_groups) == 0)
    error_message = "verify_security_groups and verify_subnets must be given together, or neither."
  }
}

variable "verify_origins" {
  description = "Origins that verification files may name besides the listeners and tasks of the deployment, such as https://auth.example.com."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for origin in var.verify_origins : can(regex("^https?://[^/,]+$", origin))])
    error_message = "verify_origins must be origins such as https://auth.example.com, without a path."
  }
}

variable "verify_secret_arn" {
  description = "Secret with the JSON {\"NAME\": \"value\"} that verification files use as {{env.NAME}}; empty for none."
  type        = string
  default     = ""
  nullable    = false

  validation {
    condition     = can(regex("^(arn:[a-z-]+:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:.+)?$", var.verify_secret_arn))
    error_message = "verify_secret_arn must be the ARN of a secret in Secrets Manager, or empty."
  }
}

# Releases ---

variable "ci_roles" {
  description = "Names of the roles that CI assumes; every policy here but the auditors' is attached to them. Empty to attach them elsewhere, for example in the module ci."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for name in var.ci_roles : can(regex("^[A-Za-z0-9_+=,.@-]{1,64}$", name))])
    error_message = "ci_roles must be names of roles, without their paths."
  }
}

variable "ci_services" {
  description = "Whose releases the CI role may record, as release#CLUSTER/SERVICE patterns."
  type        = list(string)
  default     = ["release#*"]
  nullable    = false

  validation {
    condition     = length(var.ci_services) > 0 && alltrue([for pattern in var.ci_services : can(regex("^release#.+$", pattern))])
    error_message = "ci_services must be release#CLUSTER/SERVICE, with * for any text, at least one."
  }
}

variable "ci_pass_roles" {
  description = "ARNs of the task and execution roles that the CI role may pass to ECS; empty for none."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for arn in var.ci_pass_roles : can(regex("^arn:[a-z-]+:iam::[0-9]{12}:role/.+$", arn))])
    error_message = "ci_pass_roles must be ARNs of roles."
  }
}

variable "run_task_clusters" {
  description = "ARNs of clusters in which CI may run a task before a release (run-task), and stop it; empty for none."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for arn in var.run_task_clusters : can(regex("^arn:[a-z-]+:ecs:[a-z0-9-]+:[0-9]{12}:cluster/[A-Za-z0-9_-]+$", arn))])
    error_message = "run_task_clusters must be ARNs of clusters."
  }
}

variable "recovery_clusters" {
  description = "ARNs of clusters in which CI may stop a task to time its recovery; empty for none."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for arn in var.recovery_clusters : can(regex("^arn:[a-z-]+:ecs:[a-z0-9-]+:[0-9]{12}:cluster/[A-Za-z0-9_-]+$", arn))])
    error_message = "recovery_clusters must be ARNs of clusters."
  }
}

variable "task_log_groups" {
  description = "ARNs of log groups of tasks, each with :* at its end, from which CI may print the last lines of a task that failed (show-logs); empty for none."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for arn in var.task_log_groups : can(regex("^arn:[a-z-]+:logs:[a-z0-9-]+:[0-9]{12}:log-group:[A-Za-z0-9_/.#-]+:\\*$", arn))])
    error_message = "task_log_groups must be ARNs of log groups, each with :* at its end."
  }
}

variable "tags" {
  description = "Tags of everything that takes tags."
  type        = map(string)
  default     = {}
  nullable    = false
}
