variable "prefix" {
  description = "What every name of the gate begins with; that of the module gate."
  type        = string
  default     = "release-gate"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,30}$", var.prefix))
    error_message = "prefix must be 3 to 31 lower case letters, digits and hyphens, a letter first."
  }
}

variable "releases" {
  description = "Whose releases this repository may record, as release#CLUSTER/SERVICE patterns; no more than ci_services of the module gate allows."
  type        = list(string)
  default     = ["release#*"]
  nullable    = false

  validation {
    condition     = length(var.releases) > 0 && alltrue([for pattern in var.releases : can(regex("^release#.+$", pattern))])
    error_message = "releases must be release#CLUSTER/SERVICE, with * for any text, at least one."
  }
}

# Who may take the role ---

variable "owner" {
  description = "Whose the repository is; the OWNER of OWNER/NAME. Capital letters count."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9][A-Za-z0-9-]{0,38}$", var.owner))
    error_message = "owner must be the owner of a repository, as GitHub spells it."
  }
}

variable "repository" {
  description = "The repository's name; the NAME of OWNER/NAME. Capital letters count."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9._-]{1,100}$", var.repository))
    error_message = "repository must be the name of a repository without its owner, as GitHub spells it."
  }
}

variable "owner_id" {
  description = "The owner's id (gh api repos/OWNER/NAME --jq .owner.id). GitHub names it in the tokens of repositories created, renamed or transferred since 15 July 2026."
  type        = string
  default     = ""
  nullable    = false

  validation {
    condition     = can(regex("^[0-9]{0,20}$", var.owner_id))
    error_message = "owner_id must be a number, or empty."
  }
}

variable "repository_id" {
  description = "The repository's id (gh api repos/OWNER/NAME --jq .id); together with owner_id, or neither."
  type        = string
  default     = ""
  nullable    = false

  validation {
    condition     = can(regex("^[0-9]{0,20}$", var.repository_id))
    error_message = "repository_id must be a number, or empty."
  }

  validation {
    condition     = (var.owner_id == "") == (var.repository_id == "")
    error_message = "repository_id and owner_id must be given together, or neither of them."
  }
}

variable "branch" {
  description = "The branch whose workflow runs may take the role, with * for any text; empty for none."
  type        = string
  default     = "main"
  nullable    = false

  validation {
    condition     = can(regex("^[^\\s~^:?\\[\\\\$]*$", var.branch))
    error_message = "branch must be the name of a branch, with * for any text, or empty."
  }
}

variable "tag" {
  description = "The tags whose workflow runs may, such as v*; empty for none."
  type        = string
  default     = ""
  nullable    = false

  validation {
    condition     = can(regex("^[^\\s~^:?\\[\\\\$]*$", var.tag))
    error_message = "tag must be the name of a tag, with * for any text, or empty."
  }
}

variable "environment" {
  description = "The GitHub environment whose jobs may. A job with an environment is known by that alone, whatever its branch. Empty for none."
  type        = string
  default     = ""
  nullable    = false

  validation {
    condition     = can(regex("^[^\\s*?$]{0,255}$", var.environment))
    error_message = "environment must be the name of an environment, or empty."
  }
}

variable "more_subjects" {
  description = "Further subjects (sub) of tokens as they are, for a subject that was customised; empty for none."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for subject in var.more_subjects : subject != ""])
    error_message = "more_subjects must be subjects of tokens, none of them empty."
  }
}

variable "provider_arn" {
  description = "GitHub's OIDC provider in this account, of which an account has one; empty to create it here."
  type        = string
  default     = ""
  nullable    = false

  validation {
    condition     = can(regex("^(arn:[a-z-]+:iam::[0-9]{12}:oidc-provider/token\\.actions\\.githubusercontent\\.com)?$", var.provider_arn))
    error_message = "provider_arn must be the ARN of the provider token.actions.githubusercontent.com, or empty."
  }
}

# The role ---

variable "role_name" {
  description = "The role's name; not one that begins with the prefix, which is the gate's."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9_+=,.@-]{1,64}$", var.role_name)) && !startswith(var.role_name, "${var.prefix}-")
    error_message = "role_name must be the name of a role, and not begin with the prefix, which is the gate's."
  }
}

variable "passes_roles" {
  description = "Whether the role may pass the roles of tasks (ci_pass_roles of the module gate has some)."
  type        = bool
  default     = true
  nullable    = false
}

variable "runs_tasks" {
  description = "Whether the role may run a task before a release (run_task_clusters has some)."
  type        = bool
  default     = false
  nullable    = false
}

variable "times_recovery" {
  description = "Whether the role may stop a task to time its recovery (recovery_clusters has some)."
  type        = bool
  default     = false
  nullable    = false
}

variable "shows_logs" {
  description = "Whether the role may print the last lines of a task that failed (task_log_groups has some)."
  type        = bool
  default     = false
  nullable    = false
}

variable "max_session_seconds" {
  description = "How long a session of the role may last at most."
  type        = number
  default     = 3600
  nullable    = false

  validation {
    condition     = var.max_session_seconds >= 3600 && var.max_session_seconds <= 43200
    error_message = "max_session_seconds must be from 3600 to 43200."
  }
}

variable "permissions_boundary_arn" {
  description = "Permissions boundary of the role, where the account asks for one; empty for none."
  type        = string
  default     = ""
  nullable    = false

  validation {
    condition     = can(regex("^(arn:[a-z-]+:iam::([0-9]{12}|aws):policy/.+)?$", var.permissions_boundary_arn))
    error_message = "permissions_boundary_arn must be the ARN of a policy, or empty."
  }
}

variable "tags" {
  description = "Tags of everything that takes tags."
  type        = map(string)
  default     = {}
  nullable    = false
}
