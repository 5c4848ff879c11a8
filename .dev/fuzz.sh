# ./dev fuzz. Sourced by ./dev.

# Counters at every branch and at every comparison, for libFuzzer to steer by. These flags are of the
# stable compiler; no sanitizer, since the crate that is fuzzed has no unsafe code.
fuzz_flags="--cfg fuzzing -Cpasses=sancov-module -Ccodegen-units=1 -Clink-dead-code \
    -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
    -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares"

# fuzz [SECONDS] [TARGET…]: each target for so long, one after the other.
fuzz() {
    local seconds=${1:-60} host one outcome=0
    local place=$target/fuzz
    case $seconds in
    '' | *[!0-9]*) die "usage: ./dev fuzz [SECONDS] [TARGET…]" ;;
    esac
    if [ $# -gt 0 ]; then shift; fi
    rust_ready
    if ! have c++ && ! have g++ && ! have clang++; then
        die "libFuzzer is written in C++: install g++ or clang"
    fi
    host=$(rustc -vV | sed -n 's/^host: //p')
    # With --target the flags are for the targets alone, not for build scripts and macros.
    CARGO_TARGET_DIR=$place RUSTFLAGS=$fuzz_flags cargo build --release \
        --manifest-path fuzz/Cargo.toml --target "$host"
    if [ $# -eq 0 ]; then set -- command reference quoting; fi
    for one in "$@"; do
        if [ ! -d "fuzz/seeds/$one" ]; then die "there is no fuzz target $one"; fi
        mkdir -p "fuzz/corpus/$one" "fuzz/artifacts/$one"
        say "fuzzing $one for $seconds seconds"
        "$place/$host/release/$one" -max_total_time="$seconds" -max_len=4096 -timeout=10 \
            -rss_limit_mb=2048 -print_final_stats=1 -verbosity=1 \
            -artifact_prefix="fuzz/artifacts/$one/" "fuzz/corpus/$one" "fuzz/seeds/$one" ||
            outcome=1
    done
    if [ "$outcome" != 0 ]; then
        die "something was found: see fuzz/artifacts, mend it, and keep the text in fuzz/seeds"
    fi
    say "nothing was found"
}
