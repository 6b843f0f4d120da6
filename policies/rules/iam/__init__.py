"""What several rules ask of access policies and ARNs.

Begin with `documents.each_statement`, which gives a check every statement of a resource, inline or
managed; `statements` says what one holds, `arns` takes ARNs apart and matches them as IAM does,
`granted` tells which actions a statement allows, and `actions` what AWS says of them.
"""
