package kerf.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import kerf.data.Datasets;
import kerf.mask.Mask;
import kerf.model.Mlp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small files that unpack to hundreds of MB, in a JVM that has not so much: refused, not tried. */
class LittleMemoryTest {
  private static final int ZEROS = 300_000_000;

  @TempDir Path folder;

  /** The process with little memory: reads a file and prints the refusal. */
  static final class Reader {
    public static void main(String... args) {
      Path file = Path.of(args[1]);
      try {
        switch (args[0]) {
          case "mask" -> Mask.load(file);
          case "network" -> Mlp.of(4, 2).load(file);
          default -> Datasets.mnist(file);
        }
        System.out.println("read");
      } catch (RuntimeException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  @Test
  void anArchiveLargerThanMemoryIsRefused() throws Exception {
    Path file = folder.resolve("bomb.npz");
    bomb(file);
    assertThat(read("mask", file))
        .matches(
            "cannot read .*bomb.npz: expected arrays that fit in the \\d+ MiB of memory that Java may take \\(-Xmx\\), found some that take 1,144 MiB; start Java with more memory if the file is meant to be that large");
  }

  @Test
  void anArchiveLargerThanTheNetworkIsRefused() throws Exception {
    Path file = folder.resolve("bomb.npz");
    bomb(file);
    assertThat(read("network", file))
        .matches(
            "cannot read .*bomb.npz: expected at most 1,048,896 bytes of arrays, found 300,000,080 packed in less; load it by the architecture that it was saved from");
  }

  @Test
  void imagesThatDoNotFitAreRefused() throws Exception {
    Path file = folder.resolve("train-images-idx3-ubyte.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(
          ByteBuffer.allocate(16).putInt(0x0803).putInt(786_432).putInt(28).putInt(28).array());
      zeros(out, 786_432 * 784);
    }
    assertThat(read("images", folder))
        .matches(
            ".*train-images-idx3-ubyte.gz: expected an array of 786432 x 28 x 28 bytes that fits in the \\d+ MiB of memory that Java may take \\(-Xmx\\), found 1,176 MiB; start Java with more memory if it is meant to be that large");
  }

  private static void bomb(Path file) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("fc1.weight.npy"));
      String header = "{'descr': '|u1', 'fortran_order': False, 'shape': (%d,), }".formatted(ZEROS);
      zip.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 70, 0});
      zip.write((header + " ".repeat(69 - header.length()) + "\n").getBytes(UTF_8));
      zeros(zip, ZEROS);
      zip.closeEntry();
    }
  }

  private static void zeros(OutputStream out, int count) throws IOException {
    byte[] block = new byte[1 << 16];
    for (int left = count; left > 0; left -= block.length) {
      out.write(block, 0, Math.min(left, block.length));
    }
  }

  private static String read(String what, Path file) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                Reader.class.getName(),
                what,
                file.toString())
            // Later JDKs warn there of native access.
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor();
    return printed.strip();
  }
}
