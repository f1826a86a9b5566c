package kerf.kernel;

import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Signatures without the packages of their types: {@code Norm lp(double order)}. */
final class Signatures {
  private static final Pattern PACKAGE = Pattern.compile("\\b(?:[a-z_]\\w*\\.)+(?=\\p{Lu})");

  /** Behind a record's name, as later JDKs write it: {@code Plan(int seed).keep(int count)}. */
  private static final Pattern HEADER = Pattern.compile("(?<=\\w)\\([^()]*\\)(?=\\.)");

  private Signatures() {}

  static String withoutRecordHeader(String signature) {
    return HEADER.matcher(signature).replaceAll("");
  }

  static String brief(String signature) {
    return PACKAGE.matcher(signature).replaceAll("").replace('$', '.');
  }

  static String of(Member member) {
    if (member instanceof Field field) {
      return brief(field.getGenericType().getTypeName()) + " " + field.getName();
    }
    Method method = (Method) member;
    String parameters =
        Arrays.stream(method.getParameters()).map(Signatures::of).collect(Collectors.joining(", "));
    return brief(method.getGenericReturnType().getTypeName())
        + " "
        + method.getName()
        + "("
        + parameters
        + ")";
  }

  private static String of(Parameter parameter) {
    String type = brief(parameter.getParameterizedType().getTypeName());
    return (parameter.isVarArgs() ? type.replaceFirst("\\[\\]$", "...") : type)
        + " "
        + parameter.getName();
  }
}
