# ./dev package. Sourced by ./dev.

package() {
    local bundles
    case $(uname -s) in
    Linux) bundles=deb,rpm ;;
    Darwin) bundles=app,dmg ;;
    *) bundles=nsis ;;
    esac
    system_needs build
    rust_ready
    node_ready
    page_build
    # The very binary that the tests open.
    cargo build --release --workspace --bin slipway
    # What an earlier version left there is not this one's.
    rm -rf "$target/release/bundle"
    # The bundler looks for tauri.conf.json from where it is started.
    ui/node_modules/.bin/tauri bundle --bundles "$bundles" "$@"
    find "$target/release/bundle" -type f \( -name '*.deb' -o -name '*.rpm' -o -name '*.dmg' -o -name '*.exe' \) |
        while read -r file; do say "made $file ($(du -h "$file" | cut -f 1))"; done
    if [ "$(uname -s)" = Linux ]; then
        package_look
        package_try
    fi
}

# Looks at what the .rpm holds and asks for. It can't be laid out here as it would be on its own systems.
package_look() {
    local rpm files wanted
    rpm=$(find "$target/release/bundle/rpm" -name '*.rpm' | head -n 1)
    if have rpm; then
        files=$(rpm -qlp --nosignature "$rpm")
    elif have bsdtar; then
        files=$(bsdtar -tf "$rpm" | sed 's|^\./|/|; s|^\([^/]\)|/\1|')
    elif have rpm2cpio && have cpio; then
        files=$(rpm2cpio "$rpm" | cpio -t --quiet | sed 's|^\./|/|; s|^\([^/]\)|/\1|')
    else
        say "left out: the .rpm was not looked at, neither rpm nor bsdtar nor rpm2cpio is installed"
        return
    fi
    say "looking at $rpm"
    for wanted in /usr/bin/slipway /usr/share/applications/Slipway.desktop; do
        if ! grep -qx "$wanted" <<<"$files"; then die "the .rpm has no $wanted"; fi
    done
    # What it needs stands uncompressed in its head.
    for wanted in webkit2gtk4.1 gtk3; do
        if ! grep -aq "$wanted" "$rpm"; then die "the .rpm does not ask for $wanted"; fi
    done
}

# Lays the .deb out as an installation would, and starts what lies there in a window.
package_try() {
    local root deb binary outcome=0
    for program in dpkg-deb Xvfb WebKitWebDriver openbox xdotool dbus-daemon; do
        if ! have "$program"; then
            say "left out: the package was not tried, $program is not installed (./dev test installs it)"
            return
        fi
    done
    deb=$(find "$target/release/bundle/deb" -name '*.deb' | head -n 1)
    root=$(mktemp -d)
    dpkg-deb -x "$deb" "$root"
    binary=$root/usr/bin/slipway
    say "trying $deb: $(du -sh "$root" | cut -f 1) installed"
    for file in "$binary" "$root/usr/share/applications/Slipway.desktop"; do
        if [ ! -s "$file" ]; then
            rm -rf "$root"
            die "the package has no ${file#"$root"}"
        fi
    done
    nextest_ready
    # Tests that need no engine: it opens one window, and the page in it says what it finds.
    SLIPWAY_BIN=$binary cargo nextest run --release --workspace --test e2e \
        -E 'test(/^desktop::(a_second_start|it_opens)|^failures::it_is_too_old/)' || outcome=$?
    rm -rf "$root"
    if [ "$outcome" != 0 ]; then die "the package does not start as it should"; fi
}
