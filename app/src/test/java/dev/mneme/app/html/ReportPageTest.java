package dev.mneme.app.html;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mneme.app.html.Chart.Axis;
import dev.mneme.app.html.Chart.Point;
import dev.mneme.app.html.Chart.Role;
import dev.mneme.app.html.Chart.Series;
import dev.mneme.app.html.Report.Figure;
import dev.mneme.app.html.Report.Grid;
import dev.mneme.app.html.Report.Piece;
import dev.mneme.app.html.Report.Sample;
import dev.mneme.app.html.Report.Samples;
import dev.mneme.app.html.Report.Section;
import dev.mneme.measure.Interval;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReportPageTest {
  private static Report report(String text) {
    Chart chart =
        new Chart(
            "curve",
            text,
            text,
            Axis.log("size, " + text),
            Axis.log("bits"),
            List.of(
                new Series(
                    text,
                    Role.LINE,
                    0,
                    text,
                    List.of(
                        Point.of(10, new Interval(9, 8, 10, 3)),
                        Point.of(100, new Interval(50, 50, 50, 1))))),
            List.of(new Chart.Mark(text, 20)));
    return new Report(
        text,
        text,
        text,
        List.of(
            new Figure(text, text, text, Optional.of(new Interval(2.25, 2, 2.5, 3)), text, text)),
        List.of(text),
        List.of(
            new Section(
                "first",
                text,
                text,
                List.of(
                    chart,
                    new Grid(text, List.of(text), List.of(List.of(text))),
                    new Samples(
                        text,
                        text,
                        List.of(
                            new Sample(7, text, 12.5, text, List.of()),
                            new Sample(
                                8,
                                text,
                                9,
                                text + "a",
                                List.of(new Piece(text, 1, 0.5, 9.5), new Piece("a", 2, 1, 1))))))),
            new Section(
                "second", "Second", "Lead", List.of(new Grid("", List.of("a"), List.of())))));
  }

  private static JsonNode options(Document page) {
    return JsonMapper.shared().readTree(page.expectFirst("script#options").data());
  }

  @Test
  void everythingStandsInOneFileAndNothingIsAskedOfANetwork() throws Exception {
    String html = ReportPage.write(report("plain"));
    Document page = Jsoup.parse(html);
    assertThat(page.select("[src], link[rel=stylesheet], iframe, object, embed, img, form, base"))
        .isEmpty();
    for (Element link : page.select("[href]")) {
      assertThat(link.attr("href")).matches("#[a-z-]+|data:,");
    }
    for (Element style : page.select("style")) {
      assertThat(style.data()).doesNotContain("@import", "url(");
    }
    // a policy that a browser enforces: no request, and no script but the two
    String policy = page.expectFirst("meta[http-equiv=Content-Security-Policy]").attr("content");
    assertThat(policy).contains("default-src 'none'");
    List<Element> scripts = page.select("script:not([type])");
    assertThat(scripts).hasSize(2);
    for (Element script : scripts) {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(script.data().getBytes(StandardCharsets.UTF_8));
      assertThat(policy).contains("'sha256-" + Base64.getEncoder().encodeToString(digest) + "'");
    }
    assertThat(html).containsOnlyOnce("Licensed to the Apache Software Foundation");
  }

  @Test
  void thePartsStandInTheirOrder() {
    Document page = Jsoup.parse(ReportPage.write(report("plain")));
    assertThat(page.title()).isEqualTo("plain");
    assertThat(page.select("h1").eachText()).containsExactly("plain");
    assertThat(page.select(".figure .value").eachText()).containsExactly("plain plain");
    assertThat(page.select("section").eachAttr("id")).containsExactly("first", "second");
    assertThat(page.select("nav a").eachAttr("href")).containsExactly("#first", "#second");
    assertThat(page.select("[data-chart]").eachAttr("data-chart")).containsExactly("curve");
    assertThat(page.select("table")).hasSize(2);
    assertThat(page.select("blockquote").eachText()).containsExactly("plain", "plaina");
    assertThat(page.select(".tokens span").eachAttr("class")).containsExactly("s4", "s0");
    assertThat(page.select(".tokens span").eachAttr("data-saved")).containsExactly("9.0", "0.0");
    assertThat(page.expectFirst("meta[name=viewport]").attr("content"))
        .contains("width=device-width");
    assertThat(page.expectFirst("style").data())
        .contains("prefers-color-scheme: dark", "@media print", "max-width: 620px");
  }

  @Test
  void aChartIsPlainData() {
    JsonNode option = options(Jsoup.parse(ReportPage.write(report("plain")))).required("curve");
    JsonNode series = option.required("series").get(0);
    assertThat(series.required("data").toString()).isEqualTo("[[10.0,9.0,8.0,10.0],[100.0,50.0]]");
    assertThat(option.at("/xAxis/type").asString()).isEqualTo("log");
    assertThat(option.at("/mneme/xRange").toString()).isEqualTo("[5.0,200.0]");
    assertThat(option.at("/mneme/yRange").toString()).isEqualTo("[5.0,100.0]");
    // a series of its own, so that switching the first one off leaves it
    JsonNode marks = option.required("series").get(1);
    assertThat(marks.at("/markLine/data/0/xAxis").asDouble()).isEqualTo(20);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "</script><script>alert(1)</script>",
        "<!--<script>",
        "]]><img src=x onerror=alert(1)>",
        "\"><svg onload=alert(1)>",
        "'\" onmouseover='alert(1)",
        "&lt;b&gt; &amp; &#x3c;script&#x3e;",
        "{{ policy | raw }}{% if true %}x{% endif %}",
        "line\u2028paragraph\u2029end",
        "a\0b\u0007c\u001b[31m",
        "\u202egnp.exe\u202c \u2066x\u2069 \u200f\u200e",
        "\ud83d\ude00 \ud83d\udc69\u200d\ud83d\udcbb caf\u00e9 \u05e9\u05dc\u05d5\u05dd",
        "half \ud83d of a pair",
        "javascript:alert(1)"
      })
  void textIsShownAndRunsNothing(String text) {
    String html = ReportPage.write(report(text));
    Document page = Jsoup.parse(html);
    Document plain = Jsoup.parse(ReportPage.write(report("plain")));
    // the same elements with the same attributes, whatever the text
    assertThat(shape(page)).isEqualTo(shape(plain));
    String seen = VisibleText.of(text);
    assertThat(page.expectFirst("blockquote").wholeText()).isEqualTo(seen);
    assertThat(page.expectFirst(".tokens span").wholeText()).isEqualTo(seen);
    assertThat(page.expectFirst("td").wholeText()).isEqualTo(seen);
    assertThat(page.expectFirst("dt").wholeText()).isEqualTo(seen);
    // nothing that a reader cannot see is left in the page
    html.codePoints()
        .forEach(point ->
            assertThat(Character.getType(point))
                .isNotIn(
                    (int) Character.LINE_SEPARATOR,
                    (int) Character.PARAGRAPH_SEPARATOR,
                    (int) Character.SURROGATE));
    assertThat(html).doesNotContain("\0", "\u202e", "\u2066", "\u200f", "\u001b");
    // within the inlined data the text is the same, and written in harmless characters alone
    String data = page.expectFirst("script#options").data();
    assertThat(data).matches("[ -~]*").doesNotContain("<", ">", "&");
    assertThat(options(page).at("/curve/series/0/name").asString()).isEqualTo(text);
  }

  private static List<String> shape(Document page) {
    return page.getAllElements().stream()
        .map(element ->
            element.tagName()
                + element.attributes().asList().stream().map(one -> one.getKey()).toList())
        .toList();
  }

  @Test
  void theTwinHoldsWhatIsShown() {
    String text = "</script>\u202e\0";
    JsonNode twin = JsonMapper.shared().readTree(ReportJson.write(report(text)));
    assertThat(twin.required("format").asString()).isEqualTo("mneme-report/1");
    assertThat(twin.required("title").asString()).isEqualTo(text);
    assertThat(twin.at("/figures/0/interval/mean").asDouble()).isEqualTo(2.25);
    JsonNode blocks = twin.at("/sections/0/blocks");
    assertThat(blocks.findValuesAsString("kind")).containsExactly("chart", "table", "samples");
    assertThat(blocks.at("/0/series/0/points").toString())
        .isEqualTo("[[10.0,9.0,8.0,10.0],[100.0,50.0]]");
    assertThat(blocks.at("/2/samples/0/text").asString()).isEqualTo(text);
    assertThat(blocks.at("/2/samples/0/pieces")).isEmpty();
    assertThat(blocks.at("/2/samples/1/pieces/0").toString())
        .isEqualTo(
            "{\"text\":%s,\"tokens\":1,\"modelBits\":0.5,\"oracleBits\":9.5}"
                .formatted(JsonMapper.shared().writeValueAsString(text)));
  }

  @Test
  void theSameReportGivesTheSameBytes() {
    assertThat(ReportPage.write(report("x"))).isEqualTo(ReportPage.write(report("x")));
  }

  @Test
  void aLongLineKeepsItsEnds() {
    List<Integer> all = java.util.stream.IntStream.range(0, 1000).boxed().toList();
    assertThat(Thinning.of(all, 4)).containsExactly(0, 333, 666, 999);
    assertThat(Thinning.of(all.subList(0, 3), 4)).containsExactly(0, 1, 2);
  }
}
