#!/usr/bin/env bash
# Makes the root file system of the lab's base image, as a tar archive: base.tar in the folder $1.
# It is Debian, because that is what the package mirrors of a test machine have; the lab serves it
# under the name `ubuntu`. It trusts the authority whose certificate is the file $2.
set -euo pipefail
out=$1 authority=$2
root=$out/root
debootstrap --variant=minbase --include=ca-certificates bookworm "$root"
# The lab's own authority vouches for what stands in for the internet. And behind a proxy that presents its
# own certificates, pip and wget in a container need those that the host trusts. Installing a package may
# write the bundle anew, from the folder of the local ones among others.
local=$root/usr/local/share/ca-certificates
mkdir -p "$local"
cp "$authority" "$local/slipway-lab.crt"
for certificate in /usr/local/share/ca-certificates/*.crt; do
    if [ -f "$certificate" ]; then cp -L "$certificate" "$local/"; fi
done
chroot "$root" update-ca-certificates
if [ -f /etc/ssl/certs/ca-certificates.crt ]; then
    cat /etc/ssl/certs/ca-certificates.crt >>"$root/etc/ssl/certs/ca-certificates.crt"
fi
rm -rf "$root"/var/cache/apt/* "$root"/var/lib/apt/lists/* "$root"/var/log/*.log \
    "$root"/usr/share/{doc,man,info,locale}/* "$root"/etc/{hostname,resolv.conf}
# Docker's base images do the same: what apt fetches is not kept in a layer.
echo 'DPkg::Post-Invoke { "rm -f /var/cache/apt/archives/*.deb || true"; };' \
    >"$root/etc/apt/apt.conf.d/docker-clean"
tar -C "$root" --numeric-owner -cf "$out/base.tar" .
rm -rf "$root"
