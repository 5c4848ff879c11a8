//! The port is taken, or needs more rights.

use std::net::IpAddr;

use slipway_action::Action;
use slipway_action::port::{PortSpec, Protocol};

use super::{About, stop};
use crate::list;
use crate::ports::{self, Holder};
use crate::problem::explain::shown;
use crate::problem::{Fix, Problem};

/// A port that was asked for.
struct Asked {
    /// Which of the flags asks for it.
    flag: usize,
    spec: PortSpec,
    port: u16,
}

impl Asked {
    fn place(&self) -> (Option<IpAddr>, Protocol) {
        (self.spec.address, self.spec.protocol)
    }
}

pub(super) async fn taken(about: &About<'_>, mut problem: Problem) -> Problem {
    let said = ports_in(&problem.detail);
    let asked = asked(about, &said);
    let Some(port) = asked
        .as_ref()
        .map(|asked| asked.port)
        .or_else(|| said.first().copied())
    else {
        return problem;
    };
    let (address, protocol) = asked.as_ref().map_or((None, Protocol::Tcp), Asked::place);
    problem.what = format!("Port {port} is taken");
    let Ok(rows) = list::containers(about.engine).await else {
        return problem;
    };
    // The container that failed to start may be listed with the port that it did not get.
    let others = rows
        .iter()
        .filter(|row| Some(row.id.as_str()) != about.created);
    let holder = ports::holder(about.engine, others, address, port, protocol).await;
    if let Some(holder) = &holder {
        problem.why = match holder {
            Holder::Container(name) => format!("The container {} uses it already.", shown(name)),
            Holder::Process(name) => format!(
                "The program {} on this computer uses it already.",
                shown(name)
            ),
        };
    }
    problem = other_port(about, problem, asked).await;
    match holder {
        Some(Holder::Container(name)) => {
            let mut actions = vec![stop(&name)];
            actions.extend(about.instead(about.action.clone()).await);
            let label = format!("Stop the container {}, then try again", shown(&name));
            problem.with_fix(
                Fix::new(label, actions).with_note("It is kept, and can be started again later."),
            )
        }
        Some(Holder::Process(_)) | None => problem,
    }
}

pub(super) async fn privileged(about: &About<'_>, mut problem: Problem) -> Problem {
    let asked = asked(about, &ports_in(&problem.detail));
    if let Some(asked) = &asked {
        problem.what = format!("Port {} needs more rights", asked.port);
    }
    other_port(about, problem, asked).await
}

/// Offers the same on the next free port.
async fn other_port(about: &About<'_>, problem: Problem, asked: Option<Asked>) -> Problem {
    let Some(asked) = asked else { return problem };
    let Ok(rows) = list::containers(about.engine).await else {
        return problem;
    };
    let (address, protocol) = asked.place();
    let taken_here: Vec<u16> = specs(about)
        .flat_map(|(_, spec)| spec.fixed_host_ports())
        .flatten()
        .collect();
    let free = ports::next_free(
        about.engine,
        &rows,
        address,
        asked.port,
        protocol,
        &taken_here,
    );
    let Some(free) = free else { return problem };
    let mut spec = asked.spec;
    spec.host = Some(free..=free);
    let again = about.changed(|options| {
        if let Some(flag) = options.publish.get_mut(asked.flag) {
            *flag = spec.to_string();
        }
    });
    let Some(again) = again else { return problem };
    let label = format!("Use port {free} instead");
    problem.with_fix(Fix::new(label, about.instead(again).await))
}

fn specs<'a>(about: &'a About<'_>) -> impl Iterator<Item = (usize, PortSpec)> + 'a {
    let flags = about
        .options()
        .map(|options| options.publish.as_slice())
        .unwrap_or_default();
    flags
        .iter()
        .enumerate()
        .filter_map(|(flag, text)| Some((flag, PortSpec::parse(text).ok()?)))
}

/// The flag that asks for one of these ports; one with a whole range can't be moved by one.
fn asked(about: &About<'_>, said: &[u16]) -> Option<Asked> {
    let single = specs(about).filter_map(|(flag, spec)| {
        let host = spec.host.clone()?;
        let port = *host.start();
        (host.start() == host.end()).then_some(Asked { flag, spec, port })
    });
    let mut single: Vec<Asked> = single.collect();
    match single.iter().position(|asked| said.contains(&asked.port)) {
        Some(found) => Some(single.swap_remove(found)),
        None if single.len() == 1 && !matches!(about.action, Action::Start(_)) => single.pop(),
        None => None,
    }
}

/// The numbers after a colon, which in `Bind for 127.0.0.1:8080 failed` is the port.
fn ports_in(text: &str) -> Vec<u16> {
    let after_colon = text.split(':').skip(1);
    let digits = after_colon.map(|rest| {
        let end = rest
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(rest.len());
        &rest[..end]
    });
    digits
        .filter_map(|digits| digits.parse().ok())
        .filter(|port| *port != 0)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ports_are_found_in_what_engines_say() {
        let rows: [(&str, &[u16]); 4] = [
            (
                "Bind for 127.0.0.1:8080 failed: port is already allocated",
                &[8080],
            ),
            (
                "listen tcp4 [::1]:80: bind: address already in use",
                &[1, 80],
            ),
            (
                "failed to bind host port for 127.0.0.1:8080:172.17.0.2:80/tcp: address",
                &[8080, 172, 80],
            ),
            ("nothing: here: 0", &[]),
        ];
        for (text, expected) in rows {
            assert_eq!(ports_in(text), expected, "{text}");
        }
    }
}
