package dev.mneme.app.html;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mneme.app.browser.Chromium;
import dev.mneme.app.browser.Chromium.Loaded;
import dev.mneme.app.browser.Chromium.Look;
import dev.mneme.app.report.MadeUpTextReports;
import dev.mneme.text.TextReportJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.WebElement;

/// What a person gets: the page in a real browser.
class ReportInBrowserTest {
  /// What a corpus should not be able to do to a page.
  private static final String HOSTILE =
      "</script></style></blockquote><script>window.hacked = 1</script><img src=x"
          + " onerror='window.hacked = 2'><svg onload=\"window.hacked = 3\"><iframe"
          + " src='https://example.org/'></iframe><!-- {{ 7 * 7 }} ]]> &lt;b&gt; \u202eevil\u202c"
          + " \u2066x\u2069 \0 \u001b[31m \ud83d\ude00 \ud83d\udc69\u200d\ud83d\udcbb caf\u00e9"
          + " \u05e9\u05dc\u05d5\u05dd \u2028 end";

  /// A5 without its margins, in CSS pixels.
  private static final int NARROWEST_PAPER = 540;

  private static final String INSTANCE =
      "const chart ="
          + " echarts.getInstanceByDom(document.querySelector(`[data-chart='${arguments[0]}']`));";

  @TempDir static Path folder;
  private static Chromium browser;
  private static String text;
  private static String store;
  private static String precisions;

  @BeforeAll
  static void startTheBrowser() throws IOException {
    browser = Chromium.start();
    Path run = Files.createDirectory(folder.resolve("run"));
    Files.writeString(
        run.resolve("report.json"),
        TextReportJson.write(
            MadeUpTextReports.full(),
            sample -> MadeUpTextReports.pieces(sample.index() + HOSTILE)));
    text = address("text.html", RunReport.read(run, "run " + HOSTILE));
    store = address("store.html", StoreReport.of(MadeUpStores.of(HOSTILE, List.of(8, 16, 32), 3)));
    precisions = address("precisions.html", StoreReport.of(PrecisionSectionTest.contents()));
  }

  private static String address(String name, Report report) throws IOException {
    Path file = folder.resolve(name);
    Files.write(file, ReportPage.write(report).getBytes(StandardCharsets.UTF_8));
    return file.toUri().toString();
  }

  @AfterAll
  static void stopTheBrowser() {
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void onAnOrdinaryScreen() {
    browser.look(Look.LIGHT);
    browser.width(1400);
  }

  private static void openQuietly(String address) {
    Loaded loaded = browser.open(address);
    assertThat(loaded.requests()).as("what the page asks for").containsExactly(address);
    assertThat(loaded.messages()).as("console").isEmpty();
  }

  @Test
  void everyChartDrawsInEveryLookAndWidth() {
    for (String address : List.of(text, store, precisions)) {
      openQuietly(address);
      Set<Object> papers = new HashSet<>();
      for (int width : new int[] {400, 1400}) {
        browser.width(width);
        for (Look look : Look.values()) {
          browser.look(look);
          String where = address.replaceAll(".*/", "") + " " + width + " " + look;
          papers.add(
              look + " " + browser.run("return getComputedStyle(document.body).backgroundColor"));
          everyChartIsDrawn(where);
          assertThat(browser.number("return document.documentElement.scrollWidth"))
              .as("nothing sticks out: " + where)
              .isLessThanOrEqualTo(look == Look.PRINT ? Math.max(width, NARROWEST_PAPER) : width);
        }
      }
      // paper is white, whatever the screen is
      assertThat(papers)
          .containsExactlyInAnyOrder(
              "LIGHT rgb(255, 255, 255)", "DARK rgb(18, 23, 28)", "PRINT rgb(255, 255, 255)");
      Loaded after = browser.seen();
      assertThat(after.requests()).isEmpty();
      assertThat(after.messages()).isEmpty();
    }
  }

  /// Of every series that has points the browser has something in the series' colour as of now.
  private static void everyChartIsDrawn(String where) {
    Object problems =
        browser.run(
            """
            const style = getComputedStyle(document.documentElement);
            const options = JSON.parse(document.getElementById("options").textContent);
            const canon = document.createElement("i");
            document.body.append(canon);
            const color = (name) => { canon.style.color = name; return getComputedStyle(canon).color; };
            const problems = [];
            const plots = [...document.querySelectorAll("[data-chart]")];
            if (plots.length !== Object.keys(options).length) problems.push("charts are missing");
            const picked = [...document.querySelectorAll("[data-pick][aria-pressed=true]")];
            for (const plot of plots) {
              const id = plot.dataset.chart;
              if (plot.closest("[hidden]")) document.querySelector(`[data-pick='${id}']`).click();
              const svg = plot.querySelector("svg");
              if (!svg) { problems.push(id + " is empty"); continue; }
              const box = svg.getBoundingClientRect();
              if (box.height < 200) problems.push(id + " is flat");
              if (Math.abs(box.width - plot.clientWidth) > 1) problems.push(id + " does not fill its place");
              const drawn = new Set();
              for (const path of svg.querySelectorAll("path")) {
                if (path.getBBox().width + path.getBBox().height > 0) {
                  const seen = getComputedStyle(path);
                  drawn.add(seen.stroke); drawn.add(seen.fill);
                }
              }
              for (const one of options[id].series) {
                const name = one.color.slice(1);
                if (one.mneme === "marks" ? one.markLine.data.length === 0 : one.data.length === 0) continue;
                if (!drawn.has(color(style.getPropertyValue("--" + name).trim()))) {
                  problems.push(id + " lacks " + one.name + " in " + name);
                }
              }
              const shown = svg.querySelectorAll("text").length;
              if (shown < 6) problems.push(id + " has no labels");
            }
            picked.forEach((pick) => pick.click());
            canon.remove();
            return problems;
            """);
    assertThat((List<?>) problems).as(where).isEmpty();
  }

  /// Where a point is in the window, after scrolling its chart there.
  private static List<?> place(String chart, int series, int point) {
    return (List<?>)
        browser.run(
            INSTANCE
                + """
                const place = chart.getDom();
                place.scrollIntoView({ block: "center", behavior: "instant" });
                const box = place.getBoundingClientRect();
                const row = chart.getOption().series[arguments[1]].data[arguments[2]];
                const [x, y] = chart.convertToPixel({ seriesIndex: arguments[1] }, row);
                return [Math.round(box.left + x), Math.round(box.top + y), row[0], row[1]];
                """,
            chart,
            series,
            point);
  }

  @Test
  void everyIntervalFitsOnItsAxis() {
    browser.open(precisions);
    Object outside =
        browser.run(
            """
            const outside = [];
            let seen = 0;
            for (const plot of document.querySelectorAll("[data-chart]")) {
              const chart = echarts.getInstanceByDom(plot);
              if (!chart) continue; // one of several that is not picked
              const [low, high] = chart.getModel().getComponent("yAxis").axis.scale.getExtent();
              if (chart.getOption().yAxis[0].type === "log") continue;
              for (const one of chart.getOption().series) {
                for (const row of one.data.filter((row) => row.length === 4)) {
                  seen++;
                  if (row[2] < low || row[3] > high) outside.push(plot.dataset.chart);
                }
              }
            }
            return seen > 4 ? outside : ["no interval at all"];
            """);
    assertThat((List<?>) outside).isEmpty();
  }

  @Test
  void theMouseShowsValues() {
    browser.open(store);
    List<?> place = place("memorized-1", 1, 2);
    browser.pointAt(((Number) place.get(0)).intValue(), ((Number) place.get(1)).intValue());
    String shown =
        (String)
            browser.run(
                """
                return [...document.querySelectorAll("[data-chart='memorized-1'] > div")]
                    .filter((one) => one.style.visibility !== "hidden" && one.innerText.trim())
                    .map((one) => one.innerText).join(" ");
                """);
    assertThat(shown)
        .contains("1×16", "entropy of the data set, bits", "memorized, bits", "95% from");
    String value =
        (String)
            browser.run(
                "return new Intl.NumberFormat('en', { maximumSignificantDigits: 6"
                    + " }).format(arguments[0])",
                place.get(3));
    assertThat(shown).contains(value);
  }

  @Test
  void theLegendSwitchesSeries() {
    browser.open(store);
    String drawn =
        """
        const color = getComputedStyle(document.documentElement).getPropertyValue("--c0").trim();
        return [...document.querySelectorAll("[data-chart='memorized-1'] path")]
            .filter((one) => one.getAttribute("stroke") === color && one.getBBox().width > 50).length;
        """;
    String entry =
        """
        const place = document.querySelector("[data-chart='memorized-1']");
        place.scrollIntoView({ block: "center", behavior: "instant" });
        const box = [...place.querySelectorAll("text")].find((one) => one.textContent === "1×8")
            .getBoundingClientRect();
        return [Math.round(box.left + box.width / 2), Math.round(box.top + box.height / 2)];
        """;
    assertThat(browser.number(drawn)).as("line and plateau").isEqualTo(2);
    List<?> place = (List<?>) browser.run(entry);
    int x = ((Number) place.get(0)).intValue();
    int y = ((Number) place.get(1)).intValue();
    browser.clickAt(x, y);
    assertThat(browser.number(drawn)).as("both are gone").isZero();
    browser.clickAt(x, y);
    browser.pointAt(1, 1); // a series is lit up while the mouse is on its name
    assertThat(browser.number(drawn)).isEqualTo(2);
  }

  @Test
  void oneOfSeveralChartsIsPicked() {
    openQuietly(text);
    List<WebElement> picks = browser.all("[data-pick^='roc-1-']");
    assertThat(picks).extracting(WebElement::getText).contains("125", "16,000");
    String shown =
        "return [...document.querySelectorAll(\"[data-chart^='roc-1-']\")]"
            + ".filter((one) => one.offsetHeight > 0 && one.querySelector('svg'))"
            + ".map((one) => one.dataset.chart).join()";
    // where the attack on losses is nearest to halfway between guessing and certainty
    assertThat((String) browser.run(shown)).matches("roc-1-[2-8]");
    press(picks.getFirst());
    assertThat(browser.run(shown)).isEqualTo("roc-1-1");
    assertThat(picks.getFirst().getAttribute("aria-pressed")).isEqualTo("true");
    assertThat(browser.all("[data-pick^='roc-1-'][aria-pressed=true]")).hasSize(1);
    browser.width(400);
    press(picks.get(7));
    assertThat(browser.number("return document.documentElement.scrollWidth")).isEqualTo(400);
    assertThat(browser.seen().messages()).isEmpty();
  }

  /// Attacks are judged at few false positives, so both axes are logarithmic; what is there lies
  /// between the smallest rate of 200 sequences and 1.
  @Test
  void rocCurvesStandInLogLogWithChance() {
    browser.open(text);
    Object seen =
        browser.run(
            """
            const option = JSON.parse(document.getElementById("options").textContent)["roc-3-5"];
            const chance = option.series.find((one) => one.name === "chance").data;
            const loss = option.series.filter((one) => one.name === "loss");
            return [option.xAxis.type, option.yAxis.type, chance[0], chance[1], loss.length,
              loss[0].data[0][0], loss[0].data.at(-1), loss[1].data[0].length,
              option.series.at(-1).markLine.data.map((one) => one.xAxis),
              option.mneme.xRange[1], option.mneme.yRange[1]];
            """);
    assertThat(seen)
        .isEqualTo(
            List.of(
                "log",
                "log",
                List.of(0.005, 0.005),
                List.of(1L, 1L),
                2L,
                0L,
                List.of(1L, 1L),
                4L,
                List.of(0.01),
                1L,
                1L));
    assertThat(
            (String)
                browser.run(
                    "return document.querySelector(\"[data-chart^='roc-3'] svg\").textContent"))
        .as("the mark")
        .contains("1%");
  }

  /// On a phone names wrap; none is cut off, and none lies on another or on the picture.
  @Test
  void namesInALegendDoNotCrowd() {
    for (int width : new int[] {400, 1400}) {
      browser.width(width);
      openQuietly(text);
      Object crowded =
          browser.run(
              """
              const options = JSON.parse(document.getElementById("options").textContent);
              const crowded = [];
              for (const plot of document.querySelectorAll("[data-chart]")) {
                if (plot.closest("[hidden]")) continue;
                const place = plot.getBoundingClientRect();
                const texts = [...plot.querySelectorAll("text")].map((one) => [one.textContent, one.getBoundingClientRect()]);
                for (const name of options[plot.dataset.chart].legend.data) {
                  const box = texts.find((one) => one[0] === name)?.[1];
                  if (!box) { crowded.push(name + " is cut off in " + plot.dataset.chart); continue; }
                  if (box.top < place.top) crowded.push(name + " is cut at the top of " + plot.dataset.chart);
                  if (box.right > place.right + 1) crowded.push(name + " sticks out of " + plot.dataset.chart);
                  for (const [other, at] of texts) {
                    if (other !== name && at.left < box.right - 1 && at.right > box.left + 1
                        && at.top < box.bottom - 3 && at.bottom > box.top + 3) {
                      crowded.push(name + " lies on " + other + " in " + plot.dataset.chart);
                    }
                  }
                }
              }
              return crowded;
              """);
      assertThat((List<?>) crowded).as("names at " + width).isEmpty();
    }
  }

  /// Made-up sequences of 96 bits that are memorized but for 5%, beside fresh ones that cost 5 to 8
  /// bits more than the uniform code.
  @Test
  void singleSequencesStandBesideFreshOnes() {
    browser.open(store);
    assertThat(browser.all("#sequences .choice")).hasSize(3);
    List<?> seen =
        (List<?>)
            browser.run(
                """
                const option = JSON.parse(document.getElementById("options").textContent)["sequences-1-1"];
                return option.series.map((one) => {
                  const kept = one.data.filter((row) => row[1] > 0);
                  return [one.name, kept[0][0], kept.at(-1)[0], one.data.reduce((sum, row) => sum + row[1], 0)];
                });
                """);
    for (int i = 0; i < 2; i++) {
      List<?> series = (List<?>) seen.get(i);
      double[] ends = {
        ((Number) series.get(1)).doubleValue(), ((Number) series.get(2)).doubleValue()
      };
      assertThat(series.get(0)).isEqualTo(i == 0 ? "training set" : "fresh data");
      assertThat(ends[0]).isBetween(i == 0 ? 87.0 : -9.0, i == 0 ? 91.0 : -7.0);
      assertThat(ends[1]).isBetween(i == 0 ? 90.0 : -6.0, i == 0 ? 96.0 : -4.0);
      assertThat(((Number) series.get(3)).doubleValue())
          .isCloseTo(1, org.assertj.core.api.Assertions.within(1e-9));
    }
    // the mouse tells both anywhere above a class
    List<?> place =
        (List<?>)
            browser.run(
                """
                const place = document.querySelector("[data-chart^='sequences-1'] svg");
                place.scrollIntoView({ block: "center", behavior: "instant" });
                const box = place.getBoundingClientRect();
                return [Math.round(box.left + box.width / 2), Math.round(box.top + box.height / 2)];
                """);
    browser.pointAt(((Number) place.get(0)).intValue(), ((Number) place.get(1)).intValue());
    assertThat(
            (String)
                browser.run(
                    "return document.querySelector(\"#sequences .picked:not([hidden]) .plot"
                        + " > div[style*='z-index']\").innerText"))
        .containsPattern("(?s)training set.*[0-9].*fresh data.*[0-9]");
  }

  /// Controls are told in sentences, beside columns of a word each.
  @Test
  void tablesOfSentencesFit() throws IOException {
    String sentence =
        "Fresh data saved -4597 bits net with a standard error of 170.9 (limit 512.7); the clipped"
            + " noise floor is 0.000 bits, 0% of the training figure of 2923 bits (limit 1%).";
    browser.open(
        address(
            "table.html",
            new Report(
                "Table",
                "",
                "",
                List.of(),
                List.of(),
                List.of(
                    new Report.Section(
                        "controls",
                        "Controls",
                        "",
                        List.of(
                            new Report.Grid(
                                "",
                                List.of("control", "model", "result", "figures"),
                                List.of(
                                    List.of("untrained model", "1×128", "passed", sentence),
                                    List.of("tiny set", "1×8", "failed", "short")))))))));
    for (int width : new int[] {400, 800, 1200, 1400}) {
      browser.width(width);
      assertThat(
              browser.number(
                  "const one = document.querySelector('.scroll');"
                      + " return one.scrollWidth - one.clientWidth"))
          .as("too wide at " + width)
          .isZero();
    }
    assertThat(
            browser.run(
                "return getComputedStyle(document.querySelectorAll('th')[3]).textAlign +"
                    + " getComputedStyle(document.querySelectorAll('td')[7]).textAlign"))
        .isEqualTo("leftleft");
  }

  /// Nothing was extracted: that is not 0.0%, and an upper bound goes with it.
  @Test
  void noneIsSaidWhereNothingWasExtracted() {
    browser.open(text);
    String shown =
        browser.all(".figure").stream()
            .map(WebElement::getText)
            .filter(figure -> figure.startsWith("Extracted"))
            .findFirst()
            .orElseThrow();
    assertThat(shown).matches("(?s)Extracted, full set.none of 200.95%: at most 1\\.8%.*");
  }

  @Test
  void whatWasSwitchedOffStaysOffWhenLooksChange() {
    browser.open(store);
    String selected =
        INSTANCE + "return chart.getOption().legend[0].selected[arguments[1]] ?? true";
    browser.run(
        INSTANCE + "chart.dispatchAction({ type: 'legendToggleSelect', name: '1×8' })",
        "memorized-1");
    browser.look(Look.DARK);
    assertThat(browser.run(selected, "memorized-1", "1×8")).isEqualTo(false);
    assertThat(browser.run(selected, "memorized-1", "1×16")).isEqualTo(true);
  }

  @Test
  void axesTurnLogarithmicAndBack() {
    browser.open(text);
    String type = INSTANCE + "return chart.getOption().yAxis[0].type";
    assertThat(browser.run(type, "loss-1")).isEqualTo("value");
    WebElement button = browser.all("[data-tools='loss-1'] button").get(1);
    assertThat(button.getText()).isEqualTo("log y");
    press(button);
    assertThat(browser.run(type, "loss-1")).isEqualTo("log");
    assertThat(button.getAttribute("aria-pressed")).isEqualTo("true");
    everyChartIsDrawn("after log y");
    press(button);
    assertThat(browser.run(type, "loss-1")).isEqualTo("value");
  }

  private static void press(WebElement button) {
    browser.run("arguments[0].click()", button);
    browser.frame();
  }

  @Test
  void figuresAreSavedAsPicturesAndData() throws Exception {
    browser.open(store);
    Path downloads = Files.createDirectory(folder.resolve("downloads"));
    browser.downloadTo(downloads);
    for (WebElement button : browser.all("[data-tools='memorized-1'] button")) {
      if (button.getText().matches("SVG|PNG|CSV")) {
        press(button);
      }
    }
    String svg = new String(saved(downloads.resolve("memorized-1.svg")), StandardCharsets.UTF_8);
    assertThat(svg).startsWith("<svg").contains("1×16", "achievable ceiling").doesNotContain("@c0");
    byte[] png = saved(downloads.resolve("memorized-1.png"));
    assertThat(png).startsWith(0x89, 'P', 'N', 'G').hasSizeGreaterThan(20_000);
    String csv = new String(saved(downloads.resolve("memorized-1.csv")), StandardCharsets.UTF_8);
    assertThat(csv.lines().findFirst())
        .hasValue("series,\"entropy of the data set, bits\",\"memorized, bits\",95% from,95% to");
    // 3 models with 7 sizes, 3 plateaus with 2 ends, and two lines beside them
    assertThat(csv.lines().filter(line -> line.startsWith("1×8,")).count()).isEqualTo(7 + 2);
    assertThat(browser.seen().messages()).isEmpty();
  }

  private static byte[] saved(Path file) throws Exception {
    for (int i = 0; i < 200 && !(Files.exists(file) && Files.size(file) > 0); i++) {
      Thread.sleep(25);
    }
    return Files.readAllBytes(file);
  }

  @Test
  void hostileTextIsShownAsTextAndRunsNothing() {
    openQuietly(text);
    SoftAssertions all = new SoftAssertions();
    all.assertThat(browser.run("return window.hacked ?? null")).isNull();
    all.assertThat(browser.all("img, iframe, object, embed, main script, main style")).isEmpty();
    List<WebElement> samples = browser.all(".samples blockquote");
    all.assertThat(samples).isNotEmpty();
    for (WebElement sample : samples) {
      String shown = (String) browser.run("return arguments[0].textContent", sample);
      all.assertThat(shown.replaceFirst("^\\d+", "")).isEqualTo(VisibleText.of(HOSTILE));
      all.assertThat(shown)
          .contains("</script>", "[U+202E]", "\u2400", "\ud83d\ude00", "{{ 7 * 7 }}")
          .doesNotContain("\u202e", "\0");
    }
    // a script in the corpus would not run even if it got past the escaping
    browser.run(
        "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"hacked = 4\">')");
    browser.run(
        "const one = document.createElement('script'); one.textContent = 'window.hacked = 5';"
            + " document.body.append(one);");
    browser.frame();
    all.assertThat(browser.run("return window.hacked ?? null")).isNull();
    all.assertThat(browser.seen().messages())
        .anyMatch(message -> message.contains("Content Security Policy"));
    all.assertAll();
  }

  /// The middle of a token in the window, after scrolling it there.
  private static List<?> token(int index) {
    return (List<?>)
        browser.run(
            """
            const token = document.querySelectorAll(".tokens span")[arguments[0]];
            token.scrollIntoView({ block: "center", behavior: "instant" });
            const box = token.getClientRects()[0];
            return [Math.round(box.left + box.width / 2), Math.round(box.top + box.height / 2)];
            """,
            index);
  }

  @Test
  void everyTokenTellsItsBits() {
    browser.open(text);
    List<WebElement> tokens = browser.all(".tokens span");
    assertThat(tokens).hasSize(2 * 5 * 16); // two sizes, five samples of sixteen tokens
    WebElement last = tokens.get(14); // the one with most bits
    assertThat(last.getAttribute("class")).isEqualTo("s4");
    assertThat(tokens.get(0).getAttribute("class")).isEqualTo("s0");
    String hint =
        "const one = document.querySelector('.hint'); return one.hidden ? '' : one.textContent";
    assertThat(browser.run(hint)).isEqualTo("");
    for (int width : new int[] {1400, 400}) {
      browser.width(width);
      List<?> place = token(14);
      browser.frame(); // scrolling takes the hint away
      browser.pointAt(((Number) place.get(0)).intValue(), ((Number) place.get(1)).intValue());
      assertThat((String) browser.run(hint))
          .startsWith(last.getAttribute("data-saved") + " bits saved beyond the oracle")
          .contains("3.50 bits under the model");
      assertThat(
              browser.number(
                  "return document.querySelector('.hint').getBoundingClientRect().right"))
          .isLessThanOrEqualTo(width);
      browser.pointAt(1, 1);
      assertThat(browser.run(hint)).isEqualTo("");
      browser.clickAt(((Number) place.get(0)).intValue(), ((Number) place.get(1)).intValue());
      assertThat((String) browser.run(hint)).contains("bits under the oracle");
      browser.pointAt(1, 1);
    }
  }

  /// Shade alone would not do for everyone, nor on every paper.
  @Test
  void shadesAreReadableAndNotTheOnlyCarrier() {
    browser.open(text);
    for (Look look : Look.values()) {
      browser.look(look);
      Object seen =
          browser.run(
              """
              const light = (color) => {
                const part = (c) => { c /= 255; return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; };
                const [r, g, b] = color.match(/[\\d.]+/g).map(Number);
                return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
              };
              return [...document.querySelectorAll(".samples")[0].querySelectorAll(".shades span")].map((one) => {
                const style = getComputedStyle(one);
                const fill = style.backgroundColor === "rgba(0, 0, 0, 0)"
                  ? getComputedStyle(document.body).backgroundColor : style.backgroundColor;
                const both = [light(style.color), light(fill)].sort((a, b) => a - b);
                return [(both[1] + 0.05) / (both[0] + 0.05), fill,
                  style.borderBottomStyle + style.borderBottomWidth];
              });
              """);
      List<?> shades = (List<?>) seen;
      assertThat(shades).as("shades " + look).hasSize(6);
      assertThat(shades)
          .allSatisfy(one ->
              assertThat(((Number) ((List<?>) one).get(0)).doubleValue())
                  .as("contrast " + look)
                  .isGreaterThan(4.5));
      assertThat(shades.stream().map(one -> ((List<?>) one).get(2)))
          .as("underlines")
          .doesNotHaveDuplicates();
      assertThat(shades.stream().skip(1).map(one -> ((List<?>) one).get(1)))
          .as("fills")
          .doesNotHaveDuplicates();
    }
    browser.look(Look.LIGHT);
    String number =
        "return getComputedStyle(document.querySelectorAll('.tokens span')[14], '::after').content";
    assertThat(browser.run(number)).isEqualTo("none");
    press(browser.one("[data-numbers] button"));
    assertThat((String) browser.run(number)).matches("\"\\d+\\.\\d\"");
    assertThat(browser.number("return document.documentElement.scrollWidth"))
        .isLessThanOrEqualTo(1400);
  }

  @Test
  void onPaperThereIsNothingToPress() {
    browser.open(store);
    String icons = "[data-chart] svg path[d*='M']";
    long onScreen = browser.all(icons).size();
    browser.look(Look.PRINT);
    assertThat(browser.all(icons).size()).as("zoom icons are gone").isLessThan((int) onScreen);
    assertThat(browser.all(".tools").stream().anyMatch(WebElement::isDisplayed)).isFalse();
    assertThat(
            browser.run(
                INSTANCE
                    + "return (chart.getOption().toolbox ?? []).filter((one) => one.show).length",
                "memorized-1"))
        .isEqualTo(0L);
    assertThat(browser.one("nav").isDisplayed()).isFalse();
  }
}
