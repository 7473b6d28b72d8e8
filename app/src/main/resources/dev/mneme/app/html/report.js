// Mounts the charts of the page. What they show is in the element "options"; see ChartOptions.
"use strict";
(() => {
  const options = JSON.parse(document.getElementById("options").textContent);
  const compact = new Intl.NumberFormat("en", { notation: "compact", maximumSignificantDigits: 3 });
  const exact = new Intl.NumberFormat("en", { maximumSignificantDigits: 6 });
  const charts = [];

  // Names of colours become what the style sheet says they are now.
  const colored = (value, style) => {
    if (typeof value === "string" && /^@(c\d|ink|muted|grid|paper|raised|font)$/.test(value)) {
      return style.getPropertyValue("--" + value.slice(1)).trim();
    }
    if (Array.isArray(value)) return value.map((one) => colored(one, style));
    if (value && typeof value === "object") {
      return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, colored(one, style)]));
    }
    return value;
  };

  const axis = (node, type, range, log) => {
    node.type = log ? "log" : "value";
    if (log && range) [node.min, node.max] = range;
    node.axisLabel.formatter = (value) => compact.format(value);
  };

  // Names in a legend wrap into rows, which move what is below them down; only very many are paged.
  const rowHeight = 20;
  const pen = document.createElement("canvas").getContext("2d");
  const legendRows = (legend, font, width) => {
    pen.font = "13px " + font;
    let rows = 1;
    let end = 0;
    for (const name of legend.data) {
      const size = legend.itemWidth + 6 + pen.measureText(name).width;
      if (end > 0 && end + size > width) {
        rows += 1;
        end = 0;
      }
      end += size + legend.itemGap;
    }
    return rows;
  };
  const fit = (option, width) => {
    const rows = legendRows(option.legend, option.textStyle.fontFamily, width);
    if (rows > 5) return 0;
    option.legend.type = "plain";
    option.legend.top = 5; // names are higher than the signs beside them, by which rows are set
    const extra = (rows - 1) * rowHeight;
    option.title.top += extra;
    option.toolbox.top += extra;
    option.grid.top += extra;
    return extra;
  };

  // An option that ECharts takes: with functions, and without what a logarithmic axis cannot show.
  const build = (chart, width) => {
    const { mneme, ...plain } = options[chart.id];
    const option = colored(plain, getComputedStyle(document.documentElement));
    const extra = fit(option, width);
    if (chart.view) option.legend.selected = chart.view.getOption().legend[0].selected;
    axis(option.xAxis, "x", mneme.xRange, chart.log.x);
    axis(option.yAxis, "y", mneme.yRange, chart.log.y);
    option.tooltip.valueFormatter = (value) => (typeof value === "number" ? exact.format(value) : value);
    if (window.matchMedia("print").matches) delete option.toolbox;
    const shown = ([x, y]) => (!chart.log.x || x > 0) && (!chart.log.y || y > 0);
    const floor = (y) => (chart.log.y && mneme.yRange ? Math.max(y, mneme.yRange[0]) : y);
    for (const series of option.series) {
      series.data = series.data.filter(shown);
      const bars = series.data.filter((row) => row.length === 4);
      if (bars.length > 0) {
        series.markLine = {
          symbol: "none",
          silent: true,
          label: { show: false },
          lineStyle: { type: "solid", width: 1.4, color: series.color },
          data: bars.map(([x, , low, high]) => [{ coord: [x, floor(low)] }, { coord: [x, floor(high)] }]),
        };
      }
    }
    const { media, ...base } = option;
    return { extra, option: media ? { baseOption: base, media } : base };
  };

  const hidden = (chart) => chart.plot.closest("[hidden]") !== null;

  const draw = (chart) => {
    if (hidden(chart)) return; // has no size; is drawn when it is picked
    const { extra, option } = build(chart, chart.plot.clientWidth);
    if (chart.view) chart.view.dispose();
    chart.width = chart.plot.clientWidth;
    chart.plot.style.setProperty("--rows", extra + "px");
    chart.view = echarts.init(chart.plot, null, { renderer: "svg" });
    chart.view.setOption(option);
  };

  const save = (name, url) => {
    const link = document.createElement("a");
    link.download = name;
    link.href = url;
    link.click();
  };

  // A chart apart from the page, with its title, as a picture.
  const picture = (chart, renderer) => {
    const place = document.createElement("div");
    const view = echarts.init(place, null, { renderer, width: 1000, height: 640, devicePixelRatio: 2 });
    const { extra, option: built } = build(chart, 968);
    const option = built.baseOption || built;
    option.title = {
      ...option.title, top: 4, text: options[chart.id].mneme.title, subtext: option.title.text,
      textStyle: { ...option.title.textStyle, fontSize: 18, fontWeight: "bold",
        color: getComputedStyle(document.documentElement).getPropertyValue("--ink").trim() },
    };
    option.legend.top = 62;
    option.grid.top = 100 + extra;
    option.title.left = option.legend.left = option.grid.left = 16;
    option.grid.bottom = 40;
    delete option.toolbox;
    view.setOption(built);
    const backgroundColor = getComputedStyle(document.documentElement).getPropertyValue("--paper").trim();
    const url = view.getDataURL({ type: renderer === "svg" ? "svg" : "png", pixelRatio: 2, backgroundColor });
    view.dispose();
    return url;
  };

  const table = (chart) => {
    const cell = (value) => (/[",\n\r]/.test(value) ? '"' + String(value).replaceAll('"', '""') + '"' : String(value));
    const { xAxis, title, series } = options[chart.id];
    const rows = [["series", xAxis.name, title.text, "95% from", "95% to"]];
    for (const one of series) {
      for (const mark of one.mneme === "marks" ? one.markLine.data : []) rows.push([mark.label.formatter, mark.xAxis, "", "", ""]);
      for (const [x, y, low = "", high = ""] of one.data) rows.push([one.name, x, y, low, high]);
    }
    const text = rows.map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
    return "data:text/csv;charset=utf-8," + encodeURIComponent(text);
  };

  const button = (chart, label, title, action) => {
    const element = document.createElement("button");
    element.type = "button";
    element.textContent = label;
    element.title = title;
    element.addEventListener("click", () => action(element));
    chart.tools.append(element);
    return element;
  };

  const axisButton = (chart, name) => {
    if (!options[chart.id].mneme[name + "Range"]) return;
    const element = button(chart, "log " + name, "Logarithmic " + name + " axis", () => {
      chart.log[name] = !chart.log[name];
      element.setAttribute("aria-pressed", chart.log[name]);
      draw(chart);
    });
    element.setAttribute("aria-pressed", chart.log[name]);
  };

  for (const plot of document.querySelectorAll("[data-chart]")) {
    const id = plot.dataset.chart;
    const tools = document.querySelector(`[data-tools="${id}"]`);
    const option = options[id];
    const chart = { id, plot, tools, view: null, log: { x: option.xAxis.type === "log", y: option.yAxis.type === "log" } };
    axisButton(chart, "x");
    axisButton(chart, "y");
    button(chart, "SVG", "Save as SVG", () => save(id + ".svg", picture(chart, "svg")));
    button(chart, "PNG", "Save as PNG", () => save(id + ".png", picture(chart, "canvas")));
    button(chart, "CSV", "Save the data as CSV", () => save(id + ".csv", table(chart)));
    draw(chart);
    charts.push(chart);
  }

  for (const pick of document.querySelectorAll("[data-pick]")) {
    pick.addEventListener("click", () => {
      for (const other of pick.parentElement.querySelectorAll("[data-pick]")) {
        const chart = charts.find((one) => one.id === other.dataset.pick);
        other.setAttribute("aria-pressed", other === pick);
        chart.plot.parentElement.hidden = other !== pick;
        draw(chart);
      }
    });
  }

  // Bits of single tokens: under the mouse or a tap, or all of them as numbers.
  const hint = document.createElement("div");
  hint.className = "hint";
  hint.setAttribute("role", "tooltip");
  hint.hidden = true;
  document.body.append(hint);
  const tell = (token) => {
    document.querySelectorAll(".tokens .chosen").forEach((one) => one.classList.remove("chosen"));
    hint.hidden = !token;
    if (!token) return;
    token.classList.add("chosen");
    const { saved, model, oracle, tokens } = token.dataset;
    hint.textContent = `${saved} bits saved beyond the oracle\n${model} bits under the model\n${oracle} bits under the oracle`
      + (tokens ? `\n${tokens} tokens that share a character` : "");
    const place = token.getClientRects()[0];
    const left = Math.min(place.left, document.documentElement.clientWidth - hint.offsetWidth - 8);
    const below = place.bottom + 8 + hint.offsetHeight < window.innerHeight;
    hint.style.left = Math.max(8, left) + "px";
    hint.style.top = (below ? place.bottom + 8 : place.top - hint.offsetHeight - 8) + "px";
  };
  const token = (event) => (event.target.closest ? event.target.closest(".tokens span") : null);
  document.addEventListener("pointerover", (event) => { if (event.pointerType === "mouse") tell(token(event)); });
  document.addEventListener("click", (event) => tell(token(event)));
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") tell(null); });
  window.addEventListener("scroll", () => tell(null), { passive: true });
  for (const tools of document.querySelectorAll("[data-numbers]")) {
    const element = button({ tools }, "bits as numbers", "Write the bits saved below every token", () => {
      const on = tools.closest("figure").classList.toggle("numbered");
      element.setAttribute("aria-pressed", on);
    });
    element.setAttribute("aria-pressed", false);
  }

  const redraw = () => charts.forEach(draw);
  new ResizeObserver(() => charts.filter((chart) => chart.width !== chart.plot.clientWidth).forEach(draw)).observe(document.querySelector("main"));
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  window.matchMedia("print").addEventListener("change", redraw);
})();
