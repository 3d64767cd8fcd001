//! Tells when something that the page is built from has changed.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use anyhow::{Context, Result};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

/// An editor saves in several strokes: wait until it has been quiet for so long.
const QUIET: Duration = Duration::from_millis(100);

/// Watches the page's sources.
pub struct Sources {
    changes: Receiver<()>,
    _watcher: RecommendedWatcher,
}

impl Sources {
    /// Starts watching below the repository's `root`.
    pub fn watch(root: &Path) -> Result<Self> {
        let (sender, changes) = channel();
        let files = [root.join("index.html"), root.join("Cargo.toml")];
        let folders = [root.join("src"), root.join("www"), root.join("xtask/formulas")];
        let ours = folders.clone();
        let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            if event.is_ok_and(|event| is_change(&event, &files, &ours)) {
                // The receiver is gone only when the server is stopping.
                let _ = sender.send(());
            }
        })?;
        // The root too, and not the files themselves: many editors replace a file to save it.
        watcher.watch(root, RecursiveMode::NonRecursive)?;
        for folder in &folders {
            watcher
                .watch(folder, RecursiveMode::Recursive)
                .with_context(|| format!("{} cannot be watched", folder.display()))?;
        }
        Ok(Self { changes, _watcher: watcher })
    }

    /// Waits for a change; `false` when there will be none any more.
    pub fn wait(&self) -> bool {
        if self.changes.recv().is_err() {
            return false;
        }
        loop {
            match self.changes.recv_timeout(QUIET) {
                Ok(()) => {}
                Err(RecvTimeoutError::Timeout) => return true,
                Err(RecvTimeoutError::Disconnected) => return false,
            }
        }
    }
}

/// Reading a file is an event as well, and building reads them all.
fn is_change(event: &Event, files: &[PathBuf], folders: &[PathBuf]) -> bool {
    !matches!(event.kind, EventKind::Access(_))
        && event.paths.iter().any(|path| {
            files.contains(path) || folders.iter().any(|folder| path.starts_with(folder))
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use notify::event::{AccessKind, ModifyKind};

    #[test]
    fn reading_is_no_change_and_neither_is_the_built_page() {
        let files = [PathBuf::from("/r/index.html")];
        let folders = [PathBuf::from("/r/src")];
        let changed =
            |kind, path: &str| is_change(&Event::new(kind).add_path(path.into()), &files, &folders);
        let write = EventKind::Modify(ModifyKind::Any);
        assert!(changed(write, "/r/index.html"));
        assert!(changed(write, "/r/src/web/mod.rs"));
        assert!(!changed(write, "/r/dist"));
        assert!(!changed(EventKind::Access(AccessKind::Any), "/r/src/lib.rs"));
    }
}
