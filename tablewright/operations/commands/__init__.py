"""The commands of `tablewright`, by what they are about; `command_line` lists them."""
