"""``sourcebook`` whose search has one index a language, however large: beside it stands what the cut costs.

python benchmarks/one_index.py -C ARCHIVE build
"""

from __future__ import annotations

import sys
from functools import partial

from sourcebook import build, cli

build.cut_into_shards = partial(build.cut_into_shards, whole=sys.maxsize)
sys.exit(cli.main())
