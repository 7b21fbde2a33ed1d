//! A running server, and browsers that talk to it.

use backend::clock::DAY;
use backend::setup::{AdminForm, create_admin};
use backend::{Admin, Backend, Clock, Config, Zone};
use reqwest::redirect::Policy;
use reqwest::{Client, Method, RequestBuilder, Response};
use server::{Options, Server};
use sqlx::Row;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

/// The administrator's password.
pub const PASSWORD: &str = "correct horse battery";

/// A running server; it stops when dropped.
pub struct Running {
    /// Where it listens, without a slash at the end.
    pub url: String,
    /// What it serves.
    pub backend: Backend,
    /// Its time.
    pub clock: Clock,
    /// The one-time link, where it printed one.
    pub set_up_link: Option<String>,
    /// The folder of the page files.
    pub site: std::path::PathBuf,
    stop: Option<oneshot::Sender<()>>,
    _folder: tempfile::TempDir,
}

impl Running {
    /// A server on an empty database.
    pub async fn empty(options: Options) -> Self {
        Self::start(options, false).await
    }

    /// A server with the administrator `anna`.
    pub async fn with_admin(options: Options) -> Self {
        Self::start(options, true).await
    }

    async fn start(options: Options, with_admin: bool) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Clock::manual(20_000 * DAY);
        let database = folder.path().join("rollcall.db");
        let config = Config { database, zone: Zone::default(), clock: clock.clone() };
        let backend = Backend::open(config).await.unwrap();
        if with_admin {
            let form =
                AdminForm { username: "anna", email: "anna@example.com", password: PASSWORD };
            create_admin(&backend, &Admin::command_line(), form).await.unwrap();
        }
        let site = folder.path().join("site");
        std::fs::create_dir_all(site.join("pkg")).unwrap();
        let options = Options { site: site.clone(), ..options };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = Server::new(listener, backend.clone(), options).await.unwrap();
        let url = format!("http://{}", server.address());
        let set_up_link = server.set_up_link();
        let (stop, stopped) = oneshot::channel();
        tokio::spawn(server.run(async {
            let _ = stopped.await;
        }));
        Self { url, backend, clock, set_up_link, site, stop: Some(stop), _folder: folder }
    }

    /// Tells the server to stop.
    pub fn stop(&mut self) {
        self.stop.take();
    }

    /// Changes the database beside the operations.
    pub async fn execute(&self, sql: &'static str) {
        let mut tx = self.backend.db().begin().await.unwrap();
        sqlx::query(sql).execute(&mut *tx).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// One number from the database.
    pub async fn number(&self, sql: &'static str) -> i64 {
        let row = sqlx::query(sql).fetch_one(self.backend.db().read()).await.unwrap();
        row.try_get(0).unwrap()
    }

    /// A browser that nobody has signed in with.
    pub fn browser(&self) -> Browser {
        let client = Client::builder().cookie_store(true).redirect(Policy::none());
        Browser { client: client.build().unwrap(), url: self.url.clone() }
    }

    /// A browser of someone who is signed in.
    pub async fn signed_in(&self, login: &str) -> Browser {
        let browser = self.browser();
        let response = browser.sign_in(login, PASSWORD).await;
        assert_eq!(location(&response), "/users");
        browser
    }
}

/// A browser: keeps cookies, follows nothing.
pub struct Browser {
    client: Client,
    url: String,
}

impl Browser {
    /// A request as a page of ours would make it.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.client.request(method, format!("{}{path}", self.url));
        request.header("origin", &self.url)
    }

    /// Opens an address.
    pub async fn get(&self, path: &str) -> Response {
        self.request(Method::GET, path).send().await.unwrap()
    }

    /// Sends a form.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Response {
        self.request(Method::POST, path).form(fields).send().await.unwrap()
    }

    /// Sends the sign-in form.
    pub async fn sign_in(&self, login: &str, password: &str) -> Response {
        self.post("/sign-in", &[("login", login), ("password", password)]).await
    }
}

/// Where an answer leads; empty for nowhere.
pub fn location(response: &Response) -> String {
    header(response, "location")
}

/// A header of an answer; empty where it is missing.
pub fn header(response: &Response, name: &str) -> String {
    let value = response.headers().get(name);
    value.map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default()
}
