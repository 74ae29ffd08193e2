#!/bin/sh
#
# Feeds the readers and the compiler with mutations of nets, the compiler of schemas with mutations of schemas, and that of
# expressions with mutations of expressions, each for FUZZ_SECONDS (300), by the libFuzzer and the AddressSanitizer of
# Swift's toolchain. What makes them crash, hang or eat memory is kept, made smaller, and fails.
#
# FUZZ_TARGET (net schema expression) selects some. FUZZ_SEED (1) repeats a run. Inputs that were of interest are kept in
# .build/fuzz/corpus and begin the next run.

set -eu
cd "$(dirname "$0")/.."

seconds=${FUZZ_SECONDS:-300}
seed=${FUZZ_SEED:-1}
targets=${FUZZ_TARGET:-net schema expression}
folder=.build/fuzz
finds=$folder/finds
program=$folder/out/release/fuzz

# The linker of gold's that some systems have does not read what the sanitizers write.
PTFLOW_FUZZ=1 swift build --scratch-path "$folder/out" -c release --product fuzz --sanitize=address \
    -Xswiftc -sanitize=fuzzer -Xswiftc -use-ld=lld

# An input has 10 seconds and 2 GB; files beyond 32 KB are the business of LargeFilesTests.
limits="-timeout=10 -rss_limit_mb=2048 -malloc_limit_mb=1024 -max_len=32768"

# fuzz TARGET: runs one of them. Its exit code says whether something was found.
fuzz() {
    FUZZ_TARGET=$1
    export FUZZ_TARGET
    corpus=$folder/corpus/$1
    seeds=$folder/seeds/$1
    dictionary=
    mkdir -p "$corpus" "$seeds" "$finds/$1"
    case $1 in
        net) files="nets/*.yaml nets/samples/* Tests/CompilerTests/Golden/*/net.p* Tests/Fuzz/Seeds/net/*" ;;
        *)
            files="Tests/Fuzz/Seeds/$1/*"
            # The LeakSanitizer takes the constant patterns of formats for leaks: the same bytes after any number of inputs.
            dictionary="-dict=Tests/Fuzz/$1.dict -detect_leaks=0"
            ;;
    esac
    number=0
    for file in $files; do
        [ -f "$file" ] || continue
        number=$((number + 1))
        cp "$file" "$seeds/$number-$(basename "$file")"
    done

    status=0
    # shellcheck disable=SC2086 # several options
    "$program" $limits $dictionary -max_total_time="$seconds" -seed="$seed" -print_final_stats=1 -report_slow_units=2 \
        -artifact_prefix="$finds/$1/" "$corpus" "$seeds" >"$folder/$1.log" 2>&1 || status=$?

    grep -a '^stat::\|^SUMMARY' "$folder/$1.log" || true
    grep -a 'cov: ' "$folder/$1.log" | tail -n 1 || true

    count=0
    for find in "$finds/$1"/crash-* "$finds/$1"/timeout-* "$finds/$1"/oom-* "$finds/$1"/leak-*; do
        [ -f "$find" ] || continue
        count=$((count + 1))
        # shellcheck disable=SC2086
        "$program" $limits -minimize_crash=1 -max_total_time=60 -exact_artifact_path="$folder/smaller" "$find" \
            >/dev/null 2>&1 || true
        if [ -s "$folder/smaller" ]; then mv "$folder/smaller" "$find"; fi
        echo "fuzz: $find; to see it again: FUZZ_TARGET=$1 $program $find"
    done
    echo "fuzz: $1: $seconds s, seed $seed, $count finds; the log is $folder/$1.log"
    [ "$count" -eq 0 ] && [ "$status" -eq 0 ]
}

failed=0
for target in $targets; do
    fuzz "$target" || failed=1
done
exit $failed
