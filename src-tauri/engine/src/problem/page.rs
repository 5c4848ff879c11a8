//! Why a published port shows no page: what listens inside the container, and where.

use std::collections::BTreeSet;
use std::time::Duration;

use slipway_action::Action;

use crate::connect::Engine;
use crate::exec::printed_by;
use crate::problem::explain::shown;
use crate::problem::{Code, Fix, Problem, mend};
use crate::proc_net::{self, Listener};

/// Such a table has a line of 150 bytes for each connection.
const MOST_BYTES: usize = 512 * 1024;
/// A container that is too busy to answer is not waited for.
const LIMIT: Duration = Duration::from_secs(5);
/// So many ports are named in a sentence.
const MOST_NAMED: usize = 5;

/// Tells why `port` of a container that runs does not answer; `None` where something listens there as it
/// should, or where the container has no program that could tell (it is asked with `cat`).
///
/// `made_by` is the action that made the container, where that is known.
pub async fn why_no_page(
    engine: &Engine,
    container: &str,
    port: u16,
    made_by: Option<&Action>,
) -> Option<Problem> {
    let tables = ["cat", "/proc/net/tcp", "/proc/net/tcp6"];
    let read = printed_by(engine, container, &tables, MOST_BYTES);
    let bytes = tokio::time::timeout(LIMIT, read).await.ok()?.ok()?;
    let table = String::from_utf8_lossy(&bytes);
    // Without the head of a table nothing was read, which is something else than: nothing listens.
    if !table.contains("local_address") {
        return None;
    }
    told(&proc_net::listeners(&table), container, port, made_by)
}

fn told(
    listeners: &[Listener],
    container: &str,
    port: u16,
    made_by: Option<&Action>,
) -> Option<Problem> {
    let (here, elsewhere): (Vec<&Listener>, Vec<&Listener>) =
        listeners.iter().partition(|it| it.port == port);
    if here.iter().any(|it| !it.address.is_loopback()) {
        return None;
    }
    if !here.is_empty() {
        return Some(only_inside(container, port));
    }
    let others: BTreeSet<u16> = elsewhere
        .iter()
        .filter(|it| !it.address.is_loopback())
        .map(|it| it.port)
        .collect();
    if others.is_empty() {
        return Some(nothing_listens(container, port));
    }
    Some(another_port(container, port, &others, made_by))
}

fn only_inside(container: &str, port: u16) -> Problem {
    Problem::new(
        Code::ListensElsewhere,
        "The program listens only inside its container",
        format!(
            "In {}, port {port} is open on 127.0.0.1 alone. That address means the container itself, so \
             nobody outside of it is let in, this computer neither.",
            shown(container)
        ),
        "Let the program listen on 0.0.0.0. Many have a setting for it: flask run --host=0.0.0.0, \
         uvicorn --host 0.0.0.0, vite --host.",
    )
}

fn nothing_listens(container: &str, port: u16) -> Problem {
    Problem::new(
        Code::ListensElsewhere,
        "Nothing listens in the container yet",
        format!("No program in {} has opened port {port}.", shown(container)),
        "If it has just been started, it may need a moment. Otherwise its output says why.",
    )
}

fn another_port(
    container: &str,
    port: u16,
    others: &BTreeSet<u16>,
    made_by: Option<&Action>,
) -> Problem {
    let named: Vec<String> = others.iter().take(MOST_NAMED).map(u16::to_string).collect();
    let ports = if named.len() == 1 {
        "port"
    } else {
        "the ports"
    };
    let problem = Problem::new(
        Code::ListensElsewhere,
        "The program listens on another port",
        format!(
            "In {}, nothing listens on port {port}, but something does on {ports} {}.",
            shown(container),
            named.join(", ")
        ),
        "Publish the port on which the program listens: it is the number after the colon.",
    );
    let mut others = others.iter();
    let (Some(other), None) = (others.next(), others.next()) else {
        return problem;
    };
    let Some(again) = made_by.and_then(|action| mend::with_port(action, port, *other)) else {
        return problem;
    };
    let mut actions = vec![mend::stop(container)];
    if !mend::container_options(&again).is_some_and(|options| options.rm) {
        actions.push(mend::remove(container));
    }
    actions.push(again);
    problem.with_fix(
        Fix::new(format!("Run it again with port {other}"), actions)
            .with_note("Files that were changed in the container are lost.")
            .dangerous(),
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    fn listeners(all: &[&str]) -> Vec<Listener> {
        let one = |text: &&str| {
            let address: std::net::SocketAddr = text.parse().unwrap();
            Listener {
                address: address.ip(),
                port: address.port(),
            }
        };
        all.iter().map(one).collect()
    }

    #[test]
    fn what_listens_decides_what_is_told() {
        let rows: [(&[&str], Option<&str>); 6] = [
            (&["0.0.0.0:80"], None),
            (&["[::]:80", "127.0.0.1:80"], None),
            (&["172.17.0.2:80"], None),
            (&["127.0.0.1:80", "[::1]:80"], Some("only inside")),
            (&["127.0.0.11:4000"], Some("Nothing listens")),
            (&["0.0.0.0:5000", "127.0.0.1:22"], Some("another port")),
        ];
        for (all, expected) in rows {
            let told = told(&listeners(all), "web", 80, None);
            match expected {
                None => assert_eq!(told, None, "{all:?}"),
                Some(words) => assert!(told.unwrap().what.contains(words), "{all:?}"),
            }
        }
    }

    #[test]
    fn the_port_that_leads_nowhere_is_changed() {
        let action = Action::parse("docker run -d --name web -p 8000:80 -p 22:22 app").unwrap();
        let problem = told(&listeners(&["[::]:5000"]), "web", 80, Some(&action)).unwrap();
        let commands: Vec<_> = problem.fixes[0]
            .commands
            .iter()
            .map(|it| &it.line)
            .collect();
        assert_eq!(
            commands,
            [
                "docker stop web",
                "docker rm web",
                "docker run -d -p 8000:5000 -p 22:22 --name web app"
            ]
        );
    }
}
