package kerf.table;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Prints a fraction as a percentage: {@code @Percent(1)} prints 0.2114 as {@code 21.1 %}. The
 * column keeps the fraction.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Percent {
  /**
   * How many digits follow the decimal point.
   *
   * @return digits, 0 to 9
   */
  int value();
}
