#!/usr/bin/env bash
# tests/bench/bench_process.sh: one estimate as a process, loading the whole rule book, beside /bin/true started the same way.
# Time is the best and the median of many starts, and the median is what counts; memory is the peak that the kernel counted.
set -u
cd "$(dirname "$0")/../.." || exit 1
natopay=${NATOPAY:-build/natopay}
starts=${STARTS:-200} most_ms=10 most_kib=$((16 * 1024))
[ -x "$natopay" ] || { echo "there is no $natopay: run make first" >&2; exit 1; }
export NATOPAY_DATA=$PWD/data/nato LC_ALL=C.UTF-8
estimate=("$natopay" estimate --set grade=G10 --set duty_country=FR --set start=2026-03-01 --set nationality=DE
    --set spouse=yes --set children=2)

# EPOCHREALTIME has a comma or a point, by locale: its digits alone are microseconds.
measure() { # COMMAND...: its best and its median time in microseconds
    local i begin times=()
    for ((i = 0; i < starts; i++)); do
        begin=${EPOCHREALTIME//[!0-9]/}
        "$@" >/dev/null 2>&1
        times+=($((${EPOCHREALTIME//[!0-9]/} - begin)))
    done
    mapfile -t times < <(printf '%s\n' "${times[@]}" | sort -n)
    echo "${times[0]} ${times[starts / 2]}"
}

memory() { # COMMAND...: its peak in KiB
    if [ -x /usr/bin/time ]; then
        /usr/bin/time -f %M "$@" 2>&1 >/dev/null | tail -n 1
    else
        python3 -c 'import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=False)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)' "$@"
    fi
}

ms() { printf '%d.%03d' $(($1 / 1000)) $(($1 % 1000)); }

"${estimate[@]}" >/dev/null || { echo "the estimate failed" >&2; exit 1; }
read -r best median < <(measure "${estimate[@]}")
read -r true_best true_median < <(measure /bin/true)
kib=$(memory "${estimate[@]}") true_kib=$(memory /bin/true)
printf '%-22s best %8s ms, median %8s ms, peak %6d KiB\n' "natopay estimate" "$(ms "$best")" "$(ms "$median")" "$kib"
printf '%-22s best %8s ms, median %8s ms, peak %6d KiB\n' "/bin/true" "$(ms "$true_best")" "$(ms "$true_median")" "$true_kib"
if ((median >= most_ms * 1000)); then echo "the median is above the target of $most_ms ms"; fi
if ((kib >= most_kib)); then echo "above the target of $most_kib KiB"; fi
