#!/usr/bin/env bash
# Makes the root file system that Docker 20.10 runs in on a machine that has a newer one: the folder root in
# the folder $1.
set -euo pipefail
out=$1
debootstrap --variant=minbase \
    --include=ca-certificates,iproute2,iptables,procps,docker.io \
    bookworm "$out/root"
rm -rf "$out"/root/var/cache/apt/* "$out"/root/var/lib/apt/lists/*
