package kerf.table;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The title of a record component's column, where the component's own name in words ({@code
 * weightsRemaining} becomes {@code weights remaining}) would not do.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Title {
  /**
   * The column's title.
   *
   * @return the title, not blank
   */
  String value();
}
