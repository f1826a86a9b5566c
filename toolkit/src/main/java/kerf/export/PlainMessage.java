package kerf.export;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds what a reader of a message would pass over and another might act on: fields it does not
 * know, and text that is no UTF-8.
 */
final class PlainMessage {
  private static final String REPLACED = "\uFFFD";

  private PlainMessage() {}

  /** The first such thing anywhere in a message, if any. */
  static Optional<String> fault(Message message) {
    if (!message.getUnknownFields().asMap().isEmpty()) {
      return Optional.of(
          "field %d of a %s"
              .formatted(
                  message.getUnknownFields().asMap().keySet().iterator().next(),
                  message.getDescriptorForType().getName()));
    }
    for (Map.Entry<FieldDescriptor, Object> field : message.getAllFields().entrySet()) {
      Object value = field.getValue();
      for (Object each : value instanceof List<?> list ? list : List.of(value)) {
        Optional<String> fault = fault(field.getKey(), each);
        if (fault.isPresent()) {
          return fault;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> fault(FieldDescriptor field, Object value) {
    if (value instanceof Message part) {
      return fault(part);
    }
    return value instanceof String text && text.contains(REPLACED)
        ? Optional.of("other bytes in " + field.getFullName())
        : Optional.empty();
  }
}
