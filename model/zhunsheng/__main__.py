"""`python -m zhunsheng`."""

import sys

from zhunsheng.cli import main

if __name__ == "__main__":
    sys.exit(main())
