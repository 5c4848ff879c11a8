use super::*;

const ID: &str = "7d5d1d2c8a9d7d5d1d2c8a9d7d5d1d2c8a9d7d5d1d2c8a9d7d5d1d2c8a9d7d5d";

/// The engine, its status, its words, when it says them, what they mean.
type Row<'a> = (&'a str, Option<u16>, &'a str, Heard, Option<Said>);

#[test]
fn what_engines_say_is_recognised() {
    use Heard::{Downloading, Elsewhere};
    let known = |code| Some(Said::Known(code));
    let in_use_by = format!(
        "Conflict. The container name \"/web\" is already in use by container \"{ID}\". You have to remove (or rename) that container to be able to reuse that name."
    );
    let podman_in_use = format!(
        "creating container storage: the container name \"web\" is already in use by {ID}. You have to remove that container to be able to reuse that name: that name is already in use"
    );
    let running = format!(
        "You cannot remove a running container {ID}. Stop the container before attempting removal or force remove"
    );
    let podman_running = format!(
        "cannot remove container {ID} as it is running - running or paused containers cannot be removed without force: container state improper"
    );
    let stopped = format!("Container {ID} is not running");
    let rows: &[Row] = &[
        (
            "Docker 20.10",
            Some(409),
            &in_use_by,
            Elsewhere,
            known(Code::NameTaken),
        ),
        (
            "Podman 5",
            Some(409),
            &podman_in_use,
            Elsewhere,
            known(Code::NameTaken),
        ),
        (
            "Podman 5",
            Some(500),
            "name \"web\" is in use: container already exists",
            Elsewhere,
            known(Code::NameTaken),
        ),
        (
            "Podman 5, rename",
            Some(500),
            "renaming container ff80e2a7ae65: updating container config table with new configuration for container ff80e2a7ae65: UNIQUE constraint failed: ContainerConfig.Name",
            Elsewhere,
            known(Code::NameTaken),
        ),
        (
            "Docker 28",
            Some(404),
            "image with reference busy was found but its platform (linux/amd64) does not match the specified platform (linux/s390x)",
            Elsewhere,
            known(Code::NoSuchPlatform),
        ),
        (
            "Docker 20.10",
            Some(500),
            "driver failed programming external connectivity on endpoint web (0a): Bind for 127.0.0.1:8080 failed: port is already allocated",
            Elsewhere,
            known(Code::PortTaken),
        ),
        (
            "Docker 20.10",
            Some(500),
            "driver failed programming external connectivity on endpoint web (0a): Error starting userland proxy: listen tcp4 127.0.0.1:8080: bind: address already in use",
            Elsewhere,
            known(Code::PortTaken),
        ),
        (
            "Docker 28",
            Some(500),
            "failed to set up container networking: driver failed programming external connectivity on endpoint web (0a): failed to bind host port for 127.0.0.1:8080:172.17.0.2:80/tcp: address already in use",
            Elsewhere,
            known(Code::PortTaken),
        ),
        (
            "Docker Desktop",
            Some(500),
            "Ports are not available: exposing port TCP 127.0.0.1:8080 -> 127.0.0.1:0: listen tcp 127.0.0.1:8080: bind: Only one usage of each socket address",
            Elsewhere,
            known(Code::PortTaken),
        ),
        (
            "Podman 5",
            Some(500),
            "cannot listen on the TCP port: listen tcp4 127.0.0.1:8080: bind: address already in use",
            Elsewhere,
            known(Code::PortTaken),
        ),
        (
            "Podman 5",
            Some(500),
            "rootlessport cannot expose privileged port 80, you can add 'net.ipv4.ip_unprivileged_port_start=80' to /etc/sysctl.conf",
            Elsewhere,
            Some(Said::PrivilegedPort),
        ),
        (
            "Docker rootless",
            Some(500),
            "driver failed programming external connectivity on endpoint web (0a): Error starting userland proxy: error while calling PortManager.AddPort(): listen tcp4 0.0.0.0:80: bind: permission denied",
            Elsewhere,
            Some(Said::PrivilegedPort),
        ),
        (
            "Docker 20.10",
            Some(409),
            "conflict: unable to remove repository reference \"hello-world\" (must force) - container c250dc98fdae is using its referenced image feb5d9fea6a5",
            Elsewhere,
            known(Code::ImageInUse),
        ),
        (
            "Docker 20.10",
            Some(409),
            "conflict: unable to delete feb5d9fea6a5 (must be forced) - image is being used by stopped container c250dc98fdae",
            Elsewhere,
            known(Code::ImageInUse),
        ),
        (
            "Podman 5",
            Some(409),
            "image used by c250dc98fdae: image is in use by a container: consider listing external containers and force-removing image",
            Elsewhere,
            known(Code::ImageInUse),
        ),
        (
            "Docker 20.10",
            Some(409),
            "conflict: unable to delete feb5d9fea6a5 (must be forced) - image is referenced in multiple repositories",
            Elsewhere,
            Some(Said::ManyNames),
        ),
        (
            "Docker 20.10",
            Some(409),
            "conflict: unable to delete feb5d9fea6a5 (cannot be forced) - image has dependent child images",
            Elsewhere,
            Some(Said::HasChildren),
        ),
        (
            "Docker 20.10",
            Some(409),
            &running,
            Elsewhere,
            known(Code::ContainerRunning),
        ),
        (
            "Docker 28",
            Some(409),
            "cannot remove container \"web\": container is running: stop the container before removing or force remove",
            Elsewhere,
            known(Code::ContainerRunning),
        ),
        (
            "Podman 5",
            Some(409),
            &podman_running,
            Elsewhere,
            known(Code::ContainerRunning),
        ),
        (
            "Docker 20.10",
            Some(409),
            "removal of container web is already in progress",
            Elsewhere,
            Some(Said::BeingRemoved),
        ),
        (
            "Docker 20.10",
            Some(409),
            &stopped,
            Elsewhere,
            known(Code::ContainerNotRunning),
        ),
        (
            "Podman 5",
            Some(409),
            "can only kill running containers. web is in state exited: container state improper",
            Elsewhere,
            known(Code::ContainerNotRunning),
        ),
        (
            "Docker 20.10",
            Some(400),
            "OCI runtime create failed: container_linux.go:380: starting container process caused: exec: \"nosuch\": executable file not found in $PATH: unknown",
            Elsewhere,
            known(Code::NoSuchProgram),
        ),
        (
            "Docker 20.10",
            Some(400),
            "OCI runtime create failed: runc create failed: unable to start container process: exec: \"/nosuch\": stat /nosuch: no such file or directory: unknown",
            Elsewhere,
            known(Code::NoSuchProgram),
        ),
        (
            "Podman 5",
            Some(500),
            "crun: executable file `nosuch` not found in $PATH: No such file or directory: OCI runtime attempted to invoke a command that was not found",
            Elsewhere,
            known(Code::NoSuchProgram),
        ),
        (
            "Docker 20.10",
            Some(404),
            "No such image: nosuch:latest",
            Elsewhere,
            known(Code::NoSuchImage),
        ),
        (
            "Podman 5",
            Some(404),
            "nosuch: image not known",
            Elsewhere,
            known(Code::NoSuchImage),
        ),
        (
            "Docker 20.10",
            Some(404),
            "manifest for busy:2 not found: manifest unknown: manifest unknown",
            Downloading,
            known(Code::NoSuchImage),
        ),
        (
            "Docker 20.10",
            Some(404),
            "No such container: web",
            Elsewhere,
            known(Code::NoSuchContainer),
        ),
        (
            "Podman 5",
            Some(404),
            "no container with name or ID \"web\" found: no such container",
            Elsewhere,
            known(Code::NoSuchContainer),
        ),
        (
            "Docker 20.10",
            Some(404),
            "pull access denied for nosuch, repository does not exist or may require 'docker login': denied: requested access to the resource is denied",
            Downloading,
            known(Code::LoginNeeded),
        ),
        (
            "Docker 20.10",
            Some(500),
            "Get \"https://registry.example.com/v2/a/manifests/1\": no basic auth credentials",
            Downloading,
            known(Code::LoginNeeded),
        ),
        (
            "Docker 20.10",
            None,
            "toomanyrequests: You have reached your pull rate limit. You may increase the limit by authenticating and upgrading: https://www.docker.com/increase-rate-limit",
            Downloading,
            known(Code::RateLimited),
        ),
        (
            "Docker 20.10",
            Some(500),
            "Get \"https://registry-1.docker.io/v2/\": dial tcp: lookup registry-1.docker.io on 127.0.0.53:53: no such host",
            Downloading,
            known(Code::NoNetwork),
        ),
        (
            "Docker 20.10",
            Some(500),
            "Get \"https://registry-1.docker.io/v2/\": net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)",
            Downloading,
            known(Code::NoNetwork),
        ),
        (
            "Docker 20.10",
            Some(500),
            "dial tcp 10.0.0.1:443: connect: connection refused",
            Elsewhere,
            None,
        ),
        (
            "Docker 20.10",
            None,
            "write /var/lib/docker/tmp/GetImageBlob1: no space left on device",
            Downloading,
            known(Code::DiskFull),
        ),
        (
            "Docker 20.10",
            Some(404),
            "no matching manifest for linux/arm64 in the manifest list entries",
            Downloading,
            known(Code::NoSuchPlatform),
        ),
        (
            "Docker 20.10",
            Some(404),
            "image with reference busy was found but does not match the specified platform: wanted linux/arm64, actual: linux/amd64",
            Elsewhere,
            known(Code::NoSuchPlatform),
        ),
        (
            "Docker 20.10",
            Some(500),
            "something that nobody has heard before",
            Elsewhere,
            None,
        ),
        (
            "",
            Some(404),
            "container web is already in use by the name of nobody",
            Elsewhere,
            None,
        ),
    ];
    for (engine, status, words, heard, said) in rows {
        assert_eq!(
            recognise(*status, words, *heard),
            *said,
            "{engine}: {words}"
        );
    }
}
