//! Secure connections: certificates that fit, and those that don't.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::pki_types::{PrivateKeyDer, pem::PemObject};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};
use slipway_engine::Engine;
use slipway_engine::endpoint::{Endpoint, TlsFiles};
use slipway_engine::problem::{Code, Problem};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

/// An authority that makes certificates.
struct Authority(CertifiedIssuer<'static, KeyPair>);

/// A certificate and its key, as text.
struct Pair {
    cert: String,
    key: String,
}

impl Authority {
    fn new() -> Self {
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        Self(CertifiedIssuer::self_signed(params, key).unwrap())
    }

    fn issue(&self, name: &str) -> Pair {
        let key = KeyPair::generate().unwrap();
        let params = CertificateParams::new([name.to_owned()]).unwrap();
        let cert = params.signed_by(&key, &self.0).unwrap();
        Pair {
            cert: cert.pem(),
            key: key.serialize_pem(),
        }
    }

    fn roots(&self) -> RootCertStore {
        let mut roots = RootCertStore::empty();
        roots.add(self.0.der().clone()).unwrap();
        roots
    }
}

/// An engine's first answers over TLS, which wants a client's certificate; answers with its port.
async fn serve(authority: &Authority, name: &str) -> u16 {
    let pair = authority.issue(name);
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let clients = Arc::new(authority.roots());
    let verifier = WebPkiClientVerifier::builder_with_provider(clients, Arc::clone(&provider));
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_client_cert_verifier(verifier.build().unwrap())
        .with_single_cert(
            vec![rustls::pki_types::CertificateDer::from_pem_slice(pair.cert.as_bytes()).unwrap()],
            PrivateKeyDer::from_pem_slice(pair.key.as_bytes()).unwrap(),
        )
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let acceptor = acceptor.clone();
            tokio::spawn(async move {
                if let Ok(stream) = acceptor.accept(stream).await {
                    answer(stream).await;
                }
            });
        }
    });
    port
}

async fn answer(stream: impl AsyncRead + AsyncWrite) {
    let mut stream = std::pin::pin!(BufReader::new(Box::pin(stream)));
    let body = r#"{"ApiVersion": "1.41", "Version": "tls"}"#;
    let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", body.len());
    let mut line = String::new();
    while stream
        .read_line(&mut line)
        .await
        .is_ok_and(|count| count > 0)
    {
        if line == "\r\n"
            && stream
                .write_all(format!("{head}{body}").as_bytes())
                .await
                .is_err()
        {
            return;
        }
        let _ = stream.flush().await;
        line.clear();
    }
}

fn write(folder: &Path, name: &str, text: &str) -> Option<PathBuf> {
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    Some(path)
}

async fn connect(port: u16, tls: Option<TlsFiles>) -> Result<Engine, Problem> {
    let endpoint = Endpoint::Tcp {
        host: "localhost".into(),
        port,
        tls,
    };
    Engine::connect("x", &endpoint).await
}

#[tokio::test]
async fn certificates_decide() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let (authority, stranger) = (Authority::new(), Authority::new());
    let (ours, strange) = (authority.issue("me"), stranger.issue("me"));
    let port = serve(&authority, "localhost").await;
    let misnamed = serve(&authority, "elsewhere").await;
    let good = TlsFiles {
        ca: write(folder, "ca.pem", &authority.0.pem()),
        cert: write(folder, "cert.pem", &ours.cert),
        key: write(folder, "key.pem", &ours.key),
        ..TlsFiles::default()
    };
    let strange_ca = write(folder, "strange-ca.pem", &stranger.0.pem());
    let strange_cert = write(folder, "strange-cert.pem", &strange.cert);
    let strange_key = write(folder, "strange-key.pem", &strange.key);
    let named = Some("elsewhere".to_owned());
    let torn = write(folder, "torn.pem", "-----BEGIN CERTIFICATE-----\nAAA");
    let rows = [
        ("all fits", port, good.clone(), true),
        (
            "nothing is checked",
            port,
            TlsFiles {
                ca: None,
                skip_verify: true,
                ..good.clone()
            },
            true,
        ),
        (
            "another name is expected",
            misnamed,
            TlsFiles {
                server_name: named,
                ..good.clone()
            },
            true,
        ),
        (
            "another authority",
            port,
            TlsFiles {
                ca: strange_ca,
                ..good.clone()
            },
            false,
        ),
        (
            "this computer's authorities",
            port,
            TlsFiles {
                ca: None,
                ..good.clone()
            },
            false,
        ),
        ("another name", misnamed, good.clone(), false),
        (
            "no certificate of ours",
            port,
            TlsFiles {
                cert: None,
                key: None,
                ..good.clone()
            },
            false,
        ),
        (
            "a certificate of somebody else",
            port,
            TlsFiles {
                cert: strange_cert,
                key: strange_key.clone(),
                ..good.clone()
            },
            false,
        ),
        (
            "a key of another certificate",
            port,
            TlsFiles {
                key: strange_key,
                ..good.clone()
            },
            false,
        ),
        (
            "a torn file",
            port,
            TlsFiles {
                ca: torn,
                ..good.clone()
            },
            false,
        ),
        (
            "no file",
            port,
            TlsFiles {
                ca: Some(folder.join("none")),
                ..good
            },
            false,
        ),
    ];
    for (what, port, tls, fits) in rows {
        match connect(port, Some(tls)).await {
            Ok(_) => assert!(fits, "{what}"),
            Err(problem) => {
                assert!(!fits, "{what}: {problem:?}");
                assert_eq!(problem.code, Code::EngineTls, "{what}: {problem:?}");
            }
        }
    }
}
