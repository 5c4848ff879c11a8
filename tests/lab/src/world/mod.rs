//! The part of the internet that a lesson needs and no test can count on: an engine is given a name
//! server that leads to stand-ins of the lab's own, under the names that a beginner types.

pub(crate) mod authority;
mod names;
mod pages;

use std::fs;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, TcpStream, UdpSocket};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};

use crate::error::{During, LabError};
use crate::net::Slot;
use crate::paths::Paths;
use crate::process::{Recorded, run};

/// Where the Miniconda installer lies.
const ANACONDA: &str = "repo.anaconda.com";

const PAGES: &[(&str, &str)] = &[(
    "/miniconda/Miniconda3-latest-Linux-x86_64.sh",
    include_str!("../../world/Miniconda3-latest-Linux-x86_64.sh"),
)];

/// Stand-ins for what lies on the internet, reached by one engine and its containers; they end with this
/// value. Everything else on the internet is reached as before.
#[derive(Debug)]
pub struct World {
    address: Ipv4Addr,
    ended: Arc<AtomicBool>,
    threads: Vec<JoinHandle<()>>,
}

impl World {
    /// Gives a world to the engine in `folder`, whose namespaces are those of `holder`.
    pub(crate) fn around(
        paths: &Paths,
        folder: &Path,
        slot: Slot,
        holder: Recorded,
    ) -> Result<Self, LabError> {
        let address = slot.make_world()?;
        let upstream = upstream(holder)?;
        let names =
            UdpSocket::bind((address, 53)).during(|| format!("be a name server at {address}"))?;
        let listener =
            TcpListener::bind((address, 443)).during(|| format!("serve pages at {address}"))?;
        let config = Arc::new(authority::server(paths, ANACONDA)?);
        let ended = Arc::new(AtomicBool::new(false));
        let (first, second) = (Arc::clone(&ended), Arc::clone(&ended));
        let threads = vec![
            thread::spawn(move || {
                names::answer(&Arc::new(names), &[ANACONDA], address, upstream, || {
                    first.load(Ordering::Relaxed)
                });
            }),
            thread::spawn(move || {
                pages::serve(&listener, &config, PAGES, || second.load(Ordering::Relaxed));
            }),
        ];
        let world = Self {
            address,
            ended,
            threads,
        };
        let file = folder.join("resolv.conf");
        fs::write(&file, format!("nameserver {address}\n"))
            .during(|| format!("write {}", file.display()))?;
        let mut mount = Command::new("nsenter");
        mount
            .arg(format!("--mount=/proc/{}/ns/mnt", holder.pid()))
            .args(["--", "mount", "--bind"])
            .arg(&file)
            .arg("/etc/resolv.conf");
        run(&mut mount)?;
        Ok(world)
    }
}

impl Drop for World {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::Relaxed);
        // Each waits for somebody, and looks up when somebody comes.
        let _ = UdpSocket::bind("0.0.0.0:0").and_then(|it| it.send_to(&[0], (self.address, 53)));
        let _ = TcpStream::connect((self.address, 443));
        for thread in self.threads.drain(..) {
            let _ = thread.join();
        }
    }
}

/// The name server that the engine would ask otherwise.
fn upstream(holder: Recorded) -> Result<SocketAddr, LabError> {
    let file = format!("/proc/{}/root/etc/resolv.conf", holder.pid());
    let text = fs::read_to_string(&file).during(|| format!("read {file}"))?;
    let address = text.lines().find_map(|line| {
        line.strip_prefix("nameserver")?
            .trim()
            .parse::<IpAddr>()
            .ok()
    });
    address
        .map(|address| SocketAddr::new(address, 53))
        .ok_or_else(|| LabError::CannotRun {
            what: "the lab's world".to_owned(),
            why: format!("{file} names no name server"),
        })
}
