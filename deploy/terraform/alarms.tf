resource "aws_sns_topic" "alarms" {
  name_prefix       = "keyturn-alarms-"
  kms_master_key_id = aws_kms_key.keyturn.arn
}

resource "aws_cloudwatch_log_metric_filter" "ended_well" {
  name           = "keyturn-ended-well"
  log_group_name = aws_cloudwatch_log_group.keyturn.name
  pattern        = "{ $.event = \"ended\" && $.level = \"INFO\" }"

  metric_transformation {
    namespace = "Keyturn"
    name      = "EndedWell"
    value     = "1"
  }
}

resource "aws_cloudwatch_log_metric_filter" "ended_badly" {
  name           = "keyturn-ended-badly"
  log_group_name = aws_cloudwatch_log_group.keyturn.name
  pattern        = "{ $.event = \"ended\" && $.level = \"ERROR\" }"

  metric_transformation {
    namespace = "Keyturn"
    name      = "EndedBadly"
    value     = "1"
  }
}

resource "aws_cloudwatch_metric_alarm" "not_whole" {
  alarm_name          = "keyturn-not-whole"
  alarm_description   = "A run of Keyturn did not read or do all it should; its log says what."
  namespace           = "Keyturn"
  metric_name         = "EndedBadly"
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
}

resource "aws_cloudwatch_metric_alarm" "failing" {
  alarm_name          = "keyturn-failing"
  alarm_description   = "An invocation of Keyturn failed; its event is in the queue of dead letters."
  namespace           = "AWS/Lambda"
  metric_name         = "Errors"
  dimensions          = { FunctionName = aws_lambda_function.keyturn.function_name }
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
}

resource "aws_cloudwatch_metric_alarm" "silent" {
  alarm_name          = "keyturn-silent"
  alarm_description   = "No run of Keyturn has ended well for too long, whatever the reason."
  namespace           = "Keyturn"
  metric_name         = "EndedWell"
  statistic           = "Sum"
  period              = 3600
  evaluation_periods  = var.silence_hours
  datapoints_to_alarm = var.silence_hours
  threshold           = 1
  comparison_operator = "LessThanThreshold"
  # Hours without a run have no value at all: all of them together are the silence.
  treat_missing_data  = "breaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
}

output "alarm_topic" {
  value = aws_sns_topic.alarms.arn
}
