package kerf.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The toolkit in a plain Java program, on whose class path there is no kernel of any kind. */
class WithoutKernelsTest {
  private static URLClassLoader plain() {
    URL[] path =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.matches(".*(jjava-jupyter|basekernel|test-classes).*"))
            .map(WithoutKernelsTest::url)
            .toArray(URL[]::new);
    return new URLClassLoader(path, ClassLoader.getPlatformClassLoader());
  }

  private static URL url(String entry) {
    try {
      return new File(entry).toURI().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void theToolkitLoadsAndInstallsNothing() throws Exception {
    try (URLClassLoader loader = plain()) {
      assertThatThrownBy(() -> loader.loadClass("org.dflib.jjava.jupyter.kernel.BaseKernel"))
          .isInstanceOf(ClassNotFoundException.class);
      assertThatThrownBy(() -> loader.loadClass("io.github.spencerpark.ijava.IJava"))
          .isInstanceOf(ClassNotFoundException.class);
      Class<?> renderers = Class.forName("kerf.notebook.Renderers", true, loader);
      assertThat(renderers.getClassLoader()).isSameAs(loader);
      renderers.getMethod("install").invoke(null);
      Class<?> display = Class.forName("kerf.display.Display", true, loader);
      assertThat(display.getMethod("kernel").invoke(null)).hasToString("Optional.empty");
      assertThat(display.getMethod("screen").invoke(null).getClass().getName())
          .isEqualTo("kerf.display.Terminal");
      assertThat(Class.forName("kerf.notebook.Kerf", true, loader).getMethods()).isNotEmpty();
    }
  }
}
