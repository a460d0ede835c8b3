#!/usr/bin/env bash
# tests/bench/bench_plan.sh: natopay plan as a program: staff a second for lists of 10^4, 10^5 and (with LARGE=yes) 10^6
# rows, memory, two threads against one, as `make` and as `make fast` build it, with records and as a summary; and a
# peer: a publicodes model of the same rules under Node. Of three runs the middle one counts, and the best is told.
# The targets of the project: 200,000 staff/s on two cores, time linear in the rows, under 64 MB, two threads 1.7 times one.
set -u
cd "$(dirname "$0")/../.." || exit 1
natopay=${NATOPAY:-build/natopay} fast=${FAST:-build/fast/natopay}
export NATOPAY_DATA=$PWD/data/nato LC_ALL=C
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
scenario=data/scenarios/scale-rise-2027.ini

echo "processors: $(nproc), $(sed -n 's/^model name[[:space:]]*: //p' /proc/cpuinfo | head -n 1), load $(cut -d' ' -f1 /proc/loadavg)"

run_once() { # PROGRAM ROWS FORMAT JOBS: milliseconds; kilobytes into a file
    /usr/bin/env -i NATOPAY_DATA="$NATOPAY_DATA" bash -c '
        start=$(date +%s%N)
        "$0" plan "$1" --scenario "$2" --format "$3" --jobs "$4" --output /dev/null 2>/dev/null &
        pid=$!
        while sed -n "s/^VmHWM:[[:space:]]*\([0-9]*\).*/\1/p" "/proc/$pid/status" 2>/dev/null; do sleep 0.05; done >"$5" &
        wait "$pid"
        echo $((($(date +%s%N) - start) / 1000000))' "$1" "$work/$2.csv" "$scenario" "$3" "$4" "$work/memory"
}

run() { # the same: middle and best of three
    local -a times
    mapfile -t times < <(for _ in 1 2 3; do run_once "$@"; done | sort -n)
    best=${times[0]} milliseconds=${times[1]}
    kilobytes=$(sort -n "$work/memory" | tail -n 1)
}

sizes=(10000 100000)
[ -z "${LARGE-}" ] || sizes+=(1000000)
for rows in "${sizes[@]}"; do "$natopay" sample-staff "$rows" --output "$work/$rows.csv" || exit 1; done
for program in "$natopay" "$fast"; do
    [ -x "$program" ] || continue
    for format in csv text; do
        echo "$program, $([ $format = csv ] && echo 'a record for each row' || echo 'a summary'):"
        for rows in "${sizes[@]}"; do
            for jobs in 1 2; do
                run "$program" "$rows" "$format" "$jobs"
                awk -v n="$rows" -v j="$jobs" -v ms="$milliseconds" -v best="$best" -v kb="$kilobytes" 'BEGIN {
                    printf "%8d rows, %d thread%s: %8.2f s, %8.0f staff/s, at best %8.0f%s, %5.1f microseconds each, %5.1f MB\n",
                        n, j, (j > 1 ? "s" : " "), ms / 1000, n * 1000 / ms, n * 1000 / best,
                        (j > 1 ? " (wanted: 200000)" : ""), ms * 1000 / n, kb / 1024 }'
                [ "$jobs" = 1 ] && one=$milliseconds || awk -v a="$one" -v b="$milliseconds" \
                    'BEGIN { printf "         two threads: %.2f times one (wanted: 1.7)\n", a / b }'
            done
        done
    done
done
if [ -x "$fast" ]; then
    for program in "$natopay" "$fast"; do
        "$program" plan "$work/10000.csv" --scenario "$scenario" --format csv 2>/dev/null | md5sum
    done | uniq | wc -l | sed 's/^1$/both programs print the same bytes/; t; s/.*/THE TWO PROGRAMS DIFFER/'
fi

if ! command -v npm >/dev/null || ! command -v node >/dev/null; then
    echo "peer skipped: there is no Node here"
elif ! { cp tests/bench/peer/* "$work" && cd "$work" && timeout 120 npm install --silent --no-audit --no-fund >/dev/null 2>&1; }; then
    echo "peer skipped: npm cannot install publicodes"
else
    echo "peer, publicodes under Node $(node --version): $(timeout 120 node peer.mjs 3000)"
fi
