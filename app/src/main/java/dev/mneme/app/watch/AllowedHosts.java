package dev.mneme.app.watch;

import java.net.InetAddress;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/// Under which names a server answers. A page of another site can make a browser ask this machine
/// under a name of its own (DNS rebinding), and would then read the answer as if it were its own;
/// such a request carries that name, so it is refused. The port may be any, since people forward
/// ports.
///
/// @param names in lower case
/// @param literals whether every address written in digits will do: nobody can rebind one
record AllowedHosts(Set<String> names, boolean literals) {
  AllowedHosts {
    names = Set.copyOf(names);
  }

  /// @param given what the user called the address to listen at
  static AllowedHosts of(InetAddress address, String given) {
    Set<String> local = Set.of("localhost", "127.0.0.1", "::1");
    Set<String> all = new HashSet<>(local);
    all.add(given.toLowerCase(Locale.ROOT));
    all.add(address.getHostAddress());
    return new AllowedHosts(all, !address.isLoopbackAddress());
  }

  /// @param host from a request, without its port
  boolean allow(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    if (name.startsWith("[") && name.endsWith("]")) {
      name = name.substring(1, name.length() - 1);
    }
    return names.contains(name) || (literals && isLiteral(name));
  }

  private static boolean isLiteral(String name) {
    try {
      InetAddress.ofLiteral(name);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
