/// The program `mneme`: commands, what a person sees, and files for people. The only place that
/// prints, exits, or turns an error into a hint.
@org.jspecify.annotations.NullMarked
module dev.mneme.app {
  requires dev.mneme.core;
  requires static org.jspecify;
  requires org.slf4j;
  requires info.picocli;
  requires tools.jackson.core;
  requires tools.jackson.databind;
  requires tools.jackson.dataformat.yaml;
  requires me.tongfei.progressbar;
  requires org.jline.terminal;
  requires java.desktop;
  requires jdk.unsupported; // signals: JLine looks for them by name and is silent without them
  requires xchart;
  requires VectorGraphics2D;
  requires io.pebbletemplates;
  requires org.eclipse.jetty.server;
  requires org.eclipse.jetty.http;
  requires org.eclipse.jetty.util;

  opens dev.mneme.app.command to
      info.picocli;
}
