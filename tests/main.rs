//! The native tests, one program: a file is a topic.

mod app;
mod arithmetic;
mod broken;
mod chart;
mod check;
mod drawn;
mod elementary;
mod experiments;
mod heatmap;
mod hostile_cases;
mod json;
mod learning;
mod neuron;
mod nonlinear;
mod nudge;
mod predict;
mod pytorch;
mod scene;
mod script;
mod structure;
mod teaching_numbers;
mod trace_laws;
mod train;
mod trainer;
mod tries;
mod words;
