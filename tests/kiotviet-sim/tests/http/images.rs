use serde_json::{json, Value};

use kiotviet_sim::generate::{generate, Plan};

use crate::sim::{goods, Sim};

fn shop() -> Sim {
    let mut shop = goods(2);
    shop["products"][0]["images"] = json!(["sim:/a-1.png", "sim:/a-2.jpg"]);
    Sim::with(shop)
}

fn urls(sim: &Sim) -> Vec<String> {
    let images = sim.product("SP1", "")["images"].as_array().cloned();
    let images = images.unwrap_or_default();
    images
        .iter()
        .map(|url| url.as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn pictures_are_valid_and_differ_by_name() {
    let sim = shop();
    let urls = urls(&sim);
    assert_eq!(urls[0], format!("{}/_images/a-1.png", sim.base));
    let png = sim.bytes("/_images/a-1.png");
    assert_eq!(
        (png.0, png.1.as_str(), &png.2[..8]),
        (200, "image/png", b"\x89PNG\r\n\x1a\n".as_slice())
    );
    let jpeg = sim.bytes("/_images/a-2.jpg");
    assert_eq!(
        (jpeg.1.as_str(), &jpeg.2[..3]),
        ("image/jpeg", b"\xFF\xD8\xFF".as_slice())
    );
    assert_eq!(sim.bytes("/_images/a-1.png").2, png.2);
    assert_ne!(sim.bytes("/_images/b-1.png").2, png.2);
}

#[test]
fn a_picture_changes_under_its_address_or_moves_to_another() {
    let sim = shop();
    let (before, row) = (sim.bytes("/_images/a-1.png").2, sim.product("SP1", ""));
    sim.change(json!([{"op": "image.alter", "code": "SP1"}]));
    assert_ne!(sim.bytes("/_images/a-1.png").2, before);
    assert_eq!(
        sim.product("SP1", ""),
        row,
        "nothing in the API tells of it"
    );
    sim.change(json!([{"op": "image.replace", "code": "SP1"}]));
    assert_eq!(urls(&sim)[0], format!("{}/_images/a-1r.png", sim.base));
    assert!(sim.product("SP1", "").get("modifiedDate").is_some());
}

#[test]
fn everything_that_can_be_wrong_with_a_picture() {
    let sim = shop();
    let strike = |action: Value| {
        sim.fault(json!({"path": "/_images/*", "times": 1, "action": action}));
        sim.bytes("/_images/a-1.png")
    };
    assert_eq!(strike(json!({"do": "status", "status": 404})).0, 404);
    assert_eq!(strike(json!({"do": "html"})).1, "text/html; charset=utf-8");
    assert_eq!(
        strike(json!({"do": "wrongType", "contentType": "application/zip"})).1,
        "application/zip"
    );
    assert_eq!(
        strike(json!({"do": "redirect", "to": "http://10.0.0.1/a.png"})).0,
        302
    );
    let large = strike(json!({"do": "tooLarge", "bytes": 3_000_000}));
    assert!(large.0 == 200 && large.2.len() > 3_000_000);
    assert_eq!(strike(json!({"do": "slowBody", "ms": 50})).0, 200);
}

#[test]
fn the_generator_gives_goods_pictures_of_this_server() {
    let plan = Plan {
        goods: 20,
        image_base: Some("sim:".into()),
        ..Plan::default()
    };
    let sim = Sim::with(serde_json::to_value(generate(&plan).unwrap()).unwrap());
    let with = sim.rows("/products?pageSize=100");
    let url = with
        .iter()
        .find_map(|row| row["images"][0].as_str())
        .unwrap();
    let path = url.strip_prefix(&sim.base).unwrap();
    assert_eq!(sim.bytes(path).1, "image/png");
    assert_eq!(
        sim.control("counters")["byEndpoint"]["GET /_images/{name}"]["calls"],
        1
    );
}
