"""`python -m dlviz`: train what the pages train, print it as a script, measure it, list the pages."""

import sys

from dlviz.command.line import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
