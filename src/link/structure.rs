//! The address of "Network".

use super::{Link, Values, decode_numbers, encode_numbers, whole};
use crate::error::Result;
use crate::name::Named;
use crate::structure::{self, KEPT, Output, Part, Pass, Plan, Source, Structure};

pub fn write(structure: &Structure, link: &mut Link) {
    match structure.source() {
        Source::Preset(preset) => link.put("net", preset.name()),
        Source::Own(Plan { sizes, hidden, output, seed, kept }) => {
            let sizes: Vec<String> = sizes.iter().map(usize::to_string).collect();
            link.put("sizes", sizes.join("-"));
            link.put("hidden", hidden.name());
            link.put("output", output.name());
            link.put("seed", seed);
            if let Some(kept) = kept {
                link.put(KEPT, encode_numbers(kept));
            }
        }
    }
    link.put("part", structure.part());
    link.put("pass", structure.pass.name());
}

pub fn read(structure: &mut Structure, values: &Values) -> Result<()> {
    if let Some(name) = values.get("net") {
        *structure = Structure::new(Source::Preset(structure::Preset::named("net", name)?))?;
    }
    if let Some(text) = values.get("sizes") {
        *structure = Structure::new(Source::of(read_plan(text, values)?))?;
    }
    if let Some(name) = values.get("part") {
        structure.select(Part::read(name, &structure.sizes())?)?;
    }
    if let Some(name) = values.get("pass") {
        structure.pass = Pass::named("pass", name)?;
    }
    Ok(())
}

/// Sizes, and the functions, the seed and the parameters that stand beside them; of what is
/// missing, figure 7's. Without parameters they are those of the seed.
fn read_plan(sizes: &str, values: &Values) -> Result<Plan> {
    let mut plan = structure::Preset::Figure7.plan();
    plan.sizes = sizes.split('-').map(|text| whole("sizes", text)).collect::<Result<_>>()?;
    if let Some(name) = values.get("hidden") {
        plan.hidden = structure::hidden(name)?;
    }
    if let Some(name) = values.get("output") {
        plan.output = Output::named("output", name)?;
    }
    if let Some(text) = values.get("seed") {
        plan.seed = whole("seed", text)?;
    }
    plan.kept = values.get(KEPT).map(|text| decode_numbers(KEPT, text)).transpose()?;
    Ok(plan)
}
