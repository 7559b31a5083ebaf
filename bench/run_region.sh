#!/usr/bin/env bash
# Times annual report (PDF and HTML), workbook and all estimates of a region: 875 schools × 5 years, about a million pupil rows.
#   bench/run_region.sh [PROGRAM] [SCHOOLS] [PUPILS]
# Prints seconds and peak memory as /usr/bin/time -v sees them (Debian package "time").
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
program=${1:-$root/build/release/app/kaskad} schools=${2:-875} pupils=${3:-400000}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$program" demo "$folder/region" --schools "$schools" --years 5 --pupils "$pupils" --seed 1 >"$folder/made"
cat "$folder"/region/*.csv | wc -l | sed 's/$/ rows in all files/'
for _ in 1 2 3; do
  /usr/bin/time -f '%e s, %M KiB' "$program" run "$folder/region/kaskad.toml" -o "$folder/out" --only annual --only workbook --only estimates -q --date 2026-01-01 >"$folder/said" || test $? -eq 1
done
