#!/bin/sh
# Intake beside orcus-xlsx (Debian's liborcus-bin): bench/intake.sh build/bench/bench/kaskad_intake_bench [FOLDER]
# The first argument is the program; files of some hundred megabytes are made in FOLDER.
set -e
program=$(realpath "$1")
folder=${2:-$(mktemp -d)}
cd "$folder"

pack() { # pack ROWS FILE: a workbook of one sheet
  rm -rf book && mkdir -p book/xl/worksheets book/xl/_rels book/_rels
  "$program" make xlsx book/xl/worksheets/sheet1.xml "$1"
  ns=http://schemas.openxmlformats.org
  relation="<Relationship Id=\"rId1\" Type=\"$ns/officeDocument/2006/relationships"
  echo "<Types xmlns=\"$ns/package/2006/content-types\"/>" > 'book/[Content_Types].xml'
  echo "<Relationships xmlns=\"$ns/package/2006/relationships\">$relation/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>" > book/_rels/.rels
  echo "<workbook xmlns=\"$ns/spreadsheetml/2006/main\" xmlns:r=\"$ns/officeDocument/2006/relationships\"><sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>" > book/xl/workbook.xml
  echo "<Relationships xmlns=\"$ns/package/2006/relationships\">$relation/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>" > book/xl/_rels/workbook.xml.rels
  (cd book && python3 -m zipfile -c "../$2" '[Content_Types].xml' _rels xl)
  rm -rf book
}

pack 200000 part.xlsx
pack 1048575 whole.xlsx
"$program" make csv million.csv 1000000
"$program" make csv ten.csv 10000000
for round in 1 2 3; do
  echo "round $round"
  "$program" read part.xlsx
  if command -v orcus-xlsx > /dev/null; then (time orcus-xlsx -f none part.xlsx) 2>&1 | grep user | sed 's/^/orcus-xlsx /' || true; fi
  "$program" read million.csv 2
  "$program" read ten.csv 2
done
"$program" read whole.xlsx
