package kerf.display;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The notebook of a running Java kernel, reached by reflection, because the two families of kernels
 * have the same methods in different packages and neither may be there at all.
 */
final class KernelScreen implements Screen {
  private static final Duration PACE = Duration.ofMillis(100);

  private final Object kernel;
  private final Class<?> base;
  private final Class<?> data;

  private KernelScreen(Object kernel, Class<?> base) throws ClassNotFoundException {
    this.kernel = kernel;
    this.base = base;
    this.data =
        Class.forName(base.getPackageName() + ".display.DisplayData", true, base.getClassLoader());
  }

  /** The screen of the kernel that runs in this process, if one does. */
  static Optional<Screen> running() {
    return kernel()
        .map(
            kernel -> {
              try {
                return new KernelScreen(kernel, base(kernel));
              } catch (ClassNotFoundException e) {
                throw new IllegalStateException("a kernel of an unknown kind runs here", e);
              }
            });
  }

  /** The kernel that runs in this process, if one does, of whichever family. */
  static Optional<Object> kernel() {
    return find("org.dflib.jjava.jupyter.kernel.BaseKernel", "notebookKernel")
        .or(() -> find("io.github.spencerpark.ijava.IJava", "getKernelInstance"));
  }

  private static Optional<Object> find(String owner, String getter) {
    ClassLoader own = KernelScreen.class.getClassLoader();
    for (ClassLoader loader : new ClassLoader[] {own, cell()}) {
      try {
        Object kernel = Class.forName(owner, true, loader).getMethod(getter).invoke(null);
        if (kernel != null) {
          return Optional.of(kernel);
        }
      } catch (ReflectiveOperationException | LinkageError e) {
        // No such kernel here, or none that runs: not a notebook.
        continue;
      }
    }
    return Optional.empty();
  }

  /** What a cell's thread loads from, which knows the kernel where our own loader does not. */
  private static ClassLoader cell() {
    return Thread.currentThread().getContextClassLoader();
  }

  private static Class<?> base(Object kernel) throws ClassNotFoundException {
    for (Class<?> type = kernel.getClass(); type != null; type = type.getSuperclass()) {
      if (type.getSimpleName().equals("BaseKernel")) {
        return type;
      }
    }
    throw new ClassNotFoundException("BaseKernel of " + kernel.getClass());
  }

  @Override
  public void show(Object value) {
    try {
      publish(value instanceof Shown shown ? data(shown.bundle()) : render(value));
    } catch (ReflectiveOperationException e) {
      throw refused(e);
    }
  }

  @Override
  public Live live() {
    String id = "kerf-" + UUID.randomUUID();
    return new Live() {
      private boolean open;

      @Override
      public void update(Bundle bundle) {
        try {
          Object content = data(bundle);
          data.getMethod("setDisplayId", String.class).invoke(content, id);
          if (open) {
            Method io = base.getMethod("getIO");
            Field stream = io.getReturnType().getField("display");
            Method update = stream.getType().getMethod("updateDisplay", data);
            update.invoke(stream.get(io.invoke(kernel)), content);
          } else {
            publish(content);
            open = true;
          }
        } catch (ReflectiveOperationException e) {
          throw refused(e);
        }
      }

      @Override
      public void finish(Bundle bundle) {
        update(bundle);
      }

      @Override
      public Duration pace() {
        return PACE;
      }
    };
  }

  private void publish(Object content) throws ReflectiveOperationException {
    base.getMethod("display", data).invoke(kernel, content);
  }

  private Object render(Object value) throws ReflectiveOperationException {
    Method getter = base.getMethod("getRenderer");
    Method render = getter.getReturnType().getMethod("render", Object.class);
    return render.invoke(getter.invoke(kernel), value);
  }

  private Object data(Bundle bundle) throws ReflectiveOperationException {
    Object content = data.getConstructor().newInstance();
    Method put = data.getMethod("putData", String.class, Object.class);
    for (Map.Entry<String, Object> part : bundle.parts().entrySet()) {
      put.invoke(content, part.getKey(), encoded(part.getValue()));
    }
    Method about = data.getMethod("putMetaData", String.class, Object.class);
    for (var entry : bundle.metadata().entrySet()) {
      about.invoke(content, entry.getKey(), new LinkedHashMap<>(entry.getValue()));
    }
    return content;
  }

  /** Bytes travel in a notebook as base64. */
  private static Object encoded(Object content) {
    return content instanceof byte[] bytes ? Base64.getEncoder().encodeToString(bytes) : content;
  }

  private static IllegalStateException refused(ReflectiveOperationException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return new IllegalStateException("the kernel did not show the value: " + cause, cause);
  }
}
