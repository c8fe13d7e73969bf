# Where the preset rotator puts new keys: for a week, each readable by its own user alone.
resource "aws_s3_bucket" "new_keys" {
  count         = var.new_keys ? 1 : 0
  bucket_prefix = "keyturn-new-keys-"
}

resource "aws_s3_bucket_public_access_block" "new_keys" {
  count                   = var.new_keys ? 1 : 0
  bucket                  = aws_s3_bucket.new_keys[0].id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_server_side_encryption_configuration" "new_keys" {
  count  = var.new_keys ? 1 : 0
  bucket = aws_s3_bucket.new_keys[0].id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.keyturn.arn
    }
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "new_keys" {
  count  = var.new_keys ? 1 : 0
  bucket = aws_s3_bucket.new_keys[0].id

  rule {
    id     = "new-keys-go-after-a-week"
    status = "Enabled"

    filter {
      prefix = "credential/"
    }

    expiration {
      days = 7
    }
  }
}

resource "aws_s3_bucket_policy" "new_keys" {
  count  = var.new_keys ? 1 : 0
  bucket = aws_s3_bucket.new_keys[0].id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "OnlyWithTls"
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = [aws_s3_bucket.new_keys[0].arn, "${aws_s3_bucket.new_keys[0].arn}/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}

resource "aws_iam_policy" "own_folder" {
  count       = var.new_keys ? 1 : 0
  name_prefix = "keyturn-own-folder-"
  description = "For every user whose keys are rotated; each reads the own folder, and no other."
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Sid = "OwnFolder", Effect = "Allow", Action = ["s3:GetObject"], Resource = ["${aws_s3_bucket.new_keys[0].arn}/credential/$${aws:username}/*"] },
      { Sid = "OwnList", Effect = "Allow", Action = ["s3:ListBucket"], Resource = [aws_s3_bucket.new_keys[0].arn], Condition = { StringLike = { "s3:prefix" = "credential/$${aws:username}/*" } } },
      { Sid = "OpenIt", Effect = "Allow", Action = ["kms:Decrypt"], Resource = [aws_kms_key.keyturn.arn], Condition = { StringEquals = { "kms:ViaService" = "s3.${data.aws_region.current.name}.amazonaws.com" } } }
    ]
  })
}
