//! One request to an engine's API, put together so that no name in it can change where it goes.

use std::fmt::Display;

use bytes::Bytes;
use http::header::{CONNECTION, CONTENT_TYPE, UPGRADE};
use http::{HeaderValue, Method, Request, Response};
use http_body_util::Full;
use hyper::body::{Body, Incoming};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::connect::{Engine, read_json};
use crate::path::{Segment, with_query};
use crate::registry::Login;
use crate::transport::RequestError;

/// A request in the making. The path is without the API version, which the transport puts before it.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    method: Method,
    path: String,
    query: Vec<(&'static str, String)>,
    body: Bytes,
    upgrade: bool,
    login: Option<Login>,
    logins: Option<Login>,
}

impl Call {
    /// A request for `path`, whose names come from [`container`] or [`image`].
    fn new(method: Method, path: impl Into<String>) -> Self {
        Self {
            method,
            path: path.into(),
            query: Vec::new(),
            body: Bytes::new(),
            upgrade: false,
            login: None,
            logins: None,
        }
    }

    /// `DELETE path`.
    pub fn delete(path: impl Into<String>) -> Self {
        Self::new(Method::DELETE, path)
    }

    /// `GET path`.
    pub fn get(path: impl Into<String>) -> Self {
        Self::new(Method::GET, path)
    }

    /// `POST path`.
    pub fn post(path: impl Into<String>) -> Self {
        Self::new(Method::POST, path)
    }

    /// Adds a parameter.
    pub fn with(mut self, name: &'static str, value: impl Display) -> Self {
        self.query.push((name, value.to_string()));
        self
    }

    /// Adds a parameter where there is a value for it.
    pub fn with_some(self, name: &'static str, value: Option<impl Display>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// Adds a parameter where it is on.
    pub fn with_flag(self, name: &'static str, on: bool) -> Self {
        if on { self.with(name, 1) } else { self }
    }

    /// Sends `body` as JSON.
    pub fn json(mut self, body: &impl Serialize) -> Result<Self, RequestError> {
        let bytes =
            serde_json::to_vec(body).map_err(|error| RequestError::Request(error.into()))?;
        self.body = Bytes::from(bytes);
        Ok(self)
    }

    /// Asks for the bare connection instead of an answer in HTTP.
    pub fn upgrade(mut self) -> Self {
        self.upgrade = true;
        self
    }

    /// Adds the login for a registry.
    pub fn login(mut self, login: &Login) -> Self {
        self.login = Some(login.clone());
        self
    }

    /// Adds the logins for all registries, which a build may need.
    pub fn logins(mut self, logins: Option<Login>) -> Self {
        self.logins = logins;
        self
    }

    /// Sends it with this body instead, and answers with the head of the response. There is no limit of
    /// time.
    pub async fn send_body<B>(
        self,
        engine: &Engine,
        kind: &'static str,
        body: B,
    ) -> Result<Response<Incoming>, RequestError>
    where
        B: Body<Data = Bytes> + Send + 'static,
        B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        let (mut head, _) = self.request()?.into_parts();
        head.headers
            .insert(CONTENT_TYPE, HeaderValue::from_static(kind));
        engine.send(Request::from_parts(head, body)).await
    }

    /// Sends it, and answers with the head of the response. There is no limit of time.
    pub async fn send(self, engine: &Engine) -> Result<Response<Incoming>, RequestError> {
        engine.send(self.request()?).await
    }

    /// Sends it, and reads the answer as JSON. There is no limit of time.
    pub async fn read<T: DeserializeOwned>(self, engine: &Engine) -> Result<T, RequestError> {
        read_json(self.send(engine).await?).await
    }

    fn request(self) -> Result<Request<Full<Bytes>>, RequestError> {
        let query: Vec<_> = self
            .query
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        let mut request = Request::builder()
            .method(self.method)
            .uri(with_query(&self.path, &query));
        if !self.body.is_empty() {
            request = request.header(CONTENT_TYPE, "application/json");
        }
        if self.upgrade {
            request = request.header(CONNECTION, "Upgrade").header(UPGRADE, "tcp");
        }
        if let Some(login) = &self.login {
            request = request.header("x-registry-auth", login.as_str());
        }
        if let Some(logins) = &self.logins {
            request = request.header("x-registry-config", logins.as_str());
        }
        let request = request.body(Full::new(self.body));
        request.map_err(|error| RequestError::Request(error.into()))
    }
}

/// A container's name or id. Engines list names with a slash in front, which is dropped.
pub(crate) fn container_name(name: &str) -> Result<Segment, RequestError> {
    let name = Segment::name(name.strip_prefix('/').unwrap_or(name));
    name.map_err(|error| RequestError::Request(error.into()))
}

/// An image's reference or id.
pub(crate) fn image_name(name: &str) -> Result<Segment, RequestError> {
    Segment::reference(name).map_err(|error| RequestError::Request(error.into()))
}

/// `/containers/NAME` and `rest`.
pub(crate) fn container(name: &str, rest: &str) -> Result<String, RequestError> {
    Ok(format!("/containers/{}{rest}", container_name(name)?))
}

/// `/images/NAME` and `rest`.
pub(crate) fn image(name: &str, rest: &str) -> Result<String, RequestError> {
    Ok(format!("/images/{}{rest}", image_name(name)?))
}

/// `/volumes/NAME` and `rest`.
pub(crate) fn volume(name: &str, rest: &str) -> Result<String, RequestError> {
    Ok(format!("/volumes/{}{rest}", name_of(name)?))
}

/// `/networks/NAME` and `rest`.
pub(crate) fn network(name: &str, rest: &str) -> Result<String, RequestError> {
    Ok(format!("/networks/{}{rest}", name_of(name)?))
}

/// `/exec/ID` and `rest`; the id is one that the engine gave.
pub(crate) fn exec(id: &str, rest: &str) -> Result<String, RequestError> {
    Ok(format!("/exec/{}{rest}", name_of(id)?))
}

fn name_of(name: &str) -> Result<Segment, RequestError> {
    Segment::name(name).map_err(|error| RequestError::Request(error.into()))
}

/// The filters of a list, as current docker CLIs write them: each with its values.
pub(crate) fn filters<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let mut filters = serde_json::Map::new();
    for (name, value) in pairs {
        let values = filters.entry(name).or_insert_with(|| serde_json::json!({}));
        if let Some(values) = values.as_object_mut() {
            values.insert(value.to_owned(), true.into());
        }
    }
    serde_json::Value::Object(filters).to_string()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn no_name_leads_elsewhere() {
        assert_eq!(
            container("/web", "/start").unwrap(),
            "/containers/web/start"
        );
        assert_eq!(
            image("a:5000/b:1", "/json").unwrap(),
            "/images/a:5000/b:1/json"
        );
        for name in ["../containers/victim?force=1", "..", "", "a?b"] {
            assert!(container(name, "").is_err(), "{name}");
            assert!(image(name, "").is_err(), "{name}");
            assert!(volume(name, "").is_err(), "{name}");
            assert!(network(name, "").is_err(), "{name}");
        }
    }

    #[test]
    fn parameters_are_escaped_and_left_out_when_off() {
        let call = Call::get("/x")
            .with("a", "b&c")
            .with_flag("no", false)
            .with_flag("yes", true);
        let request = call.with_some("none", None::<u8>).request().unwrap();
        assert_eq!(request.uri(), "/x?a=b%26c&yes=1");
    }

    #[test]
    fn filters_gather_their_values() {
        let text = filters([("label", "a=b"), ("until", "24h"), ("label", "c")]);
        assert_eq!(
            text,
            r#"{"label":{"a=b":true,"c":true},"until":{"24h":true}}"#
        );
    }
}
