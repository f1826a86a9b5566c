package kerf.table;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Prints a number with a fixed count of digits after the decimal point: {@code @Decimals(3)} prints
 * 0.5 as {@code 0.500}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Decimals {
  /**
   * How many digits follow the decimal point.
   *
   * @return digits, 0 to 9
   */
  int value();
}
