//! The engines that the app knows of, and how it stands with each.

use std::collections::HashMap;

use crate::find::{Candidate, Found};
use crate::model::{Change, EngineChoice, EngineState};

/// The list as it is shown.
#[derive(Debug, Default)]
pub(super) struct List {
    found: Found,
    states: HashMap<String, EngineState>,
    /// The one in use, or that would be.
    target: Option<String>,
    /// What was said last.
    said: Option<Change>,
}

impl List {
    /// Takes what was found; what is known of engines that are still there is kept.
    pub(super) fn replace(&mut self, found: Found) {
        let moved = |candidate: &Candidate| {
            self.candidate(&candidate.id)
                .is_none_or(|known| known.endpoint != candidate.endpoint)
        };
        let fresh: Vec<(String, EngineState)> = found
            .candidates
            .iter()
            .filter(|candidate| moved(candidate))
            .map(|candidate| {
                let state = match &candidate.endpoint {
                    Ok(_) => EngineState::Unknown,
                    Err(problem) => EngineState::Failed {
                        problem: problem.clone(),
                    },
                };
                (candidate.id.clone(), state)
            })
            .collect();
        self.states.extend(fresh);
        self.states
            .retain(|id, _| found.candidates.iter().any(|candidate| candidate.id == *id));
        self.found = found;
    }

    pub(super) fn found(&self) -> &Found {
        &self.found
    }

    pub(super) fn candidate(&self, id: &str) -> Option<&Candidate> {
        self.found
            .candidates
            .iter()
            .find(|candidate| candidate.id == id)
    }

    pub(super) fn target(&self) -> Option<&str> {
        self.target.as_deref()
    }

    pub(super) fn aim(&mut self, target: Option<String>) {
        self.target = target;
    }

    pub(super) fn state(&self, id: &str) -> &EngineState {
        self.states.get(id).unwrap_or(&EngineState::Unknown)
    }

    /// Writes down how it stands with an engine that is in the list.
    pub(super) fn set(&mut self, id: &str, state: EngineState) {
        if let Some(known) = self.states.get_mut(id) {
            *known = state;
        }
    }

    /// What is new since it was asked last.
    pub(super) fn news(&mut self) -> Option<Change> {
        let choice = |candidate: &Candidate| EngineChoice {
            id: candidate.id.clone(),
            name: candidate.name.clone(),
            source: candidate.source.clone(),
            address: candidate.address.clone(),
            state: self.state(&candidate.id).clone(),
        };
        let change = Change::Engines {
            engines: self.found.candidates.iter().map(choice).collect(),
            current: self.target.clone(),
        };
        if self.said.as_ref() == Some(&change) {
            return None;
        }
        self.said = Some(change.clone());
        Some(change)
    }
}
