"""What several rules ask of tables, their indexes, and what is about them.

A rule on one resource begins with `tables`: keys, indexes, and whether settings list a table. A
rule on the stack begins with `stack_tables`, which finds the tables and what belongs to each.
"""
