# ./dev test. Sourced by ./dev.

run_tests() {
    local filter=${1-} place outcome=0
    system_needs build tests
    rust_ready
    node_ready
    nextest_ready
    # Figures of an earlier run must not be taken for this one's.
    rm -f "$target/nextest/default/junit.xml"
    place=$(mktemp -d)
    # Every test that this machine can't run adds a line here.
    export SLIPWAY_LEFT_OUT=$place/left-out
    trap "tests_end '$place'" EXIT
    page_modules

    # The lab's downloads and the compiler hardly want the same things, so they go side by side.
    lab_start "$place"
    page_build
    # This builds the app itself too, with the page embedded: the tests open the very binary that is
    # packaged.
    if ! cargo nextest run --release --workspace --no-run; then
        tests_end "$place" keep
        count "$place" 1 "$filter"
        return 1
    fi
    lab_wait "$place"

    say "the page's tests"
    (cd ui && npm test -- ${filter:+-t "$filter"} --passWithNoTests --reporter=default \
        --reporter=json --outputFile.json="$place/vitest.json") || outcome=1
    say "the Rust tests, on real engines and in the real window"
    cargo nextest run --release --workspace --no-fail-fast ${filter:+--no-tests=pass} \
        ${filter:+"$filter"} || outcome=1

    tests_end "$place" keep
    count "$place" "$outcome" "$filter"
}

# Without a lab (no Linux, no root) the tests that need it say so and are counted as skipped.
lab_start() {
    lab_bin=$target/release/lab lab_pid='' lab_ours=0
    if [ "$(uname -s)" != Linux ]; then return; fi
    cargo build --release -p slipway-lab
    if [ "${CI-}" = true ] || [ "$("$lab_bin" status)" = "nothing runs" ]; then lab_ours=1; fi
    # In a process group of its own, so that what it started can be ended with it.
    setsid "$lab_bin" up >"$1/lab.log" 2>&1 &
    lab_pid=$!
}

lab_wait() {
    if [ -z "$lab_pid" ]; then return; fi
    say "waiting for the lab"
    local outcome=0
    wait "$lab_pid" || outcome=$?
    lab_pid=''
    cat "$1/lab.log" >&2
    if [ "$outcome" != 0 ]; then
        if [ "${CI-}" = true ]; then die "the lab could not be made"; fi
        say "the lab is not complete; what needs it is left out or fails"
    fi
}

# Ends the lab, unless it ran before; with `keep` the counts stay for a moment.
tests_end() {
    if [ -n "${lab_pid-}" ]; then
        kill -KILL -- "-$lab_pid" 2>/dev/null || true
        wait "$lab_pid" 2>/dev/null || true
        lab_pid=''
    fi
    if [ "${lab_ours-0}" = 1 ]; then
        lab_ours=0
        "$lab_bin" down || say "the lab did not end cleanly: ./dev lab down"
    fi
    if [ "${2-}" != keep ]; then rm -rf "$1"; fi
}

# Prints the one line that sums everything up, and fails if anything did.
count() {
    local junit=$target/nextest/default/junit.xml page=$1/vitest.json
    local rust_all=0 rust_failed=0 page_passed=0 page_failed=0 page_skipped=0 left_out=0 head
    if [ -f "$junit" ]; then
        head=$(grep -m 1 -o '<testsuites [^>]*>' "$junit")
        rust_all=$(attribute tests "$head")
        rust_failed=$(($(attribute failures "$head") + $(attribute errors "$head")))
    fi
    if [ -f "$page" ]; then
        read -r page_passed page_failed page_skipped < <(node -e '
            const it = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"));
            // A file that can not even be loaded has no tests, and is one failure.
            const broken = it.testResults.filter(
                (file) => file.status === "failed" && file.assertionResults.length === 0).length;
            console.log(it.numPassedTests, it.numFailedTests + broken,
                it.numPendingTests + it.numTodoTests);' "$page")
    fi
    if [ -f "$SLIPWAY_LEFT_OUT" ]; then
        say "left out on this machine:"
        sort -u "$SLIPWAY_LEFT_OUT" | sed 's|.*/||; s/^/  /' >&2
        # A test that left anything out passed as far as it went; it counts as skipped.
        left_out=$(cut -f 1 "$SLIPWAY_LEFT_OUT" | sort -u | wc -l)
    fi
    # With a filter, vitest calls every test that was not asked for skipped.
    if [ -n "$3" ]; then page_skipped=0; fi
    local passed=$((rust_all - rust_failed - left_out + page_passed))
    local failed=$((rust_failed + page_failed))
    # A run that broke off before any test could fail.
    if [ "$2" != 0 ] && [ "$failed" = 0 ]; then failed=1; fi
    echo "$passed passed, $failed failed, $((left_out + page_skipped)) skipped"
    [ "$failed" = 0 ]
}

# The number in the attribute $1 of the element $2.
attribute() {
    local value
    value=$(printf '%s' "$2" | sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p")
    echo "${value:-0}"
}

# cargo-nextest as its authors built it where that can be fetched, since compiling it takes minutes.
nextest_ready() {
    local system folder=$HOME/.cargo/bin
    if have cargo-nextest; then return; fi
    case $(uname -s):$(uname -m) in
    Linux:x86_64) system=linux ;;
    Linux:aarch64) system=linux-arm ;;
    Darwin:*) system=mac ;;
    *) system='' ;;
    esac
    if [ -n "$system" ]; then
        ask "install cargo-nextest for this user (https://get.nexte.st)"
        mkdir -p "$folder"
        if curl -fsSL --max-time 120 "https://get.nexte.st/latest/$system" 2>/dev/null |
            tar -xz -C "$folder" 2>/dev/null; then
            return
        fi
    fi
    cargo_tool nextest cargo-nextest
}
