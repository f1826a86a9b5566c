package kerf.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import kerf.fuzz.Format.Edited;
import kerf.random.RandomStream;

/** Zip archives of arrays, taken apart, edited, and put together again with right checksums. */
public final class ZipEdits {
  private static final int END = 22;

  private record Entry(String name, byte[] bytes) {}

  private ZipEdits() {}

  public static Optional<Edited> edit(byte[] archive, RandomStream random) {
    List<Entry> entries = new ArrayList<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(archive))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        entries.add(new Entry(entry.getName(), in.readNBytes(1 << 20)));
      }
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
    if (entries.isEmpty()) {
      return Optional.empty();
    }
    String what = edit(entries, random);
    // With the digest that was there, or without one as another program would leave it.
    String comment = random.nextInt(2) == 0 ? comment(archive) : "";
    boolean kept = !comment.isEmpty();
    boolean packed = random.nextInt(2) == 0;
    return packed(entries, comment, packed)
        .map(bytes -> new Edited(what + (kept ? "" : ", digest gone"), bytes, !kept));
  }

  private static String edit(List<Entry> entries, RandomStream random) {
    int one = random.nextInt(entries.size());
    int other = random.nextInt(entries.size());
    Entry a = entries.get(one);
    Entry b = entries.get(other);
    switch (random.nextInt(8)) {
      case 0 -> {
        entries.set(one, new Entry(b.name(), a.bytes()));
        entries.set(other, new Entry(a.name(), b.bytes()));
        return "names of %s and %s swapped".formatted(a.name(), b.name());
      }
      case 1 -> {
        entries.set(one, b);
        entries.set(other, a);
        return "places of %s and %s swapped".formatted(a.name(), b.name());
      }
      case 2 -> {
        entries.remove(one);
        return a.name() + " removed";
      }
      case 3 -> {
        entries.add(new Entry("more" + random.nextInt(3) + ".npy", a.bytes()));
        return a.name() + " doubled";
      }
      case 4 -> {
        String name = name(a.name(), random);
        entries.set(one, new Entry(name, a.bytes()));
        return a.name() + " renamed";
      }
      case 5 -> {
        byte[] zeros = Bytes.joined(a.bytes(), new byte[(1 << 20) * random.nextInt(8)]);
        entries.set(one, new Entry(a.name(), zeros));
        return a.name() + " blown up";
      }
      default -> {
        Edited edited =
            random.nextInt(3) == 0
                ? Bytes.edit(a.bytes(), random)
                : NpyEdits.edit(a.bytes(), random);
        entries.set(one, new Entry(a.name(), edited.bytes()));
        return a.name() + ": " + edited.what();
      }
    }
  }

  private static String name(String name, RandomStream random) {
    String[] names = {
      "",
      "../" + name,
      name.replace(".npy", ""),
      name + "/",
      "x".repeat(300) + ".npy",
      "mask:" + name,
      "quantization:mode.npy",
      name.toUpperCase(java.util.Locale.ROOT),
      "\u0000.npy"
    };
    return names[random.nextInt(names.length)];
  }

  private static String comment(byte[] archive) {
    String text = new String(archive, ISO_8859_1);
    int end = text.lastIndexOf("PK\u0005\u0006");
    return end < 0 || end + END >= archive.length ? "" : text.substring(end + END);
  }

  private static Optional<byte[]> packed(List<Entry> entries, String comment, boolean packed) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes, UTF_8)) {
      for (Entry each : entries) {
        ZipEntry entry = new ZipEntry(each.name());
        CRC32 sum = new CRC32();
        sum.update(each.bytes());
        entry.setMethod(packed ? ZipEntry.DEFLATED : ZipEntry.STORED);
        entry.setSize(each.bytes().length);
        entry.setCrc(sum.getValue());
        out.putNextEntry(entry);
        out.write(each.bytes());
        out.closeEntry();
      }
      out.setComment(comment);
    } catch (IOException | IllegalArgumentException e) {
      // Such as two entries of one name, which Java does not write.
      return Optional.empty();
    }
    return Optional.of(bytes.toByteArray());
  }
}
