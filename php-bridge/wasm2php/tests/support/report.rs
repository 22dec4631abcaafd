//! Result lines that are shown although the test passes.

use std::io::Write;

/// Writes a line of its own past the test harness's capture.
pub fn line(text: &str) {
    let _ = writeln!(std::io::stdout(), "\n{text}");
}
