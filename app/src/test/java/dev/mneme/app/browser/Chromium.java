package dev.mneme.app.browser;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A real browser without a window, as Debian ships it. `build-tools/install-chromium.sh` installs
/// it before the tests.
public final class Chromium implements AutoCloseable {
  /// How a page is looked at.
  public enum Look {
    LIGHT,
    DARK,
    PRINT
  }

  private final ChromeDriver driver;

  private Chromium(ChromeDriver driver) {
    this.driver = driver;
  }

  public static Chromium start() {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(program("chromium"));
    options.addArguments(
        "--headless=new",
        "--no-sandbox", // it does not start as root otherwise, and sees our own pages alone
        "--disable-dev-shm-usage",
        "--hide-scrollbars",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update");
    options.setCapability(
        "goog:loggingPrefs", Map.of(LogType.BROWSER, "ALL", LogType.PERFORMANCE, "ALL"));
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(program("chromedriver"))
            .usingAnyFreePort()
            .build();
    return new Chromium(new ChromeDriver(service, options));
  }

  private static File program(String name) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() ->
            new IllegalStateException(
                name + " is not on the PATH; build-tools/install-chromium.sh installs it"))
        .toFile();
  }

  /// What a page did until it had loaded.
  ///
  /// @param requests addresses that it asked for, its own among them, without those that begin with
  ///   `data:` or `blob:`
  /// @param messages what stands in the console
  public record Loaded(List<String> requests, List<String> messages) {
    public Loaded {
      requests = List.copyOf(requests);
      messages = List.copyOf(messages);
    }
  }

  /// Opens a page and waits until everything in it has loaded.
  public Loaded open(String address) {
    driver.manage().logs().get(LogType.PERFORMANCE); // of the page before
    driver.manage().logs().get(LogType.BROWSER);
    driver.get(address);
    return seen();
  }

  /// What has happened since it was asked last.
  public Loaded seen() {
    List<String> requests = new ArrayList<>();
    for (LogEntry entry : driver.manage().logs().get(LogType.PERFORMANCE)) {
      JsonNode message = JsonMapper.shared().readTree(entry.getMessage()).required("message");
      if (message.required("method").asString().equals("Network.requestWillBeSent")) {
        String url = message.at("/params/request/url").asString();
        if (!url.startsWith("data:") && !url.startsWith("blob:")) {
          requests.add(url);
        }
      }
    }
    List<String> messages = new ArrayList<>();
    driver.manage().logs().get(LogType.BROWSER).forEach(entry -> messages.add(entry.getMessage()));
    return new Loaded(requests, messages);
  }

  /// Sets the width of the screen in CSS pixels.
  public void width(int pixels) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", pixels, "height", 1000, "deviceScaleFactor", 1, "mobile", false));
    frame();
  }

  /// Light or dark on a screen, or on paper.
  public void look(Look look) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "media",
            look == Look.PRINT ? "print" : "screen",
            "features",
            List.of(
                Map.of(
                    "name",
                    "prefers-color-scheme",
                    "value",
                    look == Look.DARK ? "dark" : "light"))));
    frame();
  }

  /// Waits until what was changed is drawn.
  public void frame() {
    driver.executeAsyncScript(
        "const done = arguments[arguments.length - 1];"
            + "requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 0)));");
  }

  /// What a script returns: a text, a number, a truth value, or lists and maps of such.
  public Object run(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  /// The number that a script returns.
  public long number(String script, Object... arguments) {
    return ((Number) run(script, arguments)).longValue();
  }

  public List<WebElement> all(String selector) {
    return driver.findElements(By.cssSelector(selector));
  }

  public WebElement one(String selector) {
    return driver.findElement(By.cssSelector(selector));
  }

  /// Moves the mouse to a place in the window.
  public void pointAt(int x, int y) {
    new Actions(driver).moveToLocation(x, y).perform();
    frame();
  }

  /// Presses the left button at a place in the window.
  public void clickAt(int x, int y) {
    new Actions(driver).moveToLocation(x, y).click().perform();
    frame();
  }

  /// Draws with the left button pressed from one place in the window to another.
  public void drag(int fromX, int fromY, int toX, int toY) {
    new Actions(driver)
        .moveToLocation(fromX, fromY)
        .clickAndHold()
        .moveToLocation((fromX + toX) / 2, (fromY + toY) / 2)
        .moveToLocation(toX, toY)
        .release()
        .perform();
    frame();
  }

  /// Where downloads of this page go.
  public void downloadTo(Path folder) {
    driver.executeCdpCommand(
        "Browser.setDownloadBehavior",
        Map.of("behavior", "allow", "downloadPath", folder.toAbsolutePath().toString()));
  }

  /// The window as a PNG.
  public byte[] picture() {
    return driver.getScreenshotAs(OutputType.BYTES);
  }

  @Override
  public void close() {
    driver.quit();
  }
}
