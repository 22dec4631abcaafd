use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

fn command() -> Command {
    Command::new(env!("CARGO_BIN_EXE_kiotviet-sim"))
}

#[test]
fn the_first_line_names_the_address_and_shutdown_ends_the_process() {
    let mut child = command()
        .args(["--goods", "20", "--switch", "7=B", "--shop", "cuahang"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    let base = line.trim().strip_prefix("listening ").unwrap().to_owned();
    let mut answer = ureq::get(format!("{base}/_sim/catalogue")).call().unwrap();
    let truth: serde_json::Value =
        serde_json::from_str(&answer.body_mut().read_to_string().unwrap()).unwrap();
    assert_eq!(
        (
            truth["shop"]["code"].as_str(),
            truth["products"].as_array().map(Vec::len)
        ),
        (Some("cuahang"), Some(20))
    );
    ureq::post(format!("{base}/_sim/shutdown"))
        .send_empty()
        .unwrap();
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_printed_catalogue_can_be_started_from() {
    let printed = command()
        .args(["--goods", "60", "--seed", "9", "--print-catalogue"])
        .output()
        .unwrap();
    let file = std::env::temp_dir().join(format!("kiotviet-sim-{}.json", std::process::id()));
    std::fs::write(&file, &printed.stdout).unwrap();
    let again = command()
        .args(["--print-catalogue", "--catalogue"])
        .arg(&file)
        .output()
        .unwrap();
    std::fs::remove_file(&file).unwrap();
    assert_eq!(
        String::from_utf8(again.stdout).unwrap(),
        String::from_utf8(printed.stdout).unwrap()
    );
}

#[test]
fn wrong_options_end_with_a_sentence() {
    for (arguments, words) in [
        (&["--switch", "7=Z"][..], "known readings"),
        (&["--mix", "gold=1"], "unknown kind"),
        (&["--listen", "0.0.0.0:0"], "loopback"),
        (&["--catalogue", "/no/such/file"], "cannot read"),
        (&["--frobnicate"], "--help"),
    ] {
        let output = command().args(arguments).output().unwrap();
        let text = String::from_utf8(output.stderr).unwrap();
        assert!(
            !output.status.success() && text.contains(words),
            "{arguments:?}: {text}"
        );
    }
}
