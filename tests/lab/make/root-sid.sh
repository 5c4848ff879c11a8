#!/usr/bin/env bash
# Makes the root file system that the newest engines run in: the folder root in the folder $1.
set -euo pipefail
out=$1
debootstrap --variant=minbase \
    --include=ca-certificates,iproute2,iptables,nftables,procps,runc,docker.io,docker-cli,docker-buildx,podman,aardvark-dns \
    sid "$out/root"
rm -rf "$out"/root/var/cache/apt/* "$out"/root/var/lib/apt/lists/*
