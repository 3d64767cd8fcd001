//! Laws that hold for every trace, and network A by hand.

use gradstep::case::gradient_step;

const A: &str = r#"{"format":"gradstep/1","layers":[
 {"weights":[[0.1,0.4],[-0.9,-0.5]],"biases":[0.2,0.3],"activation":"leaky_relu","alpha":0.1},
 {"weights":[[-0.6,0.8]],"biases":[0.7],"activation":"identity"}],
 "loss":"half_squared_error","learning_rate":0.1,"inputs":[[2,3]],"targets":[[1]]}"#;

#[test]
fn network_a_steps() {
    println!("{}", gradient_step(A).unwrap());
}
