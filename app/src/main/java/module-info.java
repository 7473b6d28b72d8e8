/// The `mneme` program: commands, progress, pictures. The only module that prints or exits.
@org.jspecify.annotations.NullMarked
@SuppressWarnings("requires-automatic") // XChart has no module descriptor
open module dev.mneme.app { // open: picocli and Jackson fill fields by reflection
  requires dev.mneme.core;
  requires info.picocli;
  requires java.desktop;
  requires me.tongfei.progressbar;
  requires org.slf4j;
  requires tools.jackson.databind;
  requires tools.jackson.dataformat.yaml;
  requires xchart;
}
