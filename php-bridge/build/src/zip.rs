//! The zip that a shop installs: the same bytes from the same files, on any machine.
//!
//! Names are sorted, every file has the same time and rights. zopfli takes seconds longer than
//! deflate and makes it a twentieth smaller, for as long as a release lives.

use crate::config::Config;
use crate::error::{write, Error};
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// The plugin's folder inside the zip, and the zip's name.
const NAME: &str = "dongbo";

/// zopfli's effort, as the crate counts it: beyond this a minute buys a thousandth.
const ROUNDS: i64 = 13;

/// product.md: the zip stays under 1 MB.
const LARGEST: usize = 1024 * 1024;

/// What of the plugin's folder a shop needs. `engine/Calls.php` is for who writes code only; of the
/// languages WordPress 6.5 and newer read `.l10n.php` and `.json`.
fn needed(path: &str) -> bool {
    let (folder, name) = path.split_once('/').unwrap_or(("", path));
    match folder {
        "" => matches!(name, "dongbo.php" | "uninstall.php" | "readme.txt"),
        "src" => name.ends_with(".php"),
        "engine" => name.ends_with(".php") && name != "Calls.php",
        "assets" => true,
        "languages" => name.ends_with(".l10n.php") || name.ends_with(".json"),
        _ => false,
    }
}

/// Writes `build/dongbo.zip`.
pub fn build(config: &Config) -> Result<(), Error> {
    let plugin = config.root.join("php-bridge/plugin");
    let mut files = vec![("license.txt".to_owned(), config.root.join("LICENSE"))];
    collect(&plugin, &plugin, &mut files)?;
    files.sort();
    for part in [
        "engine/stamp.php",
        "assets/stamp.php",
        "src/Words/Texts.php",
    ] {
        if !files.iter().any(|(name, _)| name == part) {
            return Err(Error::Unbuilt(part));
        }
    }
    let bytes = zipped(&files)?;
    let out = config.root.join("build").join(format!("{NAME}.zip"));
    write(&out, &bytes)?;
    println!(
        "{}: {} files, {} bytes",
        out.display(),
        files.len(),
        bytes.len()
    );
    if bytes.len() >= LARGEST {
        return Err(Error::Large(bytes.len()));
    }
    Ok(())
}

/// Files below a folder that a shop needs, by their names in the plugin.
fn collect(plugin: &Path, folder: &Path, files: &mut Vec<(String, PathBuf)>) -> Result<(), Error> {
    for entry in std::fs::read_dir(folder).map_err(Error::file(folder))? {
        let path = entry.map_err(Error::file(folder))?.path();
        if path.is_dir() {
            collect(plugin, &path, files)?;
            continue;
        }
        let inside = path.strip_prefix(plugin).unwrap_or(&path);
        let name = inside.to_string_lossy().replace('\\', "/");
        if needed(&name) {
            files.push((name, path));
        }
    }
    Ok(())
}

fn zipped(files: &[(String, PathBuf)]) -> Result<Vec<u8>, Error> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(ROUNDS))
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, path) in files {
        let mut bytes = std::fs::read(path).map_err(Error::file(path))?;
        // WP-CLI reads the options of commands from their doc comments.
        if name.starts_with("src/") && !name.starts_with("src/Cli/") {
            bytes = without_comments(&String::from_utf8_lossy(&bytes)).into_bytes();
        }
        zip.start_file(format!("{NAME}/{name}"), options)
            .and_then(|()| zip.write_all(&bytes).map_err(Into::into))
            .map_err(|error| Error::Zip(error.to_string()))?;
    }
    let written = zip
        .finish()
        .map_err(|error| Error::Zip(error.to_string()))?;
    Ok(written.into_inner())
}

/// PHP without lines that are comments only, and with tabs for indents: comments are for who writes
/// code, stand in the source, and would be a tenth of the zip.
fn without_comments(php: &str) -> String {
    let mut inside = false;
    let mut kept = String::new();
    for line in php.lines() {
        let text = line.trim();
        inside =
            inside || (text.starts_with("/**") && (text.ends_with("*/") || !text.contains("*/")));
        if !inside && !text.starts_with("//") {
            let code = line.trim_start_matches("    ");
            let indents = line.len().saturating_sub(code.len()) / 4;
            kept.push_str(&"\t".repeat(indents));
            kept.push_str(code);
            kept.push('\n');
        }
        inside = inside && !text.ends_with("*/");
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::{needed, without_comments};

    #[test]
    fn comments_stay_in_the_source() {
        let php = "<?php\n/** One. */\nfinal class A\n{\n    /**\n     * Two, about /** and // things.\n     */\n    public $a = '/** x */';\n    // Why.\n    /** @var int */ public $b;\n}\n";
        assert_eq!(
            without_comments(php),
            "<?php\nfinal class A\n{\n\tpublic $a = '/** x */';\n\t/** @var int */ public $b;\n}\n"
        );
    }

    #[test]
    fn only_what_a_shop_needs() {
        for path in [
            "dongbo.php",
            "readme.txt",
            "src/Plugin.php",
            "src/Lanes/Wake.php",
            "engine/Rules.php",
            "assets/rules.wasm",
            "languages/dongbo-vi.l10n.php",
        ] {
            assert!(needed(path), "{path}");
        }
        for path in [
            "engine/Calls.php",
            "languages/dongbo-vi.po",
            "languages/dongbo.pot",
            ".DS_Store",
            "notes.md",
            "src/notes.md",
            "tests/a.php",
        ] {
            assert!(!needed(path), "{path}");
        }
    }
}
