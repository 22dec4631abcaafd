//! `kiotviet-sim`: starts the server, or prints a generated catalogue.

use std::io::Write as _;
use std::process::ExitCode;
use std::sync::Arc;

use kiotviet_sim::cli::{Command, HELP};
use kiotviet_sim::server::Server;
use parking_lot::Mutex;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("kiotviet-sim: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), String> {
    match Command::read(lexopt::Parser::from_env())? {
        Command::Help => print(HELP),
        Command::PrintCatalogue(catalogue) => {
            print(&serde_json::to_string_pretty(&*catalogue).map_err(|error| error.to_string())?)
        }
        Command::Serve { listen, state } => {
            let runtime = tokio::runtime::Runtime::new().map_err(|error| error.to_string())?;
            runtime.block_on(async {
                let server = Server::bind(listen, Arc::new(Mutex::new(*state)))
                    .await
                    .map_err(|error| format!("cannot listen on {listen}: {error}"))?;
                let address = server.address().map_err(|error| error.to_string())?;
                print(&format!("listening http://{address}"))?;
                server.run().await.map_err(|error| error.to_string())
            })
        }
    }
}

/// One line on standard output, flushed: whoever started us waits for it.
fn print(text: &str) -> Result<(), String> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{text}")
        .and_then(|()| out.flush())
        .map_err(|error| format!("cannot write: {error}"))
}
