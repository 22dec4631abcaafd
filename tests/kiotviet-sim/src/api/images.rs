//! `GET /_images/{name}`: small valid pictures whose content follows from name and version. Not KiotViet's API, but
//! answered beside it, so that every fault and counter works for pictures too.

use sha2::{Digest as _, Sha256};

use super::{Request, Route};
use crate::catalogue::OWN_IMAGE;
use crate::state::State;
use crate::time::VnTime;
use crate::wire::{Answer, Refusal, PLAIN};

/// The routes of this group.
pub const ROUTES: &[Route] = &[Route {
    method: "GET",
    pattern: "/_images/{name}",
    public: true,
    handler: image,
}];

/// Pixels of one side.
const SIDE: u16 = 64;
/// Squares of one side.
const SQUARES: u16 = 8;

fn image(state: &mut State, _: &Request, params: &[String], _: VnTime) -> Result<Answer, Refusal> {
    let name = params.first().map_or("", String::as_str);
    let url = format!("{OWN_IMAGE}/{name}");
    let version = state.catalogue.image_versions.get(&url);
    let pixels = pixels(name, version.copied().unwrap_or(0));
    let lower = name.to_lowercase();
    let drawn = if lower.ends_with(".jpg") || lower.ends_with(".jpeg") {
        jpeg(&pixels).map(|bytes| ("image/jpeg", bytes))
    } else {
        png(&pixels).map(|bytes| ("image/png", bytes))
    };
    match drawn {
        Some((content_type, bytes)) => Ok(Answer::Bytes {
            content_type,
            bytes,
        }),
        None => Err(Refusal::with_body(
            500,
            PLAIN,
            "the picture cannot be drawn",
        )),
    }
}

/// A pattern of squares in colours of a hash.
fn pixels(name: &str, version: u64) -> Vec<u8> {
    let digest = Sha256::digest(format!("{name}#{version}"));
    let mut pixels = Vec::new();
    for y in 0..SIDE {
        for x in 0..SIDE {
            let (column, row) = (x * SQUARES / SIDE, y * SQUARES / SIDE);
            for channel in 0..3 {
                let at = usize::from((column * 5 + row * 11 + channel * 7) % 32);
                pixels.push(digest.get(at).copied().unwrap_or(0));
            }
        }
    }
    pixels
}

fn png(pixels: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, u32::from(SIDE), u32::from(SIDE));
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(pixels).ok()?;
    writer.finish().ok()?;
    Some(bytes)
}

fn jpeg(pixels: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let encoder = jpeg_encoder::Encoder::new(&mut bytes, 90);
    let colour = jpeg_encoder::ColorType::Rgb;
    encoder.encode(pixels, SIDE, SIDE, colour).ok()?;
    Some(bytes)
}
