//! A name server: it knows the names of the lab's world, and passes every other question on.

use std::net::{Ipv4Addr, SocketAddr, UdpSocket};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

/// How long the real name server may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// The most that a question or an answer holds without the extension that allows more.
const LARGEST: usize = 4096;

/// Answers questions on `socket` until `ended` says so: those for `names` with `address`, others with
/// what `upstream` says.
pub(crate) fn answer(
    socket: &Arc<UdpSocket>,
    names: &'static [&'static str],
    address: Ipv4Addr,
    upstream: SocketAddr,
    ended: impl Fn() -> bool,
) {
    let mut buffer = [0; LARGEST];
    while let Ok((length, from)) = socket.recv_from(&mut buffer) {
        if ended() {
            return;
        }
        let question = buffer[..length].to_vec();
        match own(&question, names, address) {
            // Whoever asked asks again if this gets lost.
            Some(answer) => drop(socket.send_to(&answer, from)),
            None => {
                let socket = Arc::clone(socket);
                thread::spawn(move || {
                    if let Some(answer) = pass_on(&question, upstream) {
                        drop(socket.send_to(&answer, from));
                    }
                });
            }
        }
    }
}

fn pass_on(question: &[u8], upstream: SocketAddr) -> Option<Vec<u8>> {
    let socket = UdpSocket::bind("0.0.0.0:0").ok()?;
    socket.set_read_timeout(Some(PATIENCE)).ok()?;
    socket.send_to(question, upstream).ok()?;
    let mut buffer = [0; LARGEST];
    let length = socket.recv(&mut buffer).ok()?;
    Some(buffer[..length].to_vec())
}

/// The answer to a question for one of `names` (RFC 1035, section 4): its address, or that there is none
/// of the kind that is asked for.
fn own(question: &[u8], names: &[&str], address: Ipv4Addr) -> Option<Vec<u8>> {
    const HEADER: usize = 12;
    const A: [u8; 2] = [0, 1];
    let mut name = String::new();
    let mut at = HEADER;
    loop {
        let length = usize::from(*question.get(at)?);
        at += 1;
        if length == 0 {
            break;
        }
        let label = question.get(at..at + length)?;
        if !name.is_empty() {
            name.push('.');
        }
        name.push_str(std::str::from_utf8(label).ok()?);
        at += length;
    }
    let kind = question.get(at..at + 2)?;
    let asked = question.get(HEADER..at + 4)?;
    if !names.contains(&name.to_ascii_lowercase().as_str()) {
        return None;
    }
    let found = kind == A;
    let mut answer = question[..2].to_vec();
    // A response, recursion wanted and had, no error; one question, one answer or none.
    answer.extend([0x81, 0x80, 0, 1, 0, u8::from(found), 0, 0, 0, 0]);
    answer.extend(asked);
    if found {
        // The name is the question's; class IN, one minute, four bytes.
        answer.extend([0xc0, 0x0c, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4]);
        answer.extend(address.octets());
    }
    Some(answer)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    fn question(name: &str, kind: u8) -> Vec<u8> {
        let mut question = vec![7, 9, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0];
        for label in name.split('.') {
            question.push(u8::try_from(label.len()).unwrap());
            question.extend(label.as_bytes());
        }
        question.extend([0, 0, kind, 0, 1]);
        question
    }

    #[test]
    fn its_own_names_are_answered_and_no_others() {
        let address = Ipv4Addr::new(10, 0, 0, 1);
        let own = |question: &[u8]| own(question, &["repo.example"], address);
        let answer = own(&question("Repo.example", 1)).unwrap();
        assert_eq!(answer[..2], [7, 9], "the question's number");
        assert!(answer.ends_with(&[0, 4, 10, 0, 0, 1]));
        let no_such_kind = own(&question("repo.example", 28)).unwrap();
        assert_eq!(no_such_kind[6..8], [0, 0], "no IPv6 address");
        assert_eq!(own(&question("example", 1)), None);
        assert_eq!(own(&[1, 2, 3]), None);
        assert_eq!(own(&question("repo.example", 1)[..20]), None);
    }
}
