package kerf.kernel;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jdk.jshell.execution.LoaderDelegate;
import jdk.jshell.spi.ExecutionControl.ClassBytecodes;
import jdk.jshell.spi.ExecutionControl.ClassInstallException;
import jdk.jshell.spi.ExecutionControl.InternalException;

/** Loads the classes of cells, and what {@code %classpath} adds; all else is its parent's. */
final class SnippetLoader extends URLClassLoader implements LoaderDelegate {
  private final Map<String, byte[]> declared = new ConcurrentHashMap<>();

  private boolean unguarded;

  SnippetLoader(ClassLoader parent) {
    super(new URL[0], parent);
  }

  @Override
  public void load(ClassBytecodes[] classes) throws ClassInstallException {
    classesRedefined(classes);
    boolean[] installed = new boolean[classes.length];
    for (int i = 0; i < classes.length; i++) {
      try {
        loadClass(classes[i].name());
      } catch (ClassNotFoundException | LinkageError e) {
        throw new ClassInstallException(classes[i].name() + ": " + e, installed);
      }
      installed[i] = true;
    }
  }

  @Override
  public void classesRedefined(ClassBytecodes[] classes) {
    for (ClassBytecodes each : classes) {
      declared.put(each.name(), each.bytecodes());
    }
  }

  @Override
  public void addToClasspath(String path) throws InternalException {
    for (String entry : path.split(File.pathSeparator)) {
      try {
        addURL(Path.of(entry).toUri().toURL());
      } catch (MalformedURLException e) {
        throw new InternalException("class path entry " + entry + ": " + e.getMessage());
      }
    }
  }

  @Override
  public Class<?> findClass(String name) throws ClassNotFoundException {
    Class<?> loaded = findLoadedClass(name);
    if (loaded != null) {
      return loaded;
    }
    byte[] bytecodes = declared.get(name);
    if (bytecodes == null) {
      return super.findClass(name);
    }
    byte[] guarded = guarded(bytecodes);
    return defineClass(name, guarded, 0, guarded.length);
  }

  private byte[] guarded(byte[] bytecodes) {
    try {
      return LoopGuard.guard(bytecodes);
    } catch (RuntimeException e) {
      if (!unguarded) {
        unguarded = true;
        System.err.println(
            "The kernel cannot read the class files of Java "
                + Runtime.version().feature()
                + ", so loops in cells cannot be interrupted: "
                + e);
      }
      return bytecodes;
    }
  }
}
