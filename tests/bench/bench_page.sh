#!/usr/bin/env bash
# tests/bench/bench_page.sh: how long the page takes to open in Chromium, and to answer a change of a field, measured in
# the page itself. Skipped, and said so, where Chromium, node, puppeteer-core or the page are not there.
set -eu
cd "$(dirname "$0")/../.."
page=$(realpath -m "${BUILD:-build}/natopay.html")
cache=${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/natopay/html-validate
for needed in "$page" /usr/bin/chromium "$cache/node_modules/puppeteer-core"; do
    [ -e "$needed" ] || { echo "skipped: there is no $needed"; exit 0; }
done
command -v node >/dev/null || { echo "skipped: there is no node"; exit 0; }
node tests/bench/bench_page.mjs "$page" "$cache"
