"""`python -m dlviz`: train what the pages train, print it as a script, measure it, list the pages."""

import os
import sys

from dlviz.command.line import main

# Threads of torch that wait for each other give way after about ten microseconds; by default it takes
# milliseconds, and where other programs share the cores, training then takes ten times as long (measured).
os.environ.setdefault("GOMP_SPINCOUNT", "2000")

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
