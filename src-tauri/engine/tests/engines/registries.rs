//! Registries that refuse, told to a person.
#![cfg(unix)]

use crate::doing::benches;
use crate::registry::refusing;
use slipway_engine::problem::Code;

/// What Docker Hub says when somebody has downloaded too much.
const LIMIT: &str = "You have reached your unauthenticated pull rate limit. https://www.docker.com/increase-rate-limit";

#[tokio::test(flavor = "multi_thread")]
async fn refusals_of_registries_are_told() {
    for bench in benches("refusing").await {
        let kind = bench.kind();
        let rows = [
            (
                "429 Too Many Requests",
                "TOOMANYREQUESTS",
                LIMIT,
                Code::RateLimited,
            ),
            (
                "401 Unauthorized",
                "UNAUTHORIZED",
                "authentication required",
                Code::LoginNeeded,
            ),
            (
                "403 Forbidden",
                "DENIED",
                "requested access to the resource is denied",
                Code::LoginNeeded,
            ),
            (
                "404 Not Found",
                "MANIFEST_UNKNOWN",
                "manifest unknown",
                Code::NoSuchImage,
            ),
        ];
        for (status, code, message, expected) in rows {
            let address = refusing(status, code, message);
            let problem = bench.fails(&format!("docker pull {address}/a/b:1")).await;
            assert_eq!(problem.code, expected, "{kind}: {status}: {problem:#?}");
            let login = matches!(expected, Code::RateLimited | Code::LoginNeeded);
            let command = login.then(|| format!("docker login {address}"));
            assert_eq!(problem.command, command, "{kind}: {status}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_registry_that_can_not_be_reached() {
    for bench in benches("unreachable").await {
        let kind = bench.kind();
        // Reserved to be nobody's (RFC 6761), and a port on which nothing listens.
        for registry in ["registry.invalid", "127.0.0.1:1"] {
            let problem = bench.fails(&format!("docker pull {registry}/busy:1")).await;
            assert_eq!(
                problem.code,
                Code::NoNetwork,
                "{kind}: {registry}: {problem:#?}"
            );
            assert!(problem.what.contains(registry), "{kind}: {}", problem.what);
            let again: Vec<_> = problem.fixes.iter().map(|fix| fix.label.as_str()).collect();
            assert_eq!(again, ["Try again"], "{kind}: {registry}");
        }
    }
}
