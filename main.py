"""Start the reader from a checkout: `python main.py [PATH ...]` or `python main.py analyze PATH ...`."""

import sys

from reader.__main__ import main

if __name__ == "__main__":
    sys.exit(main())
