//! The command line.

use std::ffi::OsString;
use std::net::SocketAddr;

use lexopt::prelude::*;

use crate::catalogue::{Catalogue, OWN_IMAGE};
use crate::generate::{generate, Mix, Plan};
use crate::rate_limit::RateLimit;
use crate::state::State;
use crate::switches::Switches;

/// `--help`.
pub const HELP: &str = "\
kiotviet-sim: a local server that answers like KiotViet's Public API

  --listen ADDRESS      where to listen, loopback only (default 127.0.0.1:0); the first line printed is
                        `listening http://ADDRESS`
  --catalogue FILE      the shop as JSON (see README.md); otherwise one is generated:
  --goods N             about how many product rows (default 500)
  --seed S              other seed, other shop (default 1)
  --mix KIND=W,…        weights of the kinds: plain service combo serial batch units variants unitvariants
                        inactive notsold lone; plain=1 makes plain goods only
  --branches N          how many branches (default 3)
  --images              give goods images that this server draws, under /_images/
  --image-base URL      give goods images under another address (default: none)
  --print-catalogue     print the catalogue and end
  --switch N=LETTER     reading of an UNSURE point, may be repeated
  --shop CODE           shop code (default dongbotest)
  --client-id ID        accepted client id (default dongbo-test-client)
  --client-secret TEXT  accepted secret (default dongbo-test-secret)
  --token-ttl SECONDS   life of a token (default 86400)
  --rate-limit N        GET calls an hour, 0 = none (default 5000)";

/// What was asked for.
pub enum Command {
    /// Print [`HELP`].
    Help,
    /// Print a catalogue.
    PrintCatalogue(Box<Catalogue>),
    /// Serve.
    Serve {
        /// Where.
        listen: SocketAddr,
        /// What.
        state: Box<State>,
    },
}

struct Options {
    listen: SocketAddr,
    catalogue: Option<OsString>,
    plan: Plan,
    print: bool,
    switches: Switches,
    shop: Option<String>,
    client_id: Option<String>,
    client_secret: Option<String>,
    token_ttl: i64,
    rate_limit: usize,
}

impl Command {
    /// Reads the command line.
    ///
    /// # Errors
    /// A sentence naming the option and what is wrong with it.
    pub fn read(parser: lexopt::Parser) -> Result<Self, String> {
        let Some(options) = Options::read(parser)? else {
            return Ok(Self::Help);
        };
        let mut catalogue = match &options.catalogue {
            Some(path) => {
                let name = path.to_string_lossy();
                let text = std::fs::read_to_string(path)
                    .map_err(|error| format!("cannot read {name}: {error}"))?;
                Catalogue::from_json(&text).map_err(|error| format!("{name}: {error}"))?
            }
            None => generate(&options.plan)?,
        };
        let shop = &mut catalogue.shop;
        for (value, field) in [
            (options.shop, &mut shop.code),
            (options.client_id, &mut shop.client_id),
            (options.client_secret, &mut shop.client_secret),
        ] {
            if let Some(value) = value {
                *field = value;
            }
        }
        if options.print {
            return Ok(Self::PrintCatalogue(Box::new(catalogue)));
        }
        let limit = RateLimit::new(options.rate_limit);
        let state = Box::new(State::new(
            catalogue,
            options.switches,
            limit,
            options.token_ttl,
        ));
        Ok(Self::Serve {
            listen: options.listen,
            state,
        })
    }
}

impl Options {
    fn read(mut parser: lexopt::Parser) -> Result<Option<Self>, String> {
        let mut options = Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            catalogue: None,
            plan: Plan::default(),
            print: false,
            switches: Switches::default(),
            shop: None,
            client_id: None,
            client_secret: None,
            token_ttl: 86_400,
            rate_limit: 5_000,
        };
        let told = |error: lexopt::Error| format!("{error}; --help lists the options");
        while let Some(argument) = parser.next().map_err(told)? {
            match argument {
                Short('h') | Long("help") => return Ok(None),
                Long("listen") => options.listen = value(&mut parser).map_err(told)?,
                Long("catalogue") => options.catalogue = Some(parser.value().map_err(told)?),
                Long("goods") => options.plan.goods = value(&mut parser).map_err(told)?,
                Long("seed") => options.plan.seed = value(&mut parser).map_err(told)?,
                Long("mix") => options.plan.mix = Mix::parse(&text(&mut parser).map_err(told)?)?,
                Long("branches") => options.plan.branches = value(&mut parser).map_err(told)?,
                Long("image-base") => {
                    options.plan.image_base = Some(text(&mut parser).map_err(told)?)
                }
                Long("images") => options.plan.image_base = Some(OWN_IMAGE.to_owned()),
                Long("print-catalogue") => options.print = true,
                Long("switch") => options
                    .switches
                    .set_text(&text(&mut parser).map_err(told)?)?,
                Long("shop") => options.shop = Some(text(&mut parser).map_err(told)?),
                Long("client-id") => options.client_id = Some(text(&mut parser).map_err(told)?),
                Long("client-secret") => {
                    options.client_secret = Some(text(&mut parser).map_err(told)?)
                }
                Long("token-ttl") => options.token_ttl = value(&mut parser).map_err(told)?,
                Long("rate-limit") => options.rate_limit = value(&mut parser).map_err(told)?,
                other => return Err(told(other.unexpected())),
            }
        }
        if !options.listen.ip().is_loopback() {
            return Err(format!(
                "--listen {}: the control door has no lock, so only a loopback address is served",
                options.listen
            ));
        }
        Ok(Some(options))
    }
}

fn text(parser: &mut lexopt::Parser) -> Result<String, lexopt::Error> {
    parser.value()?.string()
}

fn value<T: std::str::FromStr>(parser: &mut lexopt::Parser) -> Result<T, lexopt::Error>
where
    T::Err: Into<Box<dyn std::error::Error + Send + Sync + 'static>>,
{
    parser.value()?.parse()
}
