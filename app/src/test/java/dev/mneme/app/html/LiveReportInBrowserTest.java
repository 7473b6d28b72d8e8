package dev.mneme.app.html;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mneme.app.browser.Chromium;
import dev.mneme.app.watch.LiveReport;
import dev.mneme.app.watch.ReportServer;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A page that follows a run, in a real browser.
class LiveReportInBrowserTest {
  private static final long EVERY = 150;
  private static final String CHART =
      "const chart ="
          + " echarts.getInstanceByDom(document.querySelector(\"[data-chart='memorized-1']\"));";

  private final AtomicReference<LiveReport> current = new AtomicReference<>(of(List.of(8, 16)));
  private Chromium browser;
  private ReportServer server;

  private static LiveReport of(List<Integer> widths) {
    return LiveReport.of(
        StoreReport.of(MadeUpStores.of("store", widths, 2)),
        "Live: " + widths.size() + " of 3 models",
        EVERY);
  }

  @BeforeEach
  void start() throws IOException {
    server =
        ReportServer.start(
            new ReportServer.Place(InetAddress.ofLiteral("127.0.0.1"), "127.0.0.1", 0),
            current::get);
    browser = Chromium.start();
    browser.width(1400);
  }

  @AfterEach
  void stop() {
    browser.close();
    server.close();
  }

  private void until(String script, Object expected) throws InterruptedException {
    Object found = null;
    for (int i = 0; i < 200; i++) {
      found = browser.run(script);
      if (expected.equals(found)) {
        return;
      }
      Thread.sleep(50);
    }
    assertThat(found).as(script).isEqualTo(expected);
  }

  @Test
  void thePageChangesAsTrialsEndAndKeepsWhatTheReaderSet() throws Exception {
    Chromium.Loaded loaded = browser.open(server.page().toString());
    assertThat(loaded.messages()).isEmpty();
    until("return document.getElementById('live').textContent", "Live: 2 of 3 models");
    assertThat(browser.number("return document.querySelectorAll('[data-chart] svg').length"))
        .isGreaterThan(2);
    // the reader hides a model, turns an axis, zooms in and reads further down
    browser.run(CHART + "chart.dispatchAction({ type: 'legendUnSelect', name: '1×8' });");
    browser.run("document.querySelector(\"[data-tools='per-parameter'] button\").click()");
    String extent =
        CHART
            + "return"
            + " chart.getModel().getComponent('yAxis').axis.scale.getExtent().map(Math.round).join('"
            + " ')";
    Object whole = browser.run(extent);
    browser.run(
        CHART
            + "chart.dispatchAction({ type: 'takeGlobalCursor', key: 'dataZoomSelect',"
            + " dataZoomSelectActive: true });");
    drag();
    Object zoomed = browser.run(extent);
    assertThat(zoomed).as("zoomed in").isNotEqualTo(whole);
    browser.run("window.scrollTo(0, 700); window.mark = 1;");

    current.set(of(List.of(8, 16, 32)));
    until("return document.getElementById('live').textContent", "Live: 3 of 3 models");
    until("return document.readyState", "complete");
    browser.frame();
    assertThat(browser.run("return window.mark ?? null")).as("loaded anew").isNull();
    assertThat(browser.run(CHART + "return chart.getOption().series.map((one) => one.name)"))
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
        .contains("1×32");
    assertThat(browser.run(CHART + "return chart.getOption().legend[0].selected['1×8']"))
        .isEqualTo(false);
    assertThat(
            browser.run(
                "return document.querySelector(\"[data-tools='per-parameter'] button\")"
                    + ".getAttribute('aria-pressed')"))
        .isEqualTo("false");
    assertThat(browser.run(extent)).isEqualTo(zoomed);
    assertThat(browser.number("return window.scrollY")).isEqualTo(700);
    // and the page asks for nothing but its revision
    assertThat(browser.seen().messages()).isEmpty();
    Thread.sleep(3 * EVERY);
    Chromium.Loaded quiet = browser.seen();
    assertThat(quiet.requests())
        .isNotEmpty()
        .allMatch(url -> url.equals(server.page() + "revision"));
    assertThat(browser.number("return window.scrollY")).isEqualTo(700);
  }

  /// Draws a rectangle with the mouse inside the chart.
  private void drag() {
    List<?> box =
        (List<?>)
            browser.run(
                CHART
                    + """
                    const place = chart.getDom();
                    place.scrollIntoView({ block: "center", behavior: "instant" });
                    const box = place.getBoundingClientRect();
                    return [Math.round(box.left), Math.round(box.top), Math.round(box.width), Math.round(box.height)];
                    """);
    int left = ((Number) box.get(0)).intValue();
    int top = ((Number) box.get(1)).intValue();
    int width = ((Number) box.get(2)).intValue();
    int height = ((Number) box.get(3)).intValue();
    browser.drag(left + width / 3, top + height / 4, left + width / 2, top + height / 2);
  }

  @Test
  void anEndedServerIsSaid() throws Exception {
    browser.open(server.page().toString());
    server.close();
    until("return document.getElementById('live').classList.contains('ended')", true);
    assertThat(browser.one("#live").getText()).contains("has ended");
    assertThat(browser.all("[data-chart] svg")).hasSizeGreaterThan(2);
  }

  @Test
  void aPageWithoutAnyResultFollowsToo() throws Exception {
    current.set(
        LiveReport.of(
            new Report("Nothing yet", "store", "", List.of(), List.of(), List.of()),
            "Waiting",
            EVERY));
    browser.open(server.page().toString());
    current.set(of(List.of(8)));
    until("return document.querySelectorAll('[data-chart] svg').length > 1", true);
    assertThat(browser.seen().messages()).isEmpty();
  }
}
