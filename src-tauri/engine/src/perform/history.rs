//! `docker history`

use serde::Deserialize;
use slipway_action::History;

use crate::call::{Call, image};
use crate::model::Outcome;
use crate::perform::Job;
use crate::perform::text::{Table, ago, date, shortened, size_short};
use crate::problem::Problem;
use crate::problem::explain::Subject;

/// Ids and commands are shown up to these lengths.
const SHORT_ID: usize = 12;
const SHORT_COMMAND: usize = 45;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Step {
    id: Option<String>,
    created: Option<i64>,
    created_by: Option<String>,
    size: Option<i64>,
    comment: Option<String>,
}

pub(super) async fn history(job: Job<'_>, verb: &History) -> Result<Outcome, Problem> {
    let asked = async {
        let call = Call::get(image(&verb.image, "/history")?);
        call.read::<Vec<Step>>(job.engine).await
    };
    let steps = job.answer(asked.await, Subject::Image(&verb.image)).await?;
    let text = if verb.quiet {
        let ids: Vec<String> = steps.iter().map(|step| step.id(verb.no_trunc)).collect();
        ids.join("\n")
    } else {
        let heads = ["IMAGE", "CREATED", "CREATED BY", "SIZE", "COMMENT"];
        let human = verb.human.unwrap_or(true);
        let heads = if human {
            heads
        } else {
            ["IMAGE", "CREATED AT", "CREATED BY", "SIZE", "COMMENT"]
        };
        let mut table = Table::new(&heads);
        for step in steps {
            table.row(step.cells(human, verb.no_trunc));
        }
        table.text()
    };
    Ok(Outcome {
        text: Some(text),
        ..Outcome::default()
    })
}

impl Step {
    fn id(&self, whole: bool) -> String {
        let id = self.id.as_deref().unwrap_or_default();
        let bare = id.strip_prefix("sha256:").unwrap_or(id);
        if whole {
            id.to_owned()
        } else {
            bare.chars().take(SHORT_ID).collect()
        }
    }

    fn cells(&self, human: bool, whole: bool) -> [String; 5] {
        let created = self.created.unwrap_or_default();
        let command = self
            .created_by
            .as_deref()
            .unwrap_or_default()
            .replace('\t', " ");
        let size = self.size.unwrap_or_default();
        [
            self.id(whole),
            match (human, created) {
                (true, ..=0) => String::new(),
                (true, _) => ago(created),
                (false, _) => date(created),
            },
            if whole {
                command
            } else {
                shortened(&command, SHORT_COMMAND)
            },
            if human {
                size_short(size)
            } else {
                size.to_string()
            },
            self.comment.clone().unwrap_or_default(),
        ]
    }
}
