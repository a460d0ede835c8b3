#!/usr/bin/env bash
# 1,000 vacancy notices of 10 KB each, read in one run: the time must stay under 2 seconds, the memory under 64 MB.
set -u
cd "$(dirname "$0")/../.." || exit 1
natopay=$(realpath "${NATOPAY:-build/natopay}")
export NATOPAY_DATA=${NATOPAY_DATA:-$PWD/data/nato}
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

# The invented notices of the cases, each lengthened to 10 KB by prose that holds nothing to find but much to search.
prose='The incumbent prepares papers for the committee, keeps in touch with colleagues in other divisions, and follows
the discussions of the experts. Within the team the work is shared by subject, and everybody helps with the reports at
the end of the quarter. Visitors are received in the morning; the afternoons are for drafting.
'
cases=(agencies:agency_portal commands:command_two_columns french:french_twin_grade commands:lessons_learned_prose commands:transformation_norfolk)
mkdir "$work"/cases
for case in "${cases[@]}"; do tests/run-cases --extract "$work/cases/$case" "tests/cases/notice_${case%:*}.test:${case#*:}" || exit; done
number=0
while [ "$number" -lt 1000 ]; do
    for notice in "$work"/cases/*/notice.txt; do
        file=$work/$((++number)).txt
        { cat "$notice"; yes "$prose"; } 2>/dev/null | head -c 10240 >"$file"
    done
done
files=("$work"/*.txt)
start=$(date +%s%N)
"$natopay" notice --format json "${files[@]}" >"$work/out" || exit 1
milliseconds=$((($(date +%s%N) - start) / 1000000))
lines=$(wc -l <"$work/out")
kilobytes=$(bash -c 'command -v /usr/bin/time >/dev/null && /usr/bin/time -f %M "$@" 2>&1 >/dev/null' - "$natopay" notice --format json "${files[@]}")
echo "$lines notices in $milliseconds ms, ${kilobytes:-?} KB of memory at most"
[ "$lines" -eq 1000 ] && [ "$milliseconds" -lt 2000 ] && [ "${kilobytes:-0}" -lt 65536 ]
