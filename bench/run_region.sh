#!/usr/bin/env bash
# Times a whole run without passports: 875 schools × 5 years, about a million pupil rows.
#   bench/run_region.sh [PROGRAM] [SCHOOLS] [PUPILS]
# Prints seconds and peak memory as /usr/bin/time -v sees them (Debian package "time").
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
program=${1:-$root/build/release/app/kaskad} schools=${2:-875} pupils=${3:-400000}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$program" demo "$folder/region" --schools "$schools" --years 5 --pupils "$pupils" --seed 1 >"$folder/made"
# Passports are timed by themselves (pdf_bench).
awk '/^\[\[/ { table = $0; held = table == "[[report]]" } held { block = block $0 "\n"; if ($0 ~ /^kind/) { keep = $0 !~ /passport/ } if ($0 ~ /^$/) { if (keep) printf "%s", block; block = "" } next } { print } END { if (keep) printf "%s", block }' \
  "$folder/region/kaskad.toml" >"$folder/region/bench.toml"
cat "$folder"/region/*.csv | wc -l | sed 's/$/ rows in all files/'
for _ in 1 2 3; do
  /usr/bin/time -f '%e s, %M KiB' "$program" run "$folder/region/bench.toml" -o "$folder/out" -q --date 2026-01-01 >"$folder/said" || test $? -eq 1
done
