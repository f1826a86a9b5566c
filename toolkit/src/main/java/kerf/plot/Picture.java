package kerf.plot;

import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.svg.SVGProcessor;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/** What is painted, as the bytes of a picture file. */
final class Picture {
  /** A PNG file's signature and its header chunk, after which the resolution may stand. */
  private static final int HEADER = 8 + 25;

  private static final double PIXELS_A_METRE = 96 / 0.0254;

  private Picture() {}

  /** A PNG picture of so many pixels for each CSS pixel, which it says in its resolution. */
  static byte[] png(int width, int height, int density, Consumer<Graphics2D> painter) {
    BufferedImage image =
        new BufferedImage(width * density, height * density, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    try {
      g.scale(density, density);
      painter.accept(g);
    } finally {
      g.dispose();
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] file = bytes.toByteArray();
    byte[] resolution = resolution((int) Math.rint(PIXELS_A_METRE * density));
    return ByteBuffer.allocate(file.length + resolution.length)
        .put(file, 0, HEADER)
        .put(resolution)
        .put(file, HEADER, file.length - HEADER)
        .array();
  }

  /** The chunk {@code pHYs}: pixels a metre along both axes (PNG specification, 11.3.4.3). */
  private static byte[] resolution(int pixelsAMetre) {
    ByteBuffer chunk = ByteBuffer.allocate(21);
    chunk.putInt(9).put("pHYs".getBytes(StandardCharsets.US_ASCII));
    chunk.putInt(pixelsAMetre).putInt(pixelsAMetre).put((byte) 1);
    CRC32 check = new CRC32();
    check.update(chunk.array(), 4, 13);
    return chunk.putInt((int) check.getValue()).array();
  }

  /** An SVG document. */
  static String svg(int width, int height, Consumer<Graphics2D> painter) {
    VectorGraphics2D g = new VectorGraphics2D();
    painter.accept(g);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      new SVGProcessor()
          .getDocument(g.getCommands(), new PageSize(0, 0, width, height))
          .writeTo(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // The processor leaves out its own default font, which a viewer does not know, and names no
    // other where the font the figure was laid out with is not there.
    return bytes
        .toString(StandardCharsets.UTF_8)
        .replaceFirst("<svg ", "<svg font-family=\"sans-serif\" font-size=\"12px\" ")
        .replaceAll("(font-family:&quot;[^&]*&quot;)", "$1,sans-serif");
  }
}
