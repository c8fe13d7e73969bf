data "aws_partition" "current" {}
data "aws_caller_identity" "current" {}
data "aws_region" "current" {}

locals {
  root = "arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:root"
}

resource "aws_kms_key" "keyturn" {
  description         = "Keyturn's journal, dead letters, log and new keys"
  enable_key_rotation = true
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Sid = "Owner", Effect = "Allow", Principal = { AWS = local.root }, Action = "kms:*", Resource = "*" },
      {
        Sid       = "Services"
        Effect    = "Allow"
        Principal = { Service = ["logs.${data.aws_region.current.name}.amazonaws.com", "cloudwatch.amazonaws.com", "events.amazonaws.com"] }
        Action    = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"]
        Resource  = "*"
      }
    ]
  })
}

resource "aws_dynamodb_table" "journal" {
  name                        = var.table
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "pk"
  range_key                   = "sk"
  deletion_protection_enabled = true

  attribute {
    name = "pk"
    type = "S"
  }

  attribute {
    name = "sk"
    type = "S"
  }

  point_in_time_recovery {
    enabled = true
  }

  server_side_encryption {
    enabled     = true
    kms_key_arn = aws_kms_key.keyturn.arn
  }
}

resource "aws_iam_role" "function" {
  name_prefix = "keyturn-"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
}

resource "aws_iam_role_policy" "keyturn" {
  name   = "keyturn"
  role   = aws_iam_role.function.id
  policy = file(coalesce(var.policy_file, "${path.module}/policy.json"))
}

resource "aws_iam_role_policy" "own" {
  name = "own"
  role = aws_iam_role.function.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Sid = "UseKey", Effect = "Allow", Action = ["kms:Decrypt", "kms:GenerateDataKey"], Resource = [aws_kms_key.keyturn.arn] },
      { Sid = "DeadLetters", Effect = "Allow", Action = ["sqs:SendMessage"], Resource = [aws_sqs_queue.dead_letters.arn] },
      { Sid = "Log", Effect = "Allow", Action = ["logs:CreateLogStream", "logs:PutLogEvents"], Resource = ["${aws_cloudwatch_log_group.keyturn.arn}:*"] }
    ]
  })
}

resource "aws_sqs_queue" "dead_letters" {
  name_prefix               = "keyturn-dead-letters-"
  kms_master_key_id         = aws_kms_key.keyturn.arn
  message_retention_seconds = 1209600
}

resource "aws_cloudwatch_log_group" "keyturn" {
  name              = "/aws/lambda/keyturn"
  retention_in_days = 400
  kms_key_id        = aws_kms_key.keyturn.arn
}

resource "aws_lambda_function" "keyturn" {
  function_name                  = "keyturn"
  role                           = aws_iam_role.function.arn
  filename                       = var.package
  source_code_hash               = filebase64sha256(var.package)
  handler                        = "io.keyturn.app.lambda.KeyturnFunction::handleRequest"
  runtime                        = "java25"
  architectures                  = ["arm64"]
  memory_size                    = 1024
  timeout                        = 900
  # One at a time: a second invocation would find the accounts leased and leave them out.
  reserved_concurrent_executions = 1

  logging_config {
    log_format = "JSON"
    log_group  = aws_cloudwatch_log_group.keyturn.name
  }

  environment {
    variables = merge({
      JAVA_TOOL_OPTIONS = "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED"
    }, var.environment)
  }
}

resource "aws_lambda_function_event_invoke_config" "keyturn" {
  function_name          = aws_lambda_function.keyturn.function_name
  maximum_retry_attempts = 0

  destination_config {
    on_failure {
      destination = aws_sqs_queue.dead_letters.arn
    }
  }
}

resource "aws_cloudwatch_event_rule" "schedule" {
  name_prefix         = "keyturn-"
  schedule_expression = var.schedule
}

resource "aws_cloudwatch_event_target" "schedule" {
  rule = aws_cloudwatch_event_rule.schedule.name
  arn  = aws_lambda_function.keyturn.arn
}

resource "aws_lambda_permission" "schedule" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.keyturn.function_name
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.schedule.arn
}
