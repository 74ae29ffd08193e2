#!/bin/sh
#
# Feeds the readers and the compiler with mutations of nets for FUZZ_SECONDS (300), by the libFuzzer and the
# AddressSanitizer of Swift's toolchain. What makes them crash, hang or eat memory is kept, made smaller, and fails.
#
# FUZZ_SEED (1) repeats a run. Inputs that were of interest are kept in .build/fuzz/corpus and begin the next run.

set -eu
cd "$(dirname "$0")/.."

seconds=${FUZZ_SECONDS:-300}
seed=${FUZZ_SEED:-1}
folder=.build/fuzz
corpus=$folder/corpus
finds=$folder/finds
program=$folder/out/release/fuzz

# The linker of gold's that some systems have does not read what the sanitizers write.
PTFLOW_FUZZ=1 swift build --scratch-path "$folder/out" -c release --product fuzz --sanitize=address \
    -Xswiftc -sanitize=fuzzer -Xswiftc -use-ld=lld

mkdir -p "$corpus" "$folder/seeds" "$finds"
number=0
for file in nets/*.yaml nets/samples/* Tests/CompilerTests/Golden/*/net.p* Tests/Fuzz/Seeds/*; do
    [ -f "$file" ] || continue
    number=$((number + 1))
    cp "$file" "$folder/seeds/$number-$(basename "$file")"
done

# An input has 10 seconds and 2 GB; files beyond 32 KB are the business of LargeFilesTests.
limits="-timeout=10 -rss_limit_mb=2048 -malloc_limit_mb=1024 -max_len=32768"

status=0
# shellcheck disable=SC2086 # several options
"$program" $limits -max_total_time="$seconds" -seed="$seed" -print_final_stats=1 -report_slow_units=2 \
    -artifact_prefix="$finds/" "$corpus" "$folder/seeds" >"$folder/log" 2>&1 || status=$?

grep -a '^stat::\|^SUMMARY' "$folder/log" || true
grep -a 'cov: ' "$folder/log" | tail -n 1 || true

count=0
for find in "$finds"/crash-* "$finds"/timeout-* "$finds"/oom-* "$finds"/leak-*; do
    [ -f "$find" ] || continue
    count=$((count + 1))
    # shellcheck disable=SC2086
    "$program" $limits -minimize_crash=1 -max_total_time=60 -exact_artifact_path="$folder/smaller" "$find" \
        >/dev/null 2>&1 || true
    if [ -s "$folder/smaller" ]; then mv "$folder/smaller" "$find"; fi
    echo "fuzz: $find; to see it again: $program $find"
done
echo "fuzz: $seconds s, seed $seed, $count finds; the log is $folder/log"
[ "$count" -eq 0 ] && [ "$status" -eq 0 ]
