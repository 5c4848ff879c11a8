//! `docker system df`

use serde::Deserialize;

use crate::call::Call;
use crate::model::Outcome;
use crate::perform::Job;
use crate::perform::text::{Table, size};
use crate::problem::Problem;
use crate::problem::explain::Subject;

/// What `GET /system/df` answers; sizes of -1 are not known.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct Usage {
    layers_size: i64,
    images: Option<Vec<Image>>,
    containers: Option<Vec<Container>>,
    volumes: Option<Vec<Volume>>,
    build_cache: Option<Vec<Cached>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct Image {
    containers: i64,
    size: i64,
    shared_size: i64,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct Container {
    state: String,
    size_rw: i64,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct Volume {
    usage_data: Option<VolumeUsage>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct VolumeUsage {
    ref_count: i64,
    size: i64,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct Cached {
    in_use: bool,
    shared: bool,
    size: i64,
}

pub(super) async fn used(job: Job<'_>) -> Result<Outcome, Problem> {
    let answer = Call::get("/system/df").read::<Usage>(job.engine).await;
    let usage = job.answer(answer, Subject::Engine).await?;
    Ok(Outcome {
        text: Some(usage.table()),
        ..Outcome::default()
    })
}

/// One line of the table.
struct Line {
    kind: &'static str,
    total: usize,
    active: usize,
    bytes: i64,
    reclaimable: i64,
    /// Whether the share of what can be won back is told too.
    share: bool,
}

impl Usage {
    fn table(self) -> String {
        let mut table = Table::new(&["TYPE", "TOTAL", "ACTIVE", "SIZE", "RECLAIMABLE"]);
        let lines = [
            images(self.layers_size, &self.images.unwrap_or_default()),
            containers(&self.containers.unwrap_or_default()),
            volumes(&self.volumes.unwrap_or_default()),
            build_cache(&self.build_cache.unwrap_or_default()),
        ];
        for line in lines {
            let share = if line.share && line.bytes > 0 {
                format!(" ({}%)", line.reclaimable * 100 / line.bytes)
            } else {
                String::new()
            };
            table.row([
                line.kind.to_owned(),
                line.total.to_string(),
                line.active.to_string(),
                size(line.bytes),
                format!("{}{share}", size(line.reclaimable)),
            ]);
        }
        table.text()
    }
}

fn images(layers: i64, images: &[Image]) -> Line {
    let known = images
        .iter()
        .filter(|it| it.containers != 0 && it.size != -1 && it.shared_size != -1);
    let used: i64 = known.map(|it| it.size - it.shared_size).sum();
    Line {
        kind: "Images",
        total: images.len(),
        active: images.iter().filter(|it| it.containers > 0).count(),
        bytes: layers,
        reclaimable: layers - used,
        share: true,
    }
}

fn containers(containers: &[Container]) -> Line {
    let is_active =
        |it: &&Container| matches!(it.state.as_str(), "running" | "paused" | "restarting");
    let active = containers.iter().filter(is_active);
    let active_bytes: i64 = active.clone().map(|it| it.size_rw).sum();
    let bytes: i64 = containers.iter().map(|it| it.size_rw).sum();
    Line {
        kind: "Containers",
        total: containers.len(),
        active: active.count(),
        bytes,
        reclaimable: bytes - active_bytes,
        share: true,
    }
}

fn volumes(volumes: &[Volume]) -> Line {
    let known = || {
        let usages = volumes.iter().filter_map(|it| it.usage_data.as_ref());
        usages.filter(|it| it.size != -1)
    };
    let usages = volumes.iter().filter_map(|it| it.usage_data.as_ref());
    Line {
        kind: "Local Volumes",
        total: volumes.len(),
        active: usages.filter(|it| it.ref_count > 0).count(),
        bytes: known().map(|it| it.size).sum(),
        reclaimable: known()
            .filter(|it| it.ref_count == 0)
            .map(|it| it.size)
            .sum(),
        share: true,
    }
}

fn build_cache(cached: &[Cached]) -> Line {
    let own = || cached.iter().filter(|it| !it.shared);
    Line {
        kind: "Build Cache",
        total: cached.len(),
        active: cached.iter().filter(|it| it.in_use).count(),
        bytes: own().map(|it| it.size).sum(),
        reclaimable: own().filter(|it| !it.in_use).map(|it| it.size).sum(),
        share: false,
    }
}
