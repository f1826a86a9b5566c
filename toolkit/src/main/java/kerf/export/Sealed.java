package kerf.export;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A seal on a model's content, kept among its metadata: damage that no rule finds breaks it. */
final class Sealed {
  private static final String KEY = "kerf.sha256";

  private Sealed() {}

  /** The bytes of a file: the model and its seal. */
  static byte[] bytes(ModelProto model) {
    StringStringEntryProto seal =
        StringStringEntryProto.newBuilder().setKey(KEY).setValue(digest(model)).build();
    return model.toBuilder().clearMetadataProps().addMetadataProps(seal).build().toByteArray();
  }

  /** Whether a model is as it was sealed, or never was. */
  static boolean whole(ModelProto model) {
    return model.getMetadataPropsList().stream()
        .filter(entry -> entry.getKey().equals(KEY))
        .allMatch(entry -> entry.getValue().equals(digest(model)));
  }

  private static String digest(ModelProto model) {
    byte[] content = model.toBuilder().clearMetadataProps().build().toByteArray();
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
