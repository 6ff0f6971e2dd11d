#!/bin/bash
# build.sh CORPUS OUT: the archive as a Hugo user would make it.
# The project is laid out in $WORK once (with PREPARE_ONLY=1 nothing more is done); $HUGO names the binary.
set -e
here=$(cd "$(dirname "$0")" && pwd)
corpus=$1 out=$2
if [ ! -e "$WORK/.ready" ]; then
  mkdir -p "$WORK/content/claims"
  cp -r "$here/site/." "$WORK/"
  cp -r "$corpus/documents" "$WORK/content/documents"
  # Actors, topics and outlets are taxonomies: their pages are the terms'.
  for kind in actors topics outlets; do
    for file in "$corpus/$kind"/*.md; do
      folder=$WORK/content/${kind/outlets/outlet}/$(basename "$file" .md)
      mkdir -p "$folder"
      cp "$file" "$folder/_index.md"
    done
  done
  # A page for each month of claims needs a file each.
  ls "$corpus/documents" | grep -oE -- '-(19|20)[0-9]{2}-[01][0-9]-[0-3][0-9]-' | cut -c2-8 | sort -u |
    while read -r month; do
      printf -- '---\ntitle: "%s"\n---\n' "$month" > "$WORK/content/claims/$month.md"
    done
  printf -- '---\ntitle: Search\ntype: search\nurl: /search/\n---\n' > "$WORK/content/search.md"
  touch "$WORK/.ready"
fi
[ -n "$PREPARE_ONLY" ] && exit 0
exec "${HUGO:-hugo}" --quiet -s "$WORK" -d "$out"
