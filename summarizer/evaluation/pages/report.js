"use strict";
const show = () => {
  const wanted = document.querySelector("#verdict").value;
  const part = document.querySelector("#part").value;
  const changed = document.querySelector("#changed").checked;
  const words = document.querySelector("#words").value.toLowerCase();
  let count = 0;
  for (const item of document.querySelectorAll(".item")) {
    const seen = (!wanted || item.dataset.verdict === wanted) && (!part || item.dataset.part === part)
      && (!changed || item.dataset.changed === "1") && (!words || item.textContent.toLowerCase().includes(words));
    item.hidden = !seen;
    count += seen ? 1 : 0;
  }
  for (const section of document.querySelectorAll("section.article"))
    section.hidden = !section.querySelector(".item:not([hidden])");
  document.querySelector("#count").textContent = count + " items";
};
for (const control of document.querySelectorAll(".controls input, .controls select")) control.addEventListener("input", show);
show();
