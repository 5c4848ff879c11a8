//! The network is used, or is not there.

use slipway_action::{Action, CreateNetwork, DisconnectNetwork};

use super::{About, named};
use crate::list;
use crate::problem::explain::Subject;
use crate::problem::{Fix, Problem};

pub(super) async fn in_use(about: &About<'_>, mut problem: Problem) -> Problem {
    let name = about.subject.name();
    let Ok(users) = list::containers_by(about.engine, "network", name).await else {
        return problem;
    };
    if users.is_empty() {
        return problem;
    }
    let who = named(&users);
    problem.why = format!("{} still connected to it.", who.uses("is", "are"));
    let disconnect = |container: &String| {
        Action::DisconnectNetwork(DisconnectNetwork {
            network: name.to_owned(),
            container: container.clone(),
            ..DisconnectNetwork::default()
        })
    };
    let mut actions: Vec<Action> = users.iter().map(|row| disconnect(&row.name)).collect();
    actions.push(about.narrowed());
    problem.with_fix(
        Fix::new(
            format!("Disconnect {}, then remove the network", who.label()),
            actions,
        )
        .with_note("They go on, but reach nobody by this network any more.")
        .dangerous(),
    )
}

/// A container was to be connected to a network that nobody has created yet.
pub(super) async fn create(about: &About<'_>, problem: Problem) -> Problem {
    let wanted = match about.subject {
        Subject::Network(name) => Some(name.to_owned()),
        Subject::NewContainer { .. } => about
            .options()
            .and_then(|options| options.network.first().cloned()),
        Subject::Container(_)
        | Subject::Image(_)
        | Subject::Download(_)
        | Subject::Upload(_)
        | Subject::Volume(_)
        | Subject::Engine => None,
    };
    let Some(wanted) = wanted else { return problem };
    let is_new = matches!(
        about.action,
        Action::Run(_) | Action::Create(_) | Action::ConnectNetwork(_)
    );
    let plain = !wanted.contains(['=', ':']);
    if !is_new || !plain {
        return problem;
    }
    let create = Action::CreateNetwork(CreateNetwork {
        network: wanted,
        ..CreateNetwork::default()
    });
    let mut actions = about.leftover().await;
    actions.extend([create, about.action.clone()]);
    problem.with_fix(Fix::new("Create the network, then try again", actions))
}
