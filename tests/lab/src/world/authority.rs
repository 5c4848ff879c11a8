//! Who vouches for the pages of the lab's world: an authority of its own, which the lab's base image trusts.

use std::fs;
use std::path::{Path, PathBuf};

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

use crate::cache::made;
use crate::error::{During, LabError};
use crate::paths::Paths;

const CERTIFICATE: &str = "ca.pem";
const KEY: &str = "ca.key";

/// Changes when the authority is to be made anew.
const RECIPE: &str = "1";

/// The certificate of the lab's authority; made once, and kept with the images that trust it.
pub(crate) fn certificate(paths: &Paths) -> Result<PathBuf, LabError> {
    Ok(folder(paths)?.join(CERTIFICATE))
}

/// A server's settings with a fresh certificate for `name`.
pub(crate) fn server(paths: &Paths, name: &str) -> Result<ServerConfig, LabError> {
    let folder = folder(paths)?;
    let file = folder.join(KEY);
    let key = fs::read_to_string(&file).during(|| format!("read {}", file.display()))?;
    let issuer = Issuer::new(params(), KeyPair::from_pem(&key).map_err(bad)?);
    let key = KeyPair::generate().map_err(bad)?;
    let params = CertificateParams::new([name.to_owned()]).map_err(bad)?;
    let certificate = params.signed_by(&key, &issuer).map_err(bad)?;
    let chain = CertificateDer::from_pem_slice(certificate.pem().as_bytes()).map_err(bad)?;
    let key = PrivateKeyDer::from_pem_slice(key.serialize_pem().as_bytes()).map_err(bad)?;
    let provider = rustls::crypto::ring::default_provider();
    ServerConfig::builder_with_provider(provider.into())
        .with_safe_default_protocol_versions()
        .map_err(bad)?
        .with_no_client_auth()
        .with_single_cert(vec![chain], key)
        .map_err(bad)
}

fn folder(paths: &Paths) -> Result<PathBuf, LabError> {
    made(paths, "authority", &[RECIPE], make)
}

fn make(folder: &Path) -> Result<(), LabError> {
    let key = KeyPair::generate().map_err(bad)?;
    let certificate = params().self_signed(&key).map_err(bad)?;
    for (name, text) in [(CERTIFICATE, certificate.pem()), (KEY, key.serialize_pem())] {
        let file = folder.join(name);
        fs::write(&file, text).during(|| format!("write {}", file.display()))?;
    }
    Ok(())
}

fn params() -> CertificateParams {
    let mut params = CertificateParams::default();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params
        .distinguished_name
        .push(DnType::CommonName, "Slipway’s lab");
    params
}

fn bad(error: impl std::fmt::Display) -> LabError {
    LabError::CannotRun {
        what: "the lab's world".to_owned(),
        why: error.to_string(),
    }
}
