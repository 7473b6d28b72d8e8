package dev.mneme.app.watch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.HostPort;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/// Serves one report. There are three addresses and no files, so there is nothing to list and
/// nothing to climb out of: `/` is the page, `/report.json` its twin, `/revision` a short text that
/// changes with them. Only reading is allowed, and only under names of [AllowedHosts].
public final class ReportServer implements AutoCloseable {
  private static final int THREADS = 8;
  private static final long IDLE_MILLIS = 30_000;

  private final Server server;
  private final ServerConnector connector;
  private final InetAddress address;

  private ReportServer(Server server, ServerConnector connector, InetAddress address) {
    this.server = server;
    this.connector = connector;
    this.address = address;
  }

  /// Where to listen.
  ///
  /// @param address as it was found
  /// @param name as the user gave it
  /// @param port 0 for any free one
  public record Place(InetAddress address, String name, int port) {}

  /// Starts serving.
  ///
  /// @param current what is served at the moment of a request
  /// @throws IOException where nobody can listen there, such as at a port that another program has
  public static ReportServer start(Place place, Supplier<LiveReport> current) throws IOException {
    QueuedThreadPool threads = new QueuedThreadPool(THREADS);
    threads.setName("watch");
    threads.setDaemon(true);
    Server server = new Server(threads);
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    configuration.setSendXPoweredBy(false);
    ServerConnector connector =
        new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration));
    connector.setHost(place.address().getHostAddress());
    connector.setPort(place.port());
    connector.setIdleTimeout(IDLE_MILLIS);
    server.addConnector(connector);
    server.setHandler(new Answers(AllowedHosts.of(place.address(), place.name()), current));
    ReportServer started = new ReportServer(server, connector, place.address());
    try {
      server.start();
      return started;
    } catch (Exception e) {
      started.close();
      throw e instanceof IOException trouble ? trouble : new IOException(e);
    }
  }

  /// The address of the page, as a browser on this machine reaches it.
  public URI page() {
    String host =
        address.isAnyLocalAddress()
            ? "127.0.0.1"
            : HostPort.normalizeHost(address.getHostAddress());
    return URI.create("http://" + host + ":" + connector.getLocalPort() + "/");
  }

  /// Ends; requests under way are cut off.
  @Override
  public void close() {
    try {
      server.setStopTimeout(0);
      server.stop();
    } catch (Exception e) { // what Jetty declares
      throw new IllegalStateException("the server did not end in order", e);
    }
  }

  /// What is answered to whom.
  private static final class Answers extends Handler.Abstract {
    private final AllowedHosts hosts;
    private final Supplier<LiveReport> current;

    Answers(AllowedHosts hosts, Supplier<LiveReport> current) {
      this.hosts = hosts;
      this.current = current;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      HttpFields.Mutable headers = response.getHeaders();
      headers.put(HttpHeader.CACHE_CONTROL, "no-store");
      headers.put("X-Content-Type-Options", "nosniff");
      headers.put("Referrer-Policy", "no-referrer");
      headers.put("Cross-Origin-Resource-Policy", "same-origin");
      headers.put("Cross-Origin-Opener-Policy", "same-origin");
      LiveReport report = current.get();
      headers.put("Content-Security-Policy", report.policy() + "; frame-ancestors 'none'");
      if (!allowed(request)) {
        refuse(
            request,
            response,
            callback,
            HttpStatus.FORBIDDEN_403,
            "mneme watch answers under the name of this machine alone: localhost, 127.0.0.1 or the"
                + " address given with --address.");
      } else if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
        headers.put(HttpHeader.ALLOW, "GET, HEAD");
        refuse(
            request, response, callback, HttpStatus.METHOD_NOT_ALLOWED_405, "Only GET and HEAD.");
      } else {
        switch (Optional.ofNullable(request.getHttpURI().getPath()).orElse("")) {
          case "/" -> send(request, response, callback, "text/html", report.page());
          case "/report.json" ->
              send(request, response, callback, "application/json", report.twin());
          case "/revision" -> send(request, response, callback, "text/plain", report.revision());
          default ->
              refuse(
                  request,
                  response,
                  callback,
                  HttpStatus.NOT_FOUND_404,
                  "There are / and /report.json here, and nothing else.");
        }
      }
      return true;
    }

    /// Both names that a request can carry: that of the header and that of its own address.
    private boolean allowed(Request request) {
      String header = request.getHeaders().get(HttpHeader.HOST);
      if (header == null) {
        return false;
      }
      try {
        String inAddress = request.getHttpURI().getHost();
        return hosts.allow(new HostPort(header).getHost())
            && (inAddress == null || hosts.allow(inAddress));
      } catch (IllegalArgumentException e) {
        return false; // no name at all
      }
    }

    private static void refuse(
        Request request, Response response, Callback callback, int status, String text) {
      response.setStatus(status);
      send(request, response, callback, "text/plain", text + "\n");
    }

    private static void send(
        Request request, Response response, Callback callback, String type, String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, type + "; charset=utf-8");
      response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
      boolean head = request.getMethod().equals("HEAD");
      response.write(true, head ? BufferUtil.EMPTY_BUFFER : ByteBuffer.wrap(bytes), callback);
    }
  }
}
