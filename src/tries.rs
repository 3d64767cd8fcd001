//! What is worth trying: sentences whose words in brackets are links, and where these lead.

use serde::Serialize;

use crate::app::Place;

/// A sentence, and the places that its words in brackets lead to, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Try {
    pub sentence: &'static str,
    /// Fragments, as [`crate::link`] writes them.
    pub links: &'static [&'static str],
    /// The tab of the card to open there.
    pub tab: Option<&'static str>,
}

/// What the sentences say of network A is tested in `tests/tries.rs`.
const STEP_BY_STEP: [Try; 6] = [
    Try {
        sentence: "try.nudge",
        links: &["step-by-step&case=a&alpha=0.1&eta=0.1&at=0.44&size=unit&show=3"],
        tab: Some("nudge"),
    },
    Try {
        sentence: "try.promise",
        links: &[
            "step-by-step&case=lap&alpha=0.1&eta=0.01&at=1.26&size=pass",
            "step-by-step&case=lap&alpha=0.1&eta=0.1&at=1.26&size=pass",
        ],
        tab: None,
    },
    Try {
        sentence: "try.zeros",
        links: &["step-by-step&case=a&alpha=0&eta=0.1&at=0.44&size=pass"],
        tab: None,
    },
    Try {
        sentence: "try.crosses",
        links: &["step-by-step&case=a&alpha=0.1&eta=0.1&at=0.44&size=layer"],
        tab: None,
    },
    Try {
        sentence: "try.alpha",
        links: &[
            "step-by-step&case=a&alpha=0&eta=0.1&at=0.26&size=pass",
            "step-by-step&case=a&alpha=2&eta=0.1&at=0.26&size=pass",
        ],
        tab: None,
    },
    Try {
        sentence: "try.dead",
        links: &["step-by-step&case=dead&alpha=0&eta=0.3&at=2.26&size=pass"],
        tab: None,
    },
];

/// What the sentences say of one unit is tested in `tests/neuron.rs`.
const NEURON: [Try; 4] = [
    Try {
        sentence: "try.neuron_threshold",
        links: &[
            "neuron&w=1,1&b=-0.5&x=1,0&g=step&gate=or&row=0",
            "neuron&w=1,1&b=-1.5&x=1,0&g=step&gate=and&row=0",
        ],
        tab: None,
    },
    Try {
        sentence: "try.neuron_signs",
        links: &["neuron&w=-1,-1&b=1.5&x=1,0&g=step&gate=nand&row=0"],
        tab: None,
    },
    Try {
        sentence: "try.neuron_grade",
        links: &[
            "neuron&w=1,1&b=-1.5&x=1,1&g=sigmoid&gate=and&row=0",
            "neuron&w=10,10&b=-15&x=1,1&g=sigmoid&gate=and&row=0",
        ],
        tab: None,
    },
    Try {
        sentence: "try.neuron_xor",
        links: &["neuron&w=-0.5,1&b=0.5&x=1,1&g=step&gate=xor&row=0"],
        tab: None,
    },
];

/// What is worth trying at `place`.
pub fn of(place: Place) -> &'static [Try] {
    match place {
        Place::Neuron => &NEURON,
        Place::StepByStep => &STEP_BY_STEP,
        _ => &[],
    }
}
