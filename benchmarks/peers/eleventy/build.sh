#!/bin/bash
# build.sh CORPUS OUT: the archive as an Eleventy user would make it.
# The project is laid out in $WORK once (with PREPARE_ONLY=1 nothing more is done); $NODE_MODULES has Eleventy.
set -e
here=$(cd "$(dirname "$0")" && pwd)
corpus=$1 out=$2
if [ ! -e "$WORK/.ready" ]; then
  mkdir -p "$WORK"
  cp -r "$here/site/." "$WORK/"
  ln -s "$NODE_MODULES" "$WORK/node_modules"
  for kind in documents actors topics outlets; do
    find "$corpus/$kind" -name '*.md' -exec cp -t "$WORK/src/$kind" {} +
  done
  touch "$WORK/.ready"
fi
[ -n "$PREPARE_ONLY" ] && exit 0
cd "$WORK"
exec node --max-old-space-size=8192 node_modules/@11ty/eleventy/cmd.cjs --quiet --output="$out"
