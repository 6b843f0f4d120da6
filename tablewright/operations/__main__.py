"""`python -m tablewright.operations`: the command-line program without its console script."""

from tablewright.operations.command_line import main

if __name__ == "__main__":
    main()
