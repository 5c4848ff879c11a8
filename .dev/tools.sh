# Rust, Node and cargo's tools: found, or installed for this user alone. Sourced by ./dev.

# Whether version $1 is at least $2 (two numbers each).
at_least() {
    local have_major=${1%%.*} rest=${1#*.} want_major=${2%%.*} want_minor=${2#*.}
    local have_minor=${rest%%.*}
    [ "$have_major" -gt "$want_major" ] ||
        { [ "$have_major" -eq "$want_major" ] && [ "${have_minor:-0}" -ge "$want_minor" ]; }
}

# A name for the bytes of a file, or of stdin.
sum() {
    if have sha256sum; then sha256sum "$@"; else shasum -a 256 "$@"; fi | cut -d ' ' -f 1
}

rust_ready() {
    local version
    if [ -d "$HOME/.cargo/bin" ]; then PATH=$HOME/.cargo/bin:$PATH; fi
    version=$(rustc --version 2>/dev/null | cut -d ' ' -f 2 || true)
    if have cargo && [ -n "$version" ] && at_least "$version" 1.90; then return; fi
    if have rustup; then
        ask "update Rust, which is ${version:-missing} and must be 1.90 or newer (rustup update stable)"
        rustup toolchain install stable --profile minimal --component clippy,rustfmt
        rustup default stable
    else
        ask "install Rust for this user, into ~/.cargo and ~/.rustup (https://sh.rustup.rs)"
        curl --proto '=https' --tlsv1.2 -fsS https://sh.rustup.rs |
            sh -s -- -y --profile minimal --component clippy,rustfmt --no-modify-path
        PATH=$HOME/.cargo/bin:$PATH
    fi
    version=$(rustc --version | cut -d ' ' -f 2)
    at_least "$version" 1.90 || die "rustc is $version; 1.90 or newer is needed"
}

# What ui/package.json asks of Node: 20.19, or 22.12 and newer.
node_fits() {
    local version
    version=$(node --version 2>/dev/null) || return 1
    version=${version#v}
    case $version in
    20.*) at_least "$version" 20.19 ;;
    21.*) false ;;
    *) at_least "$version" 22.12 ;;
    esac
}

# Node and npm as the npm registry has them: one download that needs no root, suits every Linux and
# macOS, and leaves the system's own Node alone.
node_version=22.22.0
npm_version=10.9.4
node_ready() {
    local place system arch
    if have npm && node_fits; then return; fi
    place=${XDG_CACHE_HOME:-$HOME/.cache}/slipway-dev/node-$node_version
    if [ ! -x "$place/bin/npm" ]; then
        case $(uname -s) in Darwin) system=darwin ;; *) system=linux ;; esac
        case $(uname -m) in arm64 | aarch64) arch=arm64 ;; *) arch=x64 ;; esac
        ask "fetch Node $node_version for this work tree alone, into $place"
        rm -rf "$place" "$place.new"
        mkdir -p "$place.new/bin" "$place.new/npm"
        registry_file "node-$system-$arch" "$node_version" | tar -xz -C "$place.new" --strip-components=1
        registry_file npm "$npm_version" | tar -xz -C "$place.new/npm" --strip-components=1
        printf '#!/bin/sh\nhere=$(dirname "$0")\nexec "$here/node" "$here/../npm/bin/%s-cli.js" "$@"\n' npm \
            >"$place.new/bin/npm"
        printf '#!/bin/sh\nhere=$(dirname "$0")\nexec "$here/node" "$here/../npm/bin/%s-cli.js" "$@"\n' npx \
            >"$place.new/bin/npx"
        chmod +x "$place.new/bin/npm" "$place.new/bin/npx"
        mv "$place.new" "$place"
    fi
    PATH=$place/bin:$PATH
    node_fits || die "Node $node_version does not run on this system; install Node 22 and start again"
}

# The archive of a package in the npm registry.
registry_file() {
    curl -fsS --retry 3 "https://registry.npmjs.org/$1/-/$1-$2.tgz"
}

# Installs a cargo subcommand: cargo_tool SUBCOMMAND PACKAGE
cargo_tool() {
    if have "cargo-$1"; then return; fi
    ask "install cargo $1 for this user (cargo install $2: some minutes)"
    # A target folder of its own: the work tree's profile and flags are not meant for it.
    CARGO_TARGET_DIR='' cargo install --locked --quiet "$2"
}
