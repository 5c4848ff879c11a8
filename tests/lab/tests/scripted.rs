//! The scripted socket says what its script says, to the byte.
#![cfg(unix)]

use std::error::Error;
use std::io::{Read, Write};
use std::net::Shutdown;
use std::os::unix::net::UnixStream;
use std::time::Duration;

use slipway_lab::scripted::{Reply, Scripted, ScriptedServer};
use slipway_lab::wait_until;

type Outcome = Result<(), Box<dyn Error>>;

/// Sends `request` on a connection of its own and gives all that comes back.
fn ask(server: &ScriptedServer, request: &str) -> Result<String, Box<dyn Error>> {
    let mut stream = UnixStream::connect(server.socket())?;
    stream.write_all(request.as_bytes())?;
    stream.shutdown(Shutdown::Write)?;
    let mut all = String::new();
    stream.read_to_string(&mut all)?;
    Ok(all)
}

#[test]
fn routes_match_by_method_and_start_of_path_whatever_the_version() -> Outcome {
    let server = Scripted::new()
        .on("GET /containers/", Reply::json("\"any\""))
        .on("GET /v1.41/containers/json", Reply::json("\"list\""))
        .on("POST /containers/", Reply::status(201, "\"made\""))
        .start()?;
    let rows = [
        ("GET /v1.44/containers/json?all=1", "\"list\""),
        ("GET /containers/abc/json", "\"any\""),
        ("POST /v1.41/containers/create", "\"made\""),
        ("GET /images/json", "no reply to /images/json"),
        ("GET /volumes", "404 Not Found"),
    ];
    for (request, expected) in rows {
        let answer = ask(&server, &format!("{request} HTTP/1.1\r\n\r\n"))?;
        assert!(answer.contains(expected), "{request} got {answer}");
    }
    Ok(())
}

#[test]
fn replies_come_in_order_and_the_last_one_stays() -> Outcome {
    let server = Scripted::new()
        .on("GET /info", Reply::json("1"))
        .on("GET /info", Reply::json("2"))
        .start()?;
    // Three on one connection, which a reply of known length keeps open.
    let all = ask(&server, &"GET /info HTTP/1.1\r\n\r\n".repeat(3))?;
    let bodies: Vec<&str> = all
        .split("HTTP/1.1 200 OK")
        .skip(1)
        .filter_map(|one| one.lines().last())
        .collect();
    assert_eq!(bodies, ["1", "2", "2"]);
    Ok(())
}

#[test]
fn ping_and_version_tell_the_api_version() -> Outcome {
    let server = Scripted::new().api_version("1.52").start()?;
    assert!(ask(&server, "HEAD /_ping HTTP/1.1\r\n\r\n")?.contains("Api-Version: 1.52"));
    assert!(ask(&server, "GET /_ping HTTP/1.1\r\n\r\n")?.ends_with("\r\n\r\nOK"));
    assert!(ask(&server, "GET /version HTTP/1.1\r\n\r\n")?.contains("\"ApiVersion\":\"1.52\""));
    Ok(())
}

#[test]
fn requests_are_kept_with_headers_and_bodies() -> Outcome {
    let server = Scripted::new().start()?;
    ask(
        &server,
        "POST /a HTTP/1.1\r\nX-Name: value\r\nContent-Length: 3\r\n\r\nabc",
    )?;
    ask(
        &server,
        "POST /b HTTP/1.1\r\ntransfer-encoding: Chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n",
    )?;
    let requests = server.requests();
    assert_eq!(requests[0].header("x-name"), Some("value"));
    assert_eq!(requests[0].body, b"abc");
    assert_eq!(
        requests[1].body, b"abc",
        "a chunked body is kept without its chunks' heads"
    );
    Ok(())
}

#[test]
fn a_cut_reply_ends_after_exactly_that_many_bytes() -> Outcome {
    let whole = Reply::json("{}");
    for count in 0..whole.len() {
        let server = Scripted::new()
            .on("GET /", whole.clone().cut_after(count))
            .start()?;
        assert_eq!(ask(&server, "GET /x HTTP/1.1\r\n\r\n")?.len(), count);
    }
    Ok(())
}

#[test]
fn pieces_arrive_one_by_one() -> Outcome {
    let reply = Reply::raw("abcdef")
        .split_at(&[2, 3])
        .pause(Duration::from_millis(100));
    let server = Scripted::new().on("GET /", reply).start()?;
    let mut stream = UnixStream::connect(server.socket())?;
    stream.write_all(b"GET /x HTTP/1.1\r\n\r\n")?;
    let mut pieces = Vec::new();
    let mut buffer = [0; 64];
    loop {
        let count = stream.read(&mut buffer)?;
        if count == 0 {
            break;
        }
        pieces.push(String::from_utf8_lossy(&buffer[..count]).into_owned());
    }
    assert_eq!(pieces, ["ab", "c", "def"]);
    Ok(())
}

#[test]
fn an_upgraded_connection_keeps_what_the_client_sends() -> Outcome {
    let server = Scripted::new()
        .on("POST /containers/x/attach", Reply::upgraded(b"hi"))
        .start()?;
    let mut stream = UnixStream::connect(server.socket())?;
    stream.write_all(b"POST /containers/x/attach HTTP/1.1\r\n\r\n")?;
    let mut seen = Vec::new();
    let mut buffer = [0; 64];
    while !seen.ends_with(b"\r\n\r\nhi") {
        let count = stream.read(&mut buffer)?;
        assert!(count > 0, "the connection must stay open");
        seen.extend_from_slice(&buffer[..count]);
    }
    stream.write_all(b"exit\n")?;
    wait_until(Duration::from_secs(10), "what was typed", || {
        (server.requests()[0].after == b"exit\n").then_some(())
    })?;
    Ok(())
}

#[test]
fn a_chunked_reply_is_well_formed() -> Outcome {
    let server = Scripted::new()
        .on("GET /", Reply::chunked(&[b"ab", b"c"]))
        .start()?;
    let all = ask(&server, "GET /events HTTP/1.1\r\n\r\n")?;
    assert!(
        all.ends_with("\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n"),
        "{all}"
    );
    Ok(())
}
