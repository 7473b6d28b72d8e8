package dev.mneme.app.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mneme.app.html.Report;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is answered, seen from a socket, since clients tidy up addresses before they send them.
class ReportServerTest {
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  private final AtomicReference<LiveReport> current = new AtomicReference<>(report("first"));
  private ReportServer server;

  @BeforeEach
  void start() throws IOException {
    server = ReportServer.start(new ReportServer.Place(LOOPBACK, "127.0.0.1", 0), current::get);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static LiveReport report(String title) {
    return LiveReport.of(
        new Report(title, "scope", "", List.of(), List.of(), List.of()), "Live", 1000);
  }

  private String ask(String request) throws IOException {
    try (Socket socket = new Socket(LOOPBACK, server.page().getPort())) {
      socket.setSoTimeout(10_000);
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(StandardCharsets.UTF_8));
      out.flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private String ask(String method, String path, String host) throws IOException {
    return ask(
        method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
  }

  private static int status(String answer) {
    assertThat(answer).startsWith("HTTP/1.1 ");
    return Integer.parseInt(answer.substring(9, 12));
  }

  @Test
  void thePageItsTwinAndTheRevisionAreServed() throws IOException {
    String page = ask("GET", "/", "localhost:1234");
    assertThat(status(page)).isEqualTo(200);
    assertThat(page)
        .contains("Content-Type: text/html; charset=utf-8", "<h1><bdi>first</bdi></h1>")
        .contains("Content-Security-Policy: default-src 'none';", "frame-ancestors 'none'")
        .contains("X-Content-Type-Options: nosniff", "Cache-Control: no-store")
        .doesNotContain("Server:", "Jetty");
    String twin = ask("GET", "/report.json", "127.0.0.1");
    assertThat(twin).contains("application/json", "\"title\" : \"first\"");
    String first = current.get().revision();
    assertThat(ask("GET", "/revision?x", "[::1]:80")).endsWith("\r\n\r\n" + first);
    current.set(report("second"));
    assertThat(current.get().revision()).isNotEqualTo(first);
    assertThat(ask("GET", "/revision", "localhost")).endsWith(current.get().revision());
    assertThat(ask("GET", "/", "localhost")).contains("<h1><bdi>second</bdi></h1>");
  }

  @Test
  void headHasNoBody() throws IOException {
    String answer = ask("HEAD", "/", "localhost");
    assertThat(status(answer)).isEqualTo(200);
    assertThat(answer)
        .contains("Content-Length: " + current.get().page().getBytes(StandardCharsets.UTF_8).length)
        .endsWith("\r\n\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "example.org",
        "example.org:8421",
        "localhost.example.org",
        "127.0.0.1.nip.io",
        "192.168.1.5",
        "0.0.0.0",
        "localhost@example.org",
        "[::2]",
        "2130706433"
      })
  void otherNamesAreRefused(String host) throws IOException {
    for (String path : List.of("/", "/revision", "/report.json")) {
      String answer = ask("GET", path, host);
      assertThat(status(answer)).isIn(400, 403);
      assertThat(answer).doesNotContain("first", current.get().revision());
    }
  }

  @Test
  void aNameInTheAddressCountsToo() throws IOException {
    String answer = ask("GET", "http://example.org/", "localhost");
    assertThat(status(answer)).isIn(400, 403);
    assertThat(answer).doesNotContain("first");
    assertThat(status(ask("GET / HTTP/1.0\r\n\r\n"))).isEqualTo(403);
    assertThat(status(ask("GET / HTTP/1.1\r\nConnection: close\r\n\r\n"))).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../../../../etc/passwd",
        "/..%2f..%2fetc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/..;/etc/passwd",
        "//etc/passwd",
        "/report.json/../../etc/passwd",
        "/./",
        "/index.html",
        "/runs/",
        "/report.json/",
        "/%00",
        "/\\..\\..\\etc\\passwd"
      })
  void thereAreNoFiles(String path) throws IOException {
    String answer = ask("GET", path, "localhost");
    assertThat(status(answer)).isIn(400, 404);
    assertThat(answer).doesNotContain("root:", "Jetty", "first");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH"})
  void nothingButReading(String method) throws IOException {
    String answer = ask(method, "/", "localhost");
    assertThat(status(answer)).isEqualTo(405);
    assertThat(answer).contains("Allow: GET, HEAD");
  }

  @Test
  void onlyThisMachineReachesIt() throws Exception {
    assertThat(server.page().getHost()).isEqualTo("127.0.0.1");
    for (var card : java.net.NetworkInterface.networkInterfaces().toList()) {
      for (var address : card.inetAddresses().filter(one -> !one.isLoopbackAddress()).toList()) {
        assertThatThrownBy(() -> new Socket(address, server.page().getPort()).close())
            .isInstanceOf(IOException.class);
      }
    }
  }

  @Test
  void aTakenPortIsSaid() {
    assertThatThrownBy(() ->
            ReportServer.start(
                new ReportServer.Place(LOOPBACK, "127.0.0.1", server.page().getPort()),
                current::get))
        .isInstanceOf(IOException.class);
  }

  @Test
  void anOpenServerAnswersToAddressesInDigitsAndToItsName() {
    AllowedHosts loopback = AllowedHosts.of(InetAddress.ofLiteral("127.0.0.2"), "127.0.0.2");
    assertThat(loopback.allow("127.0.0.2")).isTrue();
    assertThat(loopback.allow("127.0.0.3")).isFalse();
    AllowedHosts hosts = AllowedHosts.of(InetAddress.ofLiteral("0.0.0.0"), "Box.lan");
    assertThat(
            List.of("10.0.0.7", "[fe80::1]", "localhost", "box.lan").stream()
                .allMatch(hosts::allow))
        .isTrue();
    assertThat(hosts.allow("example.org")).isFalse();
  }
}
