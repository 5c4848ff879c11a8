//! What a secure connection is made with: the authorities that are trusted, and our own certificate.

use std::path::Path;
use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme};

use super::DialError;
use crate::endpoint::TlsFiles;

/// The name that the engine's certificate must hold.
pub(super) fn server_name(host: &str, files: &TlsFiles) -> Result<ServerName<'static>, DialError> {
    let name = files.server_name.as_deref().unwrap_or(host).to_owned();
    ServerName::try_from(name).map_err(|error| DialError::Handshake(std::io::Error::other(error)))
}

/// Reads the files. The provider is named here, because rustls panics where a program holds two and
/// none was named.
pub(super) fn config(files: &TlsFiles) -> Result<ClientConfig, DialError> {
    let provider = Arc::new(ring::default_provider());
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .map_err(refused)?;
    let builder = if files.skip_verify {
        builder
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(Anyone(provider)))
    } else {
        builder.with_root_certificates(roots(files)?)
    };
    match (&files.cert, &files.key) {
        (Some(cert), Some(key)) => {
            let chain = certificates(cert)?;
            let key = PrivateKeyDer::from_pem_file(key).map_err(|error| unusable(key, error))?;
            builder.with_client_auth_cert(chain, key).map_err(refused)
        }
        // One without the other says nothing to the engine.
        (Some(_), None) | (None, Some(_)) | (None, None) => Ok(builder.with_no_client_auth()),
    }
}

fn roots(files: &TlsFiles) -> Result<RootCertStore, DialError> {
    let mut roots = RootCertStore::empty();
    match &files.ca {
        // Only this authority then, as the docker CLI does with a context's.
        Some(path) => {
            for certificate in certificates(path)? {
                roots
                    .add(certificate)
                    .map_err(|error| unusable(path, error))?;
            }
        }
        // One unreadable certificate of the system must not close the way to every engine.
        None => {
            roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        }
    }
    Ok(roots)
}

fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, DialError> {
    let read = CertificateDer::pem_file_iter(path)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(|error| unusable(path, error))?;
    if read.is_empty() {
        return Err(unusable(path, "it holds no certificate"));
    }
    Ok(read)
}

fn unusable(path: &Path, why: impl std::fmt::Display) -> DialError {
    DialError::TlsFile {
        path: path.to_owned(),
        why: why.to_string(),
    }
}

fn refused(error: rustls::Error) -> DialError {
    DialError::Handshake(std::io::Error::other(error))
}

/// Takes whoever answers for the engine, because the user's context says so (`SkipTLSVerify`).
#[derive(Debug)]
struct Anyone(Arc<CryptoProvider>);

impl ServerCertVerifier for Anyone {
    fn verify_server_cert(
        &self,
        _end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(
            message,
            cert,
            dss,
            &self.0.signature_verification_algorithms,
        )
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(
            message,
            cert,
            dss,
            &self.0.signature_verification_algorithms,
        )
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}
