//! What a watch says of real engines, while the docker command changes them.
#![cfg(unix)]

use std::collections::HashMap;

use crate::doing::{Bench, LIMIT, benches};
use slipway_engine::model::{Change, ContainerRow, ContainerState, ImageRow};
use slipway_engine::problem::{Code, Problem};
use slipway_engine::watch::{WatchEvent, watch};
use slipway_lab::{Lab, left_out};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

/// The lists as a page keeps them: changes applied in order.
#[derive(Default)]
struct Page {
    containers: HashMap<String, ContainerRow>,
    images: HashMap<String, ImageRow>,
}

impl Page {
    fn apply(&mut self, change: Change) {
        match change {
            Change::Containers {
                reset,
                changed,
                removed,
            } => {
                if reset {
                    self.containers.clear();
                }
                removed
                    .iter()
                    .for_each(|id| assert!(self.containers.remove(id).is_some(), "{id}"));
                for row in changed {
                    let old = self.containers.insert(row.id.clone(), row.clone());
                    assert_ne!(old, Some(row), "only what is different is said");
                }
            }
            Change::Images {
                reset,
                changed,
                removed,
            } => {
                if reset {
                    self.images.clear();
                }
                removed
                    .iter()
                    .for_each(|id| assert!(self.images.remove(id).is_some(), "{id}"));
                self.images
                    .extend(changed.into_iter().map(|row| (row.id.clone(), row)));
            }
            other => panic!("a watch does not say {other:?}"),
        }
    }

    fn container(&self, name: &str) -> Option<&ContainerRow> {
        self.containers.values().find(|row| row.name == name)
    }

    fn has_image(&self, name: &str) -> bool {
        let is_it = |tag: &String| tag.rsplit('/').next() == Some(name);
        self.images.values().any(|row| row.tags.iter().any(is_it))
    }
}

struct Watched {
    page: Page,
    events: mpsc::Receiver<WatchEvent>,
}

impl Watched {
    fn of(bench: &Bench, cancel: &CancellationToken) -> Self {
        Self {
            page: Page::default(),
            events: watch(bench.engine.clone(), cancel.clone()),
        }
    }

    async fn until(&mut self, what: &str, fits: impl Fn(&Page) -> bool) {
        let seen = async {
            while !fits(&self.page) {
                match self.events.recv().await {
                    Some(WatchEvent::Change(change)) => self.page.apply(change),
                    Some(WatchEvent::Lost(problem)) => panic!("{what}: {problem:#?}"),
                    None => panic!("{what}: the watch ended"),
                }
            }
        };
        let seen = tokio::time::timeout(LIMIT, seen).await;
        assert!(
            seen.is_ok(),
            "the watch never saw {what}; containers: {:#?}",
            self.page.containers.values()
        );
    }

    async fn lost(&mut self) -> Problem {
        let lost = async {
            loop {
                match self.events.recv().await {
                    Some(WatchEvent::Change(change)) => self.page.apply(change),
                    Some(WatchEvent::Lost(problem)) => return problem,
                    None => panic!("the watch ended without a word"),
                }
            }
        };
        let problem = tokio::time::timeout(LIMIT, lost)
            .await
            .expect("the loss is seen");
        assert_eq!(self.events.recv().await, None, "nothing follows it");
        problem
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_docker_command_does_is_seen() {
    for bench in benches("watch").await {
        let kind = bench.kind();
        bench.docker("create --name {before} busy");
        let cancel = CancellationToken::new();
        let mut watched = Watched::of(&bench, &cancel);
        let (web, other, tag) = (bench.name("web"), bench.name("other"), bench.name("tag:1"));
        let before = bench.name("before");
        watched
            .until("what was there", |page| page.container(&before).is_some())
            .await;
        watched
            .until("the images", |page| page.has_image("busy:latest"))
            .await;

        let state = |page: &Page, name: &str| page.container(name).map(|row| row.state);
        bench.docker("run -d --name {web} -p 127.0.0.1::8080 busy");
        watched
            .until("a new container", |page| {
                state(page, &web) == Some(ContainerState::Running)
            })
            .await;
        watched
            .until("its port", |page| {
                page.container(&web)
                    .is_some_and(|row| row.ports.iter().any(|port| port.host.is_some()))
            })
            .await;
        bench.docker("pause {web}");
        watched
            .until("a pause", |page| {
                state(page, &web) == Some(ContainerState::Paused)
            })
            .await;
        bench.docker("unpause {web}");
        watched
            .until("its end", |page| {
                state(page, &web) == Some(ContainerState::Running)
            })
            .await;
        bench.docker("rename {web} {other}");
        watched
            .until("a new name", |page| {
                page.container(&other).is_some() && page.container(&web).is_none()
            })
            .await;
        bench.docker("stop -t 5 {other}");
        watched
            .until("its exit", |page| {
                page.container(&other).is_some_and(|row| {
                    row.state == ContainerState::Exited && row.exit_code == Some(0)
                })
            })
            .await;
        bench.docker("start {other}");
        watched
            .until("its new start", |page| {
                state(page, &other) == Some(ContainerState::Running)
            })
            .await;
        bench.docker("kill {other}");
        watched
            .until("its end by force", |page| {
                page.container(&other).is_some_and(|row| {
                    row.state == ContainerState::Exited && row.exit_code == Some(137)
                })
            })
            .await;
        bench.docker("rm {other}");
        watched
            .until("its removal", |page| page.container(&other).is_none())
            .await;
        bench.docker("create --name {web} busy");
        watched
            .until("one that was only made", |page| {
                state(page, &web) == Some(ContainerState::Created)
            })
            .await;
        bench.docker("start {web}");
        watched
            .until("its first start", |page| {
                state(page, &web) == Some(ContainerState::Running)
            })
            .await;
        bench.docker("rm -f {web}");
        watched
            .until("its removal while it runs", |page| {
                page.container(&web).is_none()
            })
            .await;
        bench.docker("tag busy {tag:1}");
        watched
            .until("a new tag", |page| page.has_image(&tag))
            .await;
        bench.docker("rmi {tag:1}");
        watched
            .until("its removal", |page| !page.has_image(&tag))
            .await;
        cancel.cancel();
        while let Some(event) = watched.events.recv().await {
            assert!(
                matches!(event, WatchEvent::Change(_)),
                "{kind}: a cancelled watch is not lost"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_burst_comes_out_right() {
    for bench in benches("burst").await {
        let cancel = CancellationToken::new();
        let mut watched = Watched::of(&bench, &cancel);
        let names: Vec<String> = (0..20)
            .map(|number| bench.name(&number.to_string()))
            .collect();
        std::thread::scope(|scope| {
            for half in names.chunks(10) {
                let bench = &bench;
                scope.spawn(move || {
                    for name in half {
                        bench.docker(&format!("create --name {name} busy"));
                    }
                });
            }
        });
        watched
            .until("all of them", |page| {
                names.iter().all(|name| page.container(name).is_some())
            })
            .await;
        bench.docker(&format!("rm {}", names.join(" ")));
        watched
            .until("none of them", |page| {
                names.iter().all(|name| page.container(name).is_none())
            })
            .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_engine_that_goes_away_is_lost() {
    let Ok(lab) = Lab::up() else {
        left_out("a lost engine", "there is no lab here").unwrap();
        return;
    };
    for kind in lab.kinds() {
        let bench = Bench::of(lab.fresh(kind).unwrap(), "lost").await;
        for end in [slipway_lab::Engine::kill9, slipway_lab::Engine::stop] {
            let mut watched = Watched::of(&bench, &CancellationToken::new());
            watched
                .until("the images", |page| page.has_image("busy:latest"))
                .await;
            end(&bench.lab).unwrap();
            assert_eq!(watched.lost().await.code, Code::EngineLost, "{kind}");
            bench.lab.start().unwrap();
        }
    }
}
