#!/usr/bin/env bash
# tests/bench/bench_hardening.sh: what the hardening of the program costs: the same plan by natopay as it is built, and by
# one built without stack protectors, checked copies and the like, in turns; the middle of the ratios counts.
set -u
cd "$(dirname "$0")/../.." || exit 1
natopay=${NATOPAY:-build/natopay} plain=build/unhardened/natopay rows=20000 turns=9
export NATOPAY_DATA=$PWD/data/nato LC_ALL=C
make -s -j"$(nproc)" BUILD=build/unhardened VARIANT=gcc HARDENING= HARDENING_LINK= build/unhardened/natopay || exit 1
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
"$natopay" sample-staff "$rows" --output "$work/staff.csv" || exit 1

microseconds() { # PROGRAM
    local begin=${EPOCHREALTIME//[!0-9]/}
    "$1" plan "$work/staff.csv" --jobs 1 --format csv --output "$work/out.csv" 2>/dev/null || exit 1
    echo $((${EPOCHREALTIME//[!0-9]/} - begin))
}

microseconds "$plain" >/dev/null
for ((i = 0; i < turns; i++)); do echo "$(microseconds "$natopay") $(microseconds "$plain")"; done |
    awk '{ printf "%.4f %d %d\n", $1 / $2, $1, $2 }' | sort -n |
    awk -v rows="$rows" '{ ratio[NR] = $1; with[NR] = $2; without[NR] = $3 } END { m = int((NR + 1) / 2)
        printf "hardened against plain, a plan of %d rows: %.3f times (%.3f to %.3f), %d and %d ms\n",
            rows, ratio[m], ratio[1], ratio[NR], with[m] / 1000, without[m] / 1000 }'
