use super::*;

#[test]
fn volumes_networks_and_states_are_recognised() {
    use Code::{
        ContainerNotRunning, ContainerPaused, ImageInUse, MountRefused, NameTaken, NetworkInUse,
        NoSuchNetwork, NoSuchVolume, VolumeInUse,
    };
    use Said::Known;
    // As Docker 20.10, Docker 28 and Podman 5.8 were heard to say it.
    let rows = [
        (
            409,
            "remove vv: volume is in use - [d449406e946e]",
            Known(VolumeInUse),
        ),
        (
            409,
            "volume vv is being used by the following container(s): 218373191ee7: volume is being used",
            Known(VolumeInUse),
        ),
        (404, "get nosuchv: no such volume", Known(NoSuchVolume)),
        (
            404,
            "no volume with name \"nosuchv\" found: no such volume",
            Known(NoSuchVolume),
        ),
        (
            403,
            "error while removing network: network nn id f92fa758 has active endpoints",
            Known(NetworkInUse),
        ),
        (
            403,
            "error while removing network: network nn has active endpoints (name:\"nu\" id:\"c63a7d7347b5\")",
            Known(NetworkInUse),
        ),
        (
            409,
            "\"nn\" has associated containers with it. Use -f to forcibly delete containers and pods: network is being used",
            Known(NetworkInUse),
        ),
        (
            403,
            "bridge is a pre-defined network and cannot be removed",
            Said::OwnNetwork,
        ),
        (404, "network nosuchn not found", Known(NoSuchNetwork)),
        (
            404,
            "failed to set up container networking: network nosuchn not found",
            Known(NoSuchNetwork),
        ),
        (
            500,
            "container create: unable to find network with name or ID nosuchn: network not found",
            Known(NoSuchNetwork),
        ),
        (409, "network with name nn already exists", Known(NameTaken)),
        (
            409,
            "network name nn already used: network already exists",
            Known(NameTaken),
        ),
        (
            409,
            "conflict: unable to delete 29e6c29cbfbd (cannot be forced) - image is being used by running container 08069b62468f",
            Known(ImageInUse),
        ),
        (
            500,
            "image sha256:29 is in an invalid state: removing image 29: container 6367 using image could not be removed: cannot remove container 6367 as it is running - running or paused containers cannot be removed without force: container state improper",
            Known(ImageInUse),
        ),
        (
            409,
            "Container off is paused, unpause the container before exec",
            Known(ContainerPaused),
        ),
        (
            409,
            "cannot start a paused container, try unpause instead",
            Known(ContainerPaused),
        ),
        (
            500,
            "cannot create exec session as container 5730 is paused",
            Known(ContainerPaused),
        ),
        (
            500,
            "container 5730 must be in Created or Stopped state to be started: container state improper",
            Known(ContainerPaused),
        ),
        (409, "Container 14ef is already paused", Said::AlreadyPaused),
        (
            500,
            "\"5730\" is not paused, can't unpause: container state improper",
            Said::NotPaused,
        ),
        (
            409,
            "container df79 is not running",
            Known(ContainerNotRunning),
        ),
        (
            409,
            "can only create exec sessions on running containers: container state improper",
            Known(ContainerNotRunning),
        ),
        (
            409,
            "top can only be used on running containers",
            Known(ContainerNotRunning),
        ),
        (
            500,
            "\"created\" is not running, can't pause: container state improper",
            Known(ContainerNotRunning),
        ),
        (
            400,
            "invalid mount config for type \"bind\": bind source path does not exist: /nosuch/dir",
            Known(MountRefused),
        ),
        (
            400,
            "OCI runtime create failed: runc create failed: error during container init: error mounting \"/tmp\" to rootfs at \"/busy\": mount /tmp:/busy, flags: 0x5000: not a directory: unknown: Are you trying to mount a directory onto a file (or vice-versa)?",
            Known(MountRefused),
        ),
        (
            500,
            "/usr/sbin/runc: runc create failed: error mounting \"/etc/hostname\" to rootfs at \"/etc\": not a directory: OCI runtime error",
            Known(MountRefused),
        ),
        (
            500,
            "unable to find user nosuchuser: no matching entries in passwd file",
            Said::NoSuchUser,
        ),
        (
            500,
            "could not select device driver \"\" with capabilities: [[gpu]]",
            Said::NoGpu,
        ),
        (
            500,
            "error gathering device information while adding custom device \"/dev/nosuch\": no such file or directory",
            Said::NoSuchDevice,
        ),
        (
            500,
            "container create: stat /dev/nosuch: no such file or directory",
            Said::NoSuchDevice,
        ),
        (
            400,
            "runc create failed: unable to start container process: exec: \"/etc\": permission denied: unknown",
            Said::NotExecutable,
        ),
        (
            500,
            "Get \"https://127.0.0.1:5000/v2/\": http: server gave HTTP response to HTTPS client",
            Said::PlainRegistry,
        ),
        (
            500,
            "Get \"https://r/v2/\": x509: certificate signed by unknown authority",
            Said::UnknownCertificate,
        ),
    ];
    for (status, words, said) in rows {
        let heard = recognise(Some(status), words, Heard::Elsewhere);
        assert_eq!(heard, Some(said), "{words}");
    }
}
