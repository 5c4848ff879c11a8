#!/usr/bin/env bash
# Makes the root file system of the lab's base image, as a tar archive: base.tar in the folder $1.
# It is Debian, because that is what the package mirrors of a test machine have; the lab serves it
# under the name `ubuntu`.
set -euo pipefail
out=$1
root=$out/root
debootstrap --variant=minbase --include=ca-certificates bookworm "$root"
# Behind a proxy that presents its own certificates, pip and wget in a container need the host's.
if [ -f /etc/ssl/certs/ca-certificates.crt ]; then
    cp -L /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/ca-certificates.crt"
fi
rm -rf "$root"/var/cache/apt/* "$root"/var/lib/apt/lists/* "$root"/var/log/*.log \
    "$root"/usr/share/{doc,man,info,locale}/* "$root"/etc/{hostname,resolv.conf}
# Docker's base images do the same: what apt fetches is not kept in a layer.
echo 'DPkg::Post-Invoke { "rm -f /var/cache/apt/archives/*.deb || true"; };' \
    >"$root/etc/apt/apt.conf.d/docker-clean"
tar -C "$root" --numeric-owner -cf "$out/base.tar" .
rm -rf "$root"
