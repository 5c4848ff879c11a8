//! Devices of the engine's computer, graphics cards among them, as an engine takes them.

use std::collections::BTreeMap;

use serde::Serialize;
use slipway_action::device;
use slipway_action::gpu::GpuRequest;
use slipway_action::text::Invalid;

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Device {
    path_on_host: String,
    path_in_container: String,
    cgroup_permissions: String,
}

#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Request {
    driver: String,
    count: i32,
    #[serde(rename = "DeviceIDs")]
    ids: Option<Vec<String>>,
    capabilities: Option<Vec<Vec<String>>>,
    options: Option<BTreeMap<String, String>>,
}

/// The devices by path, and those that are asked for by a name.
pub(super) fn devices(
    texts: &[String],
    gpus: &[String],
) -> Result<(Vec<Device>, Vec<Request>), Invalid> {
    let mut devices = Vec::new();
    let mut named = Vec::new();
    for text in texts {
        match device::Device::parse(text)? {
            device::Device::File {
                host,
                container,
                rights,
            } => devices.push(Device {
                path_on_host: host,
                path_in_container: container,
                cgroup_permissions: rights,
            }),
            device::Device::Named(name) => named.push(name),
        }
    }
    let gpus = gpus
        .iter()
        .map(|text| GpuRequest::parse(text).map(Request::from));
    let mut requests = gpus.collect::<Result<Vec<_>, _>>()?;
    if !named.is_empty() {
        requests.push(Request {
            driver: "cdi".to_owned(),
            ids: Some(named),
            ..Request::default()
        });
    }
    Ok((devices, requests))
}

impl From<GpuRequest> for Request {
    fn from(wanted: GpuRequest) -> Self {
        let options = wanted.options.into_iter();
        Self {
            driver: wanted.driver,
            count: wanted.count,
            ids: (!wanted.devices.is_empty()).then_some(wanted.devices),
            capabilities: Some(vec![wanted.capabilities]),
            options: Some(options.map(|it| (it.name, it.value)).collect()),
        }
    }
}
