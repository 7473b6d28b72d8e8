// Follows a running experiment: asks the server for its revision and loads the page anew when that
// has changed. The reader keeps place, switches, axes and zoom.
"use strict";
(() => {
  const state = document.getElementById("live");
  const { revision, every } = state.dataset;
  const following = state.textContent;
  const kept = "mneme-view";
  const zooms = {};
  const watched = new WeakSet();

  const plots = () => [...document.querySelectorAll("[data-chart]")];
  const view = (plot) => window.echarts?.getInstanceByDom(plot);
  const axes = (id) => [...document.querySelectorAll(`[data-tools="${id}"] button[aria-pressed]`)];

  // A chart that is drawn anew is another instance, and shows the whole picture again.
  const watch = () => {
    for (const plot of plots()) {
      const chart = view(plot);
      if (!chart || watched.has(chart)) continue;
      watched.add(chart);
      const id = plot.dataset.chart;
      delete zooms[id];
      chart.on("datazoom", (event) => { if (event.batch) zooms[id] = event.batch; });
      chart.on("restore", () => { delete zooms[id]; });
    }
  };

  const remember = () => {
    watch();
    const charts = {};
    for (const plot of plots()) {
      const id = plot.dataset.chart;
      charts[id] = {
        axes: axes(id).map((button) => button.getAttribute("aria-pressed")),
        selected: view(plot)?.getOption().legend?.[0]?.selected ?? {},
        zoom: zooms[id] ?? null,
      };
    }
    sessionStorage.setItem(kept, JSON.stringify({ top: window.scrollY, charts }));
  };

  const restore = () => {
    const text = sessionStorage.getItem(kept);
    sessionStorage.removeItem(kept);
    if (!text) return;
    const { top, charts } = JSON.parse(text);
    for (const plot of plots()) {
      const id = plot.dataset.chart;
      const before = charts[id];
      if (!before) continue;
      axes(id).forEach((button, i) => {
        if (before.axes[i] && before.axes[i] !== button.getAttribute("aria-pressed")) button.click();
      });
      for (const [name, shown] of Object.entries(before.selected)) {
        if (!shown) view(plot)?.dispatchAction({ type: "legendUnSelect", name });
      }
      watch();
      if (before.zoom) view(plot)?.dispatchAction({ type: "dataZoom", batch: before.zoom });
    }
    window.scrollTo({ top, behavior: "instant" });
  };

  const say = (text, ended) => {
    if (state.textContent !== text) state.textContent = text;
    state.classList.toggle("ended", ended);
  };

  const ask = async () => {
    watch();
    try {
      const answer = await fetch("revision", { cache: "no-store" });
      if (!answer.ok) throw new Error(answer.status);
      if ((await answer.text()) !== revision) {
        remember();
        window.location.reload();
        return;
      }
      say(following, false);
    } catch {
      say("mneme watch has ended; this page no longer changes", true);
    }
    setTimeout(ask, Number(every));
  };

  history.scrollRestoration = "manual";
  restore();
  setTimeout(ask, Number(every));
})();
