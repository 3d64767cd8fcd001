// Reloads the page when the server has built a newer one. Only `cargo xtask serve` adds this.
let shown;
new EventSource("/xtask/builds").onmessage = ({ data }) => {
  if (shown !== undefined && shown !== data) location.reload();
  shown = data;
};
