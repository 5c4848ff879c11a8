#!/usr/bin/env bash
# The first process of an engine's own pid and mount namespaces. Everything that the engine starts
# (daemon, shims, containers, proxies) lives in them, so when this process ends, the kernel ends all of
# it and its mounts are gone: nothing can be left over.
#
#   holder.sh READY OWNED [ROOT]
#     READY  this file is made when the namespaces are ready
#     OWNED  "owned": end when stdin ends, which happens when the process that started it dies,
#            however it dies; "shared": stay
#     ROOT   the root file system to run in, left untouched; without it, the host's
set -euo pipefail
ready=$1 owned=$2 root=${3-}

mount --make-rprivate /

# A chroot is not enough for an engine (it remounts / in a namespace of its own), so: pivot_root.
if [ -n "$root" ]; then
    mount -t tmpfs -o mode=755 slipway-lab /mnt
    mkdir /mnt/upper /mnt/work /mnt/root
    mount -t overlay -o "lowerdir=$root,upperdir=/mnt/upper,workdir=/mnt/work" overlay /mnt/root
    new=/mnt/root
    # Whatever a test bind-mounts into a container must be found at the same path as on the host.
    for folder in /*/; do
        name=${folder%/}
        name=${name#/}
        case $name in
        bin | boot | etc | lib | lib32 | lib64 | libx32 | lost+found | mnt | run | sbin | usr | var) continue ;;
        esac
        if [ -L "/$name" ]; then continue; fi
        mkdir -p "$new/$name"
        mount --rbind "/$name" "$new/$name"
    done
    for file in /etc/resolv.conf /etc/hosts /etc/ssl/certs/ca-certificates.crt; do
        if [ -e "$file" ]; then
            rm -f "$new$file"
            cp -L "$file" "$new$file"
        fi
    done
    # The stub at 127.0.0.53 is out of a container's reach; this file names the servers behind it.
    if [ -f /run/systemd/resolve/resolv.conf ]; then
        cp /run/systemd/resolve/resolv.conf "$new/etc/resolv.conf"
    fi
    mkdir -p "$new/mnt"
    cd "$new"
    pivot_root . mnt
    cd /
    umount -l /mnt
else
    # /etc/resolv.conf may point into the /run that is about to be hidden.
    if [ -L /etc/resolv.conf ] && [ -d /run/systemd/resolve ]; then
        resolve=$(mktemp -d)
        cp -rL /run/systemd/resolve/*.conf "$resolve/" || true
    fi
fi
mount -t proc proc /proc
# Sockets, locks and network namespaces that engines keep in /run stay their own.
mount -t tmpfs -o mode=755 slipway-lab /run
mkdir -p /run/lock
if [ -n "${resolve-}" ]; then
    mkdir -p /run/systemd
    mv "$resolve" /run/systemd/resolve
fi

: >"$ready"

# bash reaps the orphans that fall to the first process of a pid namespace.
if [ "$owned" = owned ]; then
    while read -r; do :; done
else
    while :; do
        sleep 86400 &
        wait $! || true
    done
fi
