variable "package" {
  description = "The package that deploy/lambda/package.sh writes."
  type        = string
}

variable "policy_file" {
  description = "The function's policy, as keyturn iam-policy prints it for your configuration; without it that of the example."
  type        = string
  default     = null
}

variable "schedule" {
  description = "When it runs, in UTC."
  type        = string
  default     = "cron(0 9 ? * MON-FRI *)"
}

variable "silence_hours" {
  description = "An alarm where no run ended well for so long; longer than the longest pause of the schedule."
  type        = number
  default     = 74

  validation {
    condition     = var.silence_hours >= 2 && var.silence_hours <= 168
    error_message = "CloudWatch looks back at most 168 hours."
  }
}

variable "table" {
  description = "The table of the journal, as keyturn.yaml names it."
  type        = string
  default     = "keyturn-journal"
}

variable "environment" {
  description = "More variables of the function: KEYTURN_CONFIG, KEYTURN_PRESET with that tool's own, and so on."
  type        = map(string)
  default     = {}
}

variable "new_keys" {
  description = "Whether there is a bucket for new keys, as the preset rotator delivers them."
  type        = bool
  default     = false
}
