//! Flags that docker knows and Slipway does not perform: said, never dropped.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Action;

/// Something to know about an action before it is performed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Note {
    /// The action's field that it is about; `None` where it is about the whole.
    pub field: Option<String>,
    /// What is to be known.
    pub message: String,
}

/// The flags of `docker run` and `docker create` that are known and not performed, by field.
const OF_CONTAINERS: &[&str] = &[
    "annotation",
    "attach",
    "blkio_weight",
    "blkio_weight_device",
    "cap_add",
    "cap_drop",
    "cgroup_parent",
    "cgroupns",
    "cidfile",
    "cpu_count",
    "cpu_percent",
    "cpu_period",
    "cpu_quota",
    "cpu_rt_period",
    "cpu_rt_runtime",
    "cpu_shares",
    "cpuset_cpus",
    "cpuset_mems",
    "detach_keys",
    "device",
    "device_cgroup_rule",
    "device_read_bps",
    "device_read_iops",
    "device_write_bps",
    "device_write_iops",
    "disable_content_trust",
    "dns",
    "dns_option",
    "dns_search",
    "domainname",
    "gpus",
    "group_add",
    "health_cmd",
    "health_interval",
    "health_retries",
    "health_start_interval",
    "health_start_period",
    "health_timeout",
    "io_maxbandwidth",
    "io_maxiops",
    "ip",
    "ip6",
    "ipc",
    "isolation",
    "kernel_memory",
    "label_file",
    "link",
    "link_local_ip",
    "log_driver",
    "log_opt",
    "mac_address",
    "memory_reservation",
    "memory_swap",
    "memory_swappiness",
    "mount",
    "network_alias",
    "no_healthcheck",
    "oom_kill_disable",
    "oom_score_adj",
    "pid",
    "pids_limit",
    "quiet",
    "runtime",
    "security_opt",
    "shm_size",
    "sig_proxy",
    "storage_opt",
    "sysctl",
    "tmpfs",
    "ulimit",
    "use_api_socket",
    "userns",
    "uts",
    "volume_driver",
    "volumes_from",
];

impl Action {
    /// The flags that are set, that docker knows, and that Slipway does not perform. An action
    /// with one of them is not performed at all, because it would not be what was asked for.
    pub fn unperformed(&self) -> Vec<Note> {
        let table = if matches!(self, Action::Run(_) | Action::Create(_)) {
            OF_CONTAINERS
        } else {
            &[]
        };
        let mut notes = Vec::new();
        if let Some(options) = self.container_options()
            && options
                .network
                .iter()
                .filter(|name| !name.is_empty())
                .count()
                > 1
        {
            notes.push(Note {
                field: Some("network".to_owned()),
                message: "Slipway connects a new container to one network. Leave the others out, or run the command in a terminal.".to_owned(),
            });
        }
        let set = self.set_flags();
        let left_out = set
            .iter()
            .filter(|(field, _)| table.contains(&field.as_str()));
        notes.extend(left_out
            .map(|(field, flag)| Note {
                field: Some(field.clone()),
                message: format!(
                    "Slipway knows --{flag} but does not perform it yet. Leave it out, or run the command in a terminal."
                ),
            }));
        notes
    }

    /// The flags that are written when it is rendered: their fields and their long names.
    pub(crate) fn set_flags(&self) -> Vec<(String, String)> {
        let fields = self.clone().without_blanks().fields();
        let blank = (self.verb().blank)().fields();
        let grammar = (self.verb().grammar)();
        let flags = grammar.get_arguments().filter(|arg| !arg.is_positional());
        flags
            .filter(|arg| {
                let field = arg.get_id().as_str();
                fields.get(field) != blank.get(field)
            })
            .map(|arg| {
                let name = crate::verb::long_name(arg);
                (arg.get_id().as_str().to_owned(), name.to_owned())
            })
            .collect()
    }
}
