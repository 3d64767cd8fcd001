use std::process::ExitCode;

use anyhow::Result;

pub fn test(_filter: Option<&str>) -> Result<ExitCode> {
    crate::install::browsers(&xshell::Shell::new()?)?;
    Ok(ExitCode::SUCCESS)
}
