# What this needs from the system's package manager, by purpose. Sourced by ./dev.

# The package manager: apt, dnf or brew; empty for others.
manager() {
    if [ "$(uname -s)" = Darwin ]; then
        if have brew; then echo brew; fi
    elif have apt-get; then
        echo apt
    elif have dnf; then
        echo dnf
    fi
}

# The packages for a purpose (build, engine, tests), for this package manager.
packages() {
    case $1:$2 in
    build:apt)
        echo build-essential pkg-config curl ca-certificates file libwebkit2gtk-4.1-dev libgtk-3-dev \
            librsvg2-dev libssl-dev
        ;;
    build:dnf)
        echo gcc gcc-c++ make pkgconf-pkg-config curl file webkit2gtk4.1-devel gtk3-devel librsvg2-devel \
            openssl-devel
        ;;
    # Any engine will do; where there is none, Docker as the distribution has it, with what lets a
    # user run it without root.
    engine:apt)
        if engine_there; then
            return
        # The docker command from elsewhere (docker-ce-cli) conflicts with the distribution's Docker.
        elif have docker; then
            echo podman
        else
            echo docker.io docker-cli iptables uidmap slirp4netns rootlesskit
        fi
        ;;
    engine:dnf) engine_there || echo podman ;;
    engine:brew) engine_there || echo colima docker ;;
    tests:apt)
        # Docker from elsewhere (docker-ce) conflicts with the distribution's, and does as well.
        have dockerd || echo docker.io
        have docker || echo docker-cli
        echo iptables iproute2 uidmap slirp4netns rootlesskit docker-registry debootstrap \
            debian-archive-keyring apache2-utils dnsmasq-base xvfb webkit2gtk-driver imagemagick \
            openbox xdotool x11-utils dbus-daemon
        ;;
    tests:dnf)
        # WebKit's driver is part of the package for GTK 4, whichever GTK the window is of.
        echo moby-engine docker-cli iptables iproute docker-distribution debootstrap httpd-tools dnsmasq \
            xorg-x11-server-Xvfb webkit2gtk4.1 webkitgtk6.0 ImageMagick openbox xdotool xprop dbus-daemon
        ;;
    esac
}

# Whether there is an engine, or a way to one that somebody set up. The docker command alone is none.
engine_there() {
    local socket
    if [ -n "${DOCKER_HOST-}" ] || have podman || have dockerd || have colima; then return; fi
    if [ -n "$(ls "$HOME/.docker/contexts/meta" 2>/dev/null)" ]; then return; fi
    for socket in /var/run/docker.sock "$HOME"/.docker/run/docker.sock "$HOME"/.docker/desktop/docker.sock \
        "$HOME"/.rd/docker.sock "$HOME"/.orbstack/run/docker.sock; do
        if [ -S "$socket" ]; then return; fi
    done
    return 1
}

# Packages that some distributions have as a part of others: docker-cli is in docker.io in Debian 12, and
# Docker brings its own rootlesskit.
optional() {
    case $1 in docker-cli | rootlesskit) true ;; *) false ;; esac
}

# Whether a package is installed.
installed() {
    case $1 in
    apt) dpkg-query -W -f '${Status}' "$2" 2>/dev/null | grep -q 'ok installed' ;;
    dnf) rpm -q "$2" >/dev/null 2>&1 ;;
    brew) have "$2" || brew list --versions "$2" >/dev/null 2>&1 ;;
    esac
}

# Whether the package manager knows a package.
known() {
    local found
    case $1 in
    apt) apt-cache show "$2" >/dev/null 2>&1 ;;
    # One unknown name would make it install nothing.
    dnf) if found=$(dnf -q repoquery "$2" 2>/dev/null); then [ -n "$found" ]; fi ;;
    *) true ;;
    esac
}

# What a Mac has to have before anything is built.
mac_ready() {
    if ! xcode-select -p >/dev/null 2>&1; then
        die "the command line tools of Xcode are missing, which have the compiler. Install them with
xcode-select --install, then start again."
    fi
}

# Runs a command as root.
as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif have sudo; then
        sudo "$@"
    else
        die "this needs root, and there is no sudo: run ./dev as root"
    fi
}

# Installs what these purposes need and the system lacks, after asking.
system_needs() {
    local with purpose package missing=() later=()
    if [ "$(uname -s)" = Darwin ]; then mac_ready; fi
    with=$(manager)
    for purpose in "$@"; do
        for package in $(packages "$purpose" "$with"); do
            if ! installed "$with" "$package"; then missing+=("$package"); fi
        done
    done
    if [ -z "$with" ] && [ "$(uname -s)" = Darwin ]; then
        # Only an engine would come from there, and it can be had in other ways.
        case " $* " in *" engine "*) engine_there || die "there is no container engine here. Install Homebrew (https://brew.sh) and start again,
or install an engine yourself, such as Docker Desktop." ;; esac
        return
    fi
    if [ -z "$with" ]; then
        if have pkg-config && pkg-config --exists webkit2gtk-4.1 gtk+-3.0; then return; fi
        die "this system's package manager is not known here. Install a C compiler, pkg-config, and the
development files of WebKitGTK 4.1, GTK 3, librsvg and OpenSSL, and Docker or Podman; then start again."
    fi
    if [ ${#missing[@]} -eq 0 ]; then return; fi
    if [ "$with" = apt ]; then
        # A machine that was just installed has no package lists, and knows no package.
        if ! known apt libwebkit2gtk-4.1-dev || ! known apt docker.io; then
            ask "fetch the package lists (apt-get update)"
            as_root apt-get update -q
        fi
    fi
    for package in "${missing[@]}"; do
        if known "$with" "$package"; then
            later+=("$package")
        elif ! optional "$package"; then
            say "$with knows no package $package: this goes on without it, and what needs it will fail or be left out"
        fi
    done
    missing=(${later[@]+"${later[@]}"})
    if [ ${#missing[@]} -eq 0 ]; then return; fi
    ask "install with $with: ${missing[*]}"
    case $with in
    apt) quietly_install "${missing[@]}" ;;
    dnf) as_root dnf install -y "${missing[@]}" ;;
    brew) brew install "${missing[@]}" ;;
    esac
}

# Says what is about to be done, and asks, unless --yes was given. Nobody to ask means no.
ask() {
    local answer
    say "about to $1"
    if [ "$yes" = 1 ]; then return; fi
    if [ ! -t 0 ]; then die "nothing was installed: there is nobody to ask. Give --yes to agree beforehand."; fi
    read -r -p "Go on? [y/N] " answer
    case $answer in
    y | Y | yes | Yes) ;;
    *) die "nothing was installed" ;;
    esac
}

apt_install() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@"
}

# Installs Debian packages without starting or enabling the services that come with them: Slipway and
# its tests start engines of their own, and a registry on port 5000 would only be in the way.
quietly_install() {
    local policy=/usr/sbin/policy-rc.d ours=0 unit new=()
    for unit in docker.service docker.socket containerd.service docker-registry.service; do
        if [ ! -e "/lib/systemd/system/$unit" ]; then new+=("$unit"); fi
    done
    if [ ! -e "$policy" ]; then
        ours=1
        # Its place and meaning: /usr/share/doc/init-system-helpers/README.policy-rc.d.gz
        printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
        as_root chmod 755 "$policy"
    fi
    local outcome=0
    apt_install "$@" || outcome=$?
    if [ "$outcome" != 0 ]; then
        # Old lists name versions that no longer lie where they lay, or that no longer fit what is installed.
        say "apt-get failed; once more with fresh package lists (apt-get update)"
        as_root apt-get update -q
        outcome=0
        apt_install "$@" || outcome=$?
    fi
    if [ "$ours" = 1 ]; then as_root rm -f "$policy"; fi
    if [ "$outcome" != 0 ]; then
        die "apt-get could not install what is needed; its own words are above."
    fi
    if have systemctl; then
        for unit in ${new[@]+"${new[@]}"}; do
            if [ -e "/lib/systemd/system/$unit" ]; then
                as_root systemctl disable --quiet "$unit" 2>/dev/null || true
            fi
        done
    fi
}
