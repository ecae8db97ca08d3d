data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {}

locals {
  account   = data.aws_caller_identity.current.account_id
  partition = data.aws_partition.current.partition
  region    = data.aws_region.current.region
  # The middle of most ARNs.
  place = "${local.region}:${local.account}"

  # For internal load balancers only.
  in_vpc = length(var.verify_subnets) > 0

  # CodeDeploy's managed role AWSCodeDeployRoleForECSLimited may invoke only functions of this name.
  hook_prefix = "CodeDeployHook_${var.prefix}"
  names = {
    request  = "${local.hook_prefix}-request"
    callback = "${var.prefix}-callback"
    sweep    = "${var.prefix}-sweep"
    watchdog = "${var.prefix}-watchdog"
    verify   = "${local.hook_prefix}-verify"
    observe  = "${var.prefix}-observe"
  }
  # Of the functions that there are.
  function_names = {
    for function, name in local.names :
    function => name if local.in_vpc || !contains(["verify", "observe"], function)
  }

  alarm_actions = var.alarm_topic_arn == "" ? [] : [var.alarm_topic_arn]
}
