#!/usr/bin/env bash
# tests/bench/bench_plan.sh: natopay plan as a program: staff a second for lists of 10^4, 10^5 and (with LARGE=yes) 10^6
# rows, memory, two threads against one, and a peer: a publicodes model of the same rules under Node.
# The targets of the project: 200,000 staff/s on two cores, time linear in the rows, under 64 MB, two threads 1.7 times one.
set -u
cd "$(dirname "$0")/../.." || exit 1
natopay=${NATOPAY:-build/natopay}
export NATOPAY_DATA=$PWD/data/nato LC_ALL=C
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
scenario=data/scenarios/scale-rise-2027.ini

echo "processors: $(nproc), $(sed -n 's/^model name[[:space:]]*: //p' /proc/cpuinfo | head -n 1), load $(cut -d' ' -f1 /proc/loadavg)"

run() { # ROWS JOBS: seconds, kilobytes
    local start end
    start=$(date +%s%N)
    /usr/bin/env -i NATOPAY_DATA="$NATOPAY_DATA" bash -c '
        "$0" plan "$1" --scenario "$2" --format csv --jobs "$3" --output /dev/null 2>/dev/null &
        pid=$! most=0
        while kb=$(sed -n "s/^VmHWM:[[:space:]]*\([0-9]*\).*/\1/p" "/proc/$pid/status" 2>/dev/null) && [ -n "$kb" ]; do
            most=$kb; sleep 0.05
        done
        wait "$pid"; echo "$most"' "$natopay" "$work/$1.csv" "$scenario" "$2" >"$work/memory"
    end=$(date +%s%N)
    milliseconds=$(((end - start) / 1000000))
    kilobytes=$(cat "$work/memory")
}

sizes=(10000 100000)
[ -z "${LARGE-}" ] || sizes+=(1000000)
for rows in "${sizes[@]}"; do
    "$natopay" sample-staff "$rows" --output "$work/$rows.csv" || exit 1
    for jobs in 1 2; do
        run "$rows" "$jobs"
        awk -v n="$rows" -v j="$jobs" -v ms="$milliseconds" -v kb="$kilobytes" 'BEGIN {
            printf "%8d rows, %d thread%s: %8.2f s, %8.0f staff/s%s, %6.1f microseconds each, %5.1f MB\n",
                n, j, (j > 1 ? "s" : " "), ms / 1000, n * 1000 / ms, (j > 1 ? " (wanted: 200000)" : ""),
                ms * 1000 / n, kb / 1024 }'
        [ "$jobs" = 1 ] && one=$milliseconds || awk -v a="$one" -v b="$milliseconds" \
            'BEGIN { printf "         two threads: %.2f times one (wanted: 1.7)\n", a / b }'
    done
done

if ! command -v npm >/dev/null || ! command -v node >/dev/null; then
    echo "peer skipped: there is no Node here"
elif ! { cp tests/bench/peer/* "$work" && cd "$work" && timeout 120 npm install --silent --no-audit --no-fund >/dev/null 2>&1; }; then
    echo "peer skipped: npm cannot install publicodes"
else
    echo "peer, publicodes under Node $(node --version): $(timeout 120 node peer.mjs 3000)"
fi
